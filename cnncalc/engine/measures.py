"""What can be measured of a calculated network and of one of its layers, by the name that it has in `expect`."""

from __future__ import annotations

from fractions import Fraction
from typing import Any, NamedTuple

from cnncalc.result import BYTES, LayerResult, Result, Status
from cnncalc.shape import Shape, elements

DTYPE = "float32"
"""The type that bytes are meant for when none is said."""

ADDED = ("activations", "weights_memory")
"""The measures of a network that are sums over its layers; every count is one as well."""


class Measure(NamedTuple):
    """A number, or one for each axis, and how far it can be trusted."""

    value: Any
    status: Status


UNKNOWN = Measure(None, "unknown")


def of_layer(name: str, layer: LayerResult, result: Result, dtype: str = DTYPE) -> Any:
    """A measure of a layer; None when it is not known or the layer has none."""
    match name:
        case "output":
            return layer.output_shape
        case "activations":
            shapes = [shape for shape in layer.output_shapes if shape is not None]
            return sum(map(elements, shapes)) if len(shapes) == len(layer.output_shapes) else None
        case "weights_memory":
            return None if layer.parameters is None else layer.parameters * BYTES[dtype]
        case "downsampling":
            return _shrunk(result, layer.output_shape)
    return getattr(layer, name)


def of_network(name: str, result: Result, dtype: str = DTYPE) -> Measure:
    """A measure of a network; what is unknown of its layers is left out, and then the status says so."""
    match name:
        case "output":
            return _known(result.outputs[0][1] if len(result.outputs) == 1 else None)
        case "receptive_field" | "depth":
            return _known(getattr(result, name))
        case "downsampling":
            return _known(_shrunk(result, _last_map(result)))
        case "weights_memory":
            total = result.totals["parameters"]
            return Measure(None if total.value is None else total.value * BYTES[dtype], total.status)
        case "activations":
            held = [of_layer(name, layer, result) for layer in result.layers]
            known = [count for count in held if count is not None]
            if not known:
                return UNKNOWN
            return Measure(sum(known), "complete" if len(known) == len(held) else "lower_bound")
    return Measure(*result.totals[name])


def _known(value: Any) -> Measure:
    return UNKNOWN if value is None else Measure(value, "complete")


def _last_map(result: Result) -> Shape | None:
    """The last map that does not stand for the whole input, as for the receptive field; None when it is not known."""
    axes = {len(shape) for _name, shape in result.inputs}
    for layer in reversed(result.layers):
        if layer.output_shape is None:
            return None
        if not layer.sees_all and len(layer.output_shape) in axes:
            return layer.output_shape
    return None


def _shrunk(result: Result, shape: Shape | None) -> tuple[int | Fraction, ...] | None:
    """The input's side over the map's, one for each axis; None without a single input with sides."""
    if len(result.inputs) != 1 or shape is None:
        return None
    ((_name, given),) = result.inputs
    if len(given) != len(shape) or len(shape) < 2:
        return None
    ratios = [Fraction(before, after) for before, after in zip(given[1:], shape[1:], strict=True)]
    return tuple(ratio.numerator if ratio.denominator == 1 else ratio for ratio in ratios)
