"""Findings in a line each, `file:line:column: severity[code] message`, as editors and `grep` want them."""

from __future__ import annotations

from cnncalc.findings import Findings
from cnncalc.harmless import harmless
from cnncalc.problem import Finding
from cnncalc.render.reports._words import message
from cnncalc.render.signs import speaker


def render(found: Findings, encoding: str | None = None, ascii: bool = False) -> str:
    """The lines; none where nothing was found."""
    say = speaker(encoding, ascii)
    return "".join(f"{say(_line(file.file, finding))}\n" for file in found.files for finding in file.findings)


def _line(file: str, finding: Finding) -> str:
    name = harmless(file)
    where = name if finding.place is None else f"{name}:{finding.place.line}:{finding.place.column}"
    return f"{where}: {finding.severity}[{finding.code}] {message(finding)}"
