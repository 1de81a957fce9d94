"""What changed between two networks: totals, layers, and what these are set to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from cnncalc.analysis.diff import TOTALS, Diff, LayerDiff, VariantDiff, difference
from cnncalc.document import (
    BLANK,
    Block,
    Cell,
    Column,
    Count,
    Document,
    Fact,
    Facts,
    Heading,
    Paragraph,
    Row,
    Share,
    Span,
    Table,
    Text,
    plain,
    words,
)
from cnncalc.harmless import harmless
from cnncalc.language import _, plural
from cnncalc.result import LayerResult, Quantity, Result
from cnncalc.shape import Shape
from cnncalc.shape import text as shape_text
from cnncalc.views.columns import label
from cnncalc.views.footer import listed
from cnncalc.views.numbers import Units, count, quantity, written

COUNTED = ("parameters", "multiplications")
"""The counts that each layer is compared by."""

USUAL_WIDTH = 78
"""Where the files' names do not fit into the first line, they are left out: the reader has just written them."""


def diff(found: Diff, units: Units = "exact") -> Document:
    """The totals, and all layers that changed."""
    return Document((*totals(found, units).blocks, *details(found, units).blocks))


def totals(found: Diff, units: Units = "exact") -> Document:
    """What the networks come to."""
    heading = Heading(_named(found))
    if not found.changed:
        sentence = plural("No difference: {count} layer.", "No difference: {count} layers.", len(found.layers))
        return Document((heading, Paragraph(plain(sentence.format(count=len(found.layers)))), *_variants(found, units)))
    columns = (
        Column("name", _("in total")),
        Column("old", _("old"), "right"),
        Column("new", _("new"), "right"),
        Column("difference", _("difference"), "right"),
        Column("share", "", "right", drop=0, group="difference"),
    )
    return Document((heading, Table(columns, tuple(_total_rows(found, units))), *_variants(found, units)))


def _variants(found: Diff, units: Units) -> Iterator[Block]:
    """The variants that differ, a line each, and how many do not."""
    different = [one for one in found.variants if one.differs]
    same = len(found.variants) - len(different)
    if different:
        counts = ("parameters", "macs")
        columns = [Column("name", _("variants")), Column("change", "")]
        for name in counts:
            columns.append(Column(name, label(name), "right", group=name))
            columns.append(Column(f"{name}_share", "", "right", drop=0, group=name, attached=True))
        yield Table(tuple(columns), tuple(_variant_row(one, counts, units) for one in different))
    if same:
        sentence = plural("{count} variant without a difference", "{count} variants without a difference", same)
        yield Paragraph(plain(sentence.format(count=same)))


def _variant_row(one: VariantDiff, counts: tuple[str, ...], units: Units) -> Row:
    numbers: list[Cell] = []
    for name in counts:
        old, new = (None if side is None else side.totals[name] for side in (one.old, one.new))
        if old is not None and new is not None:
            numbers += _more(difference(old, new), old.value, units)
        else:
            numbers += [quantity((old or new) or Quantity(None, "unknown"), units), BLANK]
    word = _("added") if one.old is None else _("removed") if one.new is None else _("changed")
    return (Text(harmless(one.name, 60)), Text(word), *numbers)


def details(found: Diff, units: Units = "exact") -> Document:
    """The layers that changed, and how."""
    changed = [one for one in found.layers if one.change != "unchanged"]
    if not changed:
        return Document(())
    columns = (
        Column("change", ""),
        Column("name", _("layer"), shorten=3),
        Column("output", _("output"), drop=4),
        *(
            column
            for index, name in enumerate(COUNTED)
            for column in (
                Column(name, label(name), "right", group=name),
                Column(f"{name}_share", "", "right", drop=2 - index, group=name, attached=True),
            )
        ),
    )
    blocks: list[Block] = [Table(columns, tuple(_layer_row(one, units) for one in changed))]
    facts = [Fact(harmless(one.layer.name, 40), plain(_settings(one))) for one in changed if one.settings]
    blocks += [Facts(tuple(facts))] if facts else []
    blocks += [Facts(tuple(_remarks(found)))]
    return Document(tuple(blocks))


def summary(found: Diff) -> str:
    """The layers in one line: how many changed in which way."""
    counts = Counter(map(_counted, found.layers))
    return _("layers: {counts}").format(counts=listed([said.format(count=count) for said, count in counts.items()]))


def _named(found: Diff) -> tuple[Span, ...]:
    old, new = (harmless(one.name, 40) for one in (found.old, found.new))
    names = (Span(old, "bold"),) if old == new else (Span(old, "bold"), Span(" → "), Span(new, "bold"))
    files = [_file(one) for one in (found.old, found.new)]
    said = f" · {files[0]} → {files[1]}"
    fits = len(words(names)) + len(said) < USUAL_WIDTH
    return (*names, Span(said)) if all(files) and fits else names


def _file(result: Result) -> str:
    return "" if result.source is None else harmless(result.source.name, 40)


