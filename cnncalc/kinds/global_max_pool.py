"""Global max pooling: the largest value of each whole map, one value per channel.

For a map of n values n − 1 comparisons. A text network asks with it whether a pattern occurs anywhere in the sentence.
The output is `[C]`; with `keepdim: true` it keeps its axes as C×1×1.

    - global_max_pool
"""

from collections.abc import Mapping

from cnncalc.formula.expression import Naming, plain, product, sides
from cnncalc.formula.letters import C, N
from cnncalc.formula.worked import WrittenOut
from cnncalc.kinds._adaptive import GlobalPool, largest, pooled, written_largest
from cnncalc.kinds._contract import Cost, Example
from cnncalc.shape import Shape
from cnncalc.tensor import Index, Tensor


class GlobalMaxPool(GlobalPool):
    names = {"global_max_pool": 0}
    picks = True
    foreign = (
        "GlobalMaxPooling1D",
        "GlobalMaxPooling2D",
        "GlobalMaxPooling3D",
        "GlobalMaxPool",
        "gmp",
        "全局最大池化",
    )

    spoken = (
        *(
            "global max pooling",
            "global max pool",
            "global max pooling layer",
            "全局最大池化",
        ),
        *("全局最大池化层",),
    )

    def cost(self, inputs: tuple[Shape, ...], output: Shape, name: Naming = plain) -> Cost:
        channels = name(C, inputs[0][0])
        places = product(sides(name, N, inputs[0][1:]))
        return Cost(comparisons=channels * (places - 1))

    def compute(self, inputs: tuple[Tensor, ...], tensors: Mapping[str, Tensor]) -> Tensor:
        x = inputs[0]
        return pooled(x, self.output((x.shape,)), self.windows(x.shape), largest)

    def written_out(self, inputs: tuple[Tensor, ...], tensors: Mapping[str, Tensor], at: Index) -> WrittenOut:
        return written_largest(inputs[0], at[0], self.windows(inputs[0].shape)[0])


GlobalMaxPool.examples = (
    Example("global_max_pool", {}, ((512, 7, 7),), {"output": (512,), "comparisons": 512 * (49 - 1)}),
    Example("global_max_pool", {"keepdim": True}, ((8, 4),), {"output": (8, 1)}),
)
