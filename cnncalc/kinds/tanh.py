"""Tanh: the hyperbolic tangent, a value between −1 and 1.

One transcendental function for each value. LeNet-5 used it (scaled).

    - tanh
"""

from typing import Any

from cnncalc.kinds._contract import Cost, Example
from cnncalc.kinds._pointwise import Pointwise, call


class Tanh(Pointwise):
    names = {"tanh": 0}
    monotone = True
    foreign = ("Tanh", "TanH")
    each = Cost(transcendentals=1)

    def at(self, x: Any) -> Any:
        return call("tanh", x)


Tanh.examples = (
    Example(
        "tanh",
        {},
        ((6, 24, 24),),
        {"output": (6, 24, 24), "weights": 0, "transcendentals": 6 * 24 * 24, "multiplications": 0},
    ),
)
