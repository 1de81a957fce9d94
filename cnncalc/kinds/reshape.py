"""Reshape: the same values in the same order, under other sides.

The batch is left out. One side may be −1: it follows from the others.

    - reshape: {shape: [8, -1]}
"""

from typing import Annotated

from pydantic import Field

from cnncalc.formula.expression import Naming, Number, plain
from cnncalc.kinds._contract import Example, OneOrMore, Sight, Wanted
from cnncalc.kinds._moving import Moving, NewSide, ravelled, refilled, unravelled
from cnncalc.language import mark
from cnncalc.shape import Shape
from cnncalc.tensor import Index


class Reshape(Moving):
    names = {"reshape": 0}
    idempotent = True
    foreign = ("Reshape", "view", "变形")
    foreign_fields = {"target_shape": "shape", "size": "shape"}

    shape: Annotated[
        tuple[NewSide, ...],
        Field(min_length=1, max_length=8),
        OneOrMore(),
        Wanted("a list of sides without the batch, one of which may be −1"),
    ] = Field(description=mark("sides of the output without the batch; −1 for the one that follows"))

    def output(self, inputs: tuple[Shape, ...], name: Naming = plain) -> tuple[Number, ...]:
        return refilled("shape", self.shape, inputs[0])

    def window(self, inputs: tuple[Shape, ...]) -> Sight:
        return Sight.SAME if self.output(inputs) == inputs[0] else Sight.SCATTERED

    def origin(self, at: Index, shapes: tuple[Shape, ...], output: int = 0) -> tuple[int, Index]:
        return 0, unravelled(ravelled(at, self.output(shapes)), shapes[0])


Reshape.examples = (
    Example("reshape", {"shape": [8, -1]}, ((4, 6, 6),), {"output": (8, 4 * 6 * 6 // 8), "weights": 0}),
    Example("reshape", {"shape": [256, 4, 4]}, ((4096,),), {"output": (256, 4, 4)}),
)
