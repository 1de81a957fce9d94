"""Turning a formula round: which values of its letters give a wanted result?

Ranges are scanned with the formula itself, so a solution is one by construction and none in range is missed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import product

from cnncalc.formula.expression import NotExact, Number


def solve(
    formula: Callable[..., Number],
    wanted: Number,
    ranges: Mapping[str, Iterable[int]],
    **known: int,
) -> Iterator[dict[str, int]]:
    """Every choice from `ranges` (argument name → candidates) for which `formula` gives `wanted`, smallest first.

    A choice that the formula refuses (an exact division with a remainder, a division by zero) is no solution.
    """
    names = list(ranges)
    for choice in product(*(list(ranges[name]) for name in names)):
        values = dict(zip(names, choice, strict=True))
        try:
            found = formula(**known, **values)
        except (NotExact, ZeroDivisionError):
            continue
        if found == wanted:
            yield values
