"""One output value written out: its windows and kernels, the products, the sum, the bias."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cnncalc.document import Derivation, Document, Entry, Heading, Paragraph, Phrase, Span, Step, bold, dim, plain
from cnncalc.formula.worked import Slice, Worked, WrittenOut, added, brief, given, is_exact, shown, text
from cnncalc.language import _, plural
from cnncalc.shape import text as shape_text
from cnncalc.teach.trace import TracedLayer
from cnncalc.tensor import Index
from cnncalc.views.maps import WIDTH, Marks, beside, matrices, number_lines

MOST_SIDE = 12
"""The side of the largest window that is drawn."""

MOST_SLICES, MOST_TERMS, PER_LINE = 4, 30, 6
"""How many channels are written out, products of one channel, and products of a line."""


def written_out(layer: TracedLayer, at: Index) -> Document:
    """How the value at one place of the layer's output comes about."""
    found = layer.written_out(at)
    value = layer.output[at]
    heading = Heading(
        (Span(layer.name, "bold"), Span(f" · {where(at)}")),
        _("of {shape}, counted from 0").format(shape=shape_text(layer.output.shape)),
    )
    entries = [*_entries(found, layer), Entry(_("value"), (Step(bold(shown(value)), equals=False),))]
    blocks = [Derivation(tuple(group)) for group in _grouped(entries)]
    remark = _remark(found, layer)
    remarks = (Paragraph(dim(remark)),) if remark else ()
    return Document((heading, *blocks, *remarks))


def _grouped(entries: Sequence[Entry]) -> Iterator[list[Entry]]:
    """Entries of one line follow each other; around one of several lines there is room."""
    group: list[Entry] = []
    for entry in entries:
        if group and (len(entry.lines) > 1 or len(group[-1].lines) > 1):
            yield group
            group = []
        group.append(entry)
    yield group


def where(at: Index) -> str:
    """A place of a map in words."""
    if len(at) == 1:
        return _("output {number}").format(number=at[0])
    if len(at) == 2:
        return _("map {map}, place {place}").format(map=at[0], place=at[1])
    if len(at) == 3:
        return _("map {map}, row {row}, column {column}").format(map=at[0], row=at[1], column=at[2])
    return _("map {map}, place {place}").format(map=at[0], place=", ".join(map(str, at[1:])))


def _entries(found: WrittenOut, layer: TracedLayer) -> Iterator[Entry]:
    if not found.slices or found.slices[0].kernel is None:
        if found.slices and len(found.slices[0].window.shape) == 2 and max(found.slices[0].window.shape) <= MOST_SIDE:
            lines = number_lines(matrices(found.slices[0].window)[0], _marks(found.slices[0], layer))
            yield Entry(_("window"), tuple([Step(line, equals=False, drawn=True) for line in lines]))
        if found.copied is None:
            yield Entry(_("formula"), tuple(calculation(found.formula)))
        return
    several = len(found.slices) > 1
    shown_slices = found.slices
    if len(found.slices) > MOST_SLICES:
        shown_slices = (*found.slices[: MOST_SLICES - 1], found.slices[-1])
    for place, one in enumerate(shown_slices):
        if place and place == len(shown_slices) - 1 and len(shown_slices) < len(found.slices):
            yield _left_out(found.slices[MOST_SLICES - 1 : -1])
        label = _("channel {number}").format(number=one.channel) if several else _("window × kernel")
        if len(one.window.shape) == 1:
            label = _("channel {number}").format(number=one.channel) if several else _("input × weight")
        yield Entry(label, (*_pictured(one, layer), *_products(one)))
    if several:
        yield Entry(_("sum"), tuple(calculation(added([given(one.formula.value) for one in found.slices]))))
    if found.bias is not None:
        yield Entry(_("bias"), (Step(plain(f"+ {_in_sum(shown(found.bias))}"), equals=False),))


def _in_sum(written: str) -> str:
    return f"({written})" if written.startswith("−") else written


def _left_out(slices: Sequence[Slice]) -> Entry:
    whole = sum((one.formula.value for one in slices[1:]), slices[0].formula.value)
    sentence = plural(
        "{count} more channel, which gives {value}", "{count} more channels, which give {value}", len(slices)
    )
    return Entry("…", (Step(dim(sentence.format(count=len(slices), value=shown(whole))), equals=False),))


