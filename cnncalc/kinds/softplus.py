"""Softplus: ln(1 + eˣ), a smooth ReLU.

Two transcendental functions and one addition for each value.

    - softplus
"""

from typing import Any

from cnncalc.kinds._contract import Cost, Example
from cnncalc.kinds._pointwise import Pointwise, call


class Softplus(Pointwise):
    names = {"softplus": 0}
    monotone = True
    foreign = ("Softplus",)
    each = Cost(additions=1, transcendentals=2)

    def at(self, x: Any) -> Any:
        return call("log", call("exp", x) + 1)


Softplus.examples = (
    Example(
        "softplus",
        {},
        ((6, 24, 24),),
        {"output": (6, 24, 24), "weights": 0, "additions": 6 * 24 * 24, "transcendentals": 2 * 6 * 24 * 24},
    ),
)
