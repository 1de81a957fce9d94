"""Log softmax: the logarithm of the softmax, x − ln Σeˣ.

Over n values: n exponentials and one logarithm, n − 1 additions and n subtractions (counted as additions).

    - log_softmax            # over the channels (axis 1)
"""

from collections.abc import Mapping
from typing import Any

from cnncalc.formula.expression import Naming, plain
from cnncalc.formula.worked import WrittenOut, added, given
from cnncalc.kinds._contract import Cost, Example
from cnncalc.kinds._over_axis import OverAxis
from cnncalc.kinds._pointwise import call
from cnncalc.shape import Shape
from cnncalc.tensor import Index, Tensor, total


class LogSoftmax(OverAxis):
    names = {"log_softmax": 0}
    probabilities = "logarithms"
    foreign = ("LogSoftmax", "LogSoftMax")

    def cost(self, inputs: tuple[Shape, ...], output: Shape, name: Naming = plain) -> Cost:
        values, rows = self.values_and_rows(output, name)
        return Cost(additions=values - rows + values, transcendentals=values + rows)

    def compute(self, inputs: tuple[Tensor, ...], tensors: Mapping[str, Tensor]) -> Tensor:
        x = inputs[0]
        values: list[Any] = [0] * len(x.values)
        for row in self.rows(x):
            logarithm = call("log", total(call("exp", x.values[place]) for place in row))
            for place in row:
                values[place] = x.values[place] - logarithm
        return Tensor(x.shape, values)

    def written_out(self, inputs: tuple[Tensor, ...], tensors: Mapping[str, Tensor], at: Index) -> WrittenOut:
        row = self.row(inputs[0], at)
        return WrittenOut(given(inputs[0][at]) - added([given(value).exp() for value in row]).log())


LogSoftmax.examples = (
    Example(
        "log_softmax",
        {},
        ((10,),),
        {"output": (10,), "transcendentals": 10 + 1, "additions": 10 - 1 + 10, "multiplications": 0},
    ),
)
