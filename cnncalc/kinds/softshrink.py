"""Softshrink: every value moves towards 0 by lambd, and those that would pass it become 0.

Counted as x − clamp(x, −lambd, lambd): two comparisons and one addition for each value.

    - softshrink
"""

from typing import Annotated, Any

from pydantic import Field

from cnncalc.kinds._contract import Cost, Example, Wanted
from cnncalc.kinds._pointwise import Pointwise, clipped
from cnncalc.language import mark


class Softshrink(Pointwise):
    names = {"softshrink": 0}
    monotone = True
    foreign = ("Softshrink",)
    each = Cost(additions=1, comparisons=2)

    lambd: Annotated[float, Field(ge=0), Wanted("a number from 0 up")] = Field(
        default=0.5, description=mark("by how much values move towards 0")
    )

    def at(self, x: Any) -> Any:
        return x - clipped(x, -self.lambd, self.lambd)


Softshrink.examples = (
    Example(
        "softshrink",
        {},
        ((6, 24, 24),),
        {"output": (6, 24, 24), "weights": 0, "comparisons": 2 * 6 * 24 * 24, "additions": 6 * 24 * 24},
    ),
)
