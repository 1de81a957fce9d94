"""A document as Markdown: headings, pipe tables, lists; what is drawn in columns stands in an indented code block."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cnncalc.document import Block, Cell, Document, Facts, Heading, Paragraph, Phrase, Row, Table, Verdict
from cnncalc.render.plain import cell_text, shown_columns
from cnncalc.render.signs import speaker
from cnncalc.render.stream import USUAL
from cnncalc.render.terminal import lines_of

_SPECIAL = re.compile(r"[\\`*\[\]|~!#$]|(?<![0-9A-Za-z])_|_(?![0-9A-Za-z])|(?<=http):|(?<=https):|(?<=www)\.")
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "@": "&#64;"}
_AT_START = re.compile(r"^([-+=]|[0-9]+[.)])")

_say = speaker()


def render(document: Document) -> str:
    """The document as Markdown."""
    return "\n\n".join("\n".join(_block(block)) for block in document.blocks) + "\n"


def folded(document: Document, summary: str, details: Document) -> str:
    """The document, and below it the details, which a page that knows HTML shows when somebody asks for them."""
    if not details.blocks:
        return render(document)
    closed = f"<details>\n<summary>{escaped(summary)}</summary>\n\n{render(details)}\n</details>\n"
    return f"{render(document)}\n{closed}"


def escaped(text: str) -> str:
    """The text so that Markdown shows it and does nothing else."""
    safe = re.sub("[&<>@]", lambda match: _ENTITIES[match.group()], _say(text))
    return _SPECIAL.sub(lambda match: "\\" + match.group(), safe.replace("&#64;", "\0")).replace("\0", "&#64;")


def _block(block: Block) -> Iterator[str]:
    match block:
        case Heading():
            yield f"## {_phrase(block.left, bold=False)}"
            if block.right:
                yield f"\n*{escaped(block.right)}*"
        case Table():
            yield from _table(block)
        case Facts(aligned=False) if not any(fact.mark for fact in block.facts):
            for fact in block.facts:
                value = _phrase(fact.value)
                yield f"- **{escaped(fact.label)}**: {value}" if fact.label else f"- {value}"
        case Paragraph():
            yield _AT_START.sub(r"\\\1", "  \n".join(_phrase(block.text).split("\n")))
        case Verdict():
            yield f"{'✓' if block.right else '✗'} {escaped(block.text)}"
        case _:
            for line in lines_of(block, USUAL):
                yield f"    {line}".rstrip()


def _phrase(phrase: Phrase, bold: bool = True) -> str:
    texts = (("\n".join(map(escaped, span.text.split("\n"))), span.style) for span in phrase)
    return "".join(f"**{text}**" if bold and style == "bold" else text for text, style in texts)


def _table(table: Table) -> Iterator[str]:
    columns = shown_columns(table)
    yield _row([escaped(table.columns[index].head.replace("\n", " ")) for index in columns])
    yield _row(["---:" if table.columns[index].align == "right" else "---" for index in columns])
    for row in table.rows:
        yield _row([_cell(row[index]) for index in columns])
    if table.total is not None:
        yield _row(_bold(table.total, columns))


def _bold(row: Row, columns: list[int]) -> list[str]:
    return [f"**{text}**" if (text := _cell(row[index])) else "" for index in columns]


def _cell(cell: Cell) -> str:
    return escaped(cell_text(cell))


def _row(texts: list[str]) -> str:
    return f"| {' | '.join(texts)} |"
