"""Which parts of a window ever meet the map, which windows see nothing but padding, and what layers of padding add."""

from functools import lru_cache

from cnncalc.formula import rules
from cnncalc.kinds._contract import Reach
from cnncalc.rules._design import Node

LARGEST = 256
"""Kernels with longer sides are not followed value by value."""


def living_taps(node: Node) -> tuple[int, ...]:
    """Per axis, how many values of the kernel meet a value of the map at some place; the others only meet padding."""
    geometry = node.result.geometry
    if geometry is None:
        return ()
    axes = zip(
        node.arriving[1:], node.shape[1:], geometry.kernel, geometry.stride, geometry.padding, geometry.dilation,
        strict=True,
    )  # fmt: skip
    return tuple(_living(n, m, k, s, pair[0], d) for n, m, k, s, pair, d in axes)


def added_behind(node: Node | None, rank: int) -> tuple[int, ...]:
    """Per axis, how many places at the end of a layer's output are no places of its input: a padding as a layer."""
    window = node.kind.window((node.arriving,)) if node is not None and node.kind is not None else None
    if node is None or not isinstance(window, tuple) or len(window) != rank or len(node.above) != 1:
        return (0,) * rank
    axes = zip(window, node.arriving[1:], node.shape[1:], strict=True)
    return tuple(max(0, m - n - one.before) if one == Reach(1, 1, one.before) else 0 for one, n, m in axes)


@lru_cache(maxsize=1024)
def _living(n: int, m: int, k: int, s: int, before: int, d: int) -> int:
    """Tap t stands at i·s − before + t·d under window i; it lives when that is a place of the map for some i."""
    if k > LARGEST:
        return k
    living = 0
    for tap in range(k):
        first = max(0, -((tap * d - before) // s))  # the first window that has it at place 0 or further
        living += first < m and first * s - before + tap * d < n
    return living


@lru_cache(maxsize=1024)
def blind_windows(n: int, m: int, k: int, s: int, pair: tuple[int, int], d: int) -> int:
    """How many of m windows along an axis have no value under them that is a place of the map."""
    extent = rules.effective_kernel(k, d)
    if d == 1 or k > LARGEST:
        before = min(m, rules.window_size(pair[0], 0, extent, s)) if pair[0] >= extent else 0
        first = -(-(n + pair[0]) // s)  # the first window that starts behind the map
        return before + max(0, m - max(first, before))
    if m > LARGEST:
        return 0
    return sum(not any(0 <= i * s - pair[0] + t * d < n for t in range(k)) for i in range(m))
