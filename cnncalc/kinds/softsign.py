"""Softsign: x/(1 + |x|).

One comparison (the absolute value), one addition and one division for each value.

    - softsign
"""

from typing import Any

from cnncalc.kinds._contract import Cost, Example
from cnncalc.kinds._pointwise import Pointwise


class Softsign(Pointwise):
    names = {"softsign": 0}
    monotone = True
    foreign = ("Softsign",)
    each = Cost(additions=1, comparisons=1, divisions=1)

    def at(self, x: Any) -> Any:
        return x / ((-x if x < 0 else x) + 1)


Softsign.examples = (
    Example(
        "softsign",
        {},
        ((6, 24, 24),),
        {"output": (6, 24, 24), "weights": 0, "additions": 6 * 24 * 24, "divisions": 6 * 24 * 24},
    ),
)
