"""Average pooling: of each window the mean is kept.

Channels stay and nothing is learned. `count_include_pad` says whether the zeros of the padding count in the mean. For
each output value the additions are one fewer than the values in its window, and one division makes the mean. Every
window is counted as a full one, as for convolutions: also where it reaches into the padding, whether the zeros count in
the mean or not, and where `ceil_mode` keeps a partly filled one. LeNet's subsampling was an average pooling with a
weight and a bias for each map.

    - avg_pool2d: {kernel_size: 2}      # stride = kernel_size
"""

from collections.abc import Mapping
from itertools import cycle
from typing import Any, ClassVar

from pydantic import Field

from cnncalc.formula import rules
from cnncalc.formula.expression import Naming, plain, product, sides
from cnncalc.formula.letters import C, K, M
from cnncalc.formula.worked import Slice, WrittenOut, added
from cnncalc.kinds._contract import Channels, Cost, Example, Flag
from cnncalc.kinds._pool import Pool
from cnncalc.language import mark
from cnncalc.shape import Shape
from cnncalc.tensor import Index, Tensor, indices, total


class AvgPool(Pool):
    names = {"avg_pool1d": 1, "avg_pool2d": 2, "avg_pool3d": 3}
    weighted_sum = True
    averages = True
    foreign = (
        "AveragePooling1D",
        "AveragePooling2D",
        "AveragePooling3D",
        "AveragePool",
        "avgpool",
        "平均池化",
    )

    spoken = (
        *("average pooling", "avg pooling", "average pool", "avg pool", "avgpool", "mean pooling", "avgpooling"),
        *("average pooling layer", "平均池化", "平均池化层", "均值池化", "平均值池化", "平均汇聚"),
    )
    taken_for = "max_pool"
    called = {
        **{f"AvgPool{rank}d": ("kernel_size", "stride", "padding") for rank in (1, 2, 3)},
        **{f"AveragePooling{rank}D": ("kernel_size", "stride", "padding") for rank in (1, 2, 3)},
    }

    defaults_in: ClassVar[Mapping[str, Mapping[str, Any]]] = {
        "keras": {"count_include_pad": False},
        "onnx": {"count_include_pad": False},
        "caffe": {"ceil_mode": True},
    }
    count_include_pad: Flag = Field(default=True, description=mark("whether the padding counts in the mean"))
    divisor_override: Channels | None = Field(default=None, description=mark("divide by this instead of the window"))

    def cost(self, inputs: tuple[Shape, ...], output: Shape, name: Naming = plain) -> Cost:
        outputs = rules.values_of(name(C, output[0]), sides(name, M, output[1:]))
        additions = rules.additions_of_sums(outputs, product(sides(name, K, self.kernel_size)))
        return Cost(additions=additions, divisions=outputs)

    def compute(self, inputs: tuple[Tensor, ...], tensors: Mapping[str, Tensor]) -> Tensor:
        x = inputs[0]
        output = self.output((x.shape,))
        divisors = []
        for places in indices(output[1:]):
            starts = [m * s - pair[0] for m, s, pair in zip(places, self.steps(), self.pairs(x.shape[1:]), strict=True)]
            divisors.append(self.divisor(starts, x.shape[1:]))
        windows = self.looked_at(x, output, 0)
        values = [total(window) / divisor for window, divisor in zip(windows, cycle(divisors), strict=False)]
        return Tensor(output, values)

    def written_out(self, inputs: tuple[Tensor, ...], tensors: Mapping[str, Tensor], at: Index) -> WrittenOut:
        x, (c, *places) = inputs[0], at
        starts = [m * s - pair[0] for m, s, pair in zip(places, self.steps(), self.pairs(x.shape[1:]), strict=True)]
        seen = tuple(
            (c, *(start + t for start, t in zip(starts, tap, strict=True))) for tap in indices(self.kernel_size)
        )
        window = [x.get(place, 0) for place in seen]
        formula = added(window) / self.divisor(starts, x.shape[1:])
        return WrittenOut(formula, (Slice(c, seen, Tensor(self.kernel_size, window), formula),))

    def divisor(self, starts: list[int], places: tuple[int, ...]) -> int:
        """What the sum of a window is divided by: the places it covers, with or without the padding."""
        if self.divisor_override is not None:
            return self.divisor_override
        covered = 1
        for start, k, n, (before, after) in zip(starts, self.kernel_size, places, self.pairs(places), strict=True):
            low, high = (-before, n + after) if self.count_include_pad else (0, n)
            covered *= min(start + k, high) - max(start, low)
        return covered


AvgPool.examples = (
    Example(
        "avg_pool2d",
        {"kernel_size": 2},
        ((6, 28, 28),),
        {"output": (6, 28 // 2, 14), "additions": 6 * 14 * 14 * 3, "divisions": 6 * 14 * 14, "multiplications": 0},
    ),
    Example(
        "avg_pool1d",
        {"kernel_size": 3, "stride": 2, "padding": 1},
        ((2, 8),),
        {"output": (2, (8 + 2 - 3) // 2 + 1), "additions": 2 * 4 * 2, "divisions": 2 * 4},
    ),
)
