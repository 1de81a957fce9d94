"""Which layers differ between the rules of two frameworks, as a table."""

from __future__ import annotations

from collections.abc import Sequence

from cnncalc.analysis.portability import Difference
from cnncalc.document import Block, Column, Document, Paragraph, Row, Table, Text, plain
from cnncalc.harmless import harmless
from cnncalc.language import _, plural
from cnncalc.shape import text
from cnncalc.views.numbers import exact

MOST_SHOWN = 200
FEW = 20
"""So many layers are shown one by one; of more those are counted that differ only because of what arrives there."""


def portability(found: Sequence[Difference], here: str, there: str, all_rows: bool = False) -> Document:
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
    telling = _telling(found, all_rows)
    rows = [row for difference in telling[:MOST_SHOWN] for row in _rows(difference)]
    blocks: list[Block] = [Table(columns, tuple(rows))]
    if len(telling) > MOST_SHOWN:
        sentence = _("and {count} more layers")
        blocks.append(Paragraph(plain(sentence.format(count=len(telling) - MOST_SHOWN)), indent=1))
    if following := len(found) - len(telling):
        sentence = plural(
            "{count} more layer differs because of what arrives there; --all-rows lists it",
            "{count} more layers differ because of what arrives there; --all-rows lists them",
            following,
        )
        blocks.append(Paragraph(plain(sentence.format(count=following)), indent=1))
    return Document(tuple(blocks))


def _telling(found: Sequence[Difference], all_rows: bool) -> Sequence[Difference]:
    """Those that are worth a line: of many the ones that differ by themselves."""
    telling = [difference for difference in found if not difference.follows]
    return found if all_rows or len(found) <= FEW or not telling else telling


def _rows(difference: Difference) -> list[Row]:
    """The lines of a layer; its name stands in the first."""
    said = [
        (_("output"), *("?" if shape is None else text(shape) for shape in difference.outputs)),
        (_("padding"), *map(_pairs, difference.paddings)),
        (_("parameters"), *("?" if count is None else exact(count) for count in difference.parameters)),
    ]
    # Of a layer that is refused there nothing is known.
    differing = [line for line in said if line[1] != line[2]][: 1 if difference.outputs[1] is None else 3]
    names = [harmless(difference.layer), *[""] * (len(differing) - 1)]
    return [tuple(map(Text, (name, *line))) for name, line in zip(names, differing, strict=True)]


def _pairs(pairs: tuple[tuple[int, int], ...] | None) -> str:
    """The padding of each axis, before and after: `1`, or `0/1`; axes that are alike are said once."""
    if pairs is None:
        return "?"
    written = [str(before) if before == after else f"{before}/{after}" for before, after in pairs]
    return written[0] if len(set(written)) == 1 else "×".join(written)
