"""Division of one map by another, value by value.

One division for each output value. PyTorch's broadcasting: along each axis the inputs must agree or be 1.

    - div: {from: [conv2d_3, sigmoid_1]}
"""

from typing import Any

from cnncalc.formula.expression import Naming, plain
from cnncalc.kinds._broadcast import Broadcast
from cnncalc.kinds._contract import Cost, Example
from cnncalc.kinds._pointwise import quotient
from cnncalc.shape import Shape


class Div(Broadcast):
    names = {"div": 0}
    arity = (2, 2)
    foreign = ("Div", "Divide", "divide")

    def cost(self, inputs: tuple[Shape, ...], output: Shape, name: Naming = plain) -> Cost:
        return Cost(divisions=self.combinations(inputs, output, name))

    def combine(self, a: Any, b: Any) -> Any:
        return quotient(a, b)


Div.examples = (Example("div", {}, ((64, 7, 7), (64, 7, 7)), {"output": (64, 7, 7), "divisions": 64 * 7 * 7}),)
