"""Cells as text, for formats that lay tables out themselves."""

from __future__ import annotations

from cnncalc.document import Bar, Cell, ShapeCell, Table
from cnncalc.shape import text


def cell_text(cell: Cell) -> str:
    """What stands in the cell; a bar is drawn or left out by the format."""
    match cell:
        case Bar():
            return ""
        case ShapeCell(shape=shape):
            return "?" if shape is None else text(shape)
        case _:
            return cell.text


def shown_columns(table: Table) -> list[int]:
    """The columns that hold words or numbers: all but the bars."""
    return [index for index, column in enumerate(table.columns) if column.align != "bar"]
