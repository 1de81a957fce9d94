"""Hard swish: x times its hard sigmoid.

One addition, two comparisons, one multiplication and one division for each value. MobileNetV3 uses it.

    - hardswish
"""

from typing import Any

from pydantic import Field

from cnncalc.kinds._contract import Cost, Example, Flag
from cnncalc.kinds._pointwise import Pointwise, clipped
from cnncalc.language import mark


class Hardswish(Pointwise):
    names = {"hardswish": 0}
    foreign = ("Hardswish", "HardSwish", "hard_swish")
    each = Cost(multiplications=1, additions=1, comparisons=2, divisions=1)

    inplace: Flag = Field(default=False, description=mark("changes no number here"))

    def at(self, x: Any) -> Any:
        return x * clipped(x + 3, 0, 6) / 6


Hardswish.examples = (
    Example(
        "hardswish",
        {},
        ((6, 24, 24),),
        {"output": (6, 24, 24), "weights": 0, "multiplications": 6 * 24 * 24, "comparisons": 2 * 6 * 24 * 24},
    ),
)
