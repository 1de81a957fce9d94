"""Softmax: exponentials divided by their sum, so that the outputs are positive and sum to 1.

Over n values: n exponentials, n − 1 additions, n divisions. It stands behind the last layer and turns its outputs into
probabilities.

    - softmax            # over the channels (axis 1)
    - softmax2d          # over the channels of a map, at each place
"""

from collections.abc import Mapping
from typing import Any, ClassVar

from cnncalc.formula.expression import Naming, plain
from cnncalc.formula.worked import WrittenOut, added, given
from cnncalc.kinds._contract import Cost, Example, spatial
from cnncalc.kinds._over_axis import OverAxis
from cnncalc.kinds._pointwise import call
from cnncalc.shape import Shape
from cnncalc.tensor import Index, Tensor, total


class Softmax(OverAxis):
    names = {"softmax": 0}
    foreign: ClassVar[tuple[str, ...]] = ("Softmax", "SoftMax")

    def cost(self, inputs: tuple[Shape, ...], output: Shape, name: Naming = plain) -> Cost:
        values, rows = self.values_and_rows(output, name)
        return Cost(additions=values - rows, divisions=values, transcendentals=values)

    def compute(self, inputs: tuple[Tensor, ...], tensors: Mapping[str, Tensor]) -> Tensor:
        x = inputs[0]
        values: list[Any] = [0] * len(x.values)
        for row in self.rows(x):
            powers = [call("exp", x.values[place]) for place in row]
            whole = total(powers)
            for place, power in zip(row, powers, strict=True):
                values[place] = power / whole
        return Tensor(x.shape, values)

    def written_out(self, inputs: tuple[Tensor, ...], tensors: Mapping[str, Tensor], at: Index) -> WrittenOut:
        row = self.row(inputs[0], at)
        return WrittenOut(given(inputs[0][at]).exp() / added([given(value).exp() for value in row]))


class Softmax2d(Softmax):
    names = {"softmax2d": 2}
    foreign = ("Softmax2d", "Softmax2D")
    foreign_fields = {}

    dim: ClassVar[int] = 1  # type: ignore[misc]

    def output(self, inputs: tuple[Shape, ...], name: Naming = plain) -> Shape:
        spatial(self, inputs[0])
        return inputs[0]


Softmax.examples = (
    Example(
        "softmax",
        {},
        ((10,),),
        {"output": (10,), "transcendentals": 10, "additions": 10 - 1, "divisions": 10, "multiplications": 0},
    ),
)
