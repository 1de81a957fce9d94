"""A network explained, layer by layer or one layer alone; and how its receptive field grows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from cnncalc.document import BLANK, Block, Column, Document, Heading, Paragraph, Phrase, Row, Span, Table, Text, plain
from cnncalc.formula.expression import Expression, Larger, alternatives, evaluate, symbols
from cnncalc.formula.letters import J, R
from cnncalc.formula.write import Formula, number
from cnncalc.harmless import harmless
from cnncalc.language import _
from cnncalc.record import changed
from cnncalc.result import Result
from cnncalc.shape import text as shape_text
from cnncalc.teach.derived import OPERATIONS, WORDS
from cnncalc.teach.explanation import Explained
from cnncalc.teach.given import Given
from cnncalc.teach.sight import Axis, Seen
from cnncalc.views.calculation import cell, said
from cnncalc.views.entries import axis_word, parts
from cnncalc.views.gaps import GAP, Gaps
from cnncalc.views.layer import stated, window_in_short


def explain(result: Result, layers: Iterable[Explained], detail: str = "steps", gaps: Gaps | None = None) -> Document:
    """The whole network: every quantity of every layer, and one line for a layer with nothing to calculate."""
    blocks: list[Block] = [Heading(_network(result))]
    for one in layers:
        blocks += _quiet(one, gaps) if one.quiet or one.given is None else _layer(one, detail, gaps)
    return Document(tuple(blocks))


def _network(result: Result) -> Phrase:
    """A network's name, if it has one, and its input."""
    arriving = ", ".join(shape_text(shape) for _name, shape in result.inputs)
    if not result.name:
        return (Span(arriving),)
    return (Span(harmless(result.name), "bold"), Span(f" · {arriving}"))


def explain_layer(one: Explained, detail: str = "steps", gaps: Gaps | None = None) -> Document:
    """One layer of a network."""
    if one.given is None:
        return Document(tuple(_quiet(one, gaps)))
    return Document(tuple(_layer(one, detail, gaps, alone=True)))


def _layer(one: Explained, detail: str, gaps: Gaps | None, alone: bool = False) -> Iterator[Block]:
    given, name = one.given, harmless(one.layer.name)
    if given is None:
        return
    if gaps is not None:
        gaps.layer = name
    yield _heading(one, given, name, gaps is not None, alone)
    if gaps is not None and alone:
        yield from _before(one)
    yield from parts(given, one.quantities, detail, gaps)
    if gaps is None and one.seen is not None and one.seen.sees_all and (alone or one.seen.changes):
        yield Paragraph(plain(_("Each of its outputs sees the whole input.")))


def _heading(one: Explained, given: Given, name: str, blank: bool, alone: bool) -> Heading:
    """Name, kind, shapes and window; a worksheet tells no shape that is an answer of the layer above."""
    arriving = ", ".join(map(shape_text, given.inputs))
    kind = "" if name.startswith(one.layer.kind) else f" · {one.layer.kind}"
    if not blank:
        shapes = f" · {arriving} → {shape_text(one.layer.output_shape or ())}"
        return Heading((Span(name, "bold"), Span(kind + shapes)), window_in_short(given))
    shapes = f" · {arriving} → {GAP}" if one.first or alone else ""
    return Heading((Span(name, "bold"), Span(kind + shapes)), stated(given))


def _before(one: Explained) -> Iterator[Block]:
    """What a worksheet of one layer must tell of the layers above: receptive field and jump so far."""
    for quantity in one.quantities:
        if quantity.name == "receptive_field":
            found = (symbol for symbol in symbols(quantity.expression) if symbol.letter in (R, J))
            known = dict.fromkeys(f"{symbol.letter.name} = {number(symbol.value)}" for symbol in found)
            yield Paragraph(plain(_("so far: {values}").format(values=", ".join(known))))
            return


