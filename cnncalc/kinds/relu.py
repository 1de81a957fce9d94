"""ReLU: negative values become 0, the others stay: max(0, x).

One comparison for each value. It is the usual non-linearity behind a convolution or a fully connected layer. Without
one between them, stacked layers collapse into a single one. ReLU(2.24) = 2.24, ReLU(−1) = 0.

    - relu
"""

from typing import Any

from pydantic import Field

from cnncalc.formula.worked import Worked, picked
from cnncalc.kinds._contract import Cost, Example, Flag
from cnncalc.kinds._pointwise import Pointwise
from cnncalc.language import mark


class ReLU(Pointwise):
    names = {"relu": 0}
    idempotent = True
    monotone = True
    foreign = ("ReLU", "Relu", "rectifier", "激活", "激活函数")
    each = Cost(comparisons=1)

    inplace: Flag = Field(default=False, description=mark("changes no number here"))

    def at(self, x: Any) -> Any:
        return 0 if x < 0 else x

    def worked(self, x: Worked) -> Worked:
        return picked("max", (0, x))


ReLU.examples = (
    Example("relu", {}, ((6, 24, 24),), {"output": (6, 24, 24), "weights": 0, "comparisons": 6 * 24 * 24}),
)
