"""What split and chunk share: a map is cut into several outputs along one axis."""

from pydantic import Field

from cnncalc.formula.expression import Naming, Number, plain
from cnncalc.kinds._axes import position
from cnncalc.kinds._contract import Axis
from cnncalc.kinds._moving import Moving
from cnncalc.language import _, mark
from cnncalc.problem import Problem, Refused
from cnncalc.shape import Shape
from cnncalc.tensor import Index

MOST_PARTS = 10_000


class TooManyParts(Problem):
    """A layer has at most 10,000 outputs."""

    field: str
    parts: int

    def message(self) -> str:
        return _("that makes {parts} parts; at most {most} are possible").format(parts=self.parts, most=MOST_PARTS)

    def about(self) -> str:
        return self.field


class Parts(Moving):
    """A kind with one output for each part; `name:0` is the first, `name:1` the second."""

    several = True
    foreign_fields = {"axis": "dim"}

    dim: Axis = Field(default=1, description=mark("axis along which is cut; 1 is the channels"))

    def sizes(self, side: int, shape: Shape) -> tuple[int, ...]:
        """How large each part is along the axis."""
        raise NotImplementedError

    def outputs(self, inputs: tuple[Shape, ...], name: Naming = plain) -> tuple[tuple[Number, ...], ...]:
        shape = inputs[0]
        axis = position("dim", self.dim, shape)
        return tuple((*shape[:axis], size, *shape[axis + 1 :]) for size in self.sizes(shape[axis], shape))

    def output(self, inputs: tuple[Shape, ...], name: Naming = plain) -> tuple[Number, ...]:
        return self.outputs(inputs, name)[0]

    def origin(self, at: Index, shapes: tuple[Shape, ...], output: int = 0) -> tuple[int, Index]:
        axis = position("dim", self.dim, shapes[0])
        before = sum(self.sizes(shapes[0][axis], shapes[0])[:output])
        return 0, (*at[:axis], at[axis] + before, *at[axis + 1 :])


def equal_parts(field: str, side: int, size: int) -> tuple[int, ...]:
    """Parts of this size; the last one takes what is left."""
    parts = -(-side // size)
    if parts > MOST_PARTS:
        raise Refused(TooManyParts(field, parts))
    return (*(size,) * (parts - 1), side - size * (parts - 1))
