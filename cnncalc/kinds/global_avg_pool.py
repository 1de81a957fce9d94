"""Global average pooling: the mean of each whole map, one value per channel.

For a map of n values n − 1 additions and one division. Network in Network put it in the place of the large fully
connected layers: it has no parameters, and takes maps of any size. The output is `[C]`; with `keepdim: true` it keeps
its axes as C×1×1.

    - global_avg_pool
"""

from collections.abc import Mapping

from cnncalc.formula.expression import Naming, plain, product, sides
from cnncalc.formula.letters import C, N
from cnncalc.formula.worked import WrittenOut
from cnncalc.kinds._adaptive import GlobalPool, mean, pooled, written_mean
from cnncalc.kinds._contract import Cost, Example
from cnncalc.shape import Shape
from cnncalc.tensor import Index, Tensor


class GlobalAvgPool(GlobalPool):
    names = {"global_avg_pool": 0}
    weighted_sum = True
    foreign = (
        "GlobalAveragePooling1D",
        "GlobalAveragePooling2D",
        "GlobalAveragePooling3D",
        "GlobalAveragePool",
        "gap",
        "全局平均池化",
    )

    spoken = (
        *(
            "global average pooling",
            "global average pool",
            "global average pooling layer",
            "global avg pooling",
        ),
        *(
            "global avg pool",
            "global avg pooling layer",
            "global mean pooling",
            "global mean pool",
        ),
        *(
            "global mean pooling layer",
            "gap",
            "global pooling",
            "全局平均池化",
        ),
        *(
            "全局均值池化",
            "全局平均池化层",
            "全局均值池化层",
            "全局池化",
        ),
    )

    def cost(self, inputs: tuple[Shape, ...], output: Shape, name: Naming = plain) -> Cost:
        channels = name(C, inputs[0][0])
        places = product(sides(name, N, inputs[0][1:]))
        return Cost(additions=channels * (places - 1), divisions=channels)

    def compute(self, inputs: tuple[Tensor, ...], tensors: Mapping[str, Tensor]) -> Tensor:
        x = inputs[0]
        return pooled(x, self.output((x.shape,)), self.windows(x.shape), mean)

    def written_out(self, inputs: tuple[Tensor, ...], tensors: Mapping[str, Tensor], at: Index) -> WrittenOut:
        return written_mean(inputs[0], at[0], self.windows(inputs[0].shape)[0])


GlobalAvgPool.examples = (
    Example("global_avg_pool", {}, ((512, 7, 7),), {"output": (512,), "additions": 512 * (49 - 1), "divisions": 512}),
    Example("global_avg_pool", {"keepdim": True}, ((8, 4),), {"output": (8, 1)}),
)
