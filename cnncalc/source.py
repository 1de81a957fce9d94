"""Where a value was written: a source text, a place in it, and mappings and lists that remember their places."""

from __future__ import annotations

import re
from functools import cached_property
from typing import Any, NamedTuple

from cnncalc.record import Record

_LINE_END = re.compile(r"\r\n|\r|\n")


class Place(NamedTuple):
    """A stretch of a text: 1-based line and column of its first character, and of the one behind its last.

    Columns count code points, as editors do.
    """

    line: int
    column: int
    end_line: int
    end_column: int


class Edit(NamedTuple):
    """A change of a text: what stands at `place` is `old` and becomes `new`."""

    place: Place
    old: str
    new: str


class Source(Record):
    """A text and the name it is shown under (a path as the user gave it, `<stdin>`, a shipped name)."""

    name: str
    text: str

    def line(self, number: int) -> str:
        """Line `number` (1-based) without its end; empty when there is no such line."""
        return self.lines[number - 1] if 0 < number <= len(self.lines) else ""

    @cached_property
    def lines(self) -> list[str]:
        """The lines without their ends, which are LF, CR LF and CR, as places count them."""
        return _LINE_END.split(self.text)


class PlacedMapping(dict[str, Any]):
    """A mapping that knows where it stands and where each key and each value stands.

    `place` is the mapping's own place, `keys_at[key]` and `values_at[key]` are those of its entries.
    """

    __slots__ = ("keys_at", "place", "values_at")

    def __init__(self, place: Place | None = None) -> None:
        super().__init__()
        self.place = place
        self.keys_at: dict[str, Place] = {}
        self.values_at: dict[str, Place] = {}


class PlacedList(list[Any]):
    """A list that knows where it stands and where each item stands: `items_at[i]`."""

    __slots__ = ("items_at", "place")

    def __init__(self, place: Place | None = None) -> None:
        super().__init__()
        self.place = place
        self.items_at: list[Place] = []


def key_place(mapping: object, key: str) -> Place | None:
    """Where `key` is written in `mapping`; None for a mapping without places."""
    return mapping.keys_at.get(key) if isinstance(mapping, PlacedMapping) else None


def value_place(container: object, key: str | int) -> Place | None:
    """Where the value under `key` (or at index `key`) is written; None for a container without places."""
    if isinstance(container, PlacedMapping) and isinstance(key, str):
        return container.values_at.get(key)
    if isinstance(container, PlacedList) and isinstance(key, int) and 0 <= key < len(container.items_at):
        return container.items_at[key]
    return None
