"""A network calculated on real numbers, layer by layer, by the kinds' own rules."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from math import prod
from typing import Any, NamedTuple

from cnncalc.formula.worked import WrittenOut
from cnncalc.kinds._contract import Kind, Role
from cnncalc.language import _
from cnncalc.problem import Problem, Refused
from cnncalc.record import Record
from cnncalc.shape import Shape, elements
from cnncalc.shape import text as shape_text
from cnncalc.spec.network import Layer, Network
from cnncalc.teach.learned import Chosen, NoConvolution, learned
from cnncalc.teach.matrix import whole
from cnncalc.teach.seeded import integers
from cnncalc.teach.trace_size import leading_to
from cnncalc.teach.wide import Wide
from cnncalc.tensor import Index, Tensor, indices


class OtherShape(Problem):
    """The matrix that was given has another shape than the network's input.

    Give a matrix of the input's shape, or tell the network the matrix's shape with `--input`.
    """

    given: Shape
    wanted: Shape

    def message(self) -> str:
        return _("the matrix is {given}, but the network's input is {wanted}").format(
            given=shape_text(self.given), wanted=shape_text(self.wanted)
        )

    def hints(self) -> tuple[str, ...]:
        return (_("--input {shape} makes the network take it").format(shape="x".join(map(str, self.given))),)


class NumberTooLong(Problem):
    """A number has more than three hundred digits.

    Multiplying a map by itself doubles the digits of its numbers each time. Look at a layer above with `--layer`.
    """

    def message(self) -> str:
        return _("a number has more than {most} digits").format(most=MOST_DIGITS)


MOST_DIGITS = 300
LONGEST = 10**MOST_DIGITS
FINEST = 2**64
"""The largest denominator: a hardswish squares it, so it would have a million digits after twenty of them."""


class TracedLayer(NamedTuple):
    """One layer with the numbers it met: its inputs as they were calculated with, what it learned, its output.

    `before` is how many places of padding were laid by hand before each axis of the first input, whose own shape is
    `own`; empty where the kind pads by itself.
    """

    name: str
    kind: Kind
    sources: tuple[str, ...]
    inputs: tuple[Tensor, ...]
    tensors: Mapping[str, Tensor]
    output: Tensor
    before: tuple[int, ...] = ()
    own: Shape = ()
    said: str = ""
    """Where its weights come from."""

    def written_out(self, at: Index) -> WrittenOut:
        """How one of its values came about."""
        return self.kind.written_out(self.inputs, self.tensors, at)

    def in_padding(self, at: Index) -> bool:
        """Whether a place of the first input lies in its padding."""
        starts, sides = self.before or (0,) * len(at), self.own or self.inputs[0].shape
        return any(not 0 <= place - start < n for place, start, n in zip(at, starts, sides, strict=True))

    @property
    def windowed(self) -> bool:
        """Whether a window of its own slides over its input."""
        shapes = tuple(one.shape for one in self.inputs)
        return self.kind.geometry(shapes) is not None


class Trace(Record):
    """A network's inputs and layers with all their numbers."""

    name: str
    inputs: tuple[tuple[str, Tensor], ...]
    layers: tuple[TracedLayer, ...]

    def layer(self, name: str | None = None) -> TracedLayer:
        """The layer of this name; without one the last layer with a window, or the last layer."""
        if name is None:
            return next((layer for layer in reversed(self.layers) if layer.windowed), self.layers[-1])
        return next(layer for layer in self.layers if layer.name == name)


def random_input(shape: Shape, seed: int) -> Tensor:
    """Digits from 0 to 9."""
    digits = integers(seed, 0, 9)
    return Tensor(shape, [next(digits) for _place in range(elements(shape))])


def fitted(matrix: Tensor, shape: Shape) -> Tensor:
    """The matrix as the network's input: with the one channel it left out, or as the list that it is.

    Raises:
        Refused: it has another shape.
    """
    for given in (matrix.shape, (1, *matrix.shape), matrix.shape[1:] if matrix.shape[0] == 1 else ()):
        if given == shape:
            return Tensor(shape, matrix.values)
    raise Refused(OtherShape(matrix.shape if len(matrix.shape) == 3 else (1, *matrix.shape), shape))


