"""The report of `validate`: the findings file by file, and a last line that says how many files are clean."""

from __future__ import annotations

from cnncalc.document import Block, Document, Paragraph, plain
from cnncalc.findings import Findings
from cnncalc.language import _, plural
from cnncalc.views.problems import problems


def validate(found: Findings, fixed: int = 0) -> Document:
    """Everything that was found; `fixed` changes were made before."""
    blocks: list[Block] = list(problems(list(found)).blocks)
    return Document((*blocks, Paragraph(plain(_closing(found, fixed)), indent=0)))


def _closing(found: Findings, fixed: int) -> str:
    count = len(found.files)
    clean = sum(file.status == "clean" for file in found.files)
    if clean == count:
        said = plural("{count} spec, clean", "{count} specs, all clean", count).format(count=count)
    else:
        said = plural("{count} spec, {clean} clean", "{count} specs, {clean} clean", count).format(
            count=count, clean=clean
        )
    if found.skipped:
        skipped = len(found.skipped)
        more = plural("{count} file without layers passed over", "{count} files without layers passed over", skipped)
        said = _("{line}; {more}").format(line=said, more=more.format(count=skipped))
    if fixed:
        more = plural("{count} change made", "{count} changes made", fixed).format(count=fixed)
        said = _("{line}; {more}").format(line=said, more=more)
    return _("{words}.").format(words=said)
