"""`kernel:` of a convolution: the numbers that `trace` slides over the input, by name or as matrices.

    kernel: sobel_x                      # one kernel, for the first map
    kernel: [[1, 0], [0, -1]]
    kernel: [sobel_x, sobel_y]           # one for each map
    kernel: [[[1, 0], [0, -1]], blur]    # matrices and names

Counts do not depend on it, so it is no field of the kind: it belongs to the layer.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import isfinite
from typing import Any

from cnncalc.kinds._kernels import KERNELS
from cnncalc.language import _
from cnncalc.suggest import did_you_mean, nearest
from cnncalc.tensor import Tensor

KEY = "kernel"
MOST_VALUES = 100_000


def is_kernel(value: Any) -> bool:
    """Whether the value may be meant for numbers: `kernel: 3` and `kernel: [3, 3]` are mistaken for the kernel size."""
    return not isinstance(value, int | float) and not (
        isinstance(value, list) and all(isinstance(item, int | float) for item in value)
    )


def wanted() -> str:
    """What `kernel:` takes, in words."""
    return _("{names}, a matrix such as [[1, 0], [0, -1]], or a list with one of these for each map").format(
        names=", ".join(KERNELS)
    )


def hint(value: Any) -> str:
    """Which name may have been meant."""
    near = nearest(value, KERNELS) if isinstance(value, str) else []
    return "".join(did_you_mean(near))


def read(value: Any) -> tuple[tuple[str, Tensor], ...] | None:
    """The kernels with their names, one for each map; None for what cannot be read."""
    several = isinstance(value, list) and value and _depth(value) != 2
    found = [_one(item) for item in (value if several else [value])]
    kernels = tuple(one for one in found if one is not None)
    return kernels if len(kernels) == len(found) else None


def _one(value: Any) -> tuple[str, Tensor] | None:
    if isinstance(value, str):
        rows = KERNELS.get(value)
        if rows is None:
            return None
        return value, Tensor((len(rows), len(rows[0])), [number for row in rows for number in row])
    shape = tuple(_shape(value))
    if len(shape) not in (2, 3, 4) or 0 in shape or not _filled(value, shape):
        return None
    values = list(_numbers(value))
    return None if len(values) > MOST_VALUES else (_("the spec's kernel"), Tensor(shape, values))


def _depth(value: Any) -> int:
    return len(list(_shape(value)))


def _shape(value: Any) -> Iterator[int]:
    while isinstance(value, list) and value:
        yield len(value)
        value = value[0]


def _filled(value: Any, shape: tuple[int, ...]) -> bool:
    """Whether all lists are as long as the first of their level, with numbers in the innermost."""
    if not shape:
        return isinstance(value, int | float) and not isinstance(value, bool) and isfinite(value)
    return isinstance(value, list) and len(value) == shape[0] and all(_filled(item, shape[1:]) for item in value)


def _numbers(value: Any) -> Iterator[int | Fraction]:
    if isinstance(value, list):
        for item in value:
            yield from _numbers(item)
    else:
        exact = Fraction(repr(value))  # 0.1 is a tenth
        yield exact.numerator if exact.denominator == 1 else exact
