"""A result as CSV: one row per layer, every count, shapes as `6×28×28`; an unknown number is an empty cell."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from fractions import Fraction
from io import StringIO

from cnncalc.harmless import harmless
from cnncalc.result import COUNTS, LayerResult, Result
from cnncalc.shape import Shape, text

HEADS = (
    *("name", "kind", "inputs", "input_shapes", "output_shapes"),
    *COUNTS,
    *("receptive_field", "jump", "status", "line", "column"),
)

_FORMULA = tuple("=+-@\t\r＝＋－＠")
"""A spreadsheet takes a cell that begins like this for a formula."""


def render(result: Result) -> str:
    """The layers as rows under one row of JSON names. Quoted as RFC 4180 has it, lines end as everywhere else here."""
    page = StringIO()
    writer = csv.writer(page, lineterminator="\n")
    writer.writerow(HEADS)
    writer.writerows(map(_row, result.layers))
    return page.getvalue()


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


def _sizes(sizes: Iterable[int | Fraction | None] | None) -> str:
    return "" if sizes is None else "×".join("?" if size is None else str(size) for size in sizes)
