"""Axes as PyTorch numbers them: 0 is the batch, 1 the channels, negative ones count from the end."""

from typing import Annotated

from pydantic import Field

from cnncalc import shape as shapes
from cnncalc.kinds._contract import Axis, OneOrMore, Wanted
from cnncalc.language import _, plural
from cnncalc.problem import Problem, Refused
from cnncalc.shape import Shape

AxisList = Annotated[
    tuple[Axis, ...],
    Field(min_length=1, max_length=16),
    OneOrMore(),
    Wanted("an axis, or a list of axes: 1 is the channels, −1 the last one"),
]


class BatchAxis(Problem):
    """Axis 0 is the batch, which a spec leaves out and no layer may mix.

    Axes are numbered as in PyTorch: 1 is the channels (or the features), 2 and up the spatial axes; −1 is the last one.
    """

    field: str
    written: int

    def message(self) -> str:
        return _("{field} {written} is the batch; axes of one example start at 1").format(
            field=self.field, written=self.written
        )

    def about(self) -> str:
        return self.field


class AxisOutOfRange(Problem):
    """The input has no such axis.

    With the batch as axis 0, a map C×H×W has the axes 1 to 3, or −3 to −1.
    """

    field: str
    written: int
    shape: Shape

    def message(self) -> str:
        return plural(
            "{field} is {written}, but {shape} has axis 1 only",
            "{field} is {written}, but {shape} has the axes 1 to {last}",
            len(self.shape),
        ).format(field=self.field, written=self.written, shape=shapes.text(self.shape), last=len(self.shape))

    def about(self) -> str:
        return self.field


class RepeatedAxis(Problem):
    """An axis is named twice. With the batch in front −1 is the last axis, so that on a map 3 and −1 are the same."""

    dims: tuple[int, ...]

    def message(self) -> str:
        return _("{dims} names an axis twice").format(dims=", ".join(map(str, self.dims)))

    def about(self) -> str:
        return "dim"


class UnequalLists(Problem):
    """What a layer does along the axes in `dim` is one number for all of them, or a list as long as `dim`."""

    field: str
    given: int
    axes: int

    def message(self) -> str:
        return _("{field} has {given} numbers, but dim names {axes} axes").format(
            field=self.field, given=self.given, axes=self.axes
        )

    def about(self) -> str:
        return self.field


def positions(dims: tuple[int, ...], shape: Shape) -> tuple[int, ...]:
    """Where the axes of a list stand in a shape that has no batch.

    Raises:
        Refused: one is the batch, is not there, or is named twice.
    """
    found = tuple(position("dim", dim, shape) for dim in dims)
    if len(set(found)) < len(found):
        raise Refused(RepeatedAxis(dims))
    return found


def position(field: str, axis: int, shape: Shape) -> int:
    """Where an axis stands in a shape that has no batch.

    Raises:
        Refused: it is the batch, or there is no such axis.
    """
    if axis == 0 or axis == -len(shape) - 1:
        raise Refused(BatchAxis(field, axis))
    place = axis - 1 if axis > 0 else axis + len(shape)
    if not 0 <= place < len(shape):
        raise Refused(AxisOutOfRange(field, axis, shape))
    return place
