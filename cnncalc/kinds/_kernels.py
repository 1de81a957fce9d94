"""Kernels by name, as the lectures show them: edges, Sobel, blur, sharpen."""

from fractions import Fraction
from typing import Any

NINTH = Fraction(1, 9)

KERNELS: dict[str, tuple[tuple[Any, ...], ...]] = {
    "sobel_x": ((-1, 0, 1), (-2, 0, 2), (-1, 0, 1)),
    "sobel_y": ((-1, -2, -1), (0, 0, 0), (1, 2, 1)),
    "edge_horizontal": ((1, 1, 1), (0, 0, 0), (-1, -1, -1)),
    "edge_vertical": ((1, 0, -1), (1, 0, -1), (1, 0, -1)),
    "blur": ((NINTH, NINTH, NINTH), (NINTH, NINTH, NINTH), (NINTH, NINTH, NINTH)),
    "sharpen": ((0, -1, 0), (-1, 5, -1), (0, -1, 0)),
}
"""Each is slid over the picture as it stands here: a convolution layer does not flip its kernel."""
