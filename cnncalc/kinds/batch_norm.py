"""Batch normalisation: each channel is shifted and scaled to mean 0 and variance 1, then by a learned shift and scale.

C scales (gamma) and C shifts (beta) are learned; the running means and variances, and a counter, are kept as buffers
(2C + 1) and are no parameters in PyTorch's count. At inference mean and variance are constants, folded into scale and
shift beforehand: what is counted is one multiplication and one addition for each value. A bias in the layer before it
is undone by the mean, and so useless. Keras counts 4C parameters, of which the 2C running means and variances are never
trained (`semantics: keras`). With `track_running_stats: false` mean and variance are those of the batch that arrives,
which a spec does not know: working them out is not counted.

    - batch_norm2d
"""

from collections.abc import Mapping
from typing import Any, ClassVar

from pydantic import Field

from cnncalc.formula.expression import Naming, plain
from cnncalc.formula.letters import C
from cnncalc.formula.worked import WrittenOut, given
from cnncalc.kinds._contract import Channels, Cost, Example, Flag, Float, Kind, Role, Weights, spatial
from cnncalc.kinds._pointwise import values_in
from cnncalc.kinds._semantics import WHOSE, Semantics
from cnncalc.language import _, mark
from cnncalc.problem import Problem, Refused
from cnncalc.shape import Shape
from cnncalc.tensor import Index, Tensor


class NumFeaturesMismatch(Problem):
    """`num_features` says another number of channels than arrive; left out, it is computed."""

    given: int
    arriving: int

    def message(self) -> str:
        return _("num_features is {given}, but {arriving} channels arrive").format(
            given=self.given, arriving=self.arriving
        )

    def caret(self) -> str:
        return _("must be {arriving}").format(arriving=self.arriving)

    def about(self) -> str:
        return "num_features"

    def hints(self) -> tuple[str, ...]:
        return (_("leave num_features out, then it is computed"),)


class BatchNorm(Kind):
    names = {"batch_norm1d": 1, "batch_norm2d": 2, "batch_norm3d": 3}
    roles = frozenset({Role.NORMALISATION})
    weighted_sum = True
    foreign = ("BatchNormalization", "BatchNorm", "batchnorm", "bn", "batch_norm", "SyncBatchNorm", "批归一化")
    foreign_fields = {"epsilon": "eps"}
    defaults_in: ClassVar[Mapping[str, Mapping[str, Any]]] = {"keras": {"eps": 1e-3, "momentum": 0.01}}
    spoken = (
        *(
            "batch norm",
            "batchnorm",
            "batch normalization",
            "batch normalisation",
            "bn",
            "bn layer",
            "batch norm layer",
        ),
        *("batch normalization layer", "批归一化", "批归一化层", "批量归一化", "批标准化"),
    )
    called = {**{f"BatchNorm{rank}d": ("num_features",) for rank in (1, 2, 3)}, "BatchNormalization": ()}

    semantics: Semantics = Field(default="torch", description=WHOSE)
    eps: Float = Field(default=1e-5, description=mark("added to the variance; changes no number here"))
    momentum: Float | None = Field(default=0.1, description=mark("pace of the statistics; changes no number here"))
    affine: Flag = Field(default=True, description=mark("whether a scale and a shift are learned"))
    track_running_stats: Flag = Field(default=True, description=mark("whether running statistics are kept"))
    bias: Flag = Field(default=True, description=mark("whether the shift is learned too"))
    num_features: Channels | None = Field(default=None, description=mark("channels that arrive; checked when given"))

    def output(self, inputs: tuple[Shape, ...], name: Naming = plain) -> Shape:
        shape = inputs[0]
        if not (self.rank == 1 and len(shape) == 1):
            spatial(self, shape)
        if self.num_features not in (None, shape[0]):
            raise Refused(NumFeaturesMismatch(self.num_features or 0, shape[0]))
        return shape

    def weights(self, inputs: tuple[Shape, ...], name: Naming = plain) -> Weights:
        channels = name(C, inputs[0][0])
        learned = channels if self.affine else 0
        shifts = learned if self.bias else 0
        if self.semantics == "keras":
            # Keras counts the running means and variances as weights that are never trained.
            return Weights(learned + channels, shifts + channels, 0, 2 * channels)
        return Weights(learned, shifts, 2 * channels + 1 if self.track_running_stats else 0)

    def cost(self, inputs: tuple[Shape, ...], output: Shape, name: Naming = plain) -> Cost:
        values = values_in(output, name)
        return Cost(multiplications=values, additions=values)

    def centres_channels(self, inputs: tuple[Shape, ...]) -> bool:
        return True

    def tensors(self, inputs: tuple[Shape, ...]) -> Mapping[str, Shape]:
        channels = (inputs[0][0],)
        if not self.affine:
            return {}
        return {"weight": channels, "bias": channels} if self.bias else {"weight": channels}

    def compute(self, inputs: tuple[Tensor, ...], tensors: Mapping[str, Tensor]) -> Tensor:
        """Scale and shift each channel; statistics are those of a fresh layer: mean 0, variance 1."""
        x = inputs[0]
        each = len(x.values) // x.shape[0]
        ones, zeros = [1] * x.shape[0], [0] * x.shape[0]
        scale = tensors["weight"].values if "weight" in tensors else ones
        shift = tensors["bias"].values if "bias" in tensors else zeros
        return Tensor(x.shape, [value * scale[i // each] + shift[i // each] for i, value in enumerate(x.values)])

    def written_out(self, inputs: tuple[Tensor, ...], tensors: Mapping[str, Tensor], at: Index) -> WrittenOut:
        scale = tensors["weight"][at[:1]] if "weight" in tensors else 1
        shift = tensors["bias"][at[:1]] if "bias" in tensors else 0
        return WrittenOut(given(inputs[0][at]) * scale + shift)


BatchNorm.examples = (
    Example(
        "batch_norm2d",
        {"semantics": "keras"},
        ((64, 8, 8),),
        {"weights": 64 + 64, "biases": 64 + 64, "buffers": 0},
    ),
    Example(
        "batch_norm2d",
        {},
        ((64, 8, 8),),
        {
            "output": (64, 8, 8),
            "weights": 64,
            "biases": 64,
            "buffers": 2 * 64 + 1,
            "multiplications": 64 * 8 * 8,
            "additions": 64 * 8 * 8,
            "macs": 0,
        },
    ),
    Example("batch_norm2d", {"bias": False}, ((64, 8, 8),), {"weights": 64, "biases": 0, "additions": 64 * 8 * 8}),
    Example(
        "batch_norm1d",
        {"affine": False, "track_running_stats": False},
        ((10,),),
        {"weights": 0, "biases": 0, "buffers": 0, "multiplications": 10},
    ),
)
