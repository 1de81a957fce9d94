"""Local response normalisation: each value is divided by a power of the sum of squares over neighbouring channels.

AlexNet introduced it; batch normalisation took its place. Counted for each value with a window of `size` channels: one
square, `size` − 1 additions, a multiplication by alpha/size, the addition of k, one power and one division.

    - local_response_norm: {size: 5}
"""

from collections.abc import Mapping

from pydantic import Field

from cnncalc.formula.expression import Naming, plain
from cnncalc.formula.worked import WrittenOut, added, given
from cnncalc.kinds._contract import Channels, Cost, Example, Float, Kind, Role
from cnncalc.kinds._pointwise import values_in
from cnncalc.language import mark
from cnncalc.shape import Shape
from cnncalc.tensor import Index, Tensor, total


class LocalResponseNorm(Kind):
    names = {"local_response_norm": 0}
    roles = frozenset({Role.NORMALISATION})
    foreign = ("LRN", "lrn", "LocalResponseNorm", "LocalResponseNormalization", "CrossMapLRN2d")
    foreign_fields = {"local_size": "size", "depth_radius": "size", "bias": "k"}

    size: Channels = Field(description=mark("neighbouring channels that count, the value's own included"))
    alpha: Float = Field(default=1e-4, description=mark("factor of the sum of squares"))
    beta: Float = Field(default=0.75, description=mark("power"))
    k: Float = Field(default=1.0, description=mark("added to the sum"))

    def cost(self, inputs: tuple[Shape, ...], output: Shape, name: Naming = plain) -> Cost:
        values = values_in(output, name)
        return Cost(multiplications=2 * values, additions=self.size * values, divisions=values, transcendentals=values)

    def compute(self, inputs: tuple[Tensor, ...], tensors: Mapping[str, Tensor]) -> Tensor:
        x = inputs[0]
        each = len(x.values) // x.shape[0]
        squares = [value * value for value in x.values]
        first = self.size // 2
        values = []
        for position, value in enumerate(x.values):
            c, place = divmod(position, each)
            window = [
                squares[near * each + place] if 0 <= near < x.shape[0] else 0
                for near in range(c - first, c - first + self.size)
            ]
            scale = total(window) * (self.alpha / self.size) + self.k
            values.append(value / scale**self.beta)
        return Tensor(x.shape, values)

    def written_out(self, inputs: tuple[Tensor, ...], tensors: Mapping[str, Tensor], at: Index) -> WrittenOut:
        x, start = inputs[0], at[0] - self.size // 2
        near = [given(x[(c, *at[1:])]) for c in range(start, start + self.size) if 0 <= c < x.shape[0]]
        scale = added([value * value for value in near]) * (self.alpha / self.size) + self.k
        return WrittenOut(given(x[at]) / scale**self.beta)


LocalResponseNorm.examples = (
    Example(
        "local_response_norm",
        {"size": 5},
        ((96, 2, 2),),
        {"output": (96, 2, 2), "multiplications": 2 * 96 * 4, "additions": 5 * 96 * 4, "transcendentals": 96 * 4},
    ),
)
