"""A result as CSV: one row per layer, every count, shapes as `6×28×28`; an unknown number is an empty cell."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from io import StringIO
from itertools import chain, islice
from typing import Any

from cnncalc.harmless import harmless
from cnncalc.result import COUNTS, LayerResult, Result
from cnncalc.shape import Shape, text

HEADS = (
    *("name", "kind", "inputs", "input_shapes", "output_shapes"),
    *COUNTS,
    *("receptive_field", "jump", "status", "line", "column"),
)

TOGETHER = 1000
"""So many rows are written together."""

_FORMULA = tuple("=+-@\t\r＝＋－＠")
"""A spreadsheet takes a cell that begins like this for a formula."""


def render(result: Result) -> str:
    """The layers as rows under one row of JSON names. Quoted as RFC 4180 has it, lines end as everywhere else here."""
    return "".join(pieces(result))


def pieces(result: Result) -> Iterator[str]:
    """The same page piece by piece, so that a very long one never stands in memory as a whole."""
    rows: Iterator[Iterable[Any]] = chain((HEADS,), map(_row, result.layers))
    while some := list(islice(rows, TOGETHER)):
        page = StringIO()
        csv.writer(page, lineterminator="\n").writerows(some)
        yield page.getvalue()


def table(rows: Iterable[Mapping[str, Any]]) -> str:
    """Plain mappings as rows under the names of the first one; nested ones give names such as `totals.weights`."""
    flat = [dict(_flat(row)) for row in rows]
    page = StringIO()
    writer = csv.DictWriter(page, list(flat[0]) if flat else [], lineterminator="\n")
    writer.writeheader()
    writer.writerows(flat)
    return page.getvalue()


def _flat(row: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, str | int | None]]:
    for name, value in row.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{above}{name}.")
        elif isinstance(value, list | tuple):
            inner = [text(tuple(item)) if isinstance(item, list | tuple) else str(item) for item in value]
            yield above + name, inert(("×" if all(isinstance(item, int) for item in value) else "; ").join(inner))
        else:
            yield above + name, inert(value) if isinstance(value, str) else value


def _row(layer: LayerResult) -> list[str | int | None]:
    place = layer.place
    return [
        inert(layer.name),
        inert(layer.kind),
        inert("; ".join(layer.inputs)),
        _shapes(layer.input_shapes),
        _shapes(layer.output_shapes),
        *(getattr(layer, count) for count in COUNTS),
        _sizes(layer.receptive_field),
        _sizes(layer.jump),
        layer.status,
        None if place is None else place.line,
        None if place is None else place.column,
    ]


def inert(foreign: str) -> str:
    """The text so that no spreadsheet takes it for a formula."""
    return ("'" if foreign.startswith(_FORMULA) else "") + harmless(foreign)


def _shapes(shapes: Iterable[Shape | None]) -> str:
    return "; ".join("" if shape is None else text(shape) for shape in shapes)


def _sizes(sizes: tuple[int | Fraction | None, ...] | None) -> str:
    return (
        "" if sizes is None or set(sizes) == {None} else "×".join("?" if size is None else str(size) for size in sizes)
    )
