"""Log softmax: the logarithm of the softmax, x − ln Σeˣ.

Over n values: n exponentials and one logarithm, n − 1 additions and n subtractions (counted as additions).

    - log_softmax            # over the channels (axis 1)
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


class LogSoftmax(Kind):
    names = {"log_softmax": 0}
    roles = frozenset({Role.NONLINEARITY})
    foreign = ("LogSoftmax", "LogSoftMax")
    foreign_fields = {"axis": "dim"}

    dim: Axis = Field(default=1, description=_("axis over which the outputs are normalised; 1 is the channels"))

    def output(self, inputs: tuple[Shape, ...], name: Naming = plain) -> Shape:
        position("dim", self.dim, inputs[0])
        return inputs[0]

    def cost(self, inputs: tuple[Shape, ...], output: Shape, name: Naming = plain) -> Cost:
        values = values_in(output, name)
        rows = name(ROWS, elements(output) // output[position("dim", self.dim, output)])
        return Cost(additions=values - rows + values, transcendentals=values + rows)

    def window(self, inputs: tuple[Shape, ...]) -> Sight:
        return Sight.SAME if position("dim", self.dim, inputs[0]) == 0 else Sight.ALL

    def compute(self, inputs: tuple[Tensor, ...], tensors: Mapping[str, Tensor]) -> Tensor:
        x = inputs[0]
        axis = position("dim", self.dim, x.shape)
        values: list[Any] = [0] * len(x.values)
        for start in indices((*x.shape[:axis], 1, *x.shape[axis + 1 :])):
            row = [x.offset((*start[:axis], i, *start[axis + 1 :])) for i in range(x.shape[axis])]
            logarithm = call("log", total(call("exp", x.values[place]) for place in row))
            for place in row:
                values[place] = x.values[place] - logarithm
        return Tensor(x.shape, values)


LogSoftmax.examples = (
    Example(
        "log_softmax",
        {},
        ((10,),),
        {"output": (10,), "transcendentals": 10 + 1, "additions": 10 - 1 + 10, "multiplications": 0},
    ),
)
