"""Instance normalisation: each channel of each example is shifted and scaled to mean 0 and variance 1.

It takes the contrast out of a picture, and is at home in style transfer. Mean and variance come from the map itself, so
for C maps of n values each 3·C·n − C additions, 2·C·n multiplications, 2·C divisions and C roots; a learned scale and
shift (`affine: true`) are one of each for a value more. With `track_running_stats: true` the statistics of the training
are used, and it costs what a batch norm costs.

    - instance_norm2d
"""

from collections.abc import Mapping

from pydantic import Field

from cnncalc.formula.expression import Naming, plain
from cnncalc.formula.letters import C
from cnncalc.kinds._contract import Channels, Cost, Example, Flag, Float, Kind, Role, Sight, Weights, spatial
from cnncalc.kinds._pointwise import values_in
from cnncalc.kinds._row_norm import OneValueEach, norm_cost, normalised
from cnncalc.kinds.batch_norm import NumFeaturesMismatch
from cnncalc.language import mark
from cnncalc.problem import Refused
from cnncalc.shape import Shape, elements
from cnncalc.tensor import Tensor


class InstanceNorm(Kind):
    names = {"instance_norm1d": 1, "instance_norm2d": 2, "instance_norm3d": 3}
    roles = frozenset({Role.NORMALISATION})
    foreign = ("InstanceNormalization", "InstanceNorm", "instancenorm", "instance_norm", "实例归一化")
    foreign_fields = {"epsilon": "eps"}

    eps: Float = Field(default=1e-5, description=mark("added to the variance; changes no number here"))
    momentum: Float | None = Field(default=0.1, description=mark("pace of the statistics; changes no number here"))
    affine: Flag = Field(default=False, description=mark("whether a scale and a shift are learned"))
    track_running_stats: Flag = Field(default=False, description=mark("whether running statistics are kept"))
    bias: Flag = Field(default=True, description=mark("whether the shift is learned too"))
    num_features: Channels | None = Field(default=None, description=mark("channels that arrive; checked when given"))

    def output(self, inputs: tuple[Shape, ...], name: Naming = plain) -> Shape:
        shape = inputs[0]
        places = spatial(self, shape)
        if self.num_features not in (None, shape[0]):
            raise Refused(NumFeaturesMismatch(self.num_features or 0, shape[0]))
        if elements(places) == 1 and not self.track_running_stats:
            raise Refused(OneValueEach())
        return shape

    def weights(self, inputs: tuple[Shape, ...], name: Naming = plain) -> Weights:
        channels = name(C, inputs[0][0])
        learned = channels if self.affine else 0
        return Weights(learned, learned if self.bias else 0, 2 * channels + 1 if self.track_running_stats else 0)

    def cost(self, inputs: tuple[Shape, ...], output: Shape, name: Naming = plain) -> Cost:
        values = values_in(output, name)
        if self.track_running_stats:
            return Cost(multiplications=values, additions=values)
        return norm_cost(values, name(C, output[0]), scaled=self.affine, shifted=self.affine and self.bias)

    def window(self, inputs: tuple[Shape, ...]) -> Sight:
        return Sight.SAME if self.track_running_stats else Sight.ALL

    def centres_channels(self, inputs: tuple[Shape, ...]) -> bool:
        return True

    @property
    def weighted_sum(self) -> bool:  # type: ignore[override]
        """Kept statistics are plain numbers at inference."""
        return self.track_running_stats

    def tensors(self, inputs: tuple[Shape, ...]) -> Mapping[str, Shape]:
        channels = inputs[0][:1]
        if not self.affine:
            return {}
        return {"weight": channels, "bias": channels} if self.bias else {"weight": channels}

    def compute(self, inputs: tuple[Tensor, ...], tensors: Mapping[str, Tensor]) -> Tensor:
        """Normalise each map; kept statistics are those of a fresh layer, mean 0 and variance 1."""
        x, tracked = inputs[0], self.track_running_stats
        each = len(x.values) // x.shape[0]
        scale, shift = tensors.get("weight"), tensors.get("bias")
        values = []
        for c in range(x.shape[0]):
            row = x.values[c * each : (c + 1) * each]
            row = row if tracked else normalised(row, self.eps)
            # Kept statistics are folded into a scale and a shift, learned or not.
            if tracked or scale is not None:
                row = [value * (1 if scale is None else scale.values[c]) for value in row]
            if tracked or shift is not None:
                row = [value + (0 if shift is None else shift.values[c]) for value in row]
            values += row
        return Tensor(x.shape, values)


InstanceNorm.examples = (
    Example(
        "instance_norm2d",
        {"affine": True, "bias": False},
        ((16, 8, 8),),
        {"weights": 16, "biases": 0, "multiplications": 3 * 16 * 64, "additions": 3 * 16 * 64 - 16},
    ),
    Example(
        "instance_norm2d",
        {},
        ((16, 8, 8),),
        {
            "output": (16, 8, 8),
            "weights": 0,
            "multiplications": 2 * 16 * 64,
            "additions": 3 * 16 * 64 - 16,
            "divisions": 2 * 16,
        },
    ),
    Example(
        "instance_norm1d",
        {"affine": True, "track_running_stats": True},
        ((4, 9),),
        {"weights": 4, "biases": 4, "buffers": 2 * 4 + 1, "multiplications": 4 * 9, "divisions": 0},
    ),
)
