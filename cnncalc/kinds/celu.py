"""CELU: max(0, x) + min(0, α(e^(x/α) − 1)), an ELU that has no kink at 0, whatever α is.

Counted for each value as if it were negative: one comparison, one division by α, one exponential, one subtraction and
one multiplication.

    - celu
"""

from typing import Annotated, Any

from pydantic import Field, field_validator
from pydantic_core import PydanticCustomError

from cnncalc.kinds._contract import Cost, Example, Flag, Wanted
from cnncalc.kinds._pointwise import Pointwise, call
from cnncalc.language import mark


class CELU(Pointwise):
    names = {"celu": 0}
    monotone = True
    foreign = ("CELU", "Celu")
    each = Cost(multiplications=1, additions=1, comparisons=1, divisions=1, transcendentals=1)

    alpha: Annotated[float, Wanted("a number other than 0")] = Field(
        default=1.0, description=mark("the value that very negative ones come to, with a minus")
    )
    inplace: Flag = Field(default=False, description=mark("changes no number here"))

    @field_validator("alpha")
    @classmethod
    def _not_zero(cls, value: float) -> float:
        if not value:
            raise PydanticCustomError("zero", "0")
        return value

    def at(self, x: Any) -> Any:
        bent = (call("exp", x / self.alpha) - 1) * self.alpha
        return x if x > 0 else bent


CELU.examples = (
    Example(
        "celu",
        {},
        ((6, 24, 24),),
        {"output": (6, 24, 24), "weights": 0, "comparisons": 6 * 24 * 24, "transcendentals": 6 * 24 * 24},
    ),
)
