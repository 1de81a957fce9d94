"""What the normalisations share that work out their statistics from the values themselves, row by row.

A row of n values costs for its mean n − 1 additions and a division, for the differences n additions, for the variance
n squares, n − 1 additions and a division, for eps an addition, for the root a power, and n multiplications to scale.
Without the mean (RMS) the first two fall away. A learned scale is one more multiplication for each value, a learned
shift one more addition.
"""

from typing import Annotated, Any

from pydantic import Field

from cnncalc import shape as shapes
from cnncalc.formula.expression import Number
from cnncalc.kinds._contract import Cost, OneOrMore, PositiveInt, Wanted
from cnncalc.kinds._pointwise import power
from cnncalc.language import _
from cnncalc.problem import Problem
from cnncalc.shape import Shape
from cnncalc.tensor import total

NormalizedShape = Annotated[
    tuple[PositiveInt, ...],
    Field(min_length=1),
    OneOrMore(),
    Wanted("a whole number from 1 up, or a list with the last sides of the input"),
]


class NormalizedShapeMismatch(Problem):
    """`normalized_shape` must be the last sides of the input, or one number: its last side.

    PyTorch normalises over the last axes. For the channels of a map C×H×W use `layer_norm2d`.
    """

    given: Shape
    arriving: Shape

    def message(self) -> str:
        return _("normalized_shape is {given}, but the input {arriving} does not end so").format(
            given=shapes.text(self.given), arriving=shapes.text(self.arriving)
        )

    def about(self) -> str:
        return "normalized_shape"

    def hints(self) -> tuple[str, ...]:
        return (_("leave it out to normalise over the last axis, {last}").format(last=self.arriving[-1]),)


class OneValueEach(Problem):
    """Each row that is normalised holds a single value, which becomes 0 whatever it was.

    A mean and a variance need at least two values. It happens behind a global pooling, or with as many groups as
    channels on a list of features.
    """

    def message(self) -> str:
        return _("each value would be normalised by itself, and become 0")


def normalised(row: list[Any], eps: float, centred: bool = True) -> list[Any]:
    """The values of a row with mean 0 (where `centred`) and mean square 1."""
    if centred:
        mean = total(row) / len(row)
        row = [value - mean for value in row]
    square = total([value * value for value in row]) / len(row)
    scale = power(square + eps, -0.5)
    return [value * scale for value in row]


def norm_cost(values: Number, rows: Number, scaled: bool, shifted: bool, centred: bool = True) -> Cost:
    """The operations for so many values in so many rows."""
    additions = (4 if shifted else 3) * values - rows if centred else values
    return Cost(
        multiplications=(3 if scaled else 2) * values,
        additions=additions,
        divisions=2 * rows if centred else rows,
        transcendentals=rows,
    )
