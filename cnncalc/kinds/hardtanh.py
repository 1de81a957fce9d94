"""Hardtanh: values are held between −1 and 1, or other bounds.

A tanh made of straight lines: two comparisons for each value.

    - hardtanh
"""

from typing import Any

from pydantic import Field

from cnncalc.kinds._contract import Cost, Example, Flag, Float
from cnncalc.kinds._pointwise import Pointwise, clipped
from cnncalc.language import mark


class Hardtanh(Pointwise):
    names = {"hardtanh": 0}
    idempotent = True
    monotone = True
    foreign = ("Hardtanh", "Clip")
    each = Cost(comparisons=2)

    min_val: Float = Field(default=-1.0, description=mark("lower bound"))
    max_val: Float = Field(default=1.0, description=mark("upper bound"))
    inplace: Flag = Field(default=False, description=mark("changes no number here"))

    def at(self, x: Any) -> Any:
        return clipped(x, self.min_val, self.max_val)


Hardtanh.examples = (
    Example("hardtanh", {}, ((6, 24, 24),), {"output": (6, 24, 24), "weights": 0, "comparisons": 2 * 6 * 24 * 24}),
)
