"""A document as text for a terminal, a pipe or a file, with or without colours.

Lines are laid out first and printed afterwards: short documents by rich, long ones (rich needs seconds for ten thousand
rows) by a plain writer that writes the very same characters.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from typing import TextIO, TypeVar

from cnncalc import collector
from cnncalc.document import Block, Derivation, Document, Facts, Found, Heading, Paragraph, Table, Verdict
from cnncalc.render import layout, problems, prose, stream
from cnncalc.render.layout import Line
from cnncalc.render.signs import Say, speaker

MOST_ROWS_FOR_RICH = 300

STYLES = {
    "": "",
    "bold": "bold",
    "dim": "dim",
    "bar": "cyan",
    "error": "bold red",
    "warning": "bold yellow",
    "advice": "bold cyan",
    "note": "bold cyan",
    "gutter": "blue",
    "help": "green",
}
"""What each style of a span looks like, in rich's words."""

_B = TypeVar("_B", Table, Facts, Derivation)


def write(
    document: Document,
    out: TextIO,
    *,
    color: stream.Color = "auto",
    width: int | None = None,
    ascii: bool = False,
    environ: Mapping[str, str] = os.environ,
) -> None:
    """Write the document to a stream, in the colours, the width and the signs it can carry."""
    say = speaker(stream.encoding_of(out), ascii)
    lines = lay_out(document, width or stream.width_of(out, environ), say)
    stream.put(painted(lines, stream.colored(out, color, environ)), out)


def render(document: Document, width: int = stream.USUAL, ascii: bool = False) -> str:
    """The document as plain text."""
    return by_hand(lay_out(document, width, speaker(None, ascii)), color=False)


def painted(lines: Sequence[Line], color: bool) -> str:
    """The lines as one text, by whichever writer suits: without colours there is nothing for rich to do."""
    return by_rich(lines) if color and len(lines) <= MOST_ROWS_FOR_RICH else by_hand(lines, color)


def by_rich(lines: Sequence[Line]) -> str:
    """The lines in colours, as rich prints them. They are laid out: rich must neither wrap nor interpret them."""
    from io import StringIO

    from rich.console import Console
    from rich.text import Text

    page = StringIO()
    console = Console(
        file=page,
        force_terminal=True,
        color_system="standard",
        legacy_windows=False,
        markup=False,
        emoji=False,
        highlight=False,
        _environ={},
    )
    for line in lines:
        text = Text(no_wrap=True, overflow="ignore", end="\n")
        for span in line:
            text.append(span.text, STYLES[span.style] or None)
        console.print(text, soft_wrap=True)
    return page.getvalue()


def by_hand(lines: Sequence[Line], color: bool) -> str:
    """The same text without the cost of a console."""
    if not color:
        return "".join("".join(span.text for span in line) + "\n" for line in lines)
    from rich.color import ColorSystem
    from rich.style import Style

    marks = {
        style: Style.parse(look).render("\0", color_system=ColorSystem.STANDARD).split("\0") if look else ("", "")
        for style, look in STYLES.items()
    }
    return "".join(
        "".join(marks[span.style][0] + span.text + marks[span.style][1] if span.text else "" for span in line) + "\n"
        for line in lines
    )


@collector.paused()
def lay_out(document: Document, width: int, say: Say) -> list[Line]:
    """The lines of the whole document, blocks separated by one blank line."""
    tables, end = _tables(document, width, say)
    end = end or min(width, stream.USUAL) - 1
    derivations = _of(document, Derivation)
    derived = dict(zip(map(id, derivations), prose.derivations(derivations, width, say), strict=True))
    lines: list[Line] = []
    for block in document.blocks:
        if lines:
            lines.append(())
        if isinstance(block, Table):
            lines += tables[id(block)]
        elif isinstance(block, Derivation):
            lines += derived[id(block)]
        else:
            lines += _block(block, document, end, width, say)
    return lines


def _block(
    block: Heading | Facts | Verdict | Paragraph | Found, document: Document, end: int, width: int, say: Say
) -> list[Line]:
    match block:
        case Heading():
            return prose.heading(block, end, width, say)
        case Facts():
            together = [other for other in _of(document, Facts) if other.indent == block.indent]
            return prose.facts(block, prose.label_width(together, say), width, say)
        case Verdict():
            return prose.verdict(block, width, say)
        case Paragraph():
            return prose.paragraph(block, width, say)
        case Found():
            return problems.found(block.finding, width, say)


def _tables(document: Document, width: int, say: Say) -> tuple[dict[int, list[Line]], int]:
    """The lines of each table, and where the widest one ends; tables with the same columns are laid out together."""
    groups: dict[tuple[str, ...], list[Table]] = {}
    for table in _of(document, Table):
        groups.setdefault(tuple(column.key for column in table.columns), []).append(table)
    laid_out: dict[int, list[Line]] = {}
    widest = 0
    for group in groups.values():
        lines, end = layout.lay_out(group, width, say)
        laid_out |= zip(map(id, group), lines, strict=True)
        widest = max(widest, end)
    return laid_out, widest


def _of(document: Document, kind: type[_B]) -> list[_B]:
    return [block for block in document.blocks if isinstance(block, kind)]


def lines_of(block: Block, width: int) -> Iterator[str]:
    """One block as lines of plain text, for formats that show it as it stands."""
    for line in lay_out(Document((block,)), width, speaker()):
        yield "".join(span.text for span in line)
