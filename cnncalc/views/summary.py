"""A network, layer by layer: shapes, parameters, multiplications; and several networks, a line each."""

from __future__ import annotations

from collections.abc import Sequence

from cnncalc import collector
from cnncalc.document import (
    BLANK,
    Bar,
    Cell,
    Column,
    Count,
    Document,
    Facts,
    Heading,
    Row,
    ShapeCell,
    Share,
    Span,
    Table,
    Text,
)
from cnncalc.harmless import harmless
from cnncalc.language import _
from cnncalc.result import COUNTS, HEADLINE, LayerResult, Result
from cnncalc.shape import Shape
from cnncalc.shape import text as shape_text
from cnncalc.views.columns import BARRED, cell, chosen, columns, label, usual
from cnncalc.views.depth import folded
from cnncalc.views.footer import footer
from cnncalc.views.numbers import Units, quantity, share
from cnncalc.views.rows import LayerRow, layer_rows

Made = dict[tuple[str, int | None], tuple[Cell, ...]]
"""The cells of each column's counts so far: layers that count alike share them."""


@collector.paused()
def summary(
    result: Result,
    *,
    columns: Sequence[str] | None = None,
    all_rows: bool = False,
    dtype: str = "float32",
    units: Units = "exact",
    depth: int | None = None,
) -> Document:
    """The table of a network with its footer. `columns` are JSON names or short words; None is the usual choice. With
    a `depth` blocks are folded into a row each, from that depth on."""
    facts = Facts(footer(result, dtype, units))
    if depth is not None:
        result = folded(result, depth)
    names = usual(result.layers) if columns is None else chosen(columns)
    table = _table(result, names, fixed=columns is not None, all_rows=all_rows, units=units)
    return Document((_heading(result), table, facts))


def overview(results: Sequence[Result], *, units: Units = "exact") -> Document:
    """Several networks, a line each."""
    heads = (
        Column("name", _("network"), group="name"),
        Column("shapes", _("input → output"), group="shapes", drop=1),
        *(Column(name, label(name), "right", group="counts") for name in HEADLINE),
    )
    rows: list[Row] = [
        (
            Text(harmless(result.name)),
            Text(_maps(result)),
            *(quantity(result.totals[name], units) for name in HEADLINE),
        )
        for result in results
    ]
    return Document((Table(heads, tuple(rows)),))


def _heading(result: Result) -> Heading:
    name = harmless(result.name)
    maps = _maps(result)
    left = (Span(name, "bold"), Span(f" · {maps}")) if name else (Span(maps),)
    sentence = _("one image, forward pass") if result.batch == 1 else _("{count} images, forward pass")
    return Heading(left, sentence.format(count=result.batch))


def _maps(result: Result) -> str:
    """The shapes that go in and those that come out: `1×28×28 → 10`."""
    return f"{_shapes([shape for _, shape in result.inputs])} → {_shapes([shape for _, shape in result.outputs])}"


def _shapes(shapes: Sequence[Shape | None]) -> str:
    return ", ".join("?" if shape is None else shape_text(shape) for shape in shapes) or "?"


def _table(result: Result, names: Sequence[str], *, fixed: bool, all_rows: bool, units: Units) -> Table:
    heads = columns(names, fixed=fixed)
    counts = [name for name in names if name in COUNTS]
    longest = {name: max((getattr(layer, name) or 0 for layer in result.layers), default=0) for name in BARRED}
    rows = [_input_row(heads, name, shape) for name, shape in result.inputs]
    made: Made = {}
    rows += [_layer_row(row, result, names, longest, units, made) for row in layer_rows(result, counts, all_rows)]
    totals: dict[str, Cell] = {name: quantity(result.totals[name], units) for name in counts}
    total = tuple(totals.get(column.key, BLANK) for column in heads[1:])
    return Table(heads, tuple(rows), (Text(_("total")), *total) if counts else None)


def _input_row(heads: Sequence[Column], name: str, shape: Shape) -> Row:
    shown: dict[str, Cell] = {
        "name": Text(_("input") if name == "input" else harmless(name)),
        "output": ShapeCell(shape),
    }
    return tuple(shown.get(column.key, BLANK) for column in heads)


def _layer_row(
    row: LayerRow, result: Result, names: Sequence[str], longest: dict[str, int], units: Units, made: Made
) -> Row:
    cells: list[Cell] = [row.name()]
    for name in names:
        if name not in COUNTS:
            cells.append(cell(name, row.layer, units))
            continue
        key = (name, getattr(row.layer, name))
        if key not in made:
            made[key] = _counted(name, row.layer, result, longest, units)
        cells += made[key]
    return tuple(cells)


def _counted(name: str, layer: LayerResult, result: Result, longest: dict[str, int], units: Units) -> tuple[Cell, ...]:
    """A count, with its bar and its share if it has them."""
    shown = cell(name, layer, units)
    if name not in BARRED:
        return (shown,)
    value = shown.value if isinstance(shown, Count) else None
    total = result.totals[name]
    whole = total.value if total.status == "complete" else None
    return (shown, Bar(value or 0, longest[name]), Share(share(value, whole)))
