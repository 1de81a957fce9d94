"""A network explained: every layer with its quantities, each traced from the rules of its kind."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from itertools import groupby
from typing import Any

from cnncalc.findings import listed
from cnncalc.formula.expression import Expression, Value
from cnncalc.formula.write import latex, lines, text
from cnncalc.kinds._contract import Kind
from cnncalc.record import Record
from cnncalc.result import LayerResult, Result
from cnncalc.spec.network import Network
from cnncalc.teach.derived import Derived, derived
from cnncalc.teach.given import Given
from cnncalc.teach.sight import Seen, through


class Explained(Record):
    """One layer: what the engine found, the layer with its input, its quantities, and what it sees.

    `given` is None for a layer that could not be calculated. `first` says that only inputs of the network feed it.
    """

    layer: LayerResult
    given: Given | None = None
    quantities: tuple[Derived, ...] = ()
    seen: Seen | None = None
    first: bool = False

    @property
    def quiet(self) -> bool:
        """Whether one line says it all: the shape stays or inputs are put together, and nothing is learned."""
        if self.given is None:
            return False
        return not any(one.part == "sizes" for one in self.quantities) and not self.layer.parameters


def explained(network: Network, result: Result) -> Iterator[Explained]:
    """Every layer of the network in order."""
    seen = {one.layer.name: one for one in through(network, result)}
    inputs = {name for name, _shape in result.inputs}
    for layer, found in zip(network.layers, result.layers, strict=True):
        if layer.kind is None or found.output_shape is None:
            yield Explained(found)
            continue
        given = _given(layer.kind, found)
        sight = seen.get(layer.name)
        quantities = [*derived(given), *_sight(sight)]
        yield Explained(found, given, tuple(quantities), sight, set(found.inputs) <= inputs)


def _given(kind: Kind, found: LayerResult) -> Given:
    """A layer of a network is given completely."""
    shapes = tuple(shape for shape in found.input_shapes if shape is not None)
    return Given(kind, shapes, frozenset(type(kind).model_fields), channels=True, outputs=True)


def _sight(seen: Seen | None) -> Iterator[Derived]:
    """Receptive field and jump, where the layer changes them by a rule."""
    if seen is None or not seen.changes or seen.sees_all:
        return
    axes = seen.axes[:1] if seen.alike else seen.axes
    for i, axis in enumerate(axes):
        for name, expression in (("receptive_field", axis.size_from), ("jump", axis.jump_from)):
            if expression is not None:
                yield Derived(name, "sight", expression, axis=None if seen.alike else i)


def quantities(found: Iterable[Derived], blank: bool = False) -> list[dict[str, Any]]:
    """The quantities for JSON; with `blank` only the formulas, without numbers."""
    listed = []
    for name, group in groupby(found, key=lambda one: one.name):
        members = list(group)
        values = [plain(one.value) for one in members]
        listed.append(
            {
                "name": name,
                "value": None if blank else values[0] if len(values) == 1 else values,
                "derivations": [_derivation(one.expression, blank) for one in members],
            }
        )
    return listed


def plain(value: Value) -> int | str:
    """A value for JSON: an integer, or a fraction as text (`"3/4"`)."""
    return str(value) if isinstance(value, Fraction) and value.denominator != 1 else int(value)


def _derivation(expression: Expression, blank: bool) -> dict[str, Any]:
    if blank:
        return {"steps": [text(expression)], "latex": latex(expression)}
    return {"steps": lines(expression), "latex": latex(expression)}


def to_dict(result: Result, layers: Iterable[Explained], blank: bool = False) -> dict[str, Any]:
    """The explanation as the JSON document of `cnncalc explain --format json`."""
    found = list(layers)
    whole: dict[str, Any] = {
        "schema_version": 1,
        "name": result.name,
        "layers": [
            {
                "name": one.layer.name,
                "kind": one.layer.kind,
                "inputs": None if blank and not one.first else [list(shape or ()) for shape in one.layer.input_shapes],
                "output": None if blank or one.layer.output_shape is None else list(one.layer.output_shape),
                "quantities": quantities(one.quantities, blank),
            }
            for one in found
        ],
        "problems": [finding.to_dict() for finding in listed(result.problems)],
    }
    return whole


def answers(layers: Iterable[Explained]) -> list[dict[str, Any]]:
    """What belongs into the gaps of a blank explanation, for JSON."""
    return [
        {"layer": one.layer.name, "name": quantity["name"], "value": quantity["value"]}
        for one in layers
        for quantity in quantities(one.quantities)
    ]


def sight_to_dict(result: Result, seen: Iterable[Seen], blank: bool = False) -> dict[str, Any]:
    """The receptive fields as the JSON document of `cnncalc explain --receptive-field --format json`."""
    return {
        "schema_version": 1,
        "name": result.name,
        "layers": [
            {
                "name": one.layer.name,
                "kind": one.layer.kind,
                "receptive_field": None if blank else [axis.size for axis in one.axes],
                "jump": None if blank else [None if axis.jump is None else plain(axis.jump) for axis in one.axes],
                "sees_all": one.sees_all,
                "derivations": [
                    _derivation(axis.size_from, blank)
                    for axis in (one.axes[:1] if one.alike else one.axes)
                    if axis.size_from is not None and not one.sees_all
                ],
            }
            for one in seen
        ],
        "problems": [finding.to_dict() for finding in listed(result.problems)],
    }
