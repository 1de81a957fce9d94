"""Power-average pooling: of each window the root of the sum of powers is kept, the p-th root of Σ x^p.

With `norm_type` 1 it is the sum, with larger ones it comes closer to the maximum. Each value of a window is raised to
the power p (a transcendental), k − 1 additions sum them, and one more power takes the root. There is no padding. A
partly filled window, which `ceil_mode` keeps, is counted as a full one.

    - lp_pool2d: {norm_type: 2, kernel_size: 3, stride: 2}
"""

from collections.abc import Mapping
from typing import Annotated

from pydantic import Field

from cnncalc.formula import rules
from cnncalc.formula.expression import Naming, plain, product, sides
from cnncalc.formula.letters import C, K, M
from cnncalc.kinds._contract import Cost, Example, Wanted
from cnncalc.kinds._pointwise import power
from cnncalc.kinds._pool import Window
from cnncalc.language import mark
from cnncalc.shape import Shape
from cnncalc.tensor import Tensor, total


class LPPool(Window):
    names = {"lp_pool1d": 1, "lp_pool2d": 2, "lp_pool3d": 3}
    averages = True
    foreign = ("LPPool", "LPPool1d", "LPPool2d", "LPPool3d", "LpPool", "lppool")
    foreign_fields = {"pool_size": "kernel_size", "strides": "stride", "p": "norm_type"}

    norm_type: Annotated[float, Field(gt=0, le=1e9), Wanted("a number above 0")] = Field(description=mark("the power"))

    @property
    def weighted_sum(self) -> bool:  # type: ignore[override]
        return self.norm_type == 1

    def cost(self, inputs: tuple[Shape, ...], output: Shape, name: Naming = plain) -> Cost:
        outputs = rules.values_of(name(C, output[0]), sides(name, M, output[1:]))
        window = product(sides(name, K, self.kernel_size))
        return Cost(
            additions=rules.additions_of_sums(outputs, window), transcendentals=rules.outputs_times(outputs, window + 1)
        )

    def compute(self, inputs: tuple[Tensor, ...], tensors: Mapping[str, Tensor]) -> Tensor:
        x, p = inputs[0], self.norm_type
        output = tuple(self.output((x.shape,)))
        windows = self.looked_at(x, output, 0)
        return Tensor(output, [power(total([power(value, p) for value in window]), 1 / p) for window in windows])


LPPool.examples = (
    Example(
        "lp_pool2d",
        {"norm_type": 2.0, "kernel_size": 3, "stride": 2},
        ((16, 9, 9),),
        {
            "output": (16, (9 - 3) // 2 + 1, 4),
            "additions": 16 * 4 * 4 * (9 - 1),
            "transcendentals": 16 * 4 * 4 * (9 + 1),
            "weights": 0,
        },
    ),
)
