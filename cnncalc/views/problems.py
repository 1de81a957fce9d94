"""Findings: each with its place and its help, and one closing line that counts them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from cnncalc.document import Block, Cell, Count, Document, Found, Paragraph, ShapeCell, Table, Text, plain
from cnncalc.harmless import harmless
from cnncalc.language import _, plural
from cnncalc.problem import Finding, Severity
from cnncalc.source import Place
from cnncalc.views.footer import listed

MOST_SHOWN = 100


def problems(findings: Sequence[Finding], *, partial: bool = False, closing: bool = True) -> Document:
    """The first hundred findings and, as `closing`, how many there are; `partial` says what ? and ≥ mean above."""
    if not findings:
        return Document(())
    blocks: list[Block] = [Found(finding) for finding in _in_order(findings)[:MOST_SHOWN]]
    rest = len(findings) - MOST_SHOWN
    if rest > 0:
        blocks.append(Paragraph(plain(not_shown(rest)), indent=0))
    if closing:
        blocks.append(Paragraph(plain(_closing(findings, partial)), indent=0))
    return Document(tuple(blocks))


def not_shown(rest: int) -> str:
    """How many more there are."""
    sentence = plural("and {count} more that is not shown", "and {count} more that are not shown", rest)
    return sentence.format(count=f"{rest:,}")


def marked(document: Document) -> bool:
    """Whether a table of the document shows a ? or ≥."""
    tables = [block for block in document.blocks if isinstance(block, Table)]
    return any(_marks(cell) for table in tables for row in (*table.rows, table.total or ()) for cell in row)


def _marks(cell: Cell) -> bool:
    match cell:
        case Count(status=status):
            return status != "complete"
        case ShapeCell(shape=shape):
            return shape is None
        case Text(text=text):
            return text == "?"
    return False


def _in_order(findings: Sequence[Finding]) -> list[Finding]:
    """File after file as they were given, and down each from its first line; what has no place comes first."""
    files = {name: index for index, name in enumerate(dict.fromkeys(map(_file, findings)))}
    return sorted(findings, key=lambda finding: (files[_file(finding)], finding.place or Place(0, 0, 0, 0)))


def _file(finding: Finding) -> str:
    return "" if finding.source is None else finding.source.name


def _closing(findings: Sequence[Finding], partial: bool) -> str:
    counts = Counter(finding.severity for finding in findings)
    said_of_all = counted(counts)
    files = sorted({finding.source.name for finding in findings if finding.source is not None})
    if not files:
        said = _("{counted}.").format(counted=said_of_all)
    elif len(files) == 1:
        said = _("{counted} in {file}.").format(counted=said_of_all, file=harmless(files[0]))
    else:
        said = _("{counted} in {count} files.").format(counted=said_of_all, count=len(files))
    if partial and counts["error"]:
        errors = counts["error"]
        follows = plural("? follows from it, ≥ leaves it out.", "? follows from them, ≥ leaves them out.", errors)
        return f"{said} {follows}"
    return said


def counted(counts: Mapping[Any, int]) -> str:
    """How many of each severity, the worst first."""
    return listed([_counted(severity, counts[severity]) for severity in _SEVERITIES if counts[severity]])


_SEVERITIES: tuple[Severity, ...] = ("error", "warning", "advice", "note")


def _counted(severity: Severity, count: int) -> str:
    match severity:
        case "error":
            return plural("{count} error", "{count} errors", count).format(count=f"{count:,}")
        case "warning":
            return plural("{count} warning", "{count} warnings", count).format(count=f"{count:,}")
        case "advice":
            return plural("{count} piece of advice", "{count} pieces of advice", count).format(count=f"{count:,}")
        case "note":
            return plural("{count} note", "{count} notes", count).format(count=f"{count:,}")
