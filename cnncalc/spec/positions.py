"""Places computed from offsets into a text, with the line ends that editors know: LF, CR LF and CR."""

from __future__ import annotations

from cnncalc.source import Place


def place_of(text: str, start: int, end: int) -> Place:
    """The place of `text[start:end]`. Counts from the beginning, so it is for few places, not for every value."""
    return place_within(Place(1, 1, 1, 1), text, start, end)


def place_within(begin: Place, text: str, start: int, end: int) -> Place:
    """The place of `text[start:end]` when `text` itself begins where `begin` does."""
    line, column = _advance(begin.line, begin.column, text[:start])
    return Place(line, column, *_advance(line, column, text[start:end]))


def line_around(text: str, index: int) -> tuple[int, int]:
    """The offsets of the beginning and the end (without the line end) of the line that holds `index`."""
    begin = max(text.rfind("\n", 0, index), text.rfind("\r", 0, index)) + 1
    ends = [end for end in (text.find("\n", index), text.find("\r", index)) if end >= 0]
    return begin, min(ends, default=len(text))


def _advance(line: int, column: int, passed: str) -> tuple[int, int]:
    breaks = passed.count("\n") + passed.count("\r") - passed.count("\r\n")
    if not breaks:
        return line, column + len(passed)
    return line + breaks, len(passed) - max(passed.rfind("\n"), passed.rfind("\r"))
