"""Fold: columns are laid back to where their windows lie, and added where windows overlap; the opposite of unfold.

C·k·k×L becomes C×H×W. Each value is added into a map of zeros, those in the padding too: one addition for each value.

    - fold: {output_size: [8, 6], kernel_size: 3}
"""

from collections.abc import Mapping
from typing import Any

from pydantic import Field, field_validator
from pydantic_core import PydanticCustomError

from cnncalc import shape as shapes
from cnncalc.formula import rules
from cnncalc.formula.expression import Naming, Number, plain, product, sides
from cnncalc.formula.letters import COLUMNS, ROWS, K, M
from cnncalc.kinds._contract import Cost, Example, Kind, Role, Sides, Sides0, Sight
from cnncalc.kinds._moving import unravelled
from cnncalc.kinds._unfold import both, windows_along
from cnncalc.language import _, mark
from cnncalc.problem import Problem, Refused
from cnncalc.shape import Shape, elements
from cnncalc.tensor import Tensor, indices


class ColumnsDoNotFold(Problem):
    """The columns are not those that an unfold makes of a map of the output's size.

    Rows must be a multiple of k·k, and there must be one column for each window.
    """

    shape: Shape
    rows: int
    columns: int

    def message(self) -> str:
        return _("{shape} cannot be folded: a multiple of {rows} rows and {columns} columns are needed").format(
            shape=shapes.text(self.shape), rows=self.rows, columns=self.columns
        )


class Fold(Kind):
    names = {"fold": 0}
    roles = frozenset({Role.SHAPE})
    weighted_sum = True
    foreign = ("Fold", "col2im")
    foreign_fields = {"strides": "stride", "pads": "padding"}

    output_size: Sides = Field(description=mark("height and width of the output"))
    kernel_size: Sides = Field(description=mark("side of the window"))
    dilation: Sides = Field(default=1, validate_default=True, description=mark("places from a value to the next"))
    padding: Sides0 = Field(default=0, validate_default=True, description=mark("places added on each side"))
    stride: Sides = Field(default=1, validate_default=True, description=mark("places from one window to the next"))

    @field_validator("output_size", "kernel_size", "dilation", "padding", "stride")
    @classmethod
    def _per_axis(cls, value: Any) -> Any:
        if len(value) > 2:
            raise PydanticCustomError("per_axis", "one per axis")
        return both(value)

    def output(self, inputs: tuple[Shape, ...], name: Naming = plain) -> tuple[Number, ...]:
        windows, each = elements(windows_along(self, self.output_size)), elements(self.kernel_size)
        if len(inputs[0]) != 2 or inputs[0][0] % each or inputs[0][1] != windows:
            raise Refused(ColumnsDoNotFold(inputs[0], each, windows))
        rows, kernel = name(ROWS, inputs[0][0]), sides(name, K, self.kernel_size)
        return (rules.channels_of_columns(rows, kernel), *sides(name, M, self.output_size))

    def columns(self, inputs: tuple[Shape, ...], name: Naming = plain) -> Number:
        return product(windows_along(self, self.output_size, name, M))

    def cost(self, inputs: tuple[Shape, ...], output: Shape, name: Naming = plain) -> Cost:
        return Cost(additions=name(ROWS, inputs[0][0]) * name(COLUMNS, inputs[0][1]))

    def window(self, inputs: tuple[Shape, ...]) -> Sight:
        return Sight.ALL

    def compute(self, inputs: tuple[Tensor, ...], tensors: Mapping[str, Tensor]) -> Tensor:
        x = inputs[0]
        output = tuple(self.output((x.shape,)))
        windows = windows_along(self, self.output_size)
        found: dict[tuple[int, ...], Any] = {}
        for (row, column), value in zip(indices(x.shape), x.values, strict=True):
            c, *tap = unravelled(row, (output[0], *self.kernel_size))
            axes = zip(unravelled(column, windows), self.stride, self.padding, tap, self.dilation, strict=True)
            at = (c, *(m * s - p + t * d for m, s, p, t, d in axes))
            found[at] = value + found.get(at, 0)
        return Tensor(output, [found.get(at, 0) for at in indices(output)])


Fold.examples = (
    Example(
        "fold",
        {"output_size": [8, 6], "kernel_size": 3},
        ((3 * 3 * 3, 6 * 4),),
        {"output": (3, 8, 6), "additions": 27 * 24, "weights": 0},
    ),
)
