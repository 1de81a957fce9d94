"""How many windows unfold and fold go over."""

from typing import Any

from cnncalc.formula.expression import plain
from cnncalc.kinds._window import check_fits, size
from cnncalc.shape import Shape


def windows_along(kind: Any, places: Shape) -> Shape:
    """Windows along height and width; `kind` has the fields of a sliding window.

    Raises:
        Refused: a window does not fit.
    """
    pairs = tuple((p, p) for p in kind.padding)
    check_fits(2, places, pairs, kind.kernel_size, kind.dilation)
    axes = zip(places, pairs, kind.kernel_size, kind.dilation, kind.stride, strict=True)
    return tuple(size(plain, *axis) for axis in axes)


def both(value: tuple[int, ...]) -> tuple[int, ...]:
    """One number stands for height and width."""
    return value * 2 if len(value) == 1 else value
