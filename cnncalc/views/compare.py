"""The comparison with fully connected layers: weights, multiplications, and what each idea saves."""

from __future__ import annotations

from collections.abc import Sequence
from math import prod

from cnncalc.analysis.compare import Compared, Comparison
from cnncalc.document import (
    BLANK,
    Block,
    Cell,
    Column,
    Document,
    Fact,
    Facts,
    Heading,
    Paragraph,
    Row,
    Span,
    Table,
    Text,
    plain,
)
from cnncalc.harmless import harmless
from cnncalc.language import _
from cnncalc.result import HEADLINE, Connections, Forms, Quantity, Result
from cnncalc.shape import text as shape_text
from cnncalc.views.numbers import Units, count, exact, quantity, ratio, significant


def compare(found: Comparison, units: Units = "exact") -> Document:
    """The comparison of one network."""
    name = harmless(found.result.name)
    said = _("the same maps, connected in three ways")
    left = (Span(name, "bold"), Span(f" · {said}")) if name else (Span(said),)
    blocks: list[Block] = [Heading(left, _("weights without biases"))]
    if not found.layers:
        blocks.append(Paragraph(plain(_nothing(found))))
    else:
        blocks += [_table(found, count_, units) for count_ in ("weights", "multiplications")]
        if _complete(found):
            blocks.append(Facts(tuple(_sentences(found)), gap=3))
        else:
            left_out = _("Layers that could not be calculated are left out, so what is saved cannot be told.")
            blocks.append(Paragraph(plain(left_out)))
    if found.hidden is not None:
        blocks.append(_against(found, units))
    return Document(tuple(blocks))


def _complete(found: Comparison) -> bool:
    return found.totals.convolution.weights.status == "complete"


def _nothing(found: Comparison) -> str:
    if _complete(found):
        return _("No layer of this network connects its maps by weights.")
    return _("No layer that could be calculated connects its maps by weights; of the others it cannot be told.")


def _columns(head: str) -> tuple[Column, ...]:
    return (
        Column("name", head),
        Column("full", _("fully\nconnected"), "right", group="f", gap=4),
        Column("local_saves", _("local\nconnection"), "right", group="l", gap=4, drop=2),
        Column("local", _("locally\nconnected"), "right", group="c", gap=4),
        Column("sharing_saves", _("shared\nweights"), "right", group="s", drop=1),
        Column("own", _("convolution"), "right", group="s"),
    )


def _table(found: Comparison, name: str, units: Units) -> Table:
    rows = tuple(_row(harmless(row.name), row.connections, name, units) for row in found.layers)
    head = {"weights": _("weights"), "multiplications": _("multiplications")}[name]
    return Table(_columns(head), rows, _total(found, name, units))


def _row(label: str, connections: Connections, name: str, units: Units) -> Row:
    full, local, own = (getattr(form, name) for form in connections)
    linear = full == local == own
    return (
        Text(label),
        count(full, units=units),
        BLANK if linear else _divided(full, local),
        count(local, units=units),
        BLANK if linear else _divided(local, own),
        count(own, units=units),
    )


def _total(found: Comparison, name: str, units: Units) -> Row:
    full, local, own = (getattr(sums, name) for sums in found.totals)
    if _complete(found):
        connections = Connections(*(Forms(*(one.value or 0 for one in sums)) for sums in found.totals))
        return _row(_("total"), connections, name, units)
    return (
        Text(_("total")),
        quantity(full, units),
        BLANK,
        quantity(local, units),
        BLANK,
        quantity(own, units),
    )


def _divided(before: int, after: int) -> Cell:
    return Text(f"÷ {ratio(before, after)}") if after else BLANK


def _sentences(found: Comparison) -> list[Fact]:
    """What each idea saves, by the numbers of the convolution that saves most."""
    convolutions = [row for row in found.layers if row.connections.fully_connected != row.connections.convolution]
    if not convolutions:
        return [Fact(_("Linear layers"), plain(_("are fully connected already: there is nothing to save.")))]
    most = max(
        convolutions, key=lambda row: row.connections.fully_connected.weights - row.connections.convolution.weights
    )
    facts = [Fact(_("Local connection"), plain(_local(most))), Fact(_("Shared weights"), plain(_shared(most)))]
    (full_weights, full_products), _local_sums, (own_weights, own_products) = (
        [one.value or 0 for one in sums] for sums in found.totals
    )
    together = _("{weights} × fewer weights, {multiplications} × fewer multiplications.").format(
        weights=ratio(full_weights, own_weights) if own_weights else "?",
        multiplications=significant(full_products, own_products) if own_products else "?",
    )
    return [*facts, Fact(_("Together"), plain(together))]


