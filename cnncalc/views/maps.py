"""Feature maps as lines of text: numbers in columns, or shades from dark to light."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import Any, NamedTuple

from cnncalc.document import Phrase, Span
from cnncalc.formula.worked import shown
from cnncalc.tensor import Index, Tensor

WIDTH = 62
"""Cells that maps beside each other may take."""

SHADES = " ░▒▓█"
ASCII_SHADES = " .:-=+*#%@"

Matrix = Sequence[Sequence[Any]]
APART = "   "


def matrices(tensor: Tensor) -> list[Matrix]:
    """The maps of a tensor, one matrix each: a list is one row, channels × length are the rows of one matrix."""
    *_outer, columns = tensor.shape
    rows = [tensor.values[start : start + columns] for start in range(0, len(tensor.values), columns)]
    height = tensor.shape[-2] if len(tensor.shape) > 1 else 1
    return [rows[start : start + height] for start in range(0, len(rows), height)]


class Marks(NamedTuple):
    """Which cells of a matrix are in a window, and which lie in the padding."""

    window: Collection[Index] = ()
    padding: Collection[Index] = ()


def number_lines(matrix: Matrix, marks: Marks | None = None, write: Callable[[Any], str] = shown) -> list[Phrase]:
    """The matrix in right-aligned columns. With marks each window is in brackets, and padding steps back."""
    written = [["" if value is None else write(value) for value in row] for row in matrix]
    widths = [max(map(len, column)) for column in zip(*written, strict=True)]
    if marks is None or not marks.window:
        padding = marks.padding if marks is not None else ()
        return [_row(row, widths, y, padding) for y, row in enumerate(written)]
    return [_marked(row, widths, y, marks) for y, row in enumerate(written)]


def _row(row: Sequence[str], widths: Sequence[int], y: int, padding: Collection[Index]) -> Phrase:
    if not padding:
        return (Span(" ".join(cell.rjust(width) for cell, width in zip(row, widths, strict=True))),)
    cells = enumerate(zip(row, widths, strict=True))
    return tuple(
        Span((" " if x else "") + cell.rjust(width), "dim" if (y, x) in padding else "") for x, (cell, width) in cells
    )


def _marked(row: Sequence[str], widths: Sequence[int], y: int, marks: Marks) -> Phrase:
    spans: list[Span] = []
    for x, (cell, width) in enumerate(zip(row, widths, strict=True)):
        here, left = (y, x) in marks.window, (y, x - 1) in marks.window
        spans.append(Span("[" if here and not left else "]" if left and not here else " "))
        spans.append(Span(cell.rjust(width), "bold" if here else "dim" if (y, x) in marks.padding else ""))
    spans.append(Span("]" if (y, len(row) - 1) in marks.window else " "))
    return tuple(spans)


def beside(blocks: Sequence[Sequence[Phrase]], gap: str = APART) -> list[Phrase]:
    """Blocks of lines beside each other, the tops in one line."""
    widths = [max((sum(len(span.text) for span in line) for line in block), default=0) for block in blocks]
    height = max(map(len, blocks), default=0)
    lines: list[Phrase] = []
    for y in range(height):
        spans: list[Span] = []
        for x, (block, width) in enumerate(zip(blocks, widths, strict=True)):
            line = block[y] if y < len(block) else ()
            used = sum(len(span.text) for span in line)
            spans += [*([Span(gap)] if x else []), *line, Span(" " * (width - used))]
        lines.append(_trimmed(spans))
    return lines


def _trimmed(spans: list[Span]) -> Phrase:
    while spans and not spans[-1].text.strip():
        spans.pop()
    if spans:
        spans[-1] = Span(spans[-1].text.rstrip(), spans[-1].style)
    return tuple(spans)


def wide(block: Sequence[Phrase]) -> int:
    """How many cells the longest line takes."""
    return max((sum(len(span.text) for span in line) for line in block), default=0)


def rows_of(blocks: Sequence[Sequence[Phrase]], width: int = WIDTH) -> list[list[Sequence[Phrase]]]:
    """The blocks in rows, as many beside each other as fit."""
    rows: list[list[Sequence[Phrase]]] = [[]]
    used = 0
    for block in blocks:
        needed = wide(block) + (len(APART) if rows[-1] else 0)
        if rows[-1] and used + needed > width:
            rows.append([])
            used, needed = 0, wide(block)
        rows[-1].append(block)
        used += needed
    return rows


class Shaded(NamedTuple):
    """The map in shades, and how many columns there are for each that is drawn."""

    lines: list[Phrase]
    across: int


def shaded(matrix: Matrix, low: Any, high: Any, shades: str) -> Shaded:
    """The map in shades, the smallest value dark. Signs are twice as high as wide, so small maps take two for each."""
    columns = len(matrix[0])
    twice = 2 * columns <= WIDTH
    across = 1 if twice else -(-columns // WIDTH)
    down = 1 if twice or len(matrix) == 1 else 2 * across
    lines: list[Phrase] = []
    for row in matrix[::down]:
        signs = [shades[_level(value, low, high, len(shades))] for value in row[::across]]
        lines.append((Span("".join(sign * (2 if twice else 1) for sign in signs)),))
    return Shaded(lines, across)


def _level(value: Any, low: Any, high: Any, count: int) -> int:
    """Which of `count` shades a value has."""
    if not high > low:
        return 0
    share = (value - low) / (high - low)
    return min(int(share * count), count - 1) if share >= 0 else 0
