"""Roll: values are shifted along axes, and what leaves at one end comes in at the other.

Swin shifts its windows so: up and left by half a window, and back behind the attention.

    - roll: {shifts: [-3, -3], dims: [1, 2]}
"""

from typing import Annotated

from pydantic import Field

from cnncalc.formula.expression import Naming, plain
from cnncalc.kinds._axes import AxisList, position
from cnncalc.kinds._contract import LARGEST, Example, OneOrMore, Sight, Wanted
from cnncalc.kinds._moving import Moving
from cnncalc.language import _, mark
from cnncalc.problem import Problem, Refused
from cnncalc.shape import Shape
from cnncalc.tensor import Index


class UnequalShifts(Problem):
    """`shifts` needs one number for each axis in `dims`."""

    shifts: int
    dims: int

    def message(self) -> str:
        return _("shifts has {shifts} numbers, but dims names {dims} axes").format(shifts=self.shifts, dims=self.dims)

    def about(self) -> str:
        return "shifts"


class Roll(Moving):
    names = {"roll": 0}
    foreign = ("Roll", "cyclic_shift")
    foreign_fields = {"shift": "shifts", "dim": "dims", "axis": "dims"}

    shifts: Annotated[
        tuple[Annotated[int, Field(ge=-LARGEST, le=LARGEST)], ...],
        Field(min_length=1, max_length=16),
        OneOrMore(),
        Wanted("a whole number, or a list with one per axis"),
    ] = Field(description=mark("places by which is shifted"))
    dims: AxisList = Field(description=mark("axes along which is shifted"))

    def output(self, inputs: tuple[Shape, ...], name: Naming = plain) -> Shape:
        if len(self.shifts) != len(self.dims):
            raise Refused(UnequalShifts(len(self.shifts), len(self.dims)))
        for dim in self.dims:
            position("dims", dim, inputs[0])
        return inputs[0]

    def window(self, inputs: tuple[Shape, ...]) -> Sight:
        return Sight.SAME if not any(self.shifts) else Sight.SCATTERED

    def origin(self, at: Index, shapes: tuple[Shape, ...], output: int = 0) -> tuple[int, Index]:
        places = list(at)
        for shift, dim in zip(self.shifts, self.dims, strict=True):
            axis = position("dims", dim, shapes[0])
            places[axis] = (places[axis] - shift) % shapes[0][axis]
        return 0, tuple(places)


Roll.examples = (Example("roll", {"shifts": [-3, -3], "dims": [1, 2]}, ((56, 56, 96),), {"output": (56, 56, 96)}),)
