"""A network against fully connected layers: the same maps connected in three ways, and a perceptron in its place."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from cnncalc.findings import listed
from cnncalc.formula import rules
from cnncalc.language import _
from cnncalc.record import Record
from cnncalc.result import HEADLINE, Connections, LayerResult, Quantity, Result
from cnncalc.shape import elements

WAYS = Connections._fields


class Compared(NamedTuple):
    """One layer in three ways."""

    name: str
    kind: str
    layer: LayerResult
    connections: Connections


class Sums(NamedTuple):
    """The weights and multiplications of all layers in one way, and how far each can be trusted."""

    weights: Quantity
    multiplications: Quantity


class Totals(NamedTuple):
    """The sums of a network in three ways."""

    fully_connected: Sums
    locally_connected: Sums
    convolution: Sums


class Perceptron(NamedTuple):
    """A multi-layer perceptron: its layer sizes from input to output, and what it costs (biases included)."""

    layers: tuple[int, ...]
    parameters: int
    multiplications: int


class Comparison(Record):
    """A network's convolutions and linear layers, each fully connected, locally connected, and as it is."""

    result: Result
    layers: tuple[Compared, ...]
    totals: Totals
    hidden: tuple[int, ...] | None = None
    """The hidden layers of the perceptron that was asked for."""
    perceptron: Perceptron | None = None
    """None when none was asked for, and when the network's input or output is unknown."""

    def to_dict(self) -> dict[str, Any]:
        """The comparison as the JSON document of `cnncalc compare --format json`."""
        found: dict[str, Any] = {
            "schema_version": 1,
            "name": self.result.name,
            "status": self.result.status,
            "layers": [{"name": one.name, "kind": one.kind, **_forms(one.connections)} for one in self.layers],
            "totals": _values(self.totals),
        }
        if self.hidden is not None:
            mlp = self.perceptron
            found["mlp"] = None if mlp is None else {**mlp._asdict(), "layers": list(mlp.layers)}
        found["problems"] = [finding.to_dict() for finding in listed(self.result.problems)]
        return found


def _forms(connections: Connections) -> dict[str, Any]:
    return {way: getattr(connections, way)._asdict() for way in WAYS}


def _values(totals: Totals) -> dict[str, Any]:
    """The sums as plain numbers; None is unknown."""
    return {way: {count: found.value for count, found in getattr(totals, way)._asdict().items()} for way in WAYS}


def compare(result: Result, hidden: Sequence[int] | None = None) -> Comparison:
    """The network's layers with weights in three ways; with `hidden` also a perceptron with these hidden layers.

    Counts are for one image, whatever the result's batch. Of a network with errors it has what is known.

    Raises:
        ValueError: a perceptron was asked for, but the network, which is sound, has not one input and one output.
    """
    rows = tuple(
        Compared(layer.name, layer.kind, layer, layer.connections)
        for layer in result.layers
        if layer.connections is not None
    )
    totals = Totals(*(_total(result, rows, way) for way in WAYS))
    if hidden is None:
        return Comparison(result, rows, totals)
    return Comparison(result, rows, totals, tuple(hidden), _possible(result, hidden))


def _total(result: Result, rows: Sequence[Compared], way: str) -> Sums:
    """The sums of one way, as trustworthy as the network's weights: whatever is unknown may connect maps."""
    status = result.totals["weights"].status
    if status == "unknown":
        return Sums(Quantity(None, status), Quantity(None, status))
    forms = [getattr(row.connections, way) for row in rows]
    return Sums(*(Quantity(sum(getattr(form, count) for form in forms), status) for count in Sums._fields))


def _possible(result: Result, hidden: Sequence[int]) -> Perceptron | None:
    """The perceptron; None where errors in the network leave its ends unknown."""
    try:
        return perceptron(result, hidden)
    except ValueError:
        if any(finding.severity == "error" for finding in result.problems):
            return None
        raise


def perceptron(result: Result, hidden: Sequence[int]) -> Perceptron:
    """The perceptron that takes the flattened input, has these hidden layers, and the network's own number of outputs.

    Raises:
        ValueError: the network has not exactly one input and one known output.
    """
    outputs = [shape for _name, shape in result.outputs]
    if len(result.inputs) != 1 or len(outputs) != 1 or outputs[0] is None:
        raise ValueError(_("a perceptron can stand in for a network with one input and one known output only"))
    sizes = (elements(result.inputs[0][1]), *hidden, elements(outputs[0]))
    weights = [rules.linear_weights(a, b) for a, b in pairwise(sizes)]
    return Perceptron(sizes, rules.parameters(sum(weights), sum(sizes[1:])), sum(weights))


def totals(result: Result) -> dict[str, Any]:
    """A network in one row: what stands side by side with others."""
    return {
        "name": result.name,
        "status": result.status,
        **{count: result.totals[count].value for count in HEADLINE},
        "receptive_field": None if result.receptive_field is None else list(result.receptive_field),
        "depth": result.depth,
    }


def side_by_side(found: Sequence[Comparison]) -> dict[str, Any]:
    """Several networks, each with its totals and its comparison, as the JSON document."""
    return {"schema_version": 1, "networks": [{**totals(one.result), **_inside(one)} for one in found]}


def _inside(found: Comparison) -> dict[str, Any]:
    whole = found.to_dict()
    return {key: whole[key] for key in ("layers", "totals", "mlp", "problems") if key in whole}


def rows(found: Comparison) -> list[dict[str, Any]]:
    """The layers of one comparison as plain rows, the total last, with how far each can be trusted."""
    own = [{"name": row.name, "kind": row.kind, **_forms(row.connections)} for row in found.layers]
    total = {"name": "total", "kind": "", **_values(found.totals)}
    return [
        *({**row, "status": "complete"} for row in own),
        {**total, "status": found.totals.convolution.weights.status},
    ]
