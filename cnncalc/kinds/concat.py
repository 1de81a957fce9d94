"""Concatenation: maps are laid one behind the other, along the channels unless told otherwise.

All other axes must agree. GoogLeNet joins its branches so, U-Net its skip connections, DenseNet all earlier maps.

    - concat: {from: [conv2d_1, conv2d_4]}
"""

from collections.abc import Mapping

from pydantic import Field

from cnncalc import shape as shapes
from cnncalc.formula.expression import Naming, Number, plain
from cnncalc.formula.worked import WrittenOut, given
from cnncalc.kinds._axes import position
from cnncalc.kinds._contract import Axis, Example, Kind, Role
from cnncalc.language import _, mark
from cnncalc.problem import Problem, Refused
from cnncalc.shape import Shape
from cnncalc.tensor import Index, Tensor, indices


class ConcatMismatch(Problem):
    """The inputs of a concatenation differ along an axis that is not joined.

    Joined along the channels, maps must have the same height and width; pad or crop one of them, or look for a stride
    that one branch has and the other has not.
    """

    shapes: tuple[Shape, ...]
    dim: int
    names: tuple[str, ...] = ()
    """The layers that the shapes come from."""

    def message(self) -> str:
        return _("the inputs differ outside axis {dim}, along which they are joined: {shapes}").format(
            dim=self.dim, shapes=shapes.listed(self.shapes, self.names)
        )


class Concat(Kind):
    names = {"concat": 0}
    roles = frozenset({Role.MERGE})
    weighted_sum = True
    picks = True
    arity = (1, None)
    foreign = ("Concatenate", "Concat", "cat", "concatenate", "拼接")
    foreign_fields = {"axis": "dim"}

    dim: Axis = Field(default=1, description=mark("axis along which the inputs are joined; 1 is the channels"))

    def output(self, inputs: tuple[Shape, ...], name: Naming = plain) -> tuple[Number, ...]:
        first = inputs[0]
        axis = position("dim", self.dim, first)
        joined = 0
        for shape in inputs:
            if shape[:axis] != first[:axis] or shape[axis + 1 :] != first[axis + 1 :] or len(shape) != len(first):
                raise Refused(ConcatMismatch(inputs, self.dim))
            joined += shape[axis]
        return (*first[:axis], joined, *first[axis + 1 :])

    def compute(self, inputs: tuple[Tensor, ...], tensors: Mapping[str, Tensor]) -> Tensor:
        output = self.output(tuple(x.shape for x in inputs))
        axis = position("dim", self.dim, output)
        values = []
        for index in indices(output):
            source, place = _source(inputs, axis, index)
            values.append(inputs[source][place])
        return Tensor(output, values)

    def written_out(self, inputs: tuple[Tensor, ...], tensors: Mapping[str, Tensor], at: Index) -> WrittenOut:
        source, place = _source(inputs, position("dim", self.dim, inputs[0].shape), at)
        return WrittenOut(given(inputs[source][place]), copied=(source, place))


def _source(inputs: tuple[Tensor, ...], axis: int, index: Index) -> tuple[int, Index]:
    """Which input an output value comes from, and where it stands there."""
    step, source = index[axis], 0
    while step >= inputs[source].shape[axis]:
        step -= inputs[source].shape[axis]
        source += 1
    return source, (*index[:axis], step, *index[axis + 1 :])


Concat.examples = (
    Example("concat", {}, ((64, 7, 7), (32, 7, 7)), {"output": (64 + 32, 7, 7), "multiplications": 0, "weights": 0}),
    Example("concat", {"dim": -1}, ((4, 5), (4, 2)), {"output": (4, 5 + 2)}),
)
