"""Sigmoid: 1/(1 + e⁻ˣ), a value between 0 and 1.

One exponential, one addition and one division for each value.

    - sigmoid
"""

from typing import Any

from cnncalc.kinds._contract import Cost, Example
from cnncalc.kinds._pointwise import Pointwise, sigmoid


class Sigmoid(Pointwise):
    names = {"sigmoid": 0}
    monotone = True
    probabilities = "each"
    foreign = ("Sigmoid", "Logistic")
    each = Cost(additions=1, divisions=1, transcendentals=1)

    def at(self, x: Any) -> Any:
        return sigmoid(x)


Sigmoid.examples = (
    Example(
        "sigmoid",
        {},
        ((6, 24, 24),),
        {
            "output": (6, 24, 24),
            "weights": 0,
            "additions": 6 * 24 * 24,
            "divisions": 6 * 24 * 24,
            "transcendentals": 6 * 24 * 24,
        },
    ),
)
