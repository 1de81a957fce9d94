"""Multiplication of two maps or more, value by value: a gate, as in squeeze-and-excitation.

One multiplication for each output value and each map behind the first. PyTorch's broadcasting: along each axis the
inputs must agree or be 1. These multiplications are no MACs.

    - mul: {from: [conv2d_3, sigmoid_1]}
"""

from typing import Any

from cnncalc.formula.expression import Naming, plain
from cnncalc.kinds._broadcast import Broadcast
from cnncalc.kinds._contract import Cost, Example
from cnncalc.shape import Shape


class Mul(Broadcast):
    names = {"mul": 0}
    foreign = ("Mul", "Multiply", "multiply", "gate")

    def cost(self, inputs: tuple[Shape, ...], output: Shape, name: Naming = plain) -> Cost:
        return Cost(multiplications=self.combinations(inputs, output, name))

    def combine(self, a: Any, b: Any) -> Any:
        return a * b


Mul.examples = (
    Example("mul", {}, ((8, 4, 4), (8, 1, 1)), {"output": (8, 4, 4), "multiplications": 8 * 4 * 4, "macs": 0}),
)
