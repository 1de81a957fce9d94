"""Layer normalisation: the values of one place are shifted and scaled to mean 0 and variance 1, each example by itself.

It normalises over the last axes, those of `normalized_shape`; left out, over the last one. Nothing is kept from
training, so that mean and variance are worked out for every example: for a row of n values 3n − 1 additions, 2n
multiplications, 2 divisions and a root. A learned scale and a learned shift for each of the n places come on top.
`layer_norm2d` normalises over the channels of a map, place by place, as ConvNeXt does.

    - layer_norm                                  # a sequence: over its features
    - layer_norm: {normalized_shape: [96, 7, 7]}
    - layer_norm2d
"""

from collections.abc import Mapping
from typing import Any, ClassVar

from pydantic import Field

from cnncalc.formula.expression import Naming, plain, product, sides
from cnncalc.formula.letters import F_IN, ROWS, C
from cnncalc.kinds._contract import (
    Cost,
    Example,
    Flag,
    Float,
    Kind,
    Mixed,
    Role,
    Weights,
    Window,
    spatial,
)
from cnncalc.kinds._pointwise import values_in
from cnncalc.kinds._row_norm import NormalizedShape, NormalizedShapeMismatch, norm_cost, normalised
from cnncalc.language import mark
from cnncalc.problem import Refused
from cnncalc.shape import Shape, elements
from cnncalc.tensor import Tensor


class LayerNorm(Kind):
    names: ClassVar[Mapping[str, int]] = {"layer_norm": 0}
    roles = frozenset({Role.NORMALISATION})
    foreign: ClassVar[tuple[str, ...]] = ("LayerNormalization", "LayerNorm", "layernorm", "ln", "层归一化")
    foreign_fields = {"epsilon": "eps"}

    normalized_shape: NormalizedShape | None = Field(
        default=None, description=mark("last sides, over which is normalised; the last one when left out")
    )
    eps: Float = Field(default=1e-5, description=mark("added to the variance; changes no number here"))
    elementwise_affine: Flag = Field(default=True, description=mark("whether a scale and a shift are learned"))
    bias: Flag = Field(default=True, description=mark("whether the shift is learned too"))

    def _row(self, shape: Shape) -> Shape:
        """The sides of one row."""
        if self.rank:
            return shape[:1]
        return self.normalized_shape or shape[-1:]

    def output(self, inputs: tuple[Shape, ...], name: Naming = plain) -> Shape:
        shape = inputs[0]
        wanted = shape[:1] if self.rank and spatial(self, shape) else shape[-len(self._row(shape)) :]
        if self.normalized_shape not in (None, wanted):
            raise Refused(NormalizedShapeMismatch(self.normalized_shape or (), shape))
        return shape

    def weights(self, inputs: tuple[Shape, ...], name: Naming = plain) -> Weights:
        if not self.elementwise_affine:
            return Weights()
        row = product(sides(name, C if self.rank else F_IN, self._row(inputs[0])))
        return Weights(row, row if self.bias else 0)

    def cost(self, inputs: tuple[Shape, ...], output: Shape, name: Naming = plain) -> Cost:
        rows = name(ROWS, elements(output) // elements(self._row(output)))
        affine = self.elementwise_affine
        return norm_cost(values_in(output, name), rows, scaled=affine, shifted=affine and self.bias)

    def window(self, inputs: tuple[Shape, ...]) -> Window:
        shape = inputs[0]
        if self.rank:
            return Mixed((0,))
        return Mixed(tuple(range(len(shape) - len(self._row(shape)), len(shape))))

    def centres_channels(self, inputs: tuple[Shape, ...]) -> bool:
        """A row of places has its channel's bias throughout; one that goes through the channels has several."""
        return not self.rank and len(self._row(inputs[0])) < len(inputs[0])

    def tensors(self, inputs: tuple[Shape, ...]) -> Mapping[str, Shape]:
        if not self.elementwise_affine:
            return {}
        row = self._row(inputs[0])
        return {"weight": row, "bias": row} if self.bias else {"weight": row}

    def compute(self, inputs: tuple[Tensor, ...], tensors: Mapping[str, Tensor]) -> Tensor:
        x = inputs[0]
        each = elements(self._row(x.shape))
        rows = len(x.values) // each
        values: list[Any] = [0] * len(x.values)
        for row in range(rows):
            places = range(row, len(x.values), rows) if self.rank else range(row * each, (row + 1) * each)
            found = normalised([x.values[place] for place in places], self.eps)
            if "weight" in tensors:
                found = [value * scale for value, scale in zip(found, tensors["weight"].values, strict=True)]
            if "bias" in tensors:
                found = [value + shift for value, shift in zip(found, tensors["bias"].values, strict=True)]
            for place, value in zip(places, found, strict=True):
                values[place] = value
        return Tensor(x.shape, values)


class LayerNorm2d(LayerNorm):
    names = {"layer_norm2d": 2}
    foreign = ("LayerNorm2d",)


LayerNorm.examples = (
    Example(
        "layer_norm",
        {},
        ((50, 96),),
        {
            "output": (50, 96),
            "weights": 96,
            "biases": 96,
            "multiplications": 3 * 50 * 96,
            "additions": 4 * 50 * 96 - 50,
            "divisions": 2 * 50,
            "transcendentals": 50,
        },
    ),
    Example("layer_norm", {"normalized_shape": [7, 7]}, ((96, 7, 7),), {"weights": 7 * 7, "divisions": 2 * 96}),
    Example("layer_norm2d", {}, ((96, 7, 7),), {"output": (96, 7, 7), "weights": 96, "divisions": 2 * 7 * 7}),
)
