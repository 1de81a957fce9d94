"""Changes of a spec's text that leave the rest of it alone: comments, layout, line ends, flow or block style.

What cannot be changed safely at a single place (an alias, a layer inside another layer's line) gives no edit.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cached_property

from cnncalc.source import Edit, Place, PlacedMapping
from cnncalc.spec.network import Layer

NEAR = 200
LONGEST_LINE = 10_000
"""A line of one layer is no longer than this."""

_ITEM = re.compile(r"[ \t]*-[ \t]+")
_BRACES = re.compile(r"(&\S+\s+)?\{")  # behind an anchor, which belongs to the value
_NUMBERED = re.compile(r"\b(\w+)_\d")
_REST = re.compile(r"[ \t]*(#.*)?[\r\n]*")


class Written:
    """A text as edits look at it: its lines with their ends, and the names with a number that stand anywhere in it."""

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def lines(self) -> list[str]:
        """The lines with their ends."""
        return self.text.splitlines(keepends=True)

    @cached_property
    def numbered(self) -> frozenset[str]:
        """What stands in front of a number in names such as `name_2`."""
        return frozenset(_NUMBERED.findall(self.text))


def applied(text: str, edits: Iterable[Edit]) -> str:
    """The text with every edit made; one whose old text is not there, or that meets another one, is left out."""
    lines = text.splitlines(keepends=True)
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line))
    parts: list[str] = []
    done = 0
    for edit in sorted(set(edits)):
        if not 0 < edit.place.line <= edit.place.end_line <= len(starts):
            continue
        first = starts[edit.place.line - 1] + edit.place.column - 1
        last = starts[edit.place.end_line - 1] + edit.place.end_column - 1
        if first < done or text[first:last] != edit.old:
            continue
        parts += (text[done:first], edit.new)
        done = last
    return "".join([*parts, text[done:]])


def at(lines: Sequence[str], place: Place) -> str:
    """What stands at a place."""
    if not 0 < place.line <= place.end_line <= len(lines):
        return ""
    if place.line == place.end_line:
        return lines[place.line - 1][place.column - 1 : place.end_column - 1]
    first, last = lines[place.line - 1][place.column - 1 :], lines[place.end_line - 1][: place.end_column - 1]
    return "".join([first, *lines[place.line : place.end_line - 1], last])


def with_field(written: Written, layer: Layer, field: str, value: str) -> Edit | None:
    """The edit after which a layer's field has this value; None where that is not safe."""
    fields, lines = layer.fields, written.lines
    if not isinstance(fields, PlacedMapping) or not fields or fields.place is None:
        return None
    if field in fields:
        place = fields.values_at.get(field)
        old = "" if place is None else at(lines, place)
        return Edit(place, old, value) if place is not None and re.fullmatch(r"\w+", old) else None
    first, last = next(iter(fields)), next(reversed(fields))
    key = at(lines, fields.keys_at[first])
    if key.strip("'\"") != first:
        return None
    quote = '"' if key.startswith('"') else ""
    entry = f"{quote}{field}{quote}: {value}"
    if _BRACES.match(at(lines, fields.place)):
        place = fields.values_at[last]
        old = at(lines, place)
        return Edit(place, old, f"{old}, {entry}") if old else None
    place = fields.keys_at[first]
    before = lines[place.line - 1][: place.column - 1]
    if before.strip(" ") or place.line != place.end_line:
        return None
    line = lines[place.line - 1]
    end = line[len(line.rstrip("\r\n")) :] or "\n"
    return Edit(place, key, f"{entry}{end}{before}{key}")


def without(written: Written, layer: Layer, above: Layer) -> Edit | None:
    """The edit that takes a layer out of its list, in which it stands behind `above`; None where that is not safe.

    A comment on its line stays. Layers without a name are numbered anew by it, so that there is no edit where the text
    speaks of one by its number.
    """
    place, before, lines = layer.place, above.place, written.lines
    if place is None or before is None or at(lines, place).strip("'\"") != layer.kind_name or "name" in layer.fields:
        return None
    if layer.kind_name in written.numbered:
        return None
    line = lines[place.line - 1]
    end = place.end_column - 1
    own = layer.fields.place if isinstance(layer.fields, PlacedMapping) else None
    if own is not None:
        if own.line != own.end_line or own.line != place.line or line[end : own.column - 1].strip(" ") != ":":
            return None
        end = own.end_column - 1
    short = len(line) <= LONGEST_LINE
    if short and _ITEM.fullmatch(line[: place.column - 1]) and _REST.fullmatch(line[end:]):
        return _line_out(lines, place, before, line[end:])
    return _item_out(line, place, end, before) if own is None else None


def _line_out(lines: Sequence[str], place: Place, before: Place, rest: str) -> Edit | None:
    """A line of its own goes; its comment stays, where the layer stood."""
    line = lines[place.line - 1]
    if before.column != place.column or before.line >= place.line:
        return None
    comment = rest.strip()
    if comment:
        dash = line.index("-")
        old = line[dash : len(line) - len(rest)] + rest[: rest.index("#")]
        return Edit(Place(place.line, dash + 1, place.line, dash + 1 + len(old)), old, "")
    if line.endswith(("\r", "\n")):
        return Edit(Place(place.line, 1, place.line + 1, 1), line, "")
    above = lines[place.line - 2]  # the last line has no end; the one above loses its own
    bare = len(above.rstrip("\r\n"))
    return Edit(Place(place.line - 1, bare + 1, place.line, len(line) + 1), above[bare:] + line, "")


def _item_out(line: str, place: Place, end: int, before: Place) -> Edit | None:
    """An item of a list in brackets goes, with the comma in front of it."""
    # Only what is near: a whole network may stand in one line.
    first = max(0, place.column - 1 - NEAR)
    comma = re.search(r",[ \t]*$", line[first : place.column - 1])
    if comma is None or before.line != place.line or not re.match(r"[ \t]*[,\]]", line[end : end + NEAR]):
        return None
    start = first + comma.start()
    return Edit(Place(place.line, start + 1, place.line, end + 1), line[start:end], "")
