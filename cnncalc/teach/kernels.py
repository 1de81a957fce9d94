"""The matrices that the lectures work by hand, and their kernel; and the kernels by name."""

from __future__ import annotations

from cnncalc.kinds._kernels import KERNELS as KERNELS

LECTURE = ((2, 0, 1), (0, 1, 2), (1, 0, 2))
"""The kernel of the matrices that the lectures work by hand."""

EXAMPLES: dict[str, tuple[tuple[int, ...], ...]] = {
    "4x4": ((1, 2, 3, 0), (0, 1, 2, 3), (3, 0, 1, 2), (2, 3, 0, 1)),
    "5x5": ((1, 0, 3, 2, 3), (0, 1, 2, 3, 0), (2, 0, 1, 2, 3), (3, 3, 0, 1, 2), (0, 2, 3, 0, 1)),
}
"""The matrices that the lectures work by hand."""
