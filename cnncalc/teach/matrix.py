"""A matrix as people write it: rows in lines or between slashes, channels between blank lines, or JSON lists.

A semicolon is as good as a slash.

    1 2 3 0          1, 2, 3, 0          1 2 3 0 / 0 1 2 3 / 3 0 1 2          [[1, 2], [3, 4]]
    0 1 2 3          0, 1, 2, 3

Every number becomes a whole number or an exact fraction: 0.1 is a tenth.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from typing import Any, NamedTuple

from cnncalc.harmless import harmless
from cnncalc.language import _, plural
from cnncalc.problem import Finding, Problem
from cnncalc.source import Place, Source, value_place
from cnncalc.spec.read import parse_text
from cnncalc.tensor import Tensor

_NUMBER = re.compile(r"[+-]?(?:[0-9]{1,15}(?:\.[0-9]{0,15})?|\.[0-9]{1,15})(?:[eE][+-]?[0-9]{1,2})?")
_WORD = re.compile(r"[^\s,;，；]+")
MOST_FOUND = 20


class MatrixNumber(Problem):
    """What stands in a matrix is no number.

    A matrix holds numbers, whole or with a decimal point, between blanks or commas. Rows stand in lines of their own or
    between slashes, so a fraction is written as a decimal.
    """

    written: str

    def message(self) -> str:
        return _("{written} is no number").format(written=harmless(self.written, 40) or "''")


class RaggedMatrix(Problem):
    """The rows of a matrix are not equally long, or its channels not equally large.

    Every row needs the same number of values, and every channel the same number of rows.
    """

    what: str
    found: int
    first: int

    def message(self) -> str:
        if self.what == "row":
            sentence = plural(
                "this row has {found} value, the first one {first}",
                "this row has {found} values, the first one {first}",
                self.found,
            )
        else:
            sentence = plural(
                "this channel has {found} row, the first one {first}",
                "this channel has {found} rows, the first one {first}",
                self.found,
            )
        return sentence.format(found=self.found, first=self.first)


class NoMatrix(Problem):
    """There is no number in a text that should hold a matrix: rows of numbers, or lists of lists in JSON."""

    def message(self) -> str:
        return _("there is no matrix in it")

    def hints(self) -> tuple[str, ...]:
        return (_("rows of numbers in lines or between slashes: 1 2 3 / 4 5 6"),)


class TooDeepMatrix(Problem):
    """A list in lists is nested unevenly, or deeper than channels, rows and values."""

    def message(self) -> str:
        return _("lists are nested unevenly; a matrix is [[1, 2], [3, 4]], with channels [[[1, 2], [3, 4]], …]")


class NotAMatrix(ValueError):
    """A text that cannot be read as a matrix; carries the findings."""

    def __init__(self, findings: list[Finding]) -> None:
        super().__init__("; ".join(finding.problem.message() for finding in findings))
        self.findings = findings


class _Word(NamedTuple):
    """A word of the text and where it stands."""

    text: str
    place: Place


def read(source: Source) -> Tensor:
    """The matrix of a text: rows × columns, or channels × rows × columns where several channels are written.

    Raises:
        NotAMatrix: it cannot be read; the findings say what and where.
    """
    return _from_lists(source) if source.text.lstrip().startswith("[") else _from_rows(source)


def _from_rows(source: Source) -> Tensor:
    found: list[Finding] = []
    channels: list[list[list[Any]]] = [[]]
    begins: list[Place] = []
    for row in _rows(source.text):
        if not row:
            if channels[-1]:
                channels.append([])
            continue
        if not channels[-1]:
            begins.append(row[0].place)
        values = [_number(word, source, found) for word in row]
        first = len((channels[0] or [values])[0])
        if len(values) != first:
            found.append(Finding(RaggedMatrix("row", len(values), first), source, _across(row)))
        channels[-1].append(values)
    if not channels[-1]:
        channels.pop()
    if not channels:
        raise NotAMatrix([Finding(NoMatrix(), source, Place(1, 1, 1, 1))])
    for channel, place in zip(channels, begins, strict=True):
        if len(channel) != len(channels[0]):
            found.append(Finding(RaggedMatrix("channel", len(channel), len(channels[0])), source, place))
    if found:
        raise NotAMatrix(found[:MOST_FOUND])
    shape = (len(channels), len(channels[0]), len(channels[0][0]))
    flat = [value for channel in channels for row_ in channel for value in row_]
    return Tensor(shape if len(channels) > 1 else shape[1:], flat)


def _rows(text: str) -> Iterator[list[_Word]]:
    """The words of each row; an empty row stands for a blank line. Comments begin with #."""
    for number, line in enumerate(text.splitlines(), 1):
        line = line.split("#", 1)[0]
        if not line.strip() or not re.sub("[/;；]", "", line).strip():
            yield []
            continue
        begin = 0
        for part in re.split("[/;；]", line):
            row = [
                _Word(match[0], Place(number, begin + match.start() + 1, number, begin + match.end() + 1))
                for match in _WORD.finditer(part)
            ]
            if row:
                yield row
            begin += len(part) + 1


def _across(row: list[_Word]) -> Place:
    first, last = row[0].place, row[-1].place
    return Place(first.line, first.column, last.end_line, last.end_column)


def _number(word: _Word, source: Source, found: list[Finding]) -> Any:
    written = word.text.replace("−", "-")
    if not _NUMBER.fullmatch(written):
        found.append(Finding(MatrixNumber(word.text), source, word.place))
        return 0
    return whole(Fraction(written))


def whole(value: Fraction) -> int | Fraction:
    """The fraction, or the whole number it is."""
    return value.numerator if value.denominator == 1 else value


def _from_lists(source: Source) -> Tensor:
    parsed, findings = parse_text(source, is_json=True)
    errors = [finding for finding in findings if finding.severity == "error"]
    if errors:
        raise NotAMatrix(errors)
    shape: list[int] = []
    tree: Any = parsed
    inside = tree
    while isinstance(inside, list):
        shape.append(len(inside))
        inside = inside[0] if inside else None
    if not shape or 0 in shape:
        raise NotAMatrix([Finding(NoMatrix(), source, Place(1, 1, 1, 1))])
    found: list[Finding] = []
    if len(shape) > 3:
        found.append(Finding(TooDeepMatrix(), source, getattr(tree, "place", None)))
    values = [] if found else list(_leaves(tree, shape, source, found))
    if found:
        raise NotAMatrix(found[:MOST_FOUND])
    return Tensor(tuple(shape) if len(shape) > 1 else (1, *shape), values)


def _leaves(tree: list[Any], shape: list[int], source: Source, found: list[Finding]) -> Iterator[Any]:
    """The numbers in the lists, in order; what does not fit the shape is noted."""
    if len(tree) != shape[0]:
        what = "row" if len(shape) == 1 else "channel"
        found.append(Finding(RaggedMatrix(what, len(tree), shape[0]), source, getattr(tree, "place", None)))
    for index, item in enumerate(tree):
        place = value_place(tree, index)
        if isinstance(item, list) != (len(shape) > 1):
            found.append(Finding(TooDeepMatrix(), source, place))
        elif isinstance(item, list):
            yield from _leaves(item, shape[1:], source, found)
        elif isinstance(item, (int, float)) and not isinstance(item, bool):
            yield whole(Fraction(repr(item)))
        else:
            found.append(Finding(MatrixNumber(str(item)), source, place))
