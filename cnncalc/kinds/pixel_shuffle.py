"""Pixel shuffle: r·r channels become one map that is r times as wide and as high.

C·r·r×H×W becomes C×H·r×W·r; no value is lost and none is calculated. Super-resolution networks enlarge their maps so
behind a convolution at the small size.

    - pixel_shuffle: {upscale_factor: 2}
"""

from pydantic import Field

from cnncalc.formula.expression import Naming, Number, plain
from cnncalc.kinds._contract import Channels, Example, Reach, spatial
from cnncalc.kinds._moving import Moving
from cnncalc.language import _, mark
from cnncalc.problem import Problem, Refused
from cnncalc.shape import Shape
from cnncalc.tensor import Index


class FactorDoesNotDivide(Problem):
    """A pixel shuffle needs r·r channels for each one it makes, so that r·r divides the channels that arrive."""

    factor: int
    channels: int

    def message(self) -> str:
        return _("upscale_factor {factor} needs {square} channels for each output channel; {channels} arrive").format(
            factor=self.factor, square=self.factor**2, channels=self.channels
        )

    def about(self) -> str:
        return "upscale_factor"


class PixelShuffle(Moving):
    names = {"pixel_shuffle": 2}
    foreign = ("PixelShuffle", "depth_to_space", "DepthToSpace", "subpixel")
    foreign_fields = {"blocksize": "upscale_factor", "block_size": "upscale_factor", "factor": "upscale_factor"}

    upscale_factor: Channels = Field(description=mark("by how much height and width grow"))

    def output(self, inputs: tuple[Shape, ...], name: Naming = plain) -> tuple[Number, ...]:
        channels, places = inputs[0][0], spatial(self, inputs[0])
        r = self.upscale_factor
        if channels % (r * r):
            raise Refused(FactorDoesNotDivide(r, channels))
        return (channels // (r * r), *(side * r for side in places))

    def window(self, inputs: tuple[Shape, ...]) -> tuple[Reach, ...]:
        r = self.upscale_factor
        return (Reach(r, r, transposed=True),) * 2

    def origin(self, at: Index, shapes: tuple[Shape, ...], output: int = 0) -> tuple[int, Index]:
        r, (c, h, w) = self.upscale_factor, at
        return 0, (c * r * r + h % r * r + w % r, h // r, w // r)


PixelShuffle.examples = (
    Example("pixel_shuffle", {"upscale_factor": 2}, ((64, 7, 7),), {"output": (64 // 4, 14, 14), "weights": 0}),
)
