"""Grey pictures as PNG files, written by the standard library alone."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Sequence
from math import sqrt
from typing import Any

SIGNATURE = b"\x89PNG\r\n\x1a\n"
SMALLEST = 96
"""Maps are enlarged by whole factors until a side takes about this many pixels."""

GAP, BETWEEN = 4, 128
"""Pixels between two maps, and their grey."""


def render(rows: Sequence[bytes]) -> bytes:
    """A PNG file of rows of grey pixels, one byte each, all equally long."""
    header = struct.pack(">IIBBBBB", len(rows[0]), len(rows), 8, 0, 0, 0, 0)
    # Each row begins with the number of its filter; 0 is none.
    pixels = zlib.compress(b"".join(b"\0" + row for row in rows), 9)
    return SIGNATURE + _chunk(b"IHDR", header) + _chunk(b"IDAT", pixels) + _chunk(b"IEND", b"")


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def grid(maps: Sequence[Sequence[Sequence[Any]]]) -> list[bytes]:
    """All maps in one picture, each on its own scale: its smallest value is black, its largest white."""
    height, width = len(maps[0]), len(maps[0][0])
    ranges = [_range(one) for one in maps]
    factor = max(1, SMALLEST // max(height, width))
    # About as wide as high in the end.
    columns = min(max(round(sqrt(len(maps) * height / width)), 1), len(maps))
    line = bytes([BETWEEN]) * (columns * (width * factor + GAP) + GAP)
    empty = bytes([BETWEEN]) * (width * factor)
    rows = [line] * GAP
    for start in range(0, len(maps), columns):
        beside = maps[start : start + columns]
        for y in range(height):
            scales = ranges[start : start + columns]
            greys = [[_grey(value, *scale) for value in one[y]] for one, scale in zip(beside, scales, strict=True)]
            pieces = [_enlarged(row, factor) for row in greys]
            pieces += [empty] * (columns - len(pieces))
            gap = bytes([BETWEEN]) * GAP
            rows += [gap + gap.join(pieces) + gap] * factor
        rows += [line] * GAP
    return rows


def _range(one: Sequence[Sequence[Any]]) -> tuple[Any, Any]:
    return min(map(min, one)), max(map(max, one))


def _enlarged(greys: list[int], factor: int) -> bytes:
    return b"".join(bytes([grey]) * factor for grey in greys)


def _grey(value: Any, low: Any, high: Any) -> int:
    share = (value - low) / (high - low) if high > low else 0
    return int(share * 255 + 0.5) if 0 <= share <= 1 else 0
