"""ELU: negative values become α(eˣ − 1), the others stay.

Counted for each value as if it were negative: one comparison, one exponential, one subtraction, one multiplication.

    - elu
"""

from typing import Any

from pydantic import Field

from cnncalc.kinds._contract import Cost, Example, Flag, Float
from cnncalc.kinds._pointwise import Pointwise, call
from cnncalc.language import mark


def _branch(x: Any, negative: Any) -> Any:
    return negative if x < 0 else x


class ELU(Pointwise):
    names = {"elu": 0}
    foreign = ("ELU", "Elu")
    each = Cost(multiplications=1, additions=1, comparisons=1, transcendentals=1)

    alpha: Float = Field(default=1.0, description=mark("size of the negative limit"))
    inplace: Flag = Field(default=False, description=mark("changes no number here"))

    @property
    def monotone(self) -> bool:  # type: ignore[override]
        return self.alpha >= 0

    @property
    def idempotent(self) -> bool:  # type: ignore[override]
        """With an alpha below 0 nothing negative is left."""
        return self.alpha <= 0

    def at(self, x: Any) -> Any:
        return _branch(x, self.alpha * (call("exp", x) - 1))


ELU.examples = (
    Example("elu", {}, ((6, 24, 24),), {"output": (6, 24, 24), "weights": 0, "transcendentals": 6 * 24 * 24}),
)
