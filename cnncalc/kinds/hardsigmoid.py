"""Hard sigmoid: (x + 3)/6 held between 0 and 1.

A sigmoid made of straight lines: one addition, two comparisons and one division for each value.

    - hardsigmoid
"""

from typing import Any

from pydantic import Field

from cnncalc.kinds._contract import Cost, Example, Flag
from cnncalc.kinds._pointwise import Pointwise, clipped
from cnncalc.language import mark


class Hardsigmoid(Pointwise):
    names = {"hardsigmoid": 0}
    monotone = True
    foreign = ("Hardsigmoid", "HardSigmoid", "hard_sigmoid")
    each = Cost(additions=1, comparisons=2, divisions=1)

    inplace: Flag = Field(default=False, description=mark("changes no number here"))

    def at(self, x: Any) -> Any:
        return clipped(x + 3, 0, 6) / 6


Hardsigmoid.examples = (
    Example(
        "hardsigmoid",
        {},
        ((6, 24, 24),),
        {"output": (6, 24, 24), "weights": 0, "additions": 6 * 24 * 24, "comparisons": 2 * 6 * 24 * 24},
    ),
)
