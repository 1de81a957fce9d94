"""SELU: a scaled ELU whose constants keep mean and variance through many layers.

Counted for each value as if it were negative: one comparison, one exponential, one subtraction, two multiplications.

    - selu
"""

from typing import Any

from pydantic import Field

from cnncalc.kinds._contract import Cost, Example, Flag
from cnncalc.kinds._pointwise import Pointwise, call
from cnncalc.language import mark

ALPHA, SCALE = 1.6732632423543772, 1.0507009873554805


def _branch(x: Any, negative: Any) -> Any:
    return negative if x < 0 else x


class SELU(Pointwise):
    names = {"selu": 0}
    monotone = True
    foreign = ("SELU", "Selu")
    each = Cost(multiplications=2, additions=1, comparisons=1, transcendentals=1)

    inplace: Flag = Field(default=False, description=mark("changes no number here"))

    def at(self, x: Any) -> Any:
        return SCALE * _branch(x, ALPHA * (call("exp", x) - 1))


SELU.examples = (
    Example("selu", {}, ((6, 24, 24),), {"output": (6, 24, 24), "weights": 0, "multiplications": 2 * 6 * 24 * 24}),
)
