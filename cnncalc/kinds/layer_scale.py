"""Layer scale: each channel is multiplied by a learned number, small at first.

ConvNeXt ends its residual paths with it. C weights, and one multiplication for each value.

    - layer_scale
    - layer_scale: {dim: -1}      # channels last
"""

from collections.abc import Mapping

from pydantic import Field

from cnncalc.formula.expression import Naming, plain
from cnncalc.formula.worked import WrittenOut, given
from cnncalc.kinds._axes import position
from cnncalc.kinds._contract import Axis, Cost, Example, Float, Kind, Role, Weights
from cnncalc.kinds._pointwise import named, values_in
from cnncalc.language import mark
from cnncalc.shape import Shape
from cnncalc.tensor import Index, Tensor, indices


class LayerScale(Kind):
    names = {"layer_scale": 0}
    roles = frozenset({Role.NORMALISATION})
    weighted_sum = True
    foreign = ("LayerScale", "Scale", "gamma")
    foreign_fields = {"axis": "dim", "init_value": "init"}

    dim: Axis = Field(default=1, description=mark("axis with the channels"))
    init: Float = Field(default=1e-6, description=mark("first value of the weights; changes no number here"))

    def output(self, inputs: tuple[Shape, ...], name: Naming = plain) -> Shape:
        position("dim", self.dim, inputs[0])
        return inputs[0]

    def weights(self, inputs: tuple[Shape, ...], name: Naming = plain) -> Weights:
        return Weights(named(inputs[0], name)[position("dim", self.dim, inputs[0])])

    def cost(self, inputs: tuple[Shape, ...], output: Shape, name: Naming = plain) -> Cost:
        return Cost(multiplications=values_in(output, name))

    def tensors(self, inputs: tuple[Shape, ...]) -> Mapping[str, Shape]:
        return {"weight": (inputs[0][position("dim", self.dim, inputs[0])],)}

    def compute(self, inputs: tuple[Tensor, ...], tensors: Mapping[str, Tensor]) -> Tensor:
        x = inputs[0]
        axis, scale = position("dim", self.dim, x.shape), tensors["weight"].values
        return Tensor(x.shape, [x[at] * scale[at[axis]] for at in indices(x.shape)])

    def written_out(self, inputs: tuple[Tensor, ...], tensors: Mapping[str, Tensor], at: Index) -> WrittenOut:
        axis = position("dim", self.dim, inputs[0].shape)
        return WrittenOut(given(inputs[0][at]) * tensors["weight"].values[at[axis]])


LayerScale.examples = (
    Example(
        "layer_scale",
        {},
        ((96, 56, 56),),
        {"output": (96, 56, 56), "weights": 96, "biases": 0, "multiplications": 96 * 56 * 56, "macs": 0},
    ),
)
