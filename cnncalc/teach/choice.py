"""Questions with one right option of several."""

from __future__ import annotations

import re
from collections.abc import Mapping

from cnncalc.harmless import harmless
from cnncalc.teach.answer import Answer, normal
from cnncalc.teach.bilingual import in_words
from cnncalc.teach.check import Mark, Ruling, Verdict, without_reading

_LETTER = re.compile(r"[(\[]?\s*([A-Za-z0-9])\s*(?:[)\].:,、。]|$)")


def marker(key: str, options: Mapping[str, object], model: object) -> Mark:
    """What marks a choice against the letter of the right one. `model` is an answer in words, to compare with."""
    right = key.strip().upper()
    words = {letter.upper(): in_words(text) for letter, text in options.items()}
    every = {letter.upper(): _texts(text) for letter, text in options.items()}
    derivation = in_words(model) or words.get(right, "")

    def mark(written: str) -> Verdict:
        letter = _chosen(written, every)
        ruling: Ruling = "right" if letter == right else "wrong"
        if letter is None:
            ruling = without_reading(written)
        shown = right if not words.get(right) else f"{right} ({words[right]})"
        answer = None if letter is None else Answer(written, ())
        return Verdict(
            "choice",
            ruling,
            written,
            answer,
            (),
            (),
            letter=right,
            shown=harmless(shown),
            derivation=derivation,
        )

    return mark


def lettered(mark: Mark, options: Mapping[str, object]) -> Mark:
    """What marks answers to a question that offers numbers: a letter says what stands beside it."""
    offered = {letter.upper(): str(text) for letter, text in options.items()}

    def marked(written: str) -> Verdict:
        match = _LETTER.fullmatch(normal(written[:20]))
        letter = match[1].upper() if match else ""
        return mark(offered[letter] if letter.isalpha() and letter in offered else written)

    return marked


def _texts(text: object) -> set[str]:
    """An option's words in every language, to compare with."""
    found = text.values() if isinstance(text, dict) else [text]
    return {normal(str(one)).casefold() for one in found}


def _chosen(written: str, options: Mapping[str, set[str]]) -> str | None:
    """The letter that was chosen: written as such, in front of the words, or by the words alone."""
    text = normal(written[:2000])
    said = next((letter for letter, words in options.items() if text.casefold() in words), None)
    if said is not None:
        return said
    match = _LETTER.match(text)
    if match is None:
        return None
    letter = match[1].upper()
    return letter if not options or letter in options else None