def _total_rows(found: Diff, units: Units) -> Iterator[Row]:
    for name, sides in (
        (_("input"), [[shape for _name, shape in one.inputs] for one in (found.old, found.new)]),
        (_("output"), [[shape for _name, shape in one.outputs] for one in (found.old, found.new)]),
    ):
        if sides[0] != sides[1]:
            yield (Text(name), *(Text(", ".join(map(_shape, shapes)) or "?") for shapes in sides), BLANK, BLANK)
    for name in TOTALS:
        old, new = found.total(name)
        more = difference(old, new)
        heading = _("activations") if name == "activations" else label(name)
        yield Text(heading), quantity(old, units), quantity(new, units), *_more(more, old.value, units)
    fields = [found.old.receptive_field, found.new.receptive_field]
    if any(fields):
        yield Text(_("receptive field")), *(Text(_field(one)) for one in fields), *_sides(fields)
    depths = [found.old.depth, found.new.depth]
    more = None if depths[0] is None or depths[1] is None else depths[1] - depths[0]
    yield Text(_("depth")), *(count(one) for one in depths), *_more(more, None, units)


def _sides(fields: list[Shape | None]) -> tuple[Cell, Cell]:
    """How much further the receptive field reaches, where all axes are alike."""
    old, new = fields
    if old is None or new is None or len(set(old)) != 1 or len(set(new)) != 1:
        return BLANK, BLANK
    return _more(new[0] - old[0], None, "exact")


def _field(field: Shape | None) -> str:
    if field is None:
        return "?"
    return str(field[0]) if len(set(field)) == 1 else shape_text(field)


def _more(difference: int | None, before: int | None, units: Units) -> tuple[Cell, Cell]:
    """A signed difference, and what it is of the number before."""
    if difference is None:
        return count(None), BLANK
    if not difference:
        return Count(0, "complete", "0"), BLANK
    signed = f"{_sign(difference)}{written(abs(difference), units)}"
    return Count(difference, "complete", signed), Share(percent(difference, before))


def _sign(number: int) -> str:
    return "+" if number > 0 else "−"


def percent(difference: int, before: int | None) -> str:
    """The difference as a share of the number before: `+62.1 %`, `−<0.1 %`; nothing when there was nothing."""
    if not before:
        return ""
    tenths = (abs(difference) * 2000 + before) // (2 * before)
    return f"{_sign(difference)}{f'{tenths // 10:,}.{tenths % 10}' if tenths else '<0.1'} %"


def _layer_row(one: LayerDiff, units: Units) -> Row:
    numbers: list[Cell] = []
    for name in COUNTED:
        before = None if one.old is None else getattr(one.old, name)
        numbers += _more(one.difference(name), before if one.new is not None else None, units)
    return (Text(_word(one), style="dim" if one.change == "adapted" else ""), _name(one), Text(_output(one)), *numbers)


def _word(one: LayerDiff) -> str:
    """What became of the layer."""
    match one.change:
        case "added":
            return _("added")
        case "removed":
            return _("removed")
        case "moved":
            return _("moved")
        case "adapted":
            return _("adapted")
        case "unchanged":
            return _("unchanged")
    return _("renamed") if one.renamed and not one.settings else _("changed")


def _counted(one: LayerDiff) -> str:
    """So many layers of which the same became."""
    match one.change:
        case "added":
            return _("{count} added")
        case "removed":
            return _("{count} removed")
        case "moved":
            return _("{count} moved")
        case "adapted":
            return _("{count} adapted")
        case "unchanged":
            return _("{count} unchanged")
    return _("{count} renamed") if one.renamed and not one.settings else _("{count} changed")


def _name(one: LayerDiff) -> Text:
    name = harmless(one.layer.name)
    if one.renamed and one.old is not None:
        return Text(f"{harmless(one.old.name)} → {name}", (name,))
    return Text(name)


def _output(one: LayerDiff) -> str:
    old, new = (_shapes(side) for side in (one.old, one.new))
    return new or old if not (old and new) or old == new else f"{old} → {new}"


def _shapes(layer: LayerResult | None) -> str:
    return "" if layer is None else ", ".join(map(_shape, layer.output_shapes))


def _shape(shape: Shape | None) -> str:
    return "?" if shape is None else shape_text(shape)


def _settings(one: LayerDiff) -> str:
    return ", ".join(
        _("{setting} {old} → {new}").format(setting=harmless(name, 40), old=_value(old), new=_value(new))
        for name, old, new in one.settings
    )


def _value(value: Any) -> str:
    """A setting as a person writes it: once where all axes are alike."""
    if isinstance(value, tuple) and value:
        inner = [_value(item) for item in value]
        numbers = all(isinstance(item, int | tuple) for item in value)
        if numbers and len(set(inner)) == 1:
            return inner[0]
        return ("×" if all(isinstance(item, int) for item in value) else ", ").join(inner)
    if isinstance(value, bool):
        return str(value).lower()
    return "–" if value is None else harmless(str(value), 60)


def _remarks(found: Diff) -> Iterator[Fact]:
    """What the words of the first column mean, and what the table leaves out."""
    if any(one.change == "adapted" for one in found.layers):
        yield Fact(_("adapted"), plain(_("written as before; what arrives is different")))
    same = sum(one.change == "unchanged" for one in found.layers)
    shifted = sum(one.renumbered for one in found.layers)
    if same:
        sentence = plural("{count} layer", "{count} layers", same).format(count=same)
        yield Fact(_("unchanged"), plain(sentence))
    if shifted:
        sentence = plural(
            "{count} layer without a name of its own has another number",
            "{count} layers without names of their own have other numbers",
            shifted,
        )
        yield Fact(_("renumbered"), plain(sentence.format(count=shifted)))
