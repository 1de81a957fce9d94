"""Questions as Anki's text notes: front, back and tags between tabs, one note a line."""

from __future__ import annotations

import html
from collections.abc import Sequence

from cnncalc.render.cards import Card, as_html

_HEAD = "#separator:tab\n#html:true\n#columns:front\tback\ttags\n#tags column:3\n"


def render(cards: Sequence[Card]) -> str:
    """The notes, below the lines that tell Anki how to read them."""
    return _HEAD + "".join(f"{_front(card)}\t{_back(card)}\t{_tags(card)}\n" for card in cards)


def field(text: str) -> str:
    """A text as HTML on one line, without tabs."""
    return "<br>".join(html.escape(line.replace("\t", " "), quote=False) for line in text.splitlines())


def _front(card: Card) -> str:
    letters = zip("ABCDEFGH", card.choices, strict=False)
    choices = "<br>".join(f"{letter}) {field(one.text)}" for letter, one in letters)
    return " ".join(as_html(card).split()) + (f"<p>{choices}</p>" if choices else "")


def _back(card: Card) -> str:
    letter = next((letter for letter, one in zip("ABCDEFGH", card.choices, strict=False) if one.right), "")
    said = [f"<b>{letter + ') ' if letter else ''}{field(_right(card))}</b>", field(card.solution)]
    wrong = [(one.text, one.feedback) for one in card.choices if not one.right and one.feedback] or card.foreseen
    said += [f"<i>{field(text)}</i>: {field(feedback)}" for text, feedback in wrong]
    return "<br>".join(part for part in said if part)


def _right(card: Card) -> str:
    return next((one.text for one in card.choices if one.right), card.answers[0])


def _tags(card: Card) -> str:
    return " ".join(tag.replace(" ", "_") for tag in card.tags)
