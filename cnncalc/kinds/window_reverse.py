"""Window reverse: windows are put together to the map H×W×C that they were cut from.

`size` is the map's height and width; left out, it is a square of whole windows. A second input gives the size instead.

    - window_reverse: {window_size: 7}
    - window_reverse: {window_size: 7, size: [20, 30]}
    - window_reverse: {window_size: 7, from: [multihead_attention_1, layer_norm_1]}
"""

from math import isqrt

from pydantic import Field, field_validator

from cnncalc import shape as shapes
from cnncalc.formula.expression import Naming, Number, ceil_divide, plain
from cnncalc.kinds._contract import Example, Sides, Sight
from cnncalc.kinds._moving import Moving
from cnncalc.kinds._windows import channels_last
from cnncalc.language import _, mark
from cnncalc.problem import Problem, Refused
from cnncalc.shape import Shape
from cnncalc.tensor import Index


class WindowsDoNotFill(Problem):
    """The windows do not make up the map: their number or the places in each are others than its size asks for."""

    shape: Shape
    size: tuple[int, ...]
    window: tuple[int, ...]

    def message(self) -> str:
        if not self.size:
            return _("{windows} windows make no square; give the size of the map").format(windows=self.shape[0])
        return _("{shape} is not the windows of {window} of a map of {size}").format(
            shape=shapes.text(self.shape), window=shapes.text(self.window), size=shapes.text(self.size)
        )

    def about(self) -> str | None:
        return "size" if self.size else None


class WindowReverse(Moving):
    names = {"window_reverse": 0}
    arity = (1, 2)
    foreign = ("WindowReverse", "merge_windows")

    window_size: Sides = Field(min_length=1, max_length=2, description=mark("sides of a window"))
    size: Sides | None = Field(default=None, description=mark("height and width of the map"))

    @field_validator("window_size", "size")
    @classmethod
    def _both(cls, value: tuple[int, ...] | None) -> tuple[int, ...] | None:
        return value * 2 if value is not None and len(value) == 1 else value

    def output(self, inputs: tuple[Shape, ...], name: Naming = plain) -> tuple[Number, ...]:
        windows, places, channels = channels_last(self, inputs[0])
        down, across = self.window_size
        if len(inputs) > 1:
            size = channels_last(self, inputs[1])[:2]
        elif self.size is not None:
            size = self.size
        else:
            side = isqrt(windows)
            if side * side != windows:
                raise Refused(WindowsDoNotFill(inputs[0], (), self.window_size))
            size = (side * down, side * across)
        if len(size) != 2 or (ceil_divide(size[0], down) * ceil_divide(size[1], across), down * across) != (
            windows,
            places,
        ):
            raise Refused(WindowsDoNotFill(inputs[0], size, self.window_size))
        return (*size, channels)

    def window(self, inputs: tuple[Shape, ...]) -> Sight:
        return Sight.SCATTERED

    def origin(self, at: Index, shapes: tuple[Shape, ...], output: int = 0) -> tuple[int, Index]:
        row, column, channel = at
        down, across = self.window_size
        per_row = ceil_divide(self.output(shapes)[1], across)
        return 0, (row // down * per_row + column // across, row % down * across + column % across, channel)


WindowReverse.examples = (
    Example("window_reverse", {"window_size": 7}, ((64, 49, 96),), {"output": (8 * 7, 8 * 7, 96), "weights": 0}),
    Example("window_reverse", {"window_size": 4, "size": [6, 9]}, ((6, 16, 3),), {"output": (6, 9, 3)}),
)
