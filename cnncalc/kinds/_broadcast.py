"""Element by element over several inputs, with PyTorch's broadcasting: sides must agree, or be 1."""

from collections.abc import Mapping
from typing import Any, ClassVar

from cnncalc import shape as shapes
from cnncalc.formula.expression import Naming, Number, plain
from cnncalc.formula.worked import WrittenOut, given
from cnncalc.kinds._contract import Kind, Role
from cnncalc.kinds._pointwise import values_in
from cnncalc.language import _
from cnncalc.problem import Problem, Refused
from cnncalc.shape import Shape
from cnncalc.tensor import Index, Tensor, indices


class NotBroadcastable(Problem):
    """The inputs cannot be combined value by value: along some axis they differ, and neither is 1.

    In a residual block both paths must arrive with the same channels and the same size. A 1×1 convolution with the
    right stride on the short path makes them agree. A side of 1 is repeated as often as needed.
    """

    shapes: tuple[Shape, ...]
    names: tuple[str, ...] = ()

    def message(self) -> str:
        return _("the inputs do not fit each other: {shapes}").format(shapes=shapes.listed(self.shapes, self.names))

    def caret(self) -> str:
        first, *rest = self.shapes
        for other in rest:
            if len(other) != len(first):
                return _("{first} axes against {other}").format(first=len(first), other=len(other))
            for axis, (a, b) in enumerate(zip(first, other, strict=True), 1):
                if a != b and 1 not in (a, b):
                    return _("{a} against {b} along axis {axis}").format(a=a, b=b, axis=axis)
        return ""

    def hints(self) -> tuple[str, ...]:
        first, *rest = self.shapes
        if len(rest) == 1 and len(first) == len(rest[0]) and first[1:] == rest[0][1:]:
            return (
                _("a 1×1 convolution with out_channels {a} on the path of {b} channels makes them agree").format(
                    a=first[0], b=rest[0][0]
                ),
            )
        return ()


class Broadcast(Kind):
    """A merge of two inputs or more, value by value; `combine` is what happens to two of them."""

    roles = frozenset({Role.MERGE})
    arity: ClassVar[tuple[int, int | None]] = (2, None)

    def output(self, inputs: tuple[Shape, ...], name: Naming = plain) -> Shape:
        return broadcast(inputs)

    def combinations(self, inputs: tuple[Shape, ...], output: Shape, name: Naming) -> Number:
        """How often two values are combined."""
        return values_in(output, name) * (len(inputs) - 1) if len(inputs) > 2 else values_in(output, name)

    def combine(self, a: Any, b: Any) -> Any:
        """Two values made one."""
        raise TypeError

    def compute(self, inputs: tuple[Tensor, ...], tensors: Mapping[str, Tensor]) -> Tensor:
        output = self.output(tuple(x.shape for x in inputs))
        values = []
        for index in indices(output):
            first, *rest = (x[tuple(min(i, n - 1) for i, n in zip(index, x.shape, strict=True))] for x in inputs)
            for other in rest:
                first = self.combine(first, other)
            values.append(first)
        return Tensor(output, values)

    def written_out(self, inputs: tuple[Tensor, ...], tensors: Mapping[str, Tensor], at: Index) -> WrittenOut:
        first, *rest = (given(x[tuple(min(i, n - 1) for i, n in zip(at, x.shape, strict=True))]) for x in inputs)
        for other in rest:
            first = self.combine(first, other)
        return WrittenOut(first)


def broadcast(inputs: tuple[Shape, ...]) -> Shape:
    """The common shape of the inputs.

    The batch, which specs leave out, stands in front of every input, so that inputs must have equally many axes.

    Raises:
        Refused: along some axis two inputs differ and neither side is 1.
    """
    first = inputs[0]
    if all(shape == first for shape in inputs):
        return first
    if len({len(shape) for shape in inputs}) > 1:
        raise Refused(NotBroadcastable(inputs))
    output = tuple(max(axis) for axis in zip(*inputs, strict=True))
    for shape in inputs:
        if any(n not in (1, m) for n, m in zip(shape, output, strict=True)):
            raise Refused(NotBroadcastable(inputs))
    return output