def _pictured(one: Slice, layer: TracedLayer) -> Iterator[Step]:
    """The window and the kernel's slice beside each other; a window along one axis is told by its products alone."""
    if len(one.window.shape) != 2 or one.kernel is None or one.window.shape[1] > MOST_SIDE:
        return
    window = number_lines(matrices(one.window)[0], _marks(one, layer))
    middle = (len(window) - 1) // 2
    times: list[Phrase] = [plain("×" if row == middle else " ") for row in range(len(window))]
    for line in beside([window, times, number_lines(matrices(one.kernel)[0], write=brief)], " "):
        yield Step(line, equals=False, drawn=True)


def _marks(one: Slice, layer: TracedLayer) -> Marks:
    """The places of the window that lie in the padding."""
    columns = one.window.shape[-1]
    return Marks((), {divmod(place, columns) for place, at in enumerate(one.places) if layer.in_padding(at)})


def _products(one: Slice) -> Iterator[Step]:
    """The products, a row of the window in each line, one under the other; then their sum."""
    terms = [one.formula] if one.formula.sign != "+" else list(one.formula.parts)
    written = [text(term) for term in terms]
    per_line = one.window.shape[-1] if len(one.window.shape) > 1 and one.window.shape[-1] <= PER_LINE else PER_LINE
    rows = [written[start : start + per_line] for start in range(0, len(written), per_line)]
    left_out = 0
    most = max(MOST_TERMS // per_line, 3)
    if len(rows) > most:
        left_out = sum(map(len, rows[most - 1 : -1]))
        rows = [*rows[: most - 1], rows[-1]]
    widths = [max(len(row[x]) for row in rows if x < len(row)) for x in range(len(rows[0]))]
    for y, row in enumerate(rows):
        if left_out and y == len(rows) - 1:
            sentence = plural("… {count} more product", "… {count} more products", left_out)
            yield Step(dim(sentence.format(count=left_out)), equals=False)
        line = " + ".join(cell.rjust(width) for cell, width in zip(row, widths, strict=False))
        yield Step(plain(line)) if y == 0 else Step(plain(f"+ {line}"), equals=False)
    if one.formula.sign:
        yield result(one.formula)


def result(formula: Worked) -> Step:
    """The value: behind an equals sign, or ≈ where it is rounded or worked out with rounded numbers."""
    written = shown(formula.value)
    if is_exact(formula.value) and all("/" in brief(one) or is_exact(one) for one in _numbers(formula)):
        return Step(plain(written))
    return Step(plain(f"≈ {written}"), equals=False)


def calculation_of_channels(found: WrittenOut) -> Iterator[Step]:
    """The channels' sums added up, and the bias."""
    terms = [given(one.formula.value) for one in found.slices]
    return calculation(added([*terms, *([] if found.bias is None else [found.bias])]))


def calculation(formula: Worked) -> Iterator[Step]:
    """The formula, shortened as far as the line asks for, and its value; in one line where there is nothing to do."""
    if not formula.sign:
        yield Step(plain(shown(formula.value)))
        return
    written = text(formula)
    for most in (12, 9, 7, 5, 4):
        if len(written) > WIDTH:
            written = text(formula, most=most)
    yield Step(plain(written))
    yield result(formula)


def _numbers(formula: Worked) -> Iterator[object]:
    if not formula.sign:
        yield formula.value
    for part in formula.parts:
        yield from _numbers(part)


def _remark(found: WrittenOut, layer: TracedLayer) -> str:
    """Where a value that is only moved comes from; how much of the windows is padding."""
    if found.copied is not None:
        source, at = found.copied
        return _("moved, not calculated: {where} of {name}").format(where=where(at), name=layer.sources[source])
    if not found.slices or len(found.slices[0].places[:1]) == 0 or len(found.slices[0].places[0]) < 2:
        return ""
    outside = sum(layer.in_padding(at) for at in found.slices[0].places)
    if not outside:
        return ""
    sentence = plural(
        "{outside} of the {places} places lies in the padding", "{outside} of the {places} places lie in the padding",
        outside,
    )  # fmt: skip
    return sentence.format(outside=outside, places=len(found.slices[0].places))
