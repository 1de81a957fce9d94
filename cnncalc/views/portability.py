"""Which layers differ between the rules of two frameworks, as a table."""

from __future__ import annotations

from collections.abc import Sequence

from cnncalc.analysis.portability import Difference
from cnncalc.document import Block, Column, Document, Paragraph, Row, Table, Text, plain
from cnncalc.harmless import harmless
from cnncalc.language import _
from cnncalc.shape import text
from cnncalc.views.numbers import exact

MOST_SHOWN = 200


def portability(found: Sequence[Difference], here: str, there: str) -> Document:
    """A line for each number of a layer that differs between the frameworks `here` and `there`."""
    if not found:
        sentence = _("every layer has the same size, padding and parameters under {here} and {there}")
        return Document((Paragraph(plain(sentence.format(here=here, there=there)), indent=1),))
    columns = (
        Column("name", _("layer"), group="name"),
        Column("what", _("what differs")),
        Column("here", here, "right"),
        Column("there", there, "right"),
    )
    rows = [row for difference in found[:MOST_SHOWN] for row in _rows(difference)]
    blocks: list[Block] = [Table(columns, tuple(rows))]
    if len(found) > MOST_SHOWN:
        sentence = _("and {count} more layers")
        blocks.append(Paragraph(plain(sentence.format(count=len(found) - MOST_SHOWN)), indent=1))
    return Document(tuple(blocks))


def _rows(difference: Difference) -> list[Row]:
    """The lines of a layer; its name stands in the first."""
    said = [
        (_("output"), *("?" if shape is None else text(shape) for shape in difference.outputs)),
        (_("padding"), *map(_pairs, difference.paddings)),
        (_("parameters"), *("?" if count is None else exact(count) for count in difference.parameters)),
    ]
    differing = [line for line in said if line[1] != line[2]]
    names = [harmless(difference.layer), *[""] * (len(differing) - 1)]
    return [tuple(map(Text, (name, *line))) for name, line in zip(names, differing, strict=True)]


def _pairs(pairs: tuple[tuple[int, int], ...] | None) -> str:
    """The padding of each axis, before and after: `1`, or `0/1`; axes that are alike are said once."""
    if pairs is None:
        return "?"
    written = [str(before) if before == after else f"{before}/{after}" for before, after in pairs]
    return written[0] if len(set(written)) == 1 else "×".join(written)
