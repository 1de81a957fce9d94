"""Matrices as answers: `14 19 / 14 15`, `[[14, 19], [14, 15]]`, with arithmetic in them and the precision they state.

The matrices that a question gives are read by `matrix`, exactly and with places for what is wrong.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

from cnncalc.arithmetic import NotCalculable, calculate
from cnncalc.formula.expression import Value
from cnncalc.formula.worked import MOST_DECIMALS, shown
from cnncalc.formula.write import number
from cnncalc.record import Record
from cnncalc.teach.answer import normal

LONGEST = 20_000

_ROW = re.compile(r"\[([^\[\]]*)\]")
_CELL = re.compile(r"[^\s,]{1,64}")
_DECIMALS = re.compile(r"[-+−]?[0-9]*\.([0-9]+)")


class Entry(Record):
    """One number of a written matrix, with the number of decimals it states."""

    value: Value
    decimals: int = 0

    def says(self, truth: Value) -> bool:
        """Whether it is the number, or what rounding or cutting off the number to the stated decimals gives."""
        if self.value == truth or not self.decimals:
            return self.value == truth
        scaled = abs(Fraction(truth)) * 10**self.decimals
        sign = -1 if truth < 0 else 1
        near = (scaled.__floor__(), (scaled + Fraction(1, 2)).__floor__())
        return self.value * 10**self.decimals in [sign * one for one in near]


Matrix = tuple[tuple[Entry, ...], ...]


_BETWEEN_ROWS = re.compile(r"[/;\n]")
_BETWEEN_ROWS_OF_FRACTIONS = re.compile(r"\s/|/\s|[;\n]")


def readings(written: str) -> list[Matrix]:
    """All that may be meant, the likeliest first: `4/3` is two rows, or one fraction."""
    found = [read(written, between) for between in (_BETWEEN_ROWS, _BETWEEN_ROWS_OF_FRACTIONS)]
    return [one for one in found if one is not None]


def read(written: str, between: re.Pattern[str] = _BETWEEN_ROWS) -> Matrix | None:
    """The rows that are written, all of one length; None for anything else."""
    text = normal(written[: LONGEST + 1])
    if not text or len(text) > LONGEST:
        return None
    rows = _ROW.findall(text) if "[" in text else between.split(text.strip("/; \n"))
    if "[" in text and _ROW.sub("", text).strip("[], \t\r\n;"):
        return None
    matrix: list[tuple[Entry, ...]] = []
    for row in rows:
        entries = [_entry(cell) for cell in _CELL.findall(row)]
        if not entries or None in entries or len(entries) != len(matrix[0] if matrix else entries):
            return None
        matrix.append(tuple(entry for entry in entries if entry is not None))
    return tuple(matrix) or None


def _entry(cell: str) -> Entry | None:
    try:
        value = calculate(cell, loose=True)
    except NotCalculable:
        return None
    if not isinstance(value, int | Fraction) or isinstance(value, bool):
        return None
    match = _DECIMALS.fullmatch(cell)
    return Entry(value, len(match[1]) if match else 0)


def says(rows: Matrix, values: Sequence[Value]) -> bool:
    """Whether the written numbers, row by row, are these."""
    entries = [entry for row in rows for entry in row]
    return len(entries) == len(values) and all(map(Entry.says, entries, values))


def text(values: Sequence[Value], columns: int) -> str:
    """The numbers as rows between slashes; those with many decimals as short as people write them."""
    rows = [values[start : start + columns] for start in range(0, len(values), columns)]
    return " / ".join(" ".join(map(_written, row)) for row in rows)


def _written(value: Value) -> str:
    exact = number(value)
    return shown(value) if len(exact.partition(".")[2]) > MOST_DECIMALS else exact
