"""What the kinds share that only move values: nothing is calculated, every output value is some input value."""

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import Field

from cnncalc import shape as shapes
from cnncalc.formula.worked import WrittenOut, given
from cnncalc.kinds._contract import LARGEST, Kind, Role
from cnncalc.language import _
from cnncalc.problem import Problem, Refused
from cnncalc.shape import Shape, elements
from cnncalc.tensor import Index, Tensor, indices

NewSide = Annotated[int, Field(ge=-1, le=LARGEST)]
"""A side of a new shape; −1 for the one that follows from the others."""


class SidesDoNotFill(Problem):
    """The new sides hold another number of values than there are.

    A change of shape keeps every value: the product of the sides must stay what it was. One side may be −1, and then
    the others must divide it.
    """

    field: str
    sides: tuple[int, ...]
    shape: Shape

    def message(self) -> str:
        return _("{field} [{sides}] cannot hold the {values} values of {shape}").format(
            field=self.field,
            sides=", ".join(map(str, self.sides)),
            values=elements(self.shape),
            shape=shapes.text(self.shape),
        )

    def about(self) -> str:
        return self.field


class SeveralOpenSides(Problem):
    """Several sides of a new shape are −1. One side can follow from the number of values; two could in many ways."""

    field: str
    sides: tuple[int, ...]

    def message(self) -> str:
        return _("{field} [{sides}] leaves {count} sides open; only one can follow from the others").format(
            field=self.field, sides=", ".join(map(str, self.sides)), count=self.sides.count(-1)
        )

    def about(self) -> str:
        return self.field


def refilled(field: str, sides: tuple[int, ...], shape: Shape) -> Shape:
    """The new sides with the one that follows filled in.

    Raises:
        Refused: they do not hold the values of the shape, or several are left open.
    """
    if sides.count(-1) > 1:
        raise Refused(SeveralOpenSides(field, sides))
    known, values = elements(tuple(side for side in sides if side != -1)), elements(shape)
    if not known or (values % known if -1 in sides else values != known):
        raise Refused(SidesDoNotFill(field, sides, shape))
    return tuple(values // known if side == -1 else side for side in sides)


class Moving(Kind):
    """A kind whose every value comes from one place; `origin` says from which."""

    roles = frozenset({Role.SHAPE})
    weighted_sum = True
    picks = True

    def origin(self, at: Index, shapes: tuple[Shape, ...], output: int = 0) -> tuple[int, Index] | None:
        """Which input an output value comes from, and where it stands there; None for one that is added."""
        raise NotImplementedError

    def outside(self) -> Any:
        """The value of what is added."""
        return 0

    def compute(self, inputs: tuple[Tensor, ...], tensors: Mapping[str, Tensor]) -> Tensor:
        return self.computed(inputs, tensors)[0]

    def computed(self, inputs: tuple[Tensor, ...], tensors: Mapping[str, Tensor]) -> tuple[Tensor, ...]:
        shapes = tuple(x.shape for x in inputs)
        found = []
        for number, shape in enumerate(self.outputs(shapes)):
            origins = [self.origin(at, shapes, number) for at in indices(shape)]
            values = [self.outside() if one is None else inputs[one[0]][one[1]] for one in origins]
            found.append(Tensor(tuple(shape), values))
        return tuple(found)

    def written_out(self, inputs: tuple[Tensor, ...], tensors: Mapping[str, Tensor], at: Index) -> WrittenOut:
        source = self.origin(at, tuple(x.shape for x in inputs))
        if source is None:
            return WrittenOut(given(self.outside()))
        return WrittenOut(given(inputs[source[0]][source[1]]), copied=source)


def unravelled(place: int, shape: Shape) -> Index:
    """The index of a value that stands at this place in the row-major order."""
    found = []
    for side in reversed(shape):
        place, step = divmod(place, side)
        found.append(step)
    return tuple(reversed(found))


def ravelled(at: Index, shape: Shape) -> int:
    """Where the value at an index stands in the row-major order."""
    place = 0
    for side, step in zip(shape, at, strict=True):
        place = place * side + step
    return place
