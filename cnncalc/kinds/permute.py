"""Permute: the axes of a map are put in another order; no value changes.

`dims` names for each axis of the output the axis of the input, as PyTorch does: 0 is the batch, which stays in front
and may be left out, 1 the channels. `[0, 2, 3, 1]` makes C×H×W to H×W×C.

    - permute: {dims: [0, 2, 3, 1]}
"""

from pydantic import Field

from cnncalc import shape as shapes
from cnncalc.formula.expression import Naming, Number, plain
from cnncalc.kinds._axes import AxisList
from cnncalc.kinds._contract import Example, Moved
from cnncalc.kinds._moving import Moving
from cnncalc.language import _, mark
from cnncalc.problem import Problem, Refused
from cnncalc.shape import Shape
from cnncalc.tensor import Index


class NotAnOrder(Problem):
    """`dims` must name every axis of the input once.

    The batch is axis 0 and stays in front. A map C×H×W has the axes 1, 2 and 3: `[0, 2, 3, 1]`, or `[2, 3, 1]`.
    """

    dims: tuple[int, ...]
    shape: Shape

    def message(self) -> str:
        return _("dims [{dims}] do not name each axis of {shape} once: 1 to {last}").format(
            dims=", ".join(map(str, self.dims)), shape=shapes.text(self.shape), last=len(self.shape)
        )

    def about(self) -> str:
        return "dims"


class Permute(Moving):
    names = {"permute": 0}
    foreign = ("Permute", "Transpose", "transpose", "swapaxes", "movedim", "Rearrange", "换轴", "转置")
    foreign_fields = {"perm": "dims", "order": "dims"}

    dims: AxisList = Field(description=mark("the input's axis for each axis of the output; 0 is the batch"))

    def _order(self, shape: Shape) -> tuple[int, ...]:
        """The input's place for each place of the output, both without the batch."""
        axes = len(shape)
        dims = tuple(dim % (axes + 1) if -axes - 1 <= dim <= axes else -1 for dim in self.dims)
        order = dims[1:] if dims[:1] == (0,) else dims
        if sorted(order) != list(range(1, axes + 1)):
            raise Refused(NotAnOrder(self.dims, shape))
        return tuple(dim - 1 for dim in order)

    def output(self, inputs: tuple[Shape, ...], name: Naming = plain) -> tuple[Number, ...]:
        return tuple(inputs[0][axis] for axis in self._order(inputs[0]))

    def window(self, inputs: tuple[Shape, ...]) -> Moved:
        return Moved(self._order(inputs[0]))

    def origin(self, at: Index, shapes: tuple[Shape, ...], output: int = 0) -> tuple[int, Index]:
        steps = dict(zip(self._order(shapes[0]), at, strict=True))
        return 0, tuple(steps[axis] for axis in range(len(at)))


Permute.examples = (
    Example("permute", {"dims": [0, 2, 3, 1]}, ((96, 56, 28),), {"output": (56, 28, 96), "multiplications": 0}),
    Example("permute", {"dims": [2, 1]}, ((5, 7),), {"output": (7, 5), "weights": 0}),
)
