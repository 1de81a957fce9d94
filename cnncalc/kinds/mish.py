"""Mish: x · tanh(ln(1 + eˣ)).

Three transcendental functions, one addition and one multiplication for each value.

    - mish
"""

from typing import Any

from pydantic import Field

from cnncalc.kinds._contract import Cost, Example, Flag
from cnncalc.kinds._pointwise import Pointwise, call
from cnncalc.language import mark


class Mish(Pointwise):
    names = {"mish": 0}
    foreign = ("Mish",)
    each = Cost(multiplications=1, additions=1, transcendentals=3)

    inplace: Flag = Field(default=False, description=mark("changes no number here"))

    def at(self, x: Any) -> Any:
        return x * call("tanh", call("log", call("exp", x) + 1))


Mish.examples = (
    Example("mish", {}, ((6, 24, 24),), {"output": (6, 24, 24), "weights": 0, "transcendentals": 3 * 6 * 24 * 24}),
)
