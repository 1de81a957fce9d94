"""A document as a small piece of HTML that stands alone: nothing in it is loaded from anywhere."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from cnncalc.document import (
    Bar,
    Block,
    Cell,
    Column,
    Count,
    Document,
    Facts,
    Heading,
    Paragraph,
    Phrase,
    Row,
    Table,
    Verdict,
)
from cnncalc.render.plain import cell_text
from cnncalc.render.signs import speaker
from cnncalc.render.stream import USUAL
from cnncalc.render.terminal import lines_of

_STYLE = """
.cnncalc table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
.cnncalc th { border-bottom: 1px solid; font-weight: normal; vertical-align: bottom; }
.cnncalc th, .cnncalc td { padding: 0 .6em; text-align: left; white-space: pre; }
.cnncalc .right, .cnncalc .shape { text-align: right; }
.cnncalc tfoot td { border-top: 1px solid; font-weight: bold; }
.cnncalc .dim { opacity: .6; }
.cnncalc meter { width: 5em; }
"""

_say = speaker()


def render(document: Document) -> str:
    """The document as one `div` with its own style."""
    inner = "\n".join(part for block in document.blocks for part in _block(block))
    return f'<div class="cnncalc"><style>{_STYLE}</style>\n{inner}\n</div>\n'


def escaped(text: str) -> str:
    """The text so that a browser shows it and does nothing else."""
    return escape(_say(text))


def _block(block: Block) -> Iterator[str]:
    match block:
        case Heading():
            right = f' <span class="dim">{escaped(block.right)}</span>' if block.right else ""
            yield f"<p>{_phrase(block.left)}{right}</p>"
        case Table():
            yield from _table(block)
        case Facts(aligned=False) if not any(fact.mark for fact in block.facts):
            yield "<table>"
            for fact in block.facts:
                yield f"<tr><td>{escaped(fact.label)}</td><td>{_phrase(fact.value)}</td></tr>"
            yield "</table>"
        case Paragraph():
            yield f"<p>{_phrase(block.text)}</p>"
        case Verdict():
            yield f"<p>{'✓' if block.right else '✗'} {escaped(block.text)}</p>"
        case _:
            lines = "\n".join(map(escape, lines_of(block, USUAL)))
            yield f"<pre>{lines}</pre>"


def _phrase(phrase: Phrase) -> str:
    texts = ((_lines(span.text), span.style) for span in phrase)
    return "".join(f"<b>{text}</b>" if style == "bold" else text for text, style in texts)


def _lines(text: str) -> str:
    return "<br>".join(map(escaped, text.split("\n")))


def _table(table: Table) -> Iterator[str]:
    heads = "".join(f'<th class="{column.align}">{_lines(column.head)}</th>' for column in table.columns)
    yield f"<table><thead><tr>{heads}</tr></thead><tbody>"
    for row in table.rows:
        yield _row(row, table.columns)
    yield "</tbody>"
    if table.total is not None:
        yield f"<tfoot>{_row(table.total, table.columns)}</tfoot>"
    yield "</table>"


def _row(row: Row, columns: tuple[Column, ...]) -> str:
    return "<tr>" + "".join(_cell(cell, column) for cell, column in zip(row, columns, strict=True)) + "</tr>"


def _cell(cell: Cell, column: Column) -> str:
    if isinstance(cell, Bar):
        drawn = f'<meter max="{cell.longest}" value="{cell.value}"></meter>' if cell.value else ""
        return f"<td>{drawn}</td>"
    if isinstance(cell, Count):
        exact = "" if cell.value is None else f' title="{cell.value:,}"'
        dim = " dim" if cell.value == 0 else ""
        return f'<td class="{column.align}{dim}"{exact}>{escaped(cell.text)}</td>'
    return f'<td class="{column.align}">{escaped(cell_text(cell))}</td>'
