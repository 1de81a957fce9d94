"""Concatenation: maps are laid one behind the other, along the channels unless told otherwise.

All other axes must agree. GoogLeNet joins its branches so, U-Net its skip connections, DenseNet all earlier maps.

    - concat: {from: [conv2d_1, conv2d_4]}
"""

from collections.abc import Mapping

from pydantic import Field

from cnncalc import shape as shapes
from cnncalc.formula.expression import Naming, Number, plain
from cnncalc.kinds._axes import position
from cnncalc.kinds._contract import Axis, Example, Kind, Role
from cnncalc.language import _
from cnncalc.problem import Problem, Refused
from cnncalc.shape import Shape
from cnncalc.tensor import Tensor, indices


class ConcatMismatch(Problem):
    """The inputs of a concatenation differ along an axis that is not joined.

    Joined along the channels, maps must have the same height and width; pad or crop one of them, or look for a stride
    that one branch has and the other has not.
    """

    shapes: tuple[Shape, ...]
    dim: int

    def message(self) -> str:
        return _("the inputs differ outside axis {dim}, along which they are joined: {shapes}").format(
            dim=self.dim, shapes=", ".join(map(shapes.text, self.shapes))
        )


class Concat(Kind):
    names = {"concat": 0}
    roles = frozenset({Role.MERGE})
    arity = (1, None)
    foreign = ("Concatenate", "Concat", "cat", "concatenate", "拼接")
    foreign_fields = {"axis": "dim"}

    dim: Axis = Field(default=1, description=_("axis along which the inputs are joined; 1 is the channels"))

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
            step, source = index[axis], 0
            while step >= inputs[source].shape[axis]:
                step -= inputs[source].shape[axis]
                source += 1
            values.append(inputs[source][(*index[:axis], step, *index[axis + 1 :])])
        return Tensor(output, values)


Concat.examples = (
    Example("concat", {}, ((64, 7, 7), (32, 7, 7)), {"output": (64 + 32, 7, 7), "multiplications": 0, "weights": 0}),
    Example("concat", {"dim": -1}, ((4, 5), (4, 2)), {"output": (4, 5 + 2)}),
)
