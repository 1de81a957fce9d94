"""Pixel unshuffle: a map becomes r·r channels of one r-th the width and height; the opposite of a pixel shuffle.

C×H×W becomes C·r·r×H/r×W/r; no value is lost and none is calculated.

    - pixel_unshuffle: {downscale_factor: 2}
"""

from pydantic import Field

from cnncalc import shape as shapes
from cnncalc.formula.expression import Naming, Number, plain
from cnncalc.kinds._contract import Channels, Example, Reach, spatial
from cnncalc.kinds._moving import Moving
from cnncalc.language import _, mark
from cnncalc.problem import Problem, Refused
from cnncalc.shape import Shape
from cnncalc.tensor import Index


class SidesDoNotDivide(Problem):
    """A pixel unshuffle takes the map apart into squares of r·r values, so that r must divide height and width."""

    factor: int
    shape: Shape

    def message(self) -> str:
        return _("downscale_factor {factor} does not divide the sides of {shape}").format(
            factor=self.factor, shape=shapes.text(self.shape)
        )

    def about(self) -> str:
        return "downscale_factor"


class PixelUnshuffle(Moving):
    names = {"pixel_unshuffle": 2}
    foreign = ("PixelUnshuffle", "space_to_depth", "SpaceToDepth", "reorg", "Focus")
    foreign_fields = {"blocksize": "downscale_factor", "block_size": "downscale_factor", "factor": "downscale_factor"}

    downscale_factor: Channels = Field(description=mark("by how much height and width shrink"))

    def output(self, inputs: tuple[Shape, ...], name: Naming = plain) -> tuple[Number, ...]:
        r, places = self.downscale_factor, spatial(self, inputs[0])
        if any(side % r for side in places):
            raise Refused(SidesDoNotDivide(r, inputs[0]))
        return (inputs[0][0] * r * r, *(side // r for side in places))

    def window(self, inputs: tuple[Shape, ...]) -> tuple[Reach, ...]:
        """The square that the channels of a place come from, which a layer behind it sees together."""
        return (Reach(self.downscale_factor, self.downscale_factor),) * 2

    def origin(self, at: Index, shapes: tuple[Shape, ...], output: int = 0) -> tuple[int, Index]:
        r, (c, h, w) = self.downscale_factor, at
        return 0, (c // (r * r), h * r + c // r % r, w * r + c % r)


PixelUnshuffle.examples = (
    Example("pixel_unshuffle", {"downscale_factor": 2}, ((3, 8, 6),), {"output": (3 * 4, 8 // 2, 3), "weights": 0}),
)
