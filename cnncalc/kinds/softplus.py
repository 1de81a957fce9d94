"""Softplus: ln(1 + eˣ), a smooth ReLU.

Two transcendental functions and one addition for each value. With a `beta` other than 1 it is ln(1 + e^(beta·x))/beta,
which costs a multiplication and a division more. Where beta·x lies above `threshold`, x itself is given: above 20, as
it is when left out, the two can hardly be told apart, and nothing is counted for it; with another threshold it is a
comparison.

    - softplus
    - softplus: {beta: 2}
"""

from typing import Annotated, Any

from pydantic import Field, field_validator
from pydantic_core import PydanticCustomError

from cnncalc.kinds._contract import Cost, Example, Float, Wanted
from cnncalc.kinds._pointwise import Pointwise, call
from cnncalc.language import mark

STRAIGHT = 20.0
"""Above it ln(1 + eˣ) is x, to the last digit of a 32-bit number."""


class Softplus(Pointwise):
    names = {"softplus": 0}
    foreign = ("Softplus",)

    beta: Annotated[float, Wanted("a number other than 0")] = Field(
        default=1.0, description=mark("how sharply it bends: the larger, the more it is a ReLU")
    )
    threshold: Float = Field(default=STRAIGHT, description=mark("values that are larger, times beta, stay as they are"))

    @field_validator("beta")
    @classmethod
    def _not_zero(cls, value: float) -> float:
        if not value:
            raise PydanticCustomError("zero", "0")
        return value

    @property
    def monotone(self) -> bool:  # type: ignore[override]
        """Under another threshold it falls back to x from above it."""
        return self.threshold == STRAIGHT

    @property
    def each(self) -> Cost:  # type: ignore[override]
        bent = int(self.beta != 1)
        compared = int(self.threshold != STRAIGHT)
        return Cost(multiplications=bent, additions=1, comparisons=compared, divisions=bent, transcendentals=2)

    def at(self, x: Any) -> Any:
        steep = x if self.beta == 1 else x * self.beta
        found = call("log", call("exp", steep) + 1)
        found = found if self.beta == 1 else found / self.beta
        if self.threshold == STRAIGHT:
            return found
        return x if steep > self.threshold else found


Softplus.examples = (
    Example(
        "softplus",
        {},
        ((6, 24, 24),),
        {"output": (6, 24, 24), "weights": 0, "additions": 6 * 24 * 24, "transcendentals": 2 * 6 * 24 * 24},
    ),
    Example(
        "softplus",
        {"beta": 2.0, "threshold": 0.5},
        ((6, 24, 24),),
        {"multiplications": 6 * 24 * 24, "divisions": 6 * 24 * 24, "comparisons": 6 * 24 * 24},
    ),
)
