"""The largest maps that are calculated: beyond them no number could be written any more."""

from __future__ import annotations

from cnncalc.language import _
from cnncalc.problem import Problem, Refused
from cnncalc.shape import MOST_AXES, Shape, elements

MOST_DIGITS = 500
"""Of the number of values in a map. Weights between two such maps have twice as many, and Python writes 4,300."""

_LARGEST_MAP = 10**MOST_DIGITS


class MapTooLarge(Problem):
    """A map that comes out has more axes, or more values, than any machine could hold.

    Sides that are written have at most 10^15. Layers that enlarge them again and again, such as transposed convolutions
    with a large stride, soon come to numbers that nobody could read.
    """

    axes: int

    def message(self) -> str:
        if self.axes > MOST_AXES:
            return _("the output would have {axes:,} axes, more than {most}").format(axes=self.axes, most=MOST_AXES)
        return _("the output would have more than 10^{digits} values").format(digits=MOST_DIGITS)


def check(shapes: tuple[Shape, ...]) -> None:
    """Refuse outputs that are too large.

    Raises:
        Refused: one of them has too many axes or values.
    """
    for shape in shapes:
        if len(shape) > MOST_AXES or elements(shape) > _LARGEST_MAP:
            raise Refused(MapTooLarge(len(shape)))