def _quiet(one: Explained, gaps: Gaps | None) -> Iterator[Block]:
    """A layer in one line."""
    name = harmless(one.layer.name)
    if one.given is None:
        yield Paragraph((Span(name, "bold"), Span(_(": not known; a problem above or in it is in the way"))))
        return
    if gaps is not None:
        yield Paragraph((Span(name, "bold"), Span(_(": nothing is learned"))))
        return
    output = shape_text(one.layer.output_shape or ())
    shapes = [shape_text(shape) for shape in one.given.inputs]
    way = output if set(shapes) == {output} and len(shapes) == 1 else f"{', '.join(shapes)} → {output}"
    counts = [f"{_(WORDS[what])} {number(getattr(one.layer, what))}" for what in OPERATIONS if getattr(one.layer, what)]
    said = [_("nothing is learned"), *counts]
    yield Paragraph((Span(name, "bold"), Span(f" · {way} · {', '.join(said)}")))


def receptive_field(result: Result, seen: Iterable[Seen], gaps: Gaps | None = None) -> Document:
    """How the receptive field grows through the network: a row for every layer that changes it."""
    heading = Heading(_network(result), _("receptive field"))
    found = [one for one in seen if one.changes]
    if not found:
        return Document((heading, Paragraph(plain(_("No layer has a window over the input.")))))
    columns = (
        Column("layer", _("layer")),
        Column("k", "k", "right", drop=2),
        Column("s", "s", "right", drop=2),
        Column("rule", _("receptive field"), shorten=1, whole=True),
        Column("field", "r", "right", gap=2),
        Column("jump_rule", _("jump"), drop=3, whole=True),
        Column("jump", "", "right", gap=2),
    )
    first = (Text(_("input")), BLANK, BLANK, BLANK, Text("1"), BLANK, Text("1"))
    rows = [row for one in found for row in _rows(one, gaps)]
    rule = _("r + (k − 1)·jump, then jump·s: r places are seen so far, and neighbours look jump places apart.")
    return Document((heading, Table(columns, (first, *rows)), Paragraph(plain(rule))))


def _rows(one: Seen, gaps: Gaps | None) -> Iterator[Row]:
    name, geometry = harmless(one.layer.name), one.layer.geometry
    if one.sees_all:
        yield (Text(name), BLANK, BLANK, Text(_("the whole input")), Text(_("all")), BLANK, BLANK)
        return
    if gaps is not None:
        gaps.layer = name
    for i, axis in enumerate(one.axes[:1] if one.alike else one.axes):
        label = name if one.alike else f"{name}, {axis_word(i, len(one.axes))}"
        k, s = ("", "") if geometry is None else (str(geometry.kernel[i]), str(geometry.stride[i]))
        yield (Text(label), Text(k), Text(s), *_grown(axis, gaps), *_moved(axis, gaps))


def _grown(axis: Axis, gaps: Gaps | None) -> Row:
    """The receptive field: its calculation and its value."""
    if gaps is not None:
        formula = BLANK if axis.size_from is None else cell((said(Formula(axis.size_from)),))
        return formula, Text(f"{GAP} {_gap(gaps, _('receptive field'), axis.size_from, axis.size)}")
    if axis.size_from is None:
        return Text(_("the largest of several patterns"), shorter=(_("patterns"),)), Text(number(axis.size))
    written = cell((said(Formula(axis.size_from, values=True)),))
    if isinstance(axis.size_from, Larger):
        fields = sorted(map(evaluate, alternatives(axis.size_from)))
        written = changed(written, shorter=(f"max({number(fields[0])}, …, {number(fields[-1])})",))
    return written, Text(number(axis.size))


def _moved(axis: Axis, gaps: Gaps | None) -> Row:
    """The jump: its calculation and its value."""
    jump = _("uneven") if axis.jump is None else number(axis.jump)
    if gaps is not None:
        if axis.jump is None:
            return BLANK, Text(jump)
        formula = BLANK if axis.jump_from is None else cell((said(Formula(axis.jump_from)),))
        return formula, Text(f"{GAP} {_gap(gaps, _('jump'), axis.jump_from, axis.jump)}")
    if axis.jump_from is None:
        return BLANK, Text(jump)
    return cell((said(Formula(axis.jump_from, values=True)),)), Text(jump)


def _gap(gaps: Gaps, what: str, expression: Expression | None, value: Any) -> str:
    if expression is None:
        return gaps.leave_number(what, value)
    return gaps.leave(what, expression, value)
