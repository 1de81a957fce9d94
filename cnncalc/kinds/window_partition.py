"""Window partition: a map H×W×C (channels last) is cut into windows, each a sequence of w·w places: windows×w·w×C.

Sides that w does not divide get zeros below and on the right, as torchvision's Swin does. `window_reverse` puts the
windows together again.

    - window_partition: {window_size: 7}
"""

from pydantic import Field, field_validator

from cnncalc.formula.expression import Naming, Number, ceil_divide, plain
from cnncalc.kinds._contract import Example, Sides, Sight
from cnncalc.kinds._moving import Moving
from cnncalc.kinds._windows import channels_last, place_in_map
from cnncalc.language import mark
from cnncalc.shape import Shape
from cnncalc.tensor import Index


class WindowPartition(Moving):
    names = {"window_partition": 0}
    picks = False  # zeros are added where windows stick out
    foreign = ("WindowPartition", "windows")

    window_size: Sides = Field(min_length=1, max_length=2, description=mark("sides of a window"))

    @field_validator("window_size")
    @classmethod
    def _both(cls, value: tuple[int, ...]) -> tuple[int, ...]:
        return value * 2 if len(value) == 1 else value

    def output(self, inputs: tuple[Shape, ...], name: Naming = plain) -> tuple[Number, ...]:
        height, width, channels = channels_last(self, inputs[0])
        down, across = self.window_size
        return (ceil_divide(height, down) * ceil_divide(width, across), down * across, channels)

    def window(self, inputs: tuple[Shape, ...]) -> Sight:
        return Sight.SCATTERED

    def origin(self, at: Index, shapes: tuple[Shape, ...], output: int = 0) -> tuple[int, Index] | None:
        row, column = place_in_map(at[0], at[1], self.window_size, shapes[0][1])
        inside = row < shapes[0][0] and column < shapes[0][1]
        return (0, (row, column, at[2])) if inside else None


WindowPartition.examples = (
    Example("window_partition", {"window_size": 7}, ((56, 56, 96),), {"output": (8 * 8, 7 * 7, 96), "weights": 0}),
    Example("window_partition", {"window_size": 4}, ((6, 9, 3),), {"output": (2 * 3, 4 * 4, 3)}),
)
