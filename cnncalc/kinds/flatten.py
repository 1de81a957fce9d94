"""Flatten: a map C×H×W becomes a list of C·H·W features.

It stands between the convolutions and the fully connected layers: 5×5×2 values become 50. Where a value came from can
no longer be told afterwards, which is one reason why fully connected layers are bad at pictures.

    - flatten
"""

from collections.abc import Mapping

from pydantic import Field

from cnncalc.formula.expression import Naming, Number, plain, product, sides
from cnncalc.formula.letters import C, N
from cnncalc.formula.rules import values_of
from cnncalc.formula.worked import WrittenOut, given
from cnncalc.kinds._axes import position
from cnncalc.kinds._contract import Axis, Example, Kind, Role, Sight
from cnncalc.language import _, mark
from cnncalc.problem import Problem, Refused
from cnncalc.shape import Shape
from cnncalc.tensor import Index, Tensor


class FlattenBackwards(Problem):
    """Flattening goes from `start_dim` to `end_dim`, both included, and the first stands behind the last."""

    first: int
    last: int

    def message(self) -> str:
        return _("axis {first} stands behind axis {last}; there is nothing between them to flatten").format(
            first=self.first, last=self.last
        )

    def about(self) -> str:
        return "start_dim"


class Flatten(Kind):
    names = {"flatten": 0}
    roles = frozenset({Role.SHAPE})
    weighted_sum = True
    idempotent = True
    picks = True
    foreign = ("Flatten", "展平", "拉平")
    spoken = ("flatten", "flattened", "flattening", "展平", "拉平", "flatten layer", "展平层", "拉直")
    called = {"Flatten": ()}

    start_dim: Axis = Field(default=1, description=mark("first axis that is flattened"))
    end_dim: Axis = Field(default=-1, description=mark("last axis that is flattened"))

    def output(self, inputs: tuple[Shape, ...], name: Naming = plain) -> tuple[Number, ...]:
        shape = inputs[0]
        first, last = self._span(shape)
        if name is plain:
            return (*shape[:first], product(shape[first : last + 1]), *shape[last + 1 :])
        named = (name(C, shape[0]), *sides(name, N, shape[1:]))
        if first == 0 and last == len(shape) - 1 > 0:
            return (values_of(named[0], named[1:]),)
        return (*named[:first], product(named[first : last + 1]), *named[last + 1 :])

    def _span(self, shape: Shape) -> tuple[int, int]:
        first, last = position("start_dim", self.start_dim, shape), position("end_dim", self.end_dim, shape)
        if first > last:
            raise Refused(FlattenBackwards(self.start_dim, self.end_dim))
        return first, last

    def window(self, inputs: tuple[Shape, ...]) -> Sight:
        return Sight.SCATTERED if len(inputs[0]) > 1 else Sight.SAME

    def compute(self, inputs: tuple[Tensor, ...], tensors: Mapping[str, Tensor]) -> Tensor:
        return Tensor(self.output((inputs[0].shape,)), list(inputs[0].values))

    def written_out(self, inputs: tuple[Tensor, ...], tensors: Mapping[str, Tensor], at: Index) -> WrittenOut:
        x = inputs[0]
        first, last = self._span(x.shape)
        rest, inside = at[first], []
        for side in reversed(x.shape[first : last + 1]):
            rest, place = divmod(rest, side)
            inside.append(place)
        source = (*at[:first], *reversed(inside), *at[first + 1 :])
        return WrittenOut(given(x[source]), copied=(0, source))


Flatten.examples = (
    Example("flatten", {}, ((2, 5, 5),), {"output": (2 * 5 * 5,), "weights": 0, "multiplications": 0}),
    Example("flatten", {"start_dim": 2}, ((2, 5, 5),), {"output": (2, 5 * 5)}),
)
