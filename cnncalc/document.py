"""What is to be shown: headings, tables, facts, derivations, verdicts, problems. No markup and no widths.

A view builds a `Document`; a renderer knows a format and these blocks, and nothing else. Blocks are separated by one
blank line. Tables of a document whose columns have the same keys are laid out with the same widths; all `Facts` with
the same indent share one label column, and all `Derivation`s share label column, equals sign and column of notes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from cnncalc.problem import Finding
from cnncalc.record import Record
from cnncalc.result import Status
from cnncalc.shape import Shape

if TYPE_CHECKING:
    from cnncalc.formula.write import Formula, Letters

Style = Literal["", "bold", "dim", "bar", "error", "warning", "advice", "note", "gutter", "help"]


class Span(NamedTuple):
    """A stretch of text in one style; where it is a formula, also that formula, for formats that have their own way."""

    text: str
    style: Style = ""
    formula: Formula | Letters | None = None


Phrase = tuple[Span, ...]


def plain(text: str) -> Phrase:
    """The text as a phrase of its own, without a style."""
    return (Span(text),)


def bold(text: str) -> Phrase:
    """The text as a bold phrase: a name, a total, a result."""
    return (Span(text, "bold"),)


def dim(text: str) -> Phrase:
    """The text as a phrase that steps back: a note."""
    return (Span(text, "dim"),)


EQUALS = " = "
"""What stands between two formulas of a phrase, in a span of its own."""


def words(phrase: Phrase) -> str:
    """The phrase without its styles."""
    return "".join(span.text for span in phrase)


class Text(Record):
    """A cell of words; `shorter` is what stands there when the width runs out, the best first, the shortest last.

    `phrase` is the same text where parts of it are formulas.
    """

    text: str
    shorter: tuple[str, ...] = ()
    style: Style = ""
    phrase: Phrase = ()


class Count(Record):
    """A cell with a number: its exact value, how far it can be trusted, and how it is written here."""

    value: int | None
    status: Status
    text: str


class ShapeCell(Record):
    """A cell with a shape; None is unknown."""

    shape: Shape | None


class Share(Record):
    """A cell that says which part of its column's total the number on its left is."""

    text: str


class Bar(Record):
    """A cell that draws the number on its left; `longest` is the largest number of the column."""

    value: int
    longest: int


Cell = Text | Count | ShapeCell | Share | Bar
Row = tuple[Cell, ...]
BLANK = Text("")


class Column(Record):
    """A column of a table: what stands above it and what may happen to it when the width shrinks.

    The lowest `drop` goes first, equal ones go together, None stays; `shorten` is the moment, in the same order, from
    which those of its cells that do not fit show a shorter text. `gap` is the room on its left when there is enough of
    it.
    """

    key: str
    head: str = ""
    align: Literal["left", "right", "shape", "bar"] = "left"
    drop: int | None = None
    shorten: int | None = None
    group: str = ""
    gap: int = 3
    attached: bool = False
    whole: bool = False
    """Its cells are never cut: half a formula or half a sentence says nothing."""


class Heading(Record):
    """The first line: what it is about on the left, under which conditions on the right."""

    left: Phrase
    right: str = ""


class Table(Record):
    """Rows under heads between two rules, and the total below. A head may have several lines."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    total: Row | None = None


class Fact(NamedTuple):
    """A labelled line. `mark` is (start, length) in the value: a caret is set under it.

    Without a value the label is a line of its own; without a label the value continues the fact above.
    """

    label: str
    value: Phrase = ()
    mark: tuple[int, int] | None = None


class Facts(Record):
    """Labelled lines with one label column. `aligned` sets the spans of the values under each other, right-aligned."""

    facts: tuple[Fact, ...]
    indent: int = 1
    gap: int = 2
    aligned: bool = False


class Step(Record):
    """A line `left = right` of a derivation; without `equals` the right side begins in the column of the signs."""

    right: Phrase
    left: str = ""
    equals: bool = True
    note: str = ""
    drawn: bool = False
    """Whether its columns stand under those of the lines around it, as in a matrix."""


class Pair(Record):
    """A line of a derivation that names a number: the names are left-aligned, the numbers right-aligned."""

    name: str
    number: str
    unit: str = ""


class Prose(Record):
    """Sentences in a derivation, wrapped to the width."""

    text: str


class Picture(Record):
    """Lines that are drawn, in a derivation; the note stands behind the last one."""

    lines: tuple[str, ...]
    note: str = ""


class Entry(NamedTuple):
    """What stands behind one label of a derivation."""

    label: str
    lines: tuple[Step | Pair | Prose | Picture, ...]


class Derivation(Record):
    """Labelled calculations, one equals sign under the other, without blank lines between them."""

    entries: tuple[Entry, ...]


class Verdict(Record):
    """Right or wrong, in one line."""

    right: bool
    text: str


class Paragraph(Record):
    """Sentences, wrapped to the width; a line feed starts a new line."""

    text: Phrase
    indent: int = 1


class Found(Record):
    """A problem that was found, with the lines of the file it stands in."""

    finding: Finding


Block = Heading | Table | Facts | Derivation | Verdict | Paragraph | Found


class Document(Record):
    """What one command has to show."""

    blocks: tuple[Block, ...]
