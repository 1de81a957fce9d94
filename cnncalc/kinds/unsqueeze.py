"""Unsqueeze: a new axis with a single place is put in.

A list of L values becomes one channel of L places with `dim: 1`, or L channels of one place with `dim: 2`.

    - unsqueeze: {dim: 1}
"""

from pydantic import Field

from cnncalc.formula.expression import Naming, Number, plain
from cnncalc.kinds._axes import position
from cnncalc.kinds._contract import Axis, Example, Sight
from cnncalc.kinds._moving import Moving, ravelled, unravelled
from cnncalc.language import mark
from cnncalc.shape import Shape
from cnncalc.tensor import Index


class Unsqueeze(Moving):
    names = {"unsqueeze": 0}
    foreign = ("Unsqueeze", "expand_dims", "ExpandDims")
    foreign_fields = {"axis": "dim"}

    dim: Axis = Field(description=mark("where the new axis stands in the output"))

    def output(self, inputs: tuple[Shape, ...], name: Naming = plain) -> tuple[Number, ...]:
        shape = inputs[0]
        axis = position("dim", self.dim, (*shape, 1))
        return (*shape[:axis], 1, *shape[axis:])

    def window(self, inputs: tuple[Shape, ...]) -> Sight:
        return Sight.SCATTERED

    def origin(self, at: Index, shapes: tuple[Shape, ...], output: int = 0) -> tuple[int, Index]:
        return 0, unravelled(ravelled(at, self.output(shapes)), shapes[0])


Unsqueeze.examples = (
    Example("unsqueeze", {"dim": 1}, ((300,),), {"output": (1, 300), "weights": 0}),
    Example("unsqueeze", {"dim": -1}, ((6, 5),), {"output": (6, 5, 1)}),
)
