"""Slice: a part of the map is kept, from `start` up to `end` (not included), every `step` places.

Negative numbers count from the end, as in Python. With lists it cuts along several axes at once: U-Net crops its skip
connections so, YOLO and Swin take every second row.

    - slice: {dim: 1, start: 0, end: 58}
    - slice: {dim: [2, 3], start: 4, end: -4}       # 4 places off each side
    - slice: {dim: [1, 2], start: [8, 2], end: [null, -2]}     # up to the last channel
    - slice: {dim: 2, start: 1, step: 2}
"""

from typing import Annotated

from pydantic import Field

from cnncalc import shape as shapes
from cnncalc.formula.expression import Naming, Number, plain
from cnncalc.kinds._axes import AxisList, UnequalLists, positions
from cnncalc.kinds._contract import LARGEST, Example, OneOrMore, PositiveInt, Reach, Sight, Wanted, Window
from cnncalc.kinds._moving import Moving
from cnncalc.language import _, mark
from cnncalc.problem import Problem, Refused
from cnncalc.shape import Shape
from cnncalc.tensor import Index


class SliceOutside(Problem):
    """The slice starts or ends outside the map, or nothing is left of it.

    Along an axis of n places, `start` goes from 0 to n − 1 and `end` from 1 to n; −1 stands for n − 1. PyTorch would
    cut the slice silently to what there is.
    """

    dim: int
    start: int
    end: int
    shape: Shape
    side: int

    def message(self) -> str:
        return _("axis {dim} of {shape} has the places 0 to {last}; there is no slice from {start} up to {end}").format(
            dim=self.dim, shape=shapes.text(self.shape), last=self.side - 1, start=self.start, end=self.end
        )

    def about(self) -> str:
        return "start" if not -self.side <= self.start < self.side else "end"


Places = Annotated[
    tuple[Annotated[int, Field(ge=-LARGEST, le=LARGEST)], ...],
    OneOrMore(),
    Wanted("a whole number (negative ones count from the end), or a list with one per axis"),
]
Ends = Annotated[
    tuple[Annotated[int, Field(ge=-LARGEST, le=LARGEST)] | None, ...],
    OneOrMore(),
    Wanted("a whole number (negative ones count from the end), or a list with one per axis (null for the end)"),
]
Steps = Annotated[
    tuple[PositiveInt, ...],
    OneOrMore(),
    Wanted("a whole number from 1 up, or a list with one per axis"),
]


class Slice(Moving):
    names = {"slice": 0}
    foreign = (
        "Slice",
        "crop",
        "Crop",
        "narrow",
        "Cropping1D",
        "Cropping2D",
        "Cropping3D",
        "center_crop",
        "裁剪",
        "切片",
    )
    foreign_fields = {"axis": "dim", "axes": "dim", "starts": "start", "ends": "end", "steps": "step", "stride": "step"}

    dim: AxisList = Field(default=1, validate_default=True, description=mark("axis along which is cut, or several"))
    start: Places = Field(default=0, validate_default=True, description=mark("first place that is kept"))
    end: Ends | None = Field(default=None, description=mark("place behind the last one; the end when left out"))
    step: Steps = Field(default=1, validate_default=True, description=mark("places from one that is kept to the next"))

    def _cuts(self, shape: Shape) -> dict[int, range]:
        """The places that are kept, by axis."""
        axes = len(self.dim)
        for field in ("start", "end", "step"):
            given = getattr(self, field)
            if given is not None and len(given) not in (1, axes):
                raise Refused(UnequalLists(field, len(given), axes))
        found = {}
        for number, axis in enumerate(positions(self.dim, shape)):
            n = shape[axis]
            start, step = self.start[number % len(self.start)], self.step[number % len(self.step)]
            written = None if self.end is None else self.end[number % len(self.end)]
            end = n if written is None else written
            first, last = (place + n if place < 0 else place for place in (start, end))
            if not 0 <= first < last <= n:
                raise Refused(SliceOutside(self.dim[number], start, end, shape, n))
            found[axis] = range(first, last, step)
        return found

    def output(self, inputs: tuple[Shape, ...], name: Naming = plain) -> tuple[Number, ...]:
        cuts = self._cuts(inputs[0])
        return tuple(len(cuts[axis]) if axis in cuts else side for axis, side in enumerate(inputs[0]))

    def window(self, inputs: tuple[Shape, ...]) -> Window:
        cuts = self._cuts(inputs[0])
        if not any(cuts):
            return Sight.SAME
        axes = (cuts.get(axis, range(1)) for axis in range(1, len(inputs[0])))
        return tuple(Reach(1, places.step, -places.start) for places in axes)

    def origin(self, at: Index, shapes: tuple[Shape, ...], output: int = 0) -> tuple[int, Index]:
        cuts = self._cuts(shapes[0])
        return 0, tuple(cuts[axis][step] if axis in cuts else step for axis, step in enumerate(at))


Slice.examples = (
    Example("slice", {"end": 58}, ((116, 28, 28),), {"output": (58, 28, 28), "weights": 0}),
    Example("slice", {"dim": [2, 3], "start": 4, "end": -4}, ((64, 64, 64),), {"output": (64, 64 - 8, 64 - 8)}),
    Example("slice", {"dim": [1, 2], "start": [1, 2], "end": [None, 5]}, ((4, 6, 7),), {"output": (4 - 1, 5 - 2, 7)}),
    Example("slice", {"dim": 2, "start": 1, "step": 2}, ((6, 7),), {"output": (6, 3)}),
)
