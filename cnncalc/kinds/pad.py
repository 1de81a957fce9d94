"""Padding along any axis: places with a fixed value are added before and behind, channels too.

`zero_pad2d` and its like add rows and columns; this one also adds empty channels, as the shortcuts of the first ResNets
do where a block has more channels than arrive. With lists it pads along several axes at once. It only
adds: `slice` takes places away.

    - pad: {dim: 1, before: 8, after: 8}        # 16 channels become 32, the new ones hold zeros
    - pad: {dim: [2, 3], after: 1}              # a row at the bottom, a column on the right
"""

from typing import Annotated, Any

from pydantic import Field

from cnncalc.formula.expression import Naming, Number, plain
from cnncalc.kinds._axes import AxisList, UnequalLists, positions
from cnncalc.kinds._contract import LARGEST, Example, Float, OneOrMore, Reach, Wanted, Window
from cnncalc.kinds._moving import Moving
from cnncalc.language import mark
from cnncalc.problem import Refused
from cnncalc.shape import Shape
from cnncalc.tensor import Index

Places = Annotated[
    tuple[Annotated[int, Field(ge=0, le=LARGEST)], ...],
    OneOrMore(),
    Wanted("a whole number from 0 up (slice takes places away), or a list with one per axis"),
]


class Pad(Moving):
    names = {"pad": 0}
    picks = False
    weighted_sum = True
    foreign = ("constant_pad_nd", "PadV2")
    foreign_fields = {"axis": "dim", "axes": "dim", "constant_value": "value"}

    dim: AxisList = Field(default=1, validate_default=True, description=mark("axis along which is padded, or several"))
    before: Places = Field(default=0, validate_default=True, description=mark("places in front"))
    after: Places = Field(default=0, validate_default=True, description=mark("places behind"))
    value: Float = Field(default=0.0, description=mark("value of the added places"))

    def _added(self, shape: Shape) -> dict[int, tuple[int, int]]:
        """The places that are added in front and behind, by axis."""
        axes = len(self.dim)
        for field in ("before", "after"):
            if len(getattr(self, field)) not in (1, axes):
                raise Refused(UnequalLists(field, len(getattr(self, field)), axes))
        return {
            axis: (self.before[number % len(self.before)], self.after[number % len(self.after)])
            for number, axis in enumerate(positions(self.dim, shape))
        }

    def output(self, inputs: tuple[Shape, ...], name: Naming = plain) -> tuple[Number, ...]:
        added = self._added(inputs[0])
        return tuple(side + sum(added.get(axis, (0, 0))) for axis, side in enumerate(inputs[0]))

    def window(self, inputs: tuple[Shape, ...]) -> Window:
        added = self._added(inputs[0])
        return tuple(Reach(1, 1, added.get(axis, (0, 0))[0]) for axis in range(1, len(inputs[0])))

    def outside(self) -> Any:
        return self.value

    def origin(self, at: Index, shapes: tuple[Shape, ...], output: int = 0) -> tuple[int, Index] | None:
        added = self._added(shapes[0])
        moved = tuple(step - added.get(axis, (0, 0))[0] for axis, step in enumerate(at))
        inside = all(0 <= step < side for step, side in zip(moved, shapes[0], strict=True))
        return (0, moved) if inside else None


Pad.examples = (
    Example("pad", {"before": 8, "after": 8}, ((16, 16, 16),), {"output": (16 + 8 + 8, 16, 16), "weights": 0}),
    Example("pad", {"dim": [2, -1], "after": [1, 2]}, ((3, 8, 8),), {"output": (3, 8 + 1, 8 + 2)}),
)
