"""Questions as GIFT, the text format of Moodle."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence

from cnncalc.render.cards import Card, as_html

_SIGNS = re.compile(r"[~=#{}:\\]")


def render(cards: Sequence[Card]) -> str:
    """The questions, a blank line between two; the tags of each stand above it as a comment that Moodle reads."""
    return "\n\n".join("\n".join(_card(card)) for card in cards) + "\n"


def escaped(text: str) -> str:
    """The text on one line, with what has a meaning in GIFT behind a backslash."""
    return _SIGNS.sub(lambda match: "\\" + match[0], " ".join(text.split()))


def _card(card: Card) -> Iterator[str]:
    number = card.numeric and not card.choices
    yield f"// {' '.join(f'[tag:{tag}]' for tag in card.tags)}"
    yield f"::{escaped(card.name)}::[html]{escaped(as_html(card))} {{{'#' if number else ''}"
    if card.choices:
        for one in card.choices:
            feedback = f"#{_in_html(one.feedback)}" if one.feedback else ""
            yield f"{'=' if one.right else '~'}{_in_html(one.text)}{feedback}"
    elif number:
        yield f"={escaped(card.answers[0])}:0"
        for wrong, said in card.foreseen:
            yield f"=%0%{escaped(wrong)}:0#{_in_html(said)}"
    else:
        yield from (f"={escaped(answer)}" for answer in card.answers)
    if card.solution:
        yield f"####{_in_html(card.solution)}"
    yield "}"


def _in_html(text: str) -> str:
    return escaped(html.escape(text, quote=False))
