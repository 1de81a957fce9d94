"""PReLU: a leaky ReLU whose slope is learned, one for the layer or one per channel.

Counted as max(x, a·x): one multiplication and one comparison for each value.

    - prelu
    - prelu: {num_parameters: 64}
"""

from collections.abc import Mapping

from pydantic import Field

from cnncalc.formula.expression import Naming, plain
from cnncalc.formula.letters import C
from cnncalc.formula.worked import WrittenOut, given, picked
from cnncalc.kinds._contract import Channels, Cost, Example, Float, Weights
from cnncalc.kinds._pointwise import Pointwise
from cnncalc.language import _, mark
from cnncalc.problem import Problem, Refused
from cnncalc.shape import Shape
from cnncalc.tensor import Index, Tensor


class SlopesMismatch(Problem):
    """PReLU learns one slope, or one for each channel that arrives; no other number fits."""

    given: int
    channels: int

    def message(self) -> str:
        return _("num_parameters is {given}, but must be 1 or the {channels} channels that arrive").format(
            given=self.given, channels=self.channels
        )

    def caret(self) -> str:
        return _("1 or {channels}").format(channels=self.channels)

    def about(self) -> str:
        return "num_parameters"


class PReLU(Pointwise):
    names = {"prelu": 0}
    foreign = ("PReLU", "PRelu")
    each = Cost(multiplications=1, comparisons=1)
    elementwise = True

    num_parameters: Channels = Field(default=1, description=mark("slopes: 1, or one per channel"))
    init: Float = Field(default=0.25, description=mark("first value of the slopes; changes no number here"))

    def output(self, inputs: tuple[Shape, ...], name: Naming = plain) -> Shape:
        if self.num_parameters not in (1, inputs[0][0]):
            raise Refused(SlopesMismatch(self.num_parameters, inputs[0][0]))
        return inputs[0]

    def weights(self, inputs: tuple[Shape, ...], name: Naming = plain) -> Weights:
        return Weights(weights=1 if self.num_parameters == 1 else name(C, self.num_parameters))

    def tensors(self, inputs: tuple[Shape, ...]) -> Mapping[str, Shape]:
        return {"weight": (self.num_parameters,)}

    def compute(self, inputs: tuple[Tensor, ...], tensors: Mapping[str, Tensor]) -> Tensor:
        x, slopes = inputs[0], tensors["weight"].values
        each = len(x.values) // x.shape[0]
        values = []
        for position, value in enumerate(x.values):
            bent = value * (slopes[position // each] if len(slopes) > 1 else slopes[0])
            values.append(value if value > 0 else bent)  # a learned slope may exceed 1, so no maximum
        return Tensor(x.shape, values)

    def written_out(self, inputs: tuple[Tensor, ...], tensors: Mapping[str, Tensor], at: Index) -> WrittenOut:
        x, slopes = given(inputs[0][at]), tensors["weight"].values
        slope = slopes[at[0]] if len(slopes) > 1 else slopes[0]
        return WrittenOut(picked("max" if slope <= 1 else "min", (x, x * slope)))


PReLU.examples = (
    Example("prelu", {}, ((3, 4, 4),), {"weights": 1, "multiplications": 3 * 4 * 4, "comparisons": 3 * 4 * 4}),
    Example("prelu", {"num_parameters": 3}, ((3, 4, 4),), {"output": (3, 4, 4), "weights": 3, "biases": 0}),
)
