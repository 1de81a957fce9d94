"""Subtraction of one map from another, value by value.

One subtraction, counted as an addition, for each output value. PyTorch's broadcasting: along each axis the inputs must
agree or be 1.

    - sub: {from: [conv2d_3, relu_1]}
"""

from typing import Any

from cnncalc.formula.expression import Naming, plain
from cnncalc.kinds._broadcast import Broadcast
from cnncalc.kinds._contract import Cost, Example
from cnncalc.shape import Shape


class Sub(Broadcast):
    names = {"sub": 0}
    weighted_sum = True
    arity = (2, 2)
    foreign = ("Sub", "Subtract", "subtract", "minus")

    def cost(self, inputs: tuple[Shape, ...], output: Shape, name: Naming = plain) -> Cost:
        return Cost(additions=self.combinations(inputs, output, name))

    def combine(self, a: Any, b: Any) -> Any:
        return a - b


Sub.examples = (Example("sub", {}, ((64, 7, 7), (64, 1, 1)), {"output": (64, 7, 7), "additions": 64 * 7 * 7}),)
