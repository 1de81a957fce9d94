"""CSV text -> rows of cells, each with its place. Cells are between `,`, `;` or tabs, whichever the first row has."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from cnncalc.problem import Finding
from cnncalc.source import Place, Source
from cnncalc.teach.question_problems import TableBroken

DELIMITERS = ",;\t"


class Cell(NamedTuple):
    """A cell's text, without blanks around it, and where it stands."""

    text: str
    place: Place


Table = list[list[Cell]]


def read(source: Source) -> tuple[Table, list[Finding]]:
    """The rows of a table; empty ones are left out. A quote without an end stops the reading."""
    text = source.text.lstrip("\ufeff")
    delimiter = _delimiter(text)
    cell = re.compile(rf'[ ]*"((?:[^"]|"")*)"[ ]*(?={delimiter}|\r|\n|\Z)|([^{delimiter}\r\n]*)')
    rows: Table = []
    row: list[Cell] = []
    at, line, begin = 0, 1, 0
    while True:
        match = cell.match(text, at)
        if match is None:  # cannot be: the second way matches nothing at all
            break
        quoted, bare = match[1], match[2]
        place = Place(line, at - begin + 1, line, match.end() - begin + 1)
        if bare is not None and bare.lstrip(" ").startswith('"'):
            return rows, [Finding(TableBroken(), source, place)]
        if quoted is not None and (breaks := [*re.finditer(r"\r\n|\r|\n", match[0])]):
            line += len(breaks)
            begin = at + breaks[-1].end()
            place = Place(place.line, place.column, line, match.end() - begin + 1)
        row.append(Cell(quoted.replace('""', '"').strip() if quoted is not None else bare.strip(), place))
        at = match.end()
        if text.startswith(delimiter, at):
            at += 1
            continue
        if any(cell_.text for cell_ in row):
            rows.append(row)
        row = []
        if at >= len(text):
            break
        at += 2 if text.startswith("\r\n", at) else 1
        line, begin = line + 1, at
        if at >= len(text):
            break
    return rows, []


def _delimiter(text: str) -> str:
    """The delimiter that the first row, outside of quotes, has most of."""
    first = re.sub(r'"[^"]*"', "", next((row for row in text.splitlines() if row.strip()), ""))
    return max(DELIMITERS, key=first.count)


def names(row: Sequence[Cell]) -> list[str]:
    """The first row as names of columns."""
    return [cell.text for cell in row]
