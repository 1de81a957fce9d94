"""Threshold: values above a threshold pass, all others become one fixed value.

One comparison for each value. A ReLU has threshold 0 and value 0.

    - threshold: {threshold: 0.1, value: 20}
"""

from typing import Any

from pydantic import Field

from cnncalc.kinds._contract import Cost, Example, Flag, Float
from cnncalc.kinds._pointwise import Pointwise
from cnncalc.language import mark


class Threshold(Pointwise):
    names = {"threshold": 0}
    idempotent = True
    foreign = ("Threshold", "ThresholdedReLU")
    each = Cost(comparisons=1)

    threshold: Float = Field(description=mark("values above it pass"))
    value: Float = Field(description=mark("what all others become"))
    inplace: Flag = Field(default=False, description=mark("changes no number here"))

    @property
    def monotone(self) -> bool:  # type: ignore[override]
        return self.value <= self.threshold

    def at(self, x: Any) -> Any:
        return x if x > self.threshold else self.value


Threshold.examples = (
    Example(
        "threshold",
        {"threshold": 0.1, "value": 20.0},
        ((6, 24, 24),),
        {"output": (6, 24, 24), "weights": 0, "comparisons": 6 * 24 * 24},
    ),
)
