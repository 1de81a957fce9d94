"""What each window of a sliding layer looks at, for the loops of convolutions and poolings."""

from collections.abc import Callable, Iterator, Sequence
from itertools import product
from typing import Any, NamedTuple

from cnncalc.shape import Shape
from cnncalc.tensor import Tensor

OUTSIDE = -1
"""The offset of what lies in the padding: the last of the values that `with_padding` gives."""


class Steps(NamedTuple):
    """How a window moves along one axis: its kernel, its stride, the padding before the axis, its dilation."""

    kernel: int
    stride: int
    before: int
    dilation: int


def within(place: int, size: int) -> int:
    """The place itself where it lies in the input, else OUTSIDE."""
    return place if 0 <= place < size else OUTSIDE


PLACES: dict[str, Callable[[int, int], int]] = {
    "zeros": within,
    "circular": lambda place, size: place % size,
    "replicate": lambda place, size: min(max(place, 0), size - 1),
    "reflect": lambda place, size: abs(place) if place < size else 2 * (size - 1) - place,
}
"""Which place of an axis stands for one that may lie in the padding, by `padding_mode`."""


def windows(
    sides: Shape, outputs: Shape, axes: Sequence[Steps], place: Callable[[int, int], int] = within
) -> Iterator[list[int]]:
    """For each output place, in order, the offsets of its window in the values of a map of these sides.

    `place` says which place of an axis stands for one that may lie in the padding.
    """
    along = [
        [[place(i * s - before + t * d, n) for t in range(k)] for i in range(m)]
        for n, m, (k, s, before, d) in zip(sides, outputs, axes, strict=True)
    ]
    for window in product(*along):
        offsets = [0]
        for n, taps in zip(sides, window, strict=True):
            offsets = [OUTSIDE if at < 0 or tap < 0 else at * n + tap for at in offsets for tap in taps]
        yield offsets


def with_padding(x: Tensor, padding: Any) -> list[Any]:
    """The values of all maps, and behind them what stands for the padding."""
    return [*x.values, x.get((OUTSIDE,) * len(x.shape), padding)]


def looked_at(values: Sequence[Any], first: int, offsets: Sequence[int]) -> list[Any]:
    """The values of one window in the map that begins at `first`."""
    return [values[first + at if at >= 0 else OUTSIDE] for at in offsets]
