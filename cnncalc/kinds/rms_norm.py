"""RMS normalisation: the values of one place are divided by their root mean square; the mean stays where it is.

A cheaper layer norm: no mean is taken off, and only a scale is learned. For a row of n values: n squares, n − 1
additions and a division for their mean, one addition for eps, a root, and n multiplications; the learned scale n more.

    - rms_norm
"""

from collections.abc import Mapping

from pydantic import Field

from cnncalc.formula.expression import Naming, plain, product, sides
from cnncalc.formula.letters import F_IN, ROWS
from cnncalc.kinds._contract import Cost, Example, Flag, Float, Kind, Mixed, Role, Weights
from cnncalc.kinds._pointwise import values_in
from cnncalc.kinds._row_norm import NormalizedShape, NormalizedShapeMismatch, norm_cost, normalised
from cnncalc.language import mark
from cnncalc.problem import Refused
from cnncalc.shape import Shape, elements
from cnncalc.tensor import Tensor


class RMSNorm(Kind):
    names = {"rms_norm": 0}
    roles = frozenset({Role.NORMALISATION})
    foreign = ("RMSNorm", "RMSNormalization", "rmsnorm")
    foreign_fields = {"epsilon": "eps"}

    normalized_shape: NormalizedShape | None = Field(
        default=None, description=mark("last sides, over which is normalised; the last one when left out")
    )
    eps: Float | None = Field(default=None, description=mark("added to the mean square; changes no number here"))
    elementwise_affine: Flag = Field(default=True, description=mark("whether a scale is learned"))

    def _row(self, shape: Shape) -> Shape:
        return self.normalized_shape or shape[-1:]

    def output(self, inputs: tuple[Shape, ...], name: Naming = plain) -> Shape:
        row = self._row(inputs[0])
        if inputs[0][-len(row) :] != row:
            raise Refused(NormalizedShapeMismatch(row, inputs[0]))
        return inputs[0]

    def weights(self, inputs: tuple[Shape, ...], name: Naming = plain) -> Weights:
        row = self._row(inputs[0])
        return Weights(product(sides(name, F_IN, row)) if self.elementwise_affine else 0)

    def cost(self, inputs: tuple[Shape, ...], output: Shape, name: Naming = plain) -> Cost:
        rows = name(ROWS, elements(output) // elements(self._row(output)))
        return norm_cost(values_in(output, name), rows, self.elementwise_affine, shifted=False, centred=False)

    def window(self, inputs: tuple[Shape, ...]) -> Mixed:
        axes = len(inputs[0])
        return Mixed(tuple(range(axes - len(self._row(inputs[0])), axes)))

    def tensors(self, inputs: tuple[Shape, ...]) -> Mapping[str, Shape]:
        return {"weight": self._row(inputs[0])} if self.elementwise_affine else {}

    def compute(self, inputs: tuple[Tensor, ...], tensors: Mapping[str, Tensor]) -> Tensor:
        x, values = inputs[0], []
        each = elements(self._row(x.shape))
        eps = 2.0**-23 if self.eps is None else self.eps
        for first in range(0, len(x.values), each):
            row = normalised(x.values[first : first + each], eps, centred=False)
            if self.elementwise_affine:
                row = [value * scale for value, scale in zip(row, tensors["weight"].values, strict=True)]
            values += row
        return Tensor(x.shape, values)


RMSNorm.examples = (
    Example(
        "rms_norm",
        {},
        ((50, 96),),
        {
            "output": (50, 96),
            "weights": 96,
            "biases": 0,
            "multiplications": 3 * 50 * 96,
            "additions": 50 * 96,
            "divisions": 50,
            "transcendentals": 50,
        },
    ),
)
