"""A hand calculation as plain mappings, for JSON."""

from __future__ import annotations

import math
from typing import Any

from cnncalc.formula.worked import Worked, exact, text
from cnncalc.teach.trace import Trace, TracedLayer
from cnncalc.tensor import Index, Tensor

MOST_VALUES = 20_000
"""A tensor with more values is given by its shape alone."""


def report(found: Trace, layer: TracedLayer | None = None, at: Index | None = None) -> dict[str, Any]:
    """Inputs, weights and outputs; with `at` also how one value comes about."""
    result: dict[str, Any] = {
        "schema_version": 1,
        "name": found.name,
        "inputs": [{"name": name, **_listed(tensor)} for name, tensor in found.inputs],
        "layers": [
            {
                "name": one.name,
                "kind": one.kind.name,
                "inputs": list(one.sources),
                **_listed(one.output),
                "tensors": [{"name": name, **_listed(tensor)} for name, tensor in one.tensors.items()],
            }
            for one in found.layers
        ],
        "problems": [],
    }
    if layer is not None and at is not None:
        result["written_out"] = _written_out(layer, at)
    return result


def _written_out(layer: TracedLayer, at: Index) -> dict[str, Any]:
    found = layer.written_out(at)
    return {
        "layer": layer.name,
        "at": list(at),
        "value": _number(layer.output[at]),
        "formula": _formula(found.formula),
        "channels": [
            {
                "channel": one.channel,
                "window": [_number(value) for value in one.window.values],
                "kernel": None if one.kernel is None else [_number(value) for value in one.kernel.values],
                "shape": list(one.window.shape),
                "formula": _formula(one.formula),
                "value": _number(one.formula.value),
            }
            for one in found.slices
        ],
        "bias": None if found.bias is None else _number(found.bias),
    }


def _formula(formula: Worked) -> str:
    return text(formula, exact, most=1000)


def _listed(tensor: Tensor) -> dict[str, Any]:
    known = len(tensor.values) <= MOST_VALUES
    return {"shape": list(tensor.shape), "values": _nested(tensor) if known else None}


def _nested(tensor: Tensor) -> Any:
    """The values as lists in lists."""
    values: list[Any] = [_number(value) for value in tensor.values]
    for side in reversed(tensor.shape[1:]):
        values = [values[start : start + side] for start in range(0, len(values), side)]
    return values


def _number(value: Any) -> int | float | None:
    """The number as JSON can carry it: an infinite one is null."""
    if isinstance(value, int):
        return int(value)
    number = float(value)
    return number if math.isfinite(number) else None
