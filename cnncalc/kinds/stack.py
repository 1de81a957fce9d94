"""Stack: maps of one shape are laid beside each other along a new axis.

Three maps C×H×W become 3×C×H×W with `dim: 1`. Nothing is calculated.

    - stack: {dim: 1, from: [conv1d_1, conv1d_2]}
"""

from pydantic import Field

from cnncalc import shape as shapes
from cnncalc.formula.expression import Naming, Number, plain
from cnncalc.kinds._axes import position
from cnncalc.kinds._contract import Axis, Example, Role, Sight
from cnncalc.kinds._moving import Moving
from cnncalc.language import _, mark
from cnncalc.problem import Problem, Refused
from cnncalc.shape import Shape
from cnncalc.tensor import Index


class StackMismatch(Problem):
    """All inputs of a stack must have the same shape."""

    shapes: tuple[Shape, ...]

    def message(self) -> str:
        return _("the inputs differ: {shapes}").format(shapes=", ".join(map(shapes.text, self.shapes)))


class Stack(Moving):
    names = {"stack": 0}
    roles = frozenset({Role.MERGE})
    arity = (1, None)
    foreign = ("Stack", "Pack")
    foreign_fields = {"axis": "dim"}

    dim: Axis = Field(default=1, description=mark("where the new axis stands in the output"))

    def output(self, inputs: tuple[Shape, ...], name: Naming = plain) -> tuple[Number, ...]:
        first = inputs[0]
        if any(shape != first for shape in inputs):
            raise Refused(StackMismatch(inputs))
        axis = position("dim", self.dim, (*first, 1))
        return (*first[:axis], len(inputs), *first[axis:])

    def window(self, inputs: tuple[Shape, ...]) -> Sight:
        return Sight.SCATTERED

    def origin(self, at: Index, shapes: tuple[Shape, ...], output: int = 0) -> tuple[int, Index]:
        axis = position("dim", self.dim, (*shapes[0], 1))
        return at[axis], (*at[:axis], *at[axis + 1 :])


Stack.examples = (Example("stack", {}, ((8, 5), (8, 5), (8, 5)), {"output": (3, 8, 5), "weights": 0}),)