def trace(
    network: Network,
    inputs: Mapping[str, Tensor],
    chosen: Chosen,
    name: str | None = None,
    padding_value: Any = 0,
) -> Trace:
    """The network's numbers, up to the layer `name` where one is given. The network must be sound.

    `padding_value` is what convolutions that pad with zeros pad with instead.

    Raises:
        Refused: a kernel that was chosen does not fit.
    """
    needed = leading_to(network, name)
    known = dict(inputs)
    layers = []
    first = True
    for order, layer in enumerate(network.layers):
        convolves = layer.kind is not None and Role.CONVOLUTION in layer.kind.roles
        if layer.name in needed:
            traced = _traced(layer, known, chosen, order, first and convolves, padding_value)
            known[layer.name] = traced.output
            if layer.kind is not None and layer.kind.several:
                others = layer.kind.computed(traced.inputs, traced.tensors)[1:]
                known.update({f"{layer.name}:{i}": _as(_plainly, one) for i, one in enumerate(others, 1)})
            layers.append(traced)
        first = first and not convolves
    if first and chosen.kernels:
        raise Refused(NoConvolution())
    return Trace(network.name, tuple(inputs.items()), tuple(layers))


def _traced(
    layer: Layer, known: Mapping[str, Tensor], chosen: Chosen, order: int, first: bool, padding_value: Any
) -> TracedLayer:
    kind = layer.kind
    if kind is None:
        raise ValueError(layer.name)
    sources = tuple([str(source) for source in layer.sources])
    arriving = tuple([known[source] for source in sources])
    shapes = tuple(one.shape for one in arriving)
    if layer.kernels and not (first and chosen.kernels):
        names, kernels = zip(*layer.kernels, strict=True)
        own_kernels = Chosen(kernels, chosen.biases if first else (), chosen.seed, tuple(dict.fromkeys(names)))
        tensors, said = learned(kind, shapes, own_kernels, order, True, layer.name)
    else:
        tensors, said = learned(kind, shapes, chosen, order, first)
    before: tuple[int, ...] = ()
    own = shapes[0]
    if padding_value != 0:
        kind, arriving, before = _padded(kind, arriving, padding_value)
        shapes = tuple(one.shape for one in arriving)
    cost = kind.cost(shapes, tuple(kind.output(shapes)))
    if cost.divisions and not cost.transcendentals:
        # A division of whole numbers is to stay exact.
        arriving = tuple(_as(_exactly, one) for one in arriving)
    try:
        output = kind.compute(arriving, tensors)
    except (ArithmeticError, ValueError):
        # An exponential left the range of a float.
        arriving = tuple(_as(Wide, one) for one in arriving)
        output = kind.compute(arriving, tensors)
    return TracedLayer(layer.name, kind, sources, arriving, tensors, _as(_plainly, output), before, own, said)


def _as(change: Any, tensor: Tensor) -> Tensor:
    return Tensor(tensor.shape, [change(value) for value in tensor.values])


def _exactly(value: Any) -> Any:
    return Fraction(value) if isinstance(value, int) else value


def _plainly(value: Any) -> Any:
    """A whole number where it is one, a float for what was calculated widely or is too fine a fraction.

    Raises:
        Refused: the number is too long.
    """
    if isinstance(value, Wide):
        return float(value)
    if isinstance(value, int | Fraction):
        if not -LONGEST * value.denominator < value.numerator < LONGEST * value.denominator:
            raise Refused(NumberTooLong())
        if value.denominator > FINEST:
            return value.numerator / value.denominator
        return whole(value) if isinstance(value, Fraction) else value
    return value


def _padded(kind: Kind, inputs: tuple[Tensor, ...], value: Any) -> tuple[Kind, tuple[Tensor, ...], tuple[int, ...]]:
    """The layer without padding over an input with the padding laid round it; as it is where it does not pad so."""
    shapes = tuple(one.shape for one in inputs)
    geometry, reaches = kind.geometry(shapes), kind.window(shapes)
    slides = isinstance(reaches, tuple) and not any(reach.transposed for reach in reaches)
    if Role.CONVOLUTION not in kind.roles or geometry is None or not slides:
        return kind, inputs, ()
    if getattr(kind, "padding_mode", "zeros") != "zeros" or not any(map(any, geometry.padding)):
        return kind, inputs, ()
    (x,) = inputs
    sides = tuple(n + before + after for n, (before, after) in zip(x.shape[1:], geometry.padding, strict=True))
    starts = tuple(before for before, _after in geometry.padding)
    wide = Tensor((x.shape[0], *sides), [value] * (x.shape[0] * prod(sides)))
    for index in indices(x.shape):
        wide[(index[0], *(place + start for place, start in zip(index[1:], starts, strict=True)))] = x[index]
    fields = {field: getattr(kind, field) for field in kind.model_fields_set}
    return type(kind).model_validate({**fields, "padding": 0}), (wide,), (0, *starts)
