"""RReLU: a leaky ReLU whose slope is drawn anew for each value while training.

Afterwards the slope is the middle of its bounds, and it costs what a leaky ReLU costs: one multiplication and one
comparison for each value.

    - rrelu
"""

from typing import Any

from pydantic import Field

from cnncalc.kinds._contract import Cost, Example, Flag, Float
from cnncalc.kinds._pointwise import Pointwise
from cnncalc.language import mark


class RReLU(Pointwise):
    names = {"rrelu": 0}
    foreign = ("RReLU",)
    each = Cost(multiplications=1, comparisons=1)

    lower: Float = Field(default=1 / 8, description=mark("least slope for negative values"))
    upper: Float = Field(default=1 / 3, description=mark("largest slope for negative values"))
    inplace: Flag = Field(default=False, description=mark("changes no number here"))

    @property
    def monotone(self) -> bool:  # type: ignore[override]
        """Slopes that are drawn anew for each value may put the smaller one first."""
        return self.lower == self.upper >= 0

    @property
    def idempotent(self) -> bool:  # type: ignore[override]
        """With slopes below 0 nothing negative is left."""
        return self.lower <= self.upper <= 0

    def at(self, x: Any) -> Any:
        bent = x * ((self.lower + self.upper) / 2)
        return x if x > 0 else bent


RReLU.examples = (
    Example(
        "rrelu",
        {},
        ((6, 24, 24),),
        {"output": (6, 24, 24), "weights": 0, "multiplications": 6 * 24 * 24, "comparisons": 6 * 24 * 24},
    ),
)
