"""The report of `validate`: the findings file by file, and a last line that says what they come to."""

from __future__ import annotations

from cnncalc.document import Document, Paragraph, plain
from cnncalc.findings import Findings
from cnncalc.harmless import harmless
from cnncalc.language import _, plural
from cnncalc.views.problems import blocks, counted_out


def validate(found: Findings, fixed: int = 0) -> Document:
    """Everything that was found; `fixed` changes were made before."""
    findings = list(found)
    shown = blocks(findings) if findings else ()
    return Document((*shown, Paragraph(plain(_closing(found, fixed)), indent=0)))


def _closing(found: Findings, fixed: int) -> str:
    """`2 errors and 1 warning in 2 of 5 specs; 3 files without layers passed over; 4 changes made.`"""
    count = len(found.files)
    clean = sum(file.status == "clean" for file in found.files)
    counts = found.counts()
    if clean == count:
        said = plural("{count} spec, clean", "{count} specs, all clean", count).format(count=count)
    elif count == 1:
        said = _("{counted} in {file}").format(counted=counted_out(counts), file=harmless(found.files[0].file))
    else:
        said = _("{counted} in {bad} of {count} specs").format(
            counted=counted_out(counts), bad=count - clean, count=count
        )
    parts = [said]
    if found.skipped:
        skipped = len(found.skipped)
        more = plural("{count} file without layers passed over", "{count} files without layers passed over", skipped)
        parts.append(more.format(count=skipped))
    if fixed:
        parts.append(plural("{count} change made", "{count} changes made", fixed).format(count=fixed))
    return _("{words}.").format(words=_("; ").join(parts))
