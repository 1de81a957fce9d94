"""The language of sentences: every sentence a person reads passes through `_` or `plural`, whole, with named fields.

Codes, JSON keys, kind and field names are never translated. Without a catalogue the English text itself comes back,
and the standard library's gettext is not even imported.
"""

from __future__ import annotations

from typing import Protocol


class Catalogue(Protocol):
    """What a gettext catalogue must offer."""

    def gettext(self, message: str, /) -> str: ...
    def ngettext(self, one: str, many: str, count: int, /) -> str: ...


_catalogue: Catalogue | None = None


def use(catalogue: Catalogue | None) -> None:
    """Take sentences from this catalogue from now on; None means English."""
    global _catalogue
    _catalogue = catalogue


def _(sentence: str) -> str:
    """The sentence in the reader's language. Fill its named fields with `.format(...)` afterwards."""
    return sentence if _catalogue is None else _catalogue.gettext(sentence)


def mark(sentence: str) -> str:
    """The sentence itself, marked for the catalogue; `_` translates it where it is used."""
    return sentence


def plural(one: str, many: str, count: int) -> str:
    """The form of a sentence that suits `count`."""
    if _catalogue is None:
        return one if count == 1 else many
    return _catalogue.ngettext(one, many, count)
