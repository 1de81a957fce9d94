"""GLU: one half of an axis is let through by the other: a · sigmoid(b).

`dim` says which axis; left out, it is the last one, and 1 is the channels. For each output value: an exponential, an
addition and a division for the sigmoid, and one multiplication. WaveNet and gated convolutions use gates like it.

    - glu: {dim: 1}
"""

from collections.abc import Mapping

from pydantic import Field

from cnncalc import shape as shapes
from cnncalc.formula.expression import Naming, Number, exact_divide, plain
from cnncalc.formula.worked import WrittenOut, given
from cnncalc.kinds._axes import position
from cnncalc.kinds._contract import Axis, Cost, Example, Kind, Mixed, Role, Sight, Window
from cnncalc.kinds._pointwise import sigmoid, values_in
from cnncalc.language import _, mark
from cnncalc.problem import Problem, Refused
from cnncalc.shape import Shape
from cnncalc.tensor import Index, Tensor, indices


class NoHalves(Problem):
    """A gated linear unit halves an axis, which must be even."""

    dim: int
    shape: Shape

    def message(self) -> str:
        return _("axis {dim} of {shape} cannot be halved").format(dim=self.dim, shape=shapes.text(self.shape))

    def about(self) -> str:
        return "dim"


class GLU(Kind):
    names = {"glu": 0}
    roles = frozenset({Role.NONLINEARITY})
    foreign = ("GLU", "GatedLinearUnit")
    foreign_fields = {"axis": "dim"}

    dim: Axis = Field(default=-1, description=mark("axis that is halved; −1 is the last one, 1 the channels"))

    def output(self, inputs: tuple[Shape, ...], name: Naming = plain) -> tuple[Number, ...]:
        shape = inputs[0]
        axis = position("dim", self.dim, shape)
        if shape[axis] % 2:
            raise Refused(NoHalves(self.dim, shape))
        return (*shape[:axis], shape[axis] // 2, *shape[axis + 1 :])

    def cost(self, inputs: tuple[Shape, ...], output: Shape, name: Naming = plain) -> Cost:
        values = exact_divide(values_in(inputs[0], name), 2)
        return Cost(multiplications=values, additions=values, divisions=values, transcendentals=values)

    def window(self, inputs: tuple[Shape, ...]) -> Window:
        shape = inputs[0]
        return Sight.SAME if len(shape) == 1 else Mixed((position("dim", self.dim, shape),))

    def _halves(self, x: Tensor, at: Index) -> tuple[Index, Index]:
        axis = position("dim", self.dim, x.shape)
        return at, (*at[:axis], at[axis] + x.shape[axis] // 2, *at[axis + 1 :])

    def compute(self, inputs: tuple[Tensor, ...], tensors: Mapping[str, Tensor]) -> Tensor:
        x = inputs[0]
        output = tuple(self.output((x.shape,)))
        pairs = [self._halves(x, at) for at in indices(output)]
        return Tensor(output, [x[value] * sigmoid(x[gate]) for value, gate in pairs])

    def written_out(self, inputs: tuple[Tensor, ...], tensors: Mapping[str, Tensor], at: Index) -> WrittenOut:
        value, gate = self._halves(inputs[0], at)
        return WrittenOut(given(inputs[0][value]) * sigmoid(given(inputs[0][gate])))


GLU.examples = (
    Example(
        "glu",
        {"dim": 1},
        ((64, 100),),
        {"output": (64 // 2, 100), "multiplications": 32 * 100, "transcendentals": 32 * 100, "divisions": 32 * 100},
    ),
)
