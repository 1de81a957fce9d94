"""Unflatten: one axis is taken apart into several, the opposite of flatten.

One of the sides may be −1: it follows from the others. A generator turns a list of 4,096 features into maps so.

    - unflatten: {dim: 1, unflattened_size: [256, 4, 4]}
"""

from typing import Annotated

from pydantic import Field

from cnncalc.formula.expression import Naming, Number, plain
from cnncalc.kinds._axes import position
from cnncalc.kinds._contract import Axis, Example, OneOrMore, Sight, Wanted
from cnncalc.kinds._moving import Moving, NewSide, ravelled, refilled, unravelled
from cnncalc.language import mark
from cnncalc.shape import Shape
from cnncalc.tensor import Index


class Unflatten(Moving):
    names = {"unflatten": 0}
    foreign = ("Unflatten", "unflattened")

    dim: Axis = Field(default=1, description=mark("axis that is taken apart"))
    unflattened_size: Annotated[
        tuple[NewSide, ...],
        Field(min_length=1, max_length=8),
        OneOrMore(),
        Wanted("a list of sides, one of which may be −1"),
    ] = Field(description=mark("the sides it becomes; −1 for the one that follows"))

    def output(self, inputs: tuple[Shape, ...], name: Naming = plain) -> tuple[Number, ...]:
        shape = inputs[0]
        axis = position("dim", self.dim, shape)
        return (
            *shape[:axis],
            *refilled("unflattened_size", self.unflattened_size, (shape[axis],)),
            *shape[axis + 1 :],
        )

    def window(self, inputs: tuple[Shape, ...]) -> Sight:
        return Sight.SAME if self.output(inputs) == inputs[0] else Sight.SCATTERED

    def origin(self, at: Index, shapes: tuple[Shape, ...], output: int = 0) -> tuple[int, Index]:
        return 0, unravelled(ravelled(at, self.output(shapes)), shapes[0])


Unflatten.examples = (
    Example("unflatten", {"unflattened_size": [256, 4, -1]}, ((4096,),), {"output": (256, 4, 4096 // 256 // 4)}),
    Example("unflatten", {"dim": 1, "unflattened_size": [2, 3]}, ((6, 5),), {"output": (2, 3, 5), "weights": 0}),
)
