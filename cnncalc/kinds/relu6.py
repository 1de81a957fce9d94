"""ReLU6: values are held between 0 and 6.

Two comparisons for each value. MobileNets use it, because a bounded range suits small integers.

    - relu6
"""

from typing import Any

from pydantic import Field

from cnncalc.kinds._contract import Cost, Example, Flag
from cnncalc.kinds._pointwise import Pointwise, clipped
from cnncalc.language import mark


class ReLU6(Pointwise):
    names = {"relu6": 0}
    idempotent = True
    monotone = True
    foreign = ("ReLU6",)
    each = Cost(comparisons=2)

    inplace: Flag = Field(default=False, description=mark("changes no number here"))

    def at(self, x: Any) -> Any:
        return clipped(x, 0, 6)


ReLU6.examples = (
    Example("relu6", {}, ((6, 24, 24),), {"output": (6, 24, 24), "weights": 0, "comparisons": 2 * 6 * 24 * 24}),
)
