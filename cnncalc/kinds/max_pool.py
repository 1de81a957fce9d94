"""Max pooling: of each window only the largest value is kept.

For each output value the comparisons are one fewer than the values in its window; every window is counted as a full
one, also where it reaches into the padding or beyond the end. Channels stay, nothing is learned, and the map shrinks:
2×2 with stride 2 keeps one value of four and drops 75 %. The lectures' rule m = n/s is the general rule for a kernel as
large as the stride, without padding, where s divides n; otherwise the last rows are dropped, or with `ceil_mode` looked
at by a partly filled window.

    - max_pool2d: {kernel_size: 2}      # stride = kernel_size
"""

from collections.abc import Mapping
from typing import Any

from pydantic import Field

from cnncalc.formula import rules
from cnncalc.formula.expression import Naming, plain, product, sides
from cnncalc.formula.letters import C, K, M
from cnncalc.formula.worked import Slice, WrittenOut, picked
from cnncalc.kinds._contract import Cost, Example, Flag, Sides
from cnncalc.kinds._pool import Pool
from cnncalc.language import mark
from cnncalc.shape import Shape
from cnncalc.tensor import Index, Tensor, indices


class MaxPool(Pool):
    names = {"max_pool1d": 1, "max_pool2d": 2, "max_pool3d": 3}
    picks = True
    foreign = (
        "MaxPooling1D",
        "MaxPooling2D",
        "MaxPooling3D",
        "MaxPool",
        "maxpool",
        "pool",
        "最大池化",
        "池化",
    )

    spoken = (
        *("max pooling", "max pool", "maxpool", "maxpooling", "max pooling layer", "max pool layer", "maximum pooling"),
        *(
            "pooling",
            "pool",
            "pooling layer",
            "pool layer",
            "pooled",
            "subsampling",
            "downsampling",
            "pooling operation",
        ),
        *("最大池化", "最大池化层", "最大值池化", "池化", "池化层", "池化操作", "下采样", "最大汇聚", "汇聚层", "汇聚"),
    )
    taken_for = "avg_pool"
    called = {
        **{f"MaxPool{rank}d": ("kernel_size", "stride", "padding", "dilation") for rank in (1, 2, 3)},
        **{f"MaxPooling{rank}D": ("kernel_size", "stride", "padding") for rank in (1, 2, 3)},
        **{f"MaxPool{rank}D": ("kernel_size", "stride", "padding") for rank in (1, 2, 3)},
    }

    dilation: Sides = Field(
        default=1, validate_default=True, description=mark("places from a window value to the next")
    )
    return_indices: Flag = Field(default=False, description=mark("changes no number here"))

    def gaps(self) -> tuple[int, ...]:
        return self.dilation

    def half_of(self, axis: int) -> int:
        # PyTorch bounds by the kernel as it lies over the input in 1-D, by its bare side in 2-D and 3-D.
        k = self.kernel_size[axis]
        return rules.effective_kernel(k, self.dilation[axis]) if self.rank == 1 else k

    def cost(self, inputs: tuple[Shape, ...], output: Shape, name: Naming = plain) -> Cost:
        outputs = rules.values_of(name(C, output[0]), sides(name, M, output[1:]))
        return Cost(comparisons=rules.additions_of_sums(outputs, product(sides(name, K, self.kernel_size))))

    def compute(self, inputs: tuple[Tensor, ...], tensors: Mapping[str, Tensor]) -> Tensor:
        x = inputs[0]
        output = self.output((x.shape,))
        values = []
        for window in self.looked_at(x, output, float("-inf")):
            largest: Any = window[0]
            for value in window[1:]:
                largest = value if value > largest else largest
            values.append(largest)
        return Tensor(output, values)

    def written_out(self, inputs: tuple[Tensor, ...], tensors: Mapping[str, Tensor], at: Index) -> WrittenOut:
        c, *places = at
        seen = tuple((c, *place) for place in self.places(places, inputs[0].shape[1:]))
        window = [inputs[0].get(place, float("-inf")) for place in seen]
        formula = picked("max", window)
        return WrittenOut(formula, (Slice(c, seen, Tensor(self.kernel_size, window), formula),))

    def places(self, output_place: list[int], sides: tuple[int, ...]) -> list[tuple[int, ...]]:
        """The input places of the window of one output place, padding included."""
        axes = tuple(zip(output_place, self.steps(), self.pairs(sides), self.dilation, strict=True))
        return [
            tuple(m * s - pair[0] + t * d for (m, s, pair, d), t in zip(axes, tap, strict=True))
            for tap in indices(self.kernel_size)
        ]


MaxPool.examples = (
    Example(
        "max_pool2d",
        {"kernel_size": 2, "stride": 3, "ceil_mode": True, "semantics": "caffe"},
        ((1, 6, 7),),
        {"output": (1, -(-(6 - 2) // 3) + 1, -(-(7 - 2) // 3) + 1)},
    ),
    Example(
        "max_pool2d",
        {"kernel_size": 3, "stride": 2, "padding": "same", "semantics": "keras"},
        ((1, 6, 7),),
        {"output": (1, 3, 4)},
    ),
    Example(
        "max_pool2d",
        {"kernel_size": 2},
        ((4, 25, 25),),
        {"output": (4, (25 - 2) // 2 + 1, 12), "comparisons": 4 * 12 * 12 * 3, "multiplications": 0},
    ),
    Example("max_pool2d", {"kernel_size": 3, "stride": 2, "ceil_mode": True}, ((1, 6, 6),), {"output": (1, 3, 3)}),
    Example(
        "max_pool1d",
        {"kernel_size": 2, "stride": 2, "padding": 1, "ceil_mode": True},
        ((1, 5),),
        {"output": (1, -(-(5 + 2 - 2) // 2) + 1 - 1)},
    ),
)