def _local(row: Compared) -> str:
    arriving, leaving = row.layer.input_shapes[0], row.layer.output_shape
    geometry = row.layer.geometry
    if arriving is None or leaving is None or geometry is None:
        return ""
    if _spreads(row):
        sentence = _(
            "one value that arrives at {name} goes into {product} = {seen} of {values} outputs: "
            "{values}/{seen} = {saved} × fewer weights and multiplications."
        )
        near, far = arriving, leaving
    else:
        sentence = _(
            "one value of {name} comes from {product} = {seen} of {values} inputs: "
            "{values}/{seen} = {saved} × fewer weights and multiplications."
        )
        near, far = leaving, arriving
    seen = row.connections.locally_connected.weights // prod(near)
    return sentence.format(
        name=harmless(row.name),
        product="·".join(map(str, (far[0] // geometry.groups, *geometry.kernel))),
        seen=exact(seen),
        values=exact(prod(far)),
        saved=ratio(prod(far), seen),
    )


def _spreads(row: Compared) -> bool:
    """Whether each input value has a kernel, and not each output value: in a transposed convolution."""
    arriving, leaving, geometry = row.layer.input_shapes[0], row.layer.output_shape, row.layer.geometry
    if arriving is None or leaving is None or geometry is None:
        return False
    seen = prod((arriving[0] // geometry.groups, *geometry.kernel))
    return row.connections.locally_connected.weights != prod(leaving) * seen


def _shared(row: Compared) -> str:
    sharing = (row.layer.input_shapes[0] if _spreads(row) else row.layer.output_shape) or ()
    places = prod(sharing[1:])
    product = "·".join(map(str, sharing[1:]))
    return _(
        "the {product} = {places} values of a map use one kernel: {places} × fewer weights. "
        "Sharing saves no multiplication."
    ).format(product=product, places=exact(places))


def _against(found: Comparison, units: Units) -> Table:
    result, mlp = found.result, found.perceptron
    parameters, products = result.totals["parameters"], result.totals["multiplications"]
    for_one = Quantity(None if products.value is None else products.value // result.batch, products.status)
    hidden = ("?", *(found.hidden or ()), "?")
    wanted = (None, None) if mlp is None else (mlp.parameters, mlp.multiplications)
    rows: list[Row] = [
        (
            Text(" → ".join(map(str, hidden if mlp is None else mlp.layers))),
            *(count(number, units=units) for number in wanted),
        ),
        (Text(harmless(result.name)), quantity(parameters, units), quantity(for_one, units)),
    ]
    if mlp is not None and parameters.status == for_one.status == "complete":
        rows.append(
            (
                BLANK,
                _fewer(mlp.parameters, parameters.value or 0),
                _fewer(mlp.multiplications, for_one.value or 0),
            )
        )
    columns = (
        Column("perceptron", _("against a perceptron")),
        Column("parameters", _("parameters"), "right", group="parameters", gap=6),
        Column("multiplications", _("multiplications"), "right", group="multiplications"),
    )
    return Table(columns, tuple(rows))


def _fewer(mlp: int, own: int) -> Cell:
    if not mlp or not own:
        return BLANK
    if mlp >= own:
        return Text(_("{ratio} × fewer").format(ratio=ratio(mlp, own)))
    return Text(_("{ratio} × more").format(ratio=ratio(own, mlp)))


def side_by_side(results: Sequence[Result], units: Units = "exact") -> Document:
    """Several networks, a line each."""
    columns = (
        Column("name", _("network")),
        Column("parameters", _("parameters"), "right"),
        Column("multiplications", _("multiplications"), "right"),
        Column("macs", _("MACs"), "right", drop=1),
        Column("field", _("receptive field"), "right", drop=0),
        Column("depth", _("depth"), "right"),
    )
    rows: tuple[Row, ...] = tuple(
        (
            Text(harmless(result.name)),
            *(quantity(result.totals[name], units) for name in HEADLINE),
            Text(_field(result)),
            Text("?" if result.depth is None else str(result.depth)),
        )
        for result in results
    )
    note = Facts((Fact(_("depth"), plain(_("convolutions and linear layers on the longest path"))),))
    return Document((Table(columns, rows), note))


def _field(result: Result) -> str:
    field = result.receptive_field
    if field is None:
        if any(layer.output_shape is None for layer in result.layers):
            return "?"
        return _("all") if any(layer.sees_all for layer in result.layers) else ""
    return str(field[0]) if len(set(field)) == 1 else shape_text(field)
