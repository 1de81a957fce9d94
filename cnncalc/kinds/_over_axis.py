"""What softmax and log softmax share: they normalise over one axis, row by row."""

from collections.abc import Iterator
from typing import Any, ClassVar, Literal

from pydantic import Field

from cnncalc.formula.expression import Naming, Number, plain
from cnncalc.formula.letters import ROWS
from cnncalc.kinds._axes import position
from cnncalc.kinds._contract import Axis, Kind, Mixed, Role, Sight, Window
from cnncalc.kinds._pointwise import values_in
from cnncalc.language import mark
from cnncalc.shape import Shape, elements
from cnncalc.tensor import Index, Tensor, indices


class OverAxis(Kind):
    """A kind that normalises its input over one axis and changes no shape."""

    roles = frozenset({Role.NONLINEARITY})
    probabilities: ClassVar[Literal["", "each", "together", "logarithms"]] = "together"
    foreign_fields = {"axis": "dim"}

    dim: Axis = Field(default=1, description=mark("axis over which the outputs are normalised; 1 is the channels"))

    def output(self, inputs: tuple[Shape, ...], name: Naming = plain) -> Shape:
        position("dim", self.dim, inputs[0])
        return inputs[0]

    def values_and_rows(self, shape: Shape, name: Naming) -> tuple[Number, Number]:
        """How many values there are, and how many rows they make."""
        return values_in(shape, name), name(ROWS, elements(shape) // shape[position("dim", self.dim, shape)])

    def window(self, inputs: tuple[Shape, ...]) -> Window:
        shape = inputs[0]
        return Sight.SAME if len(shape) == 1 else Mixed((position("dim", self.dim, shape),))

    def together(self, inputs: tuple[Shape, ...]) -> int:
        shape = inputs[0]
        return shape[position("dim", self.dim, shape)]

    def rows(self, x: Tensor) -> Iterator[list[int]]:
        """The places of each row in `x.values`."""
        axis = position("dim", self.dim, x.shape)
        for start in indices((*x.shape[:axis], 1, *x.shape[axis + 1 :])):
            yield [x.offset((*start[:axis], i, *start[axis + 1 :])) for i in range(x.shape[axis])]

    def row(self, x: Tensor, at: Index) -> list[Any]:
        """The values of the row that a place lies in."""
        axis = position("dim", self.dim, x.shape)
        return [x[(*at[:axis], i, *at[axis + 1 :])] for i in range(x.shape[axis])]
