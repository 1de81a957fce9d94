"""A network's numbers: every map of a small one, an overview and one layer's maps of a larger one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from cnncalc.document import (
    Block,
    Column,
    Derivation,
    Document,
    Entry,
    Heading,
    Paragraph,
    Phrase,
    Row,
    ShapeCell,
    Span,
    Step,
    Table,
    Text,
    dim,
)
from cnncalc.formula.worked import brief, shown
from cnncalc.language import _, plural
from cnncalc.shape import Shape
from cnncalc.shape import text as shape_text
from cnncalc.teach.trace import Trace, TracedLayer
from cnncalc.tensor import Tensor
from cnncalc.views.maps import SHADES, WIDTH, Matrix, beside, matrices, number_lines, rows_of, shaded, wide

MOST_VALUES = 400
"""A network with more values than this is shown as an overview."""

MOST_ROWS, MOST_MAPS, MOST_SHADED = 16, 16, 6
"""The largest map that is written in numbers, and how many maps of a layer are shown in numbers and in shades."""


def trace(found: Trace, name: str | None = None, shades: str = SHADES) -> Document:
    """All maps, or an overview and the maps of the layer `name` (by default the last one with a window)."""
    tensors = [tensor for _name, tensor in found.inputs] + [layer.output for layer in found.layers]
    blocks: list[Block] = [_heading(found)]
    if sum(len(tensor.values) for tensor in tensors) <= MOST_VALUES:
        entries = [_entry(label, tensor, shades) for label, tensor in found.inputs]
        for layer in found.layers:
            entries += [*_kernel(layer), _entry(layer.name, layer.output, shades)]
        blocks += [Derivation((entry,)) for entry in entries]
    else:
        target = found.layer(name)
        blocks.append(_overview(found))
        entries = [*_kernel(target), _entry(target.name, target.output, shades)]
        blocks += [Derivation((entry,)) for entry in entries]
    said = [_("{name}: {weights}").format(name=layer.name, weights=layer.said) for layer in found.layers if layer.said]
    if said:
        blocks.append(Paragraph(dim(_("weights of {layers}").format(layers=_("; ").join(said)))))
    return Document(tuple(blocks))


def _heading(found: Trace) -> Heading:
    arriving = ", ".join(shape_text(tensor.shape) for _name, tensor in found.inputs)
    leaving = shape_text(found.layers[-1].output.shape)
    name = found.name or _("by hand")
    return Heading((Span(name, "bold"), Span(f" · {arriving} → {leaving}")), _window(found.layers))


def _window(layers: Sequence[TracedLayer]) -> str:
    """The window of a single layer."""
    layer = layers[0]
    geometry = layer.kind.geometry(tuple(one.shape for one in layer.inputs))
    if geometry is None or len(layers) > 1:
        return ""
    fields = [f"k {_sides(geometry.kernel)}", f"s {_sides(geometry.stride)}"]
    padding = layer.before[1:] or tuple(before for before, _after in geometry.padding)
    fields.append(f"p {_sides(padding)}")
    if layer.before:
        value = layer.inputs[0].values[0] if any(layer.before) else layer.inputs[0].values[-1]
        fields.append(_("padded with {value}").format(value=shown(value)))
    return _(", ").join(fields)


def _sides(sides: tuple[int, ...]) -> str:
    return str(sides[0]) if len(set(sides)) == 1 else shape_text(sides)


def _steps(lines: Sequence[Phrase], note: str = "") -> tuple[Step, ...]:
    """The lines of a drawing; the note stands behind the first."""
    notes = [note, *[""] * (len(lines) - 1)]
    return tuple(Step(line, equals=False, note=one, drawn=True) for line, one in zip(lines, notes, strict=False))


def _kernel(layer: TracedLayer) -> Iterator[Entry]:
    """The kernels of a small convolution, as they are slid."""
    weight = layer.tensors.get("weight")
    if weight is None or len(weight.shape) < 4 or len(weight.values) > 36:
        return
    blocks = [number_lines(matrix, write=brief) for matrix in matrices(weight)]
    lines = [line for row in rows_of(blocks) for line in (*beside(row), ())][:-1]
    label = _("kernel") if len(blocks) == 1 else _("kernels")
    yield Entry(label, _steps(lines, shape_text(weight.shape) if len(blocks) > 1 else ""))


def _entry(label: str, tensor: Tensor, shades: str) -> Entry:
    """The maps of one tensor, in numbers where they are small."""
    found = matrices(tensor)
    blocks = [number_lines(matrix) for matrix in found[:MOST_MAPS]]
    if len(found[0]) <= MOST_ROWS and all(wide(block) <= WIDTH for block in blocks):
        lines = [line for row in rows_of(blocks) for line in (*beside(row), ())]
        return Entry(label, (*_steps(lines[:-1], shape_text(tensor.shape)), *_more(len(found), MOST_MAPS)))
    if len(found) == 1 and len(found[0]) == 1:
        return Entry(label, _steps(_list(found[0][0]), shape_text(tensor.shape)))
    return Entry(label, tuple(_pictures(found, tensor, shades)))


def _list(values: Sequence[Any]) -> list[Phrase]:
    """A long list of values in lines, its middle left out."""
    written = [shown(value) for value in values]
    if len(written) > 60:
        written = [*written[:40], "…", *written[-10:]]
    lines, line = [], ""
    for word in written:
        if line and len(line) + len(word) + 1 > WIDTH:
            lines.append(line)
            line = ""
        line += (" " if line else "") + word
    return [(Span(one),) for one in [*lines, line]]


def _pictures(found: Sequence[Matrix], tensor: Tensor, shades: str) -> Iterator[Step]:
    """The first maps in shades, each on its own scale, which stands above it."""
    drawn = []
    across = 1
    for number, matrix in enumerate(found[:MOST_SHADED]):
        values = [value for row in matrix for value in row]
        low, high = min(values), max(values)
        picture = shaded(matrix, low, high, shades)
        across = picture.across
        head = _("map {number}: {low} to {high}").format(number=number, low=shown(low), high=shown(high))
        drawn.append([dim(head), *picture.lines])
    note = _("{shape}, the smallest value dark, the largest light").format(shape=shape_text(tensor.shape))
    if across > 1:
        note = _("{line}; {more}").format(line=note, more=_("one column of {across} is drawn").format(across=across))
    yield Step(dim(note), equals=False)
    for row in rows_of(drawn):
        yield from _steps([(), *beside(row)])
    yield from _more(len(found), MOST_SHADED)


def _more(count: int, most: int) -> tuple[Step, ...]:
    rest = count - most
    if rest <= 0:
        return ()
    sentence = plural(
        "and {count} more map (`-o maps.png` draws all of them)",
        "and {count} more maps (`-o maps.png` draws all of them)",
        rest,
    )
    return (Step(dim(sentence.format(count=rest)), equals=False),)


def _overview(found: Trace) -> Table:
    columns = (
        Column("layer", _("layer")),
        Column("output", _("output"), "shape"),
        Column("smallest", _("smallest"), "right"),
        Column("largest", _("largest"), "right"),
    )
    rows: list[Row] = [_row(name, tensor.shape, tensor.values) for name, tensor in found.inputs]
    rows += [_row(layer.name, layer.output.shape, layer.output.values) for layer in found.layers]
    return Table(columns, tuple(rows))


def _row(name: str, shape: Shape, values: Sequence[Any]) -> Row:
    return (Text(name), ShapeCell(shape), Text(shown(min(values))), Text(shown(max(values))))
