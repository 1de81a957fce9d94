"""Sum over axes: all values along these axes become one, their sum.

Over n values: n − 1 additions.

    - sum: {dim: [2, 3]}
"""

from collections.abc import Mapping

from cnncalc.formula.expression import Naming, plain
from cnncalc.kinds._contract import Cost, Example
from cnncalc.kinds._reduce import Reduction
from cnncalc.shape import Shape
from cnncalc.tensor import Tensor, total


class Sum(Reduction):
    names = {"sum": 0}
    weighted_sum = True
    foreign = ("ReduceSum", "reduce_sum", "求和")

    def cost(self, inputs: tuple[Shape, ...], output: Shape, name: Naming = plain) -> Cost:
        return Cost(additions=self.additions(inputs, name))

    def compute(self, inputs: tuple[Tensor, ...], tensors: Mapping[str, Tensor]) -> Tensor:
        return Tensor(self.output((inputs[0].shape,)), [total(row) for row in self.rows(inputs[0])])


Sum.examples = (
    Example("sum", {"dim": [2, 3]}, ((512, 7, 7),), {"output": (512,), "additions": 512 * 48, "divisions": 0}),
)
