"""Leaky ReLU: negative values are multiplied by a small slope instead of becoming 0.

Counted as it is usually computed, max(x, slope·x): one multiplication and one comparison for each value.

    - leaky_relu
"""

from typing import Any

from pydantic import Field

from cnncalc.formula.worked import Worked, picked
from cnncalc.kinds._contract import Cost, Example, Flag, Float
from cnncalc.kinds._pointwise import Pointwise
from cnncalc.language import mark


class LeakyReLU(Pointwise):
    names = {"leaky_relu": 0}
    foreign = ("LeakyReLU", "LeakyRelu")
    each = Cost(multiplications=1, comparisons=1)

    negative_slope: Float = Field(default=0.01, description=mark("slope for negative values"))
    inplace: Flag = Field(default=False, description=mark("changes no number here"))

    @property
    def monotone(self) -> bool:  # type: ignore[override]
        return self.negative_slope >= 0

    @property
    def idempotent(self) -> bool:  # type: ignore[override]
        """With a slope below 0 nothing negative is left."""
        return self.negative_slope <= 0

    def at(self, x: Any) -> Any:
        bent = x * self.negative_slope
        return x if x > 0 else bent  # a slope may exceed 1, so no maximum

    def worked(self, x: Worked) -> Worked:
        return picked("max" if self.negative_slope <= 1 else "min", (x, x * self.negative_slope))


LeakyReLU.examples = (
    Example(
        "leaky_relu",
        {},
        ((6, 24, 24),),
        {"output": (6, 24, 24), "weights": 0, "multiplications": 6 * 24 * 24, "comparisons": 6 * 24 * 24},
    ),
)
