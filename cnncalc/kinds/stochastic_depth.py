"""Stochastic depth: while training, the whole path is left out for a part of the examples; afterwards it does nothing.

It stands at the end of a residual path, before the addition, as in torchvision.

    - stochastic_depth: {p: 0.2}
"""

from typing import Annotated, Literal

from pydantic import Field

from cnncalc.kinds._contract import Example, Role, Wanted
from cnncalc.kinds._pointwise import Pointwise
from cnncalc.kinds.dropout import Share
from cnncalc.language import mark


class StochasticDepth(Pointwise):
    names = {"stochastic_depth": 0}
    roles = frozenset({Role.REGULARISATION})
    weighted_sum = True
    foreign = ("StochasticDepth", "DropPath", "drop_path", "drop_connect")
    foreign_fields = {"rate": "p", "drop_prob": "p"}

    p: Share = Field(default=0.5, description=mark("share of the examples whose path is left out while training"))
    mode: Annotated[Literal["row", "batch"], Wanted("row or batch")] = Field(
        default="row", description=mark("whether each example is drawn for itself")
    )

    def drops(self) -> float:
        return self.p


StochasticDepth.examples = (
    Example("stochastic_depth", {"p": 0.1}, ((96, 56, 56),), {"output": (96, 56, 56), "multiplications": 0}),
)
