"""Small whole numbers from a seed: the same on every machine and under every version of Python."""

from __future__ import annotations

from collections.abc import Iterator

_MASK = 2**64 - 1


def integers(seed: int, low: int, high: int) -> Iterator[int]:
    """Endless whole numbers from `low` to `high`, both included: a linear congruence, its high bits mixed."""
    state = (seed * 0x9E3779B97F4A7C15 + 0x632BE59BD9B4E019) & _MASK
    while True:
        state = (state * 6364136223846793005 + 1442695040888963407) & _MASK
        mixed = (state ^ (state >> 33)) * 0xFF51AFD7ED558CCD & _MASK
        yield low + (mixed >> 33) % (high - low + 1)
