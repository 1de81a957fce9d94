"""Squeeze: axes with a single place are left out.

Behind a convolution that leaves C×1×W, `squeeze: {dim: 2}` gives C×W. An axis that has more places stays as it is, as
in PyTorch; without `dim` all axes of 1 go.

    - squeeze: {dim: 2}
"""

from pydantic import Field

from cnncalc.formula.expression import Naming, Number, plain
from cnncalc.kinds._axes import AxisList, positions
from cnncalc.kinds._contract import Example, Sight
from cnncalc.kinds._moving import Moving, ravelled, unravelled
from cnncalc.language import _, mark
from cnncalc.problem import Problem, Refused
from cnncalc.shape import Shape
from cnncalc.tensor import Index


class NoAxisLeft(Problem):
    """All axes would go; a single example has one axis at least."""

    other_sizes = False
    axes: int

    def message(self) -> str:
        return _("no axis would be left")

    def hints(self) -> tuple[str, ...]:
        behind = list(range(2, self.axes + 1))
        if not behind:
            return ()
        dims = behind[0] if len(behind) == 1 else behind
        return (_("squeeze: {{dim: {dims}}} leaves the channels").format(dims=dims),)


class Squeeze(Moving):
    names = {"squeeze": 0}
    foreign = ("Squeeze",)
    foreign_fields = {"axis": "dim", "axes": "dim"}

    dim: AxisList | None = Field(default=None, description=mark("axes to leave out if they are 1; all when left out"))

    @property
    def idempotent(self) -> bool:  # type: ignore[override]
        """Behind an axis that was named, another one may move up to its number."""
        return self.dim is None

    def output(self, inputs: tuple[Shape, ...], name: Naming = plain) -> tuple[Number, ...]:
        shape = inputs[0]
        axes = range(len(shape)) if self.dim is None else positions(self.dim, shape)
        left = tuple(side for axis, side in enumerate(shape) if side != 1 or axis not in axes)
        if not left:
            raise Refused(NoAxisLeft(len(shape)))
        return left

    def window(self, inputs: tuple[Shape, ...]) -> Sight:
        return Sight.SAME if len(self.output(inputs)) == len(inputs[0]) else Sight.SCATTERED

    def origin(self, at: Index, shapes: tuple[Shape, ...], output: int = 0) -> tuple[int, Index]:
        return 0, unravelled(ravelled(at, self.output(shapes)), shapes[0])


Squeeze.examples = (
    Example("squeeze", {"dim": 2}, ((512, 1, 26),), {"output": (512, 26), "weights": 0}),
    Example("squeeze", {}, ((512, 1, 1),), {"output": (512,)}),
)
