"""Matrix product of two inputs: n×k times k×m makes n×m.

Each of the n·m values is a sum of k products: n·m·k multiplications, which count as MACs, and n·m·(k − 1) additions.
Axes in front of the last two are taken one by one; they must agree or be 1.

    - matmul: {from: [query, key]}
"""

from collections.abc import Mapping
from operator import mul

from cnncalc import shape as shapes
from cnncalc.formula import rules
from cnncalc.formula.expression import Naming, plain
from cnncalc.formula.letters import F_IN, F_OUT, ROWS
from cnncalc.kinds._contract import Cost, Example, Kind, Role, Sight
from cnncalc.language import _
from cnncalc.problem import Problem, Refused
from cnncalc.shape import Shape, elements
from cnncalc.tensor import Tensor, indices, total


class MatricesDoNotFit(Problem):
    """A matrix product needs as many columns on the left as rows on the right: n×k times k×m.

    Both inputs need at least two axes, and equally many. In front of the last two they must agree, or be 1. `permute`
    turns a matrix round.
    """

    shapes: tuple[Shape, ...]

    def message(self) -> str:
        return _("{left} times {right} is no matrix product").format(
            left=shapes.text(self.shapes[0]), right=shapes.text(self.shapes[1])
        )

    def caret(self) -> str:
        left, right = self.shapes
        if len(left) != len(right) or len(left) < 2:
            return _("two axes or more are needed, and equally many")
        for axis, (a, b) in enumerate(zip(left[:-2], right[:-2], strict=True), 1):
            if a != b and 1 not in (a, b):
                return _("{a} against {b} along axis {axis}").format(a=a, b=b, axis=axis)
        return _("{columns} columns against {rows} rows").format(columns=left[-1], rows=right[-2])


class Matmul(Kind):
    names = {"matmul": 0}
    roles = frozenset({Role.MERGE})
    arity = (2, 2)
    foreign = ("MatMul", "bmm", "mm", "Dot", "einsum", "矩阵乘法")

    def output(self, inputs: tuple[Shape, ...], name: Naming = plain) -> Shape:
        left, right = inputs
        if len(left) != len(right) or len(left) < 2 or left[-1] != right[-2]:
            raise Refused(MatricesDoNotFit(inputs))
        if any(a != b and 1 not in (a, b) for a, b in zip(left[:-2], right[:-2], strict=True)):
            raise Refused(MatricesDoNotFit(inputs))
        return (*map(max, left[:-2], right[:-2]), left[-2], right[-1])

    def cost(self, inputs: tuple[Shape, ...], output: Shape, name: Naming = plain) -> Cost:
        outputs = name(ROWS, elements(output[:-1])) * name(F_OUT, output[-1])
        products = name(F_IN, inputs[0][-1])
        multiplications = rules.outputs_times(outputs, products)
        return Cost(multiplications, rules.additions_of_sums(outputs, products), macs=multiplications)

    def window(self, inputs: tuple[Shape, ...]) -> Sight:
        return Sight.ALL

    def compute(self, inputs: tuple[Tensor, ...], tensors: Mapping[str, Tensor]) -> Tensor:
        left, right = inputs
        output = self.output((left.shape, right.shape))
        values = []
        for *front, row, column in indices(output):
            a, b = (
                tuple(min(step, side - 1) for step, side in zip(front, x.shape, strict=False)) for x in (left, right)
            )
            rows = [left[(*a, row, k)] for k in range(left.shape[-1])]
            values.append(total(map(mul, rows, [right[(*b, k, column)] for k in range(left.shape[-1])])))
        return Tensor(output, values)


Matmul.examples = (
    Example(
        "matmul",
        {},
        ((8, 5, 3), (8, 3, 4)),
        {
            "output": (8, 5, 4),
            "multiplications": 8 * 5 * 4 * 3,
            "additions": 8 * 5 * 4 * (3 - 1),
            "macs": 8 * 5 * 4 * 3,
            "weights": 0,
        },
    ),
)
