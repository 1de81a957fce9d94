"""Findings: each with its place and its help, and one closing line that counts them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from cnncalc.document import Block, Cell, Count, Document, Found, Paragraph, ShapeCell, Table, Text, plain
from cnncalc.harmless import harmless
from cnncalc.language import _, plural
from cnncalc.problem import Finding, Severity
from cnncalc.source import Place
from cnncalc.views.footer import listed

MOST_SHOWN = 100


def problems(findings: Sequence[Finding], *, partial: bool = False) -> Document:
    """The first hundred findings and how many there are; `partial` says what ? and ≥ mean in the table above."""
    if not findings:
        return Document(())
    return Document((*blocks(findings), Paragraph(plain(_closing(findings, partial)), indent=0)))


def blocks(findings: Sequence[Finding]) -> tuple[Block, ...]:
    """The first hundred findings, and how many there are beyond them."""
    shown: list[Block] = [Found(finding) for finding in _in_order(findings)[:MOST_SHOWN]]
    rest = len(findings) - MOST_SHOWN
    if rest > 0:
        sentence = plural("and {count} more that is not shown", "and {count} more that are not shown", rest)
        shown.append(Paragraph(plain(sentence.format(count=rest)), indent=0))
    return tuple(shown)


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
    counted = counted_out(counts)
    files = sorted({finding.source.name for finding in findings if finding.source is not None})
    if not files:
        said = _("{counted}.").format(counted=counted)
    elif len(files) == 1:
        said = _("{counted} in {file}.").format(counted=counted, file=harmless(files[0]))
    else:
        said = _("{counted} in {count} files.").format(counted=counted, count=len(files))
    if partial and counts["error"]:
        errors = counts["error"]
        follows = plural("? follows from it, ≥ leaves it out.", "? follows from them, ≥ leaves them out.", errors)
        return f"{said} {follows}"
    return said


def counted_out(counts: Mapping[Severity, int]) -> str:
    """How many there are of each severity: `1 error and 2 warnings`."""
    return listed([_counted(severity, counts[severity]) for severity in _SEVERITIES if counts.get(severity)])


_SEVERITIES: tuple[Severity, ...] = ("error", "warning", "advice", "note")


def _counted(severity: Severity, count: int) -> str:
    match severity:
        case "error":
            return plural("{count} error", "{count} errors", count).format(count=count)
        case "warning":
            return plural("{count} warning", "{count} warnings", count).format(count=count)
        case "advice":
            return plural("{count} piece of advice", "{count} pieces of advice", count).format(count=count)
        case "note":
            return plural("{count} note", "{count} notes", count).format(count=count)
