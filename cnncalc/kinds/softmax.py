"""Softmax: exponentials divided by their sum, so that the outputs are positive and sum to 1.

Over n values: n exponentials, n − 1 additions, n divisions. It stands behind the last layer and turns its outputs into
probabilities.

    - softmax            # over the channels (axis 1)
"""

from collections.abc import Mapping
from typing import Any

from pydantic import Field

from cnncalc.formula.expression import Naming, plain
from cnncalc.formula.letters import ROWS
from cnncalc.kinds._axes import position
from cnncalc.kinds._contract import Axis, Cost, Example, Kind, Role, Sight
from cnncalc.kinds._pointwise import call, values_in
from cnncalc.language import _
from cnncalc.shape import Shape, elements
from cnncalc.tensor import Tensor, indices, total


class Softmax(Kind):
    names = {"softmax": 0}
    roles = frozenset({Role.NONLINEARITY})
    foreign = ("Softmax", "SoftMax")
    foreign_fields = {"axis": "dim"}

    dim: Axis = Field(default=1, description=_("axis over which the outputs sum to 1; 1 is the channels"))

    def output(self, inputs: tuple[Shape, ...], name: Naming = plain) -> Shape:
        position("dim", self.dim, inputs[0])
        return inputs[0]

    def cost(self, inputs: tuple[Shape, ...], output: Shape, name: Naming = plain) -> Cost:
        values = values_in(output, name)
        rows = name(ROWS, elements(output) // output[position("dim", self.dim, output)])
        return Cost(additions=values - rows, divisions=values, transcendentals=values)

    def window(self, inputs: tuple[Shape, ...]) -> Sight:
        return Sight.SAME if position("dim", self.dim, inputs[0]) == 0 else Sight.ALL

    def compute(self, inputs: tuple[Tensor, ...], tensors: Mapping[str, Tensor]) -> Tensor:
        x = inputs[0]
        axis = position("dim", self.dim, x.shape)
        values: list[Any] = [0] * len(x.values)
        for start in indices((*x.shape[:axis], 1, *x.shape[axis + 1 :])):
            row = [x.offset((*start[:axis], i, *start[axis + 1 :])) for i in range(x.shape[axis])]
            powers = [call("exp", x.values[place]) for place in row]
            whole = total(powers)
            for place, power in zip(row, powers, strict=True):
                values[place] = power / whole
        return Tensor(x.shape, values)


Softmax.examples = (
    Example(
        "softmax",
        {},
        ((10,),),
        {"output": (10,), "transcendentals": 10, "additions": 10 - 1, "divisions": 10, "multiplications": 0},
    ),
)
