"""The report of `validate`: for a terminal the findings file by file, for a pull request a table; and how many."""

from __future__ import annotations

from collections.abc import Iterator

from cnncalc.document import Block, Column, Document, Heading, Paragraph, Row, Table, Text, Verdict, bold, plain
from cnncalc.findings import FileFindings, Findings
from cnncalc.harmless import harmless
from cnncalc.language import _, plural
from cnncalc.problem import Finding
from cnncalc.views.problems import MOST_SHOWN, counted, not_shown, problems

MOST_CHARACTERS = 10_000
"""Of the words in a table. With everything escaped it still is a comment that GitHub takes (65,536 characters)."""


def validate(found: Findings, fixed: int = 0) -> Document:
    """Everything that was found; `fixed` changes were made before."""
    blocks: list[Block] = list(problems(list(found), closing=False).blocks)
    return Document((*blocks, _verdict(found, fixed)))


def comment(found: Findings, fixed: int = 0) -> Document:
    """A heading that says how it stands, and the findings in a row each."""
    rows = list(_rows(found))
    rest = sum(found.counts().values()) - len(rows)
    blocks: list[Block] = [Heading(bold("cnncalc validate")), _verdict(found, fixed)]
    if rows:
        heads = (_("severity"), _("place"), _("finding"), _("help"), _("code"))
        blocks.append(Table(tuple(Column(head, head) for head in heads), tuple(rows)))
    if rest:
        blocks.append(Paragraph(plain(not_shown(rest)), indent=0))
    return Document(tuple(blocks))


def _rows(found: Findings) -> Iterator[Row]:
    """The first hundred findings, or as many as there is room for."""
    left = MOST_CHARACTERS
    shown = 0
    for file in found.files:
        for finding in file.findings:
            words = _words(file, finding)
            left -= sum(map(len, words))
            if left < 0 or shown == MOST_SHOWN:
                return
            shown += 1
            yield tuple(map(Text, words))


def _words(file: FileFindings, finding: Finding) -> tuple[str, ...]:
    place = "" if finding.place is None else f":{finding.place.line}:{finding.place.column}"
    help = finding.all_help()
    return (
        finding.severity,
        harmless(file.file, 200) + place,
        harmless(finding.said(), 300),
        harmless(help[0].split("\n")[0], 300) if help else "",
        finding.code,
    )


def _verdict(found: Findings, fixed: int) -> Block:
    """Right or wrong, or, where there is something to read that fails no run, neither."""
    said = _closing(found, fixed)
    if found.failed() or not any(found):
        return Verdict(not found.failed(), said)
    return Paragraph(bold(said))


def _closing(found: Findings, fixed: int) -> str:
    """What was found, in how many of the specs, and what else happened to the files."""
    specs = [file for file in found.files if file.status != "configuration"]
    count, bad = len(specs), sum(bool(file.findings) for file in specs)
    if not any(found):
        said = plural("{count} spec, clean", "{count} specs, all clean", count).format(count=f"{count:,}")
    elif not bad or len(found.files) == 1:
        said = _("{counted} in {file}").format(counted=counted(found.counts()), file=harmless(found.files[-1].file))
    else:
        said = _("{counted} in {bad} of {count} specs").format(
            counted=counted(found.counts()), bad=f"{bad:,}", count=f"{count:,}"
        )
    if found.skipped:
        skipped = len(found.skipped)
        more = plural("{count} file without layers passed over", "{count} files without layers passed over", skipped)
        said = _("{line}; {more}").format(line=said, more=more.format(count=f"{skipped:,}"))
    if fixed:
        more = plural("{count} change made", "{count} changes made", fixed).format(count=fixed)
        said = _("{line}; {more}").format(line=said, more=more)
    return said
