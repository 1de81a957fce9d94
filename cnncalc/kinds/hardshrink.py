"""Hardshrink: values between −lambd and lambd become 0, all others stay.

Two comparisons for each value.

    - hardshrink
"""

from typing import Any

from pydantic import Field

from cnncalc.kinds._contract import Cost, Example, Float
from cnncalc.kinds._pointwise import Pointwise
from cnncalc.language import mark


class Hardshrink(Pointwise):
    names = {"hardshrink": 0}
    idempotent = True
    monotone = True
    foreign = ("Hardshrink", "Shrink")
    each = Cost(comparisons=2)

    lambd: Float = Field(default=0.5, description=mark("values up to here, on both sides of 0, become 0"))

    def at(self, x: Any) -> Any:
        low, high = x < -self.lambd, x > self.lambd
        return x if low or high else 0


Hardshrink.examples = (
    Example("hardshrink", {}, ((6, 24, 24),), {"output": (6, 24, 24), "weights": 0, "comparisons": 2 * 6 * 24 * 24}),
)
