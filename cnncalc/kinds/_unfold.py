"""How many windows unfold and fold go over."""

from typing import Any

from cnncalc.formula import rules
from cnncalc.formula.expression import Naming, Number, plain, sides
from cnncalc.formula.letters import D, K, Letter, N, P, S
from cnncalc.kinds._window import check_fits
from cnncalc.shape import Shape


def windows_along(kind: Any, places: Shape, name: Naming = plain, letter: Letter = N) -> tuple[Number, ...]:
    """Windows along height and width; `kind` has the fields of a sliding window, `letter` is that of the sides.

    Raises:
        Refused: a window does not fit.
    """
    check_fits(2, places, tuple((p, p) for p in kind.padding), kind.kernel_size, kind.dilation)
    fields = ((P, kind.padding), (K, kind.kernel_size), (D, kind.dilation), (S, kind.stride))
    axes = zip(sides(name, letter, places), *(sides(name, one, values) for one, values in fields), strict=True)
    return tuple(
        rules.window_size(n, rules.symmetric_padding(p), k if gap == 1 else rules.effective_kernel(k, d), s)
        for (n, p, k, d, s), gap in zip(axes, kind.dilation, strict=True)
    )


def both(value: tuple[int, ...]) -> tuple[int, ...]:
    """One number stands for height and width."""
    return value * 2 if len(value) == 1 else value
