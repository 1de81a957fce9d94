"""Mean over axes: all values along these axes become one, their mean.

Over n values: n − 1 additions and one division. Over height and width (`dim: [2, 3]`) it is the global average pooling.

    - mean: {dim: [2, 3]}
"""

from collections.abc import Mapping

from cnncalc.formula.expression import Naming, plain
from cnncalc.kinds._contract import Cost, Example
from cnncalc.kinds._reduce import Reduction
from cnncalc.shape import Shape
from cnncalc.tensor import Tensor, total


class Mean(Reduction):
    names = {"mean": 0}
    weighted_sum = True
    foreign = ("ReduceMean", "reduce_mean", "Mean", "均值")

    def cost(self, inputs: tuple[Shape, ...], output: Shape, name: Naming = plain) -> Cost:
        return Cost(additions=self.additions(inputs, name), divisions=self.kept(inputs, name))

    def compute(self, inputs: tuple[Tensor, ...], tensors: Mapping[str, Tensor]) -> Tensor:
        return Tensor(self.output((inputs[0].shape,)), [total(row) / len(row) for row in self.rows(inputs[0])])


Mean.examples = (
    Example("mean", {"dim": [2, 3]}, ((512, 7, 7),), {"output": (512,), "additions": 512 * 48, "divisions": 512}),
    Example("mean", {"dim": 1, "keepdim": True}, ((6, 5),), {"output": (1, 5), "additions": 5 * 5}),
)
