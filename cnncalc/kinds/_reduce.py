"""What the mean and the sum over axes share."""

from collections.abc import Iterator
from typing import Any

from pydantic import Field

from cnncalc.formula.expression import Naming, Number, plain, product
from cnncalc.kinds._axes import AxisList, positions
from cnncalc.kinds._contract import Flag, Kind, Mixed, Role, Sight, Window
from cnncalc.kinds._pointwise import named, values_in
from cnncalc.language import _, mark
from cnncalc.problem import Problem, Refused
from cnncalc.shape import Shape
from cnncalc.tensor import Tensor, indices


class AllAxesGone(Problem):
    """Every axis would go, and a single number would be left of each example.

    With `keepdim: true` the axes stay, each with one place.
    """

    def message(self) -> str:
        return _("no axis would be left")

    def about(self) -> str:
        return "dim"

    def hints(self) -> tuple[str, ...]:
        return (_("keepdim: true keeps them, with one place each"),)


class Reduction(Kind):
    """A kind that makes one value of all values along some axes."""

    roles = frozenset({Role.POOLING})
    foreign_fields = {"axis": "dim", "axes": "dim", "keepdims": "keepdim"}

    dim: AxisList = Field(description=mark("axes that are taken together"))
    keepdim: Flag = Field(default=False, description=mark("whether these axes stay, with one place each"))

    def places(self, shape: Shape) -> set[int]:
        """Where the axes stand."""
        return set(positions(self.dim, shape))

    def output(self, inputs: tuple[Shape, ...], name: Naming = plain) -> tuple[Number, ...]:
        gone = self.places(inputs[0])
        if self.keepdim:
            return tuple(1 if axis in gone else side for axis, side in enumerate(inputs[0]))
        left = tuple(side for axis, side in enumerate(inputs[0]) if axis not in gone)
        if not left:
            raise Refused(AllAxesGone())
        return left

    def kept(self, inputs: tuple[Shape, ...], name: Naming) -> Number:
        """Values of the output: the product of the sides that stay."""
        gone = self.places(inputs[0])
        return product(tuple(side for axis, side in enumerate(named(inputs[0], name)) if axis not in gone))

    def additions(self, inputs: tuple[Shape, ...], name: Naming) -> Number:
        """One addition fewer than values, for each output."""
        return values_in(inputs[0], name) - self.kept(inputs, name)

    def window(self, inputs: tuple[Shape, ...]) -> Window:
        gone = self.places(inputs[0])
        if gone != {0} or self.keepdim:
            return Mixed(tuple(sorted(gone)))
        return Sight.SCATTERED

    def rows(self, x: Tensor) -> Iterator[list[Any]]:
        """The values of each output, in order."""
        gone = self.places(x.shape)
        for start in indices(tuple(1 if axis in gone else side for axis, side in enumerate(x.shape))):
            inside = indices(tuple(side if axis in gone else 1 for axis, side in enumerate(x.shape)))
            yield [x[tuple(a + b for a, b in zip(start, step, strict=True))] for step in inside]
