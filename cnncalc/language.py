"""The language of sentences: every sentence a person reads passes through `_` or `plural`, whole, with named fields.

Codes, JSON keys, kind and field names are never translated. Without a catalogue the English text itself comes back,
and the standard library's gettext is not even imported.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol


class Catalogue(Protocol):
    """What a gettext catalogue must offer."""

    def gettext(self, message: str, /) -> str: ...
    def pgettext(self, context: str, message: str, /) -> str: ...
    def ngettext(self, one: str, many: str, count: int, /) -> str: ...


_catalogue: Catalogue | None = None


def use(catalogue: Catalogue | None) -> None:
    """Take sentences from this catalogue from now on; None means English."""
    global _catalogue
    _catalogue = catalogue


def _(sentence: str) -> str:
    """The sentence in the reader's language. Fill its named fields with `.format(...)` afterwards."""
    return sentence if _catalogue is None else _catalogue.gettext(sentence)


def _as(context: str, words: str) -> str:
    """A word that English has for two things: `context` says which is meant."""
    return words if _catalogue is None else _catalogue.pgettext(context, words)


def mark(sentence: str) -> str:
    """The sentence itself, marked for the catalogue: it stands in a table and is translated by `_` where it is used."""
    return sentence


def in_a_row(sentences: Sequence[str]) -> str:
    """Sentences that follow each other. Chinese has no blank between them."""
    text = "".join(sentences[:1])
    for sentence in sentences[1:]:
        text = _("{first} {second}").format(first=text, second=sentence)
    return text


def plural(one: str, many: str, count: int) -> str:
    """The form of a sentence that suits `count`."""
    if _catalogue is None:
        return one if count == 1 else many
    return _catalogue.ngettext(one, many, count)
