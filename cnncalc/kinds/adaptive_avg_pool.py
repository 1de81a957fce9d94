"""Adaptive average pooling: the output size is given, and the mean of each window is kept.

For each window of k values k − 1 additions and one division. Window i of m over n places goes from ⌊i·n/m⌋ to ⌈(i +
1)·n/m⌉ − 1, with i and the places counted from 0. Where m divides n, each place lies in one window; otherwise windows
overlap, and along an axis they take n + m − gcd places together (gcd: the greatest common divisor of n and m).

It lets a classifier take pictures of any size: whatever arrives, the map that leaves has the size that the linear
layers were built for.

    - adaptive_avg_pool2d: {output_size: 7}
"""

from collections.abc import Mapping

from cnncalc.formula import rules
from cnncalc.formula.expression import Naming, plain, sides
from cnncalc.formula.letters import C, M
from cnncalc.formula.worked import WrittenOut
from cnncalc.kinds._adaptive import AdaptivePool, mean, pooled, written_mean
from cnncalc.kinds._contract import Cost, Example
from cnncalc.shape import Shape
from cnncalc.tensor import Index, Tensor


class AdaptiveAvgPool(AdaptivePool):
    names = {"adaptive_avg_pool1d": 1, "adaptive_avg_pool2d": 2, "adaptive_avg_pool3d": 3}
    weighted_sum = True
    foreign = (
        "AdaptiveAveragePooling1D",
        "AdaptiveAveragePooling2D",
        "AdaptiveAveragePooling3D",
        "自适应平均池化",
    )

    spoken = (
        "adaptive average pooling",
        "adaptive avg pooling",
        "adaptive average pool",
        "adaptive avg pool",
        "adaptive pooling",
        "自适应平均池化",
        "自适应池化",
    )

    def cost(self, inputs: tuple[Shape, ...], output: Shape, name: Naming = plain) -> Cost:
        outputs = rules.values_of(name(C, output[0]), sides(name, M, output[1:]))
        return Cost(additions=self.seen(inputs, name) - outputs, divisions=outputs)

    def compute(self, inputs: tuple[Tensor, ...], tensors: Mapping[str, Tensor]) -> Tensor:
        x = inputs[0]
        return pooled(x, self.output((x.shape,)), self.windows(x.shape), mean)

    def written_out(self, inputs: tuple[Tensor, ...], tensors: Mapping[str, Tensor], at: Index) -> WrittenOut:
        return written_mean(inputs[0], at[0], self.window_of(inputs[0].shape, at[1:]))


AdaptiveAvgPool.examples = (
    Example(
        "adaptive_avg_pool2d",
        {"output_size": 7},
        ((512, 14, 14),),
        {"output": (512, 7, 7), "additions": 512 * 14 * 14 - 512 * 7 * 7, "divisions": 512 * 7 * 7},
    ),
    Example("adaptive_avg_pool2d", {"output_size": [3, None]}, ((2, 7, 5),), {"output": (2, 3, 5)}),
)
