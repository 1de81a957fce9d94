"""SiLU (swish): x times its sigmoid.

One exponential, one addition, one division and one multiplication for each value. EfficientNet uses it.

    - silu
"""

from typing import Any

from pydantic import Field

from cnncalc.kinds._contract import Cost, Example, Flag
from cnncalc.kinds._pointwise import Pointwise, sigmoid
from cnncalc.language import mark


class SiLU(Pointwise):
    names = {"silu": 0}
    foreign = ("SiLU", "Swish", "swish")
    each = Cost(multiplications=1, additions=1, divisions=1, transcendentals=1)

    inplace: Flag = Field(default=False, description=mark("changes no number here"))

    def at(self, x: Any) -> Any:
        return x * sigmoid(x)


SiLU.examples = (
    Example(
        "silu",
        {},
        ((6, 24, 24),),
        {"output": (6, 24, 24), "weights": 0, "multiplications": 6 * 24 * 24, "divisions": 6 * 24 * 24},
    ),
)
