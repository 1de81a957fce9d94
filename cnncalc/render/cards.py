"""What the formats of learning platforms have in common: a question, its options or its answers, and what is said."""

from __future__ import annotations

import html
from typing import NamedTuple

from cnncalc.record import Record


class Choice(NamedTuple):
    """An option: its text, whether it is right, and what is said to whoever takes it."""

    text: str
    right: bool
    feedback: str = ""


class Card(Record):
    """A question for a learning platform.

    `drawn` are labelled lines below the text that keep their columns. Without `choices` the answer is typed: a number
    where `numeric`, else a text, which may be written as any of `answers`. `foreseen` are wrong answers with what is
    said about them.
    """

    name: str
    text: str
    answers: tuple[str, ...]
    solution: str
    tags: tuple[str, ...] = ()
    drawn: tuple[tuple[str, tuple[str, ...]], ...] = ()
    choices: tuple[Choice, ...] = ()
    numeric: bool = False
    foreseen: tuple[tuple[str, str], ...] = ()


def as_html(card: Card) -> str:
    """The question's text in HTML, on one line: what is drawn stands in a block of its own."""
    parts = [f"<p>{html.escape(card.text, quote=False)}</p>"]
    for label, lines in card.drawn:
        rows = "<br>".join(html.escape(line, quote=False).replace(" ", "&nbsp;") for line in lines)
        parts.append(f"<p>{html.escape(label, quote=False)}</p><p><code>{rows}</code></p>")
    return "".join(parts)
