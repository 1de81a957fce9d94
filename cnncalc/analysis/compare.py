"""A network against fully connected layers: the same maps connected in three ways, and a perceptron in its place."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from cnncalc.formula import rules
from cnncalc.language import _
from cnncalc.record import Record
from cnncalc.result import Connections, Forms, LayerResult, Result
from cnncalc.shape import elements

WAYS = Connections._fields


class Compared(NamedTuple):
    """One layer in three ways."""

    name: str
    kind: str
    layer: LayerResult
    connections: Connections


class Perceptron(NamedTuple):
    """A multi-layer perceptron: its layer sizes from input to output, and what it costs (biases included)."""

    layers: tuple[int, ...]
    parameters: int
    multiplications: int


class Comparison(Record):
    """A network's convolutions and linear layers, each fully connected, locally connected, and as it is."""

    result: Result
    layers: tuple[Compared, ...]
    totals: Connections
    perceptron: Perceptron | None = None

    def to_dict(self) -> dict[str, Any]:
        """The comparison as the JSON document of `cnncalc compare --format json`."""
        found: dict[str, Any] = {
            "schema_version": 1,
            "name": self.result.name,
            "status": self.result.status,
            "layers": [{"name": one.name, "kind": one.kind, **_forms(one.connections)} for one in self.layers],
            "totals": _forms(self.totals),
        }
        if self.perceptron is not None:
            found["mlp"] = {**self.perceptron._asdict(), "layers": list(self.perceptron.layers)}
        found["problems"] = [finding.to_dict() for finding in self.result.problems]
        return found


def _forms(connections: Connections) -> dict[str, Any]:
    return {way: getattr(connections, way)._asdict() for way in WAYS}


def compare(result: Result, hidden: Sequence[int] | None = None) -> Comparison:
    """The network's layers with weights in three ways; with `hidden` also a perceptron with these hidden layers.

    Counts are for one image, whatever the result's batch.

    Raises:
        ValueError: a perceptron was asked for, but the network has not exactly one input and one known output.
    """
    rows = tuple(
        Compared(layer.name, layer.kind, layer, layer.connections)
        for layer in result.layers
        if layer.connections is not None
    )
    totals = Connections(*(_total([getattr(row.connections, way) for row in rows]) for way in WAYS))
    return Comparison(result, rows, totals, None if hidden is None else perceptron(result, hidden))


def _total(forms: list[Forms]) -> Forms:
    return Forms(sum(form.weights for form in forms), sum(form.multiplications for form in forms))


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
        **{count: result.totals[count].value for count in ("parameters", "multiplications", "macs")},
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
    """The layers of one comparison as plain rows, the total last."""
    own = [{"name": row.name, "kind": row.kind, **_forms(row.connections)} for row in found.layers]
    return [*own, {"name": "total", "kind": "", **_forms(found.totals)}]
