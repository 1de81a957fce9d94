"""GELU: x times the share of a normal distribution that lies below x.

½x(1 + erf(x/√2)): three multiplications, one addition and one error function for each value. Transformers and ConvNeXt
use it.

    - gelu
"""

from typing import Annotated, Any, Literal

from pydantic import Field

from cnncalc.kinds._contract import Cost, Example, Wanted
from cnncalc.kinds._pointwise import Pointwise, call
from cnncalc.language import mark

SQRT_HALF = 0.7071067811865476


class GELU(Pointwise):
    names = {"gelu": 0}
    foreign = ("GELU", "Gelu")
    each = Cost(multiplications=3, additions=1, transcendentals=1)

    approximate: Annotated[Literal["none", "tanh"], Wanted("none or tanh")] = Field(
        default="none", description=mark("counted as none: the exact form")
    )

    def at(self, x: Any) -> Any:
        return x * 0.5 * (call("erf", x * SQRT_HALF) + 1)


GELU.examples = (
    Example(
        "gelu",
        {},
        ((6, 24, 24),),
        {"output": (6, 24, 24), "weights": 0, "multiplications": 3 * 6 * 24 * 24, "additions": 6 * 24 * 24},
    ),
)
