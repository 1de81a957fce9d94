"""Tanhshrink: what tanh takes away from a value, x − tanh(x).

Small values almost vanish, large ones stay almost whole. One tanh and one addition for each value.

    - tanhshrink
"""

from typing import Any

from cnncalc.kinds._contract import Cost, Example
from cnncalc.kinds._pointwise import Pointwise, call


class Tanhshrink(Pointwise):
    names = {"tanhshrink": 0}
    monotone = True
    foreign = ("Tanhshrink",)
    each = Cost(additions=1, transcendentals=1)

    def at(self, x: Any) -> Any:
        return x - call("tanh", x)


Tanhshrink.examples = (
    Example("tanhshrink", {}, ((6, 24, 24),), {"output": (6, 24, 24), "weights": 0, "transcendentals": 6 * 24 * 24}),
)
