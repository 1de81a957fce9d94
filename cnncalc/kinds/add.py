"""Addition of two maps or more, value by value: the end of a residual block.

One addition for each output value and each map behind the first. PyTorch's broadcasting: along each axis the inputs
must agree or be 1.

    - add: {from: [conv2d_3, relu_1]}
"""

from typing import Any

from cnncalc.formula.expression import Naming, plain
from cnncalc.kinds._broadcast import Broadcast
from cnncalc.kinds._contract import Cost, Example
from cnncalc.shape import Shape


class Add(Broadcast):
    names = {"add": 0}
    weighted_sum = True
    foreign = ("Add", "Sum", "Eltwise", "residual", "shortcut", "skip")

    def cost(self, inputs: tuple[Shape, ...], output: Shape, name: Naming = plain) -> Cost:
        return Cost(additions=self.combinations(inputs, output, name))

    def combine(self, a: Any, b: Any) -> Any:
        return a + b


Add.examples = (
    Example("add", {}, ((64, 7, 7), (64, 7, 7)), {"output": (64, 7, 7), "additions": 64 * 7 * 7, "multiplications": 0}),
    Example("add", {}, ((4, 5), (4, 1), (4, 5)), {"output": (4, 5), "additions": 2 * 4 * 5}),
)
