"""Shapes: channels first, the batch left out, as `10×4×4`, `10x4x4`, `10*4*4` or `[10, 4, 4]`."""

from __future__ import annotations

import re
from math import prod

Shape = tuple[int, ...]

LARGEST = 10**15
"""The largest whole number that a spec may hold."""

MOST_AXES = 64
"""PyTorch takes no more."""

_SEPARATOR = re.compile(r"\s*(?:[x×X*,，]|\s)\s*")
_NUMBER = re.compile(r"[0-9]{1,16}")


def elements(shape: Shape) -> int:
    """How many values a map of this shape holds."""
    return prod(shape)


def text(shape: Shape) -> str:
    """The shape as people write it: `10×4×4`."""
    return "×".join(map(str, shape))


def listed(shapes: tuple[Shape, ...], names: tuple[str, ...] = ()) -> str:
    """Several shapes, each with the name of what it belongs to: `8×30×30 (a), 8×26×26 (b)`."""
    written = [text(shape) for shape in shapes]
    if names:
        written = [f"{shape} ({name})" for shape, name in zip(written, names, strict=True)]
    return ", ".join(written)


def parse(written: str) -> Shape | None:
    """The shape that is written here, or None. All four ways of writing one are read alike."""
    inner = written.strip()
    if inner[:1] + inner[-1:] in ("[]", "()"):
        inner = inner[1:-1].strip()
    parts = _SEPARATOR.split(inner)
    if len(parts) > MOST_AXES or not all(_NUMBER.fullmatch(part) for part in parts):
        return None
    return tuple(map(int, parts))
