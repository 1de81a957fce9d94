"""Findings as JUnit XML: a case for each file that is clean, and one for each finding in the others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from cnncalc.findings import FileFindings, Findings
from cnncalc.language import _
from cnncalc.problem import Finding
from cnncalc.render import junit
from cnncalc.render.junit import Case
from cnncalc.render.reports._files import from_root
from cnncalc.render.reports._words import in_full, message


def render(found: Findings, encoding: str | None = None, ascii: bool = False) -> str:
    """The suite; in an encoding that is not its own every sign beyond ASCII is written as a number."""
    text = junit.render("cnncalc validate", [case for file in found.files for case in _cases(file, found)])
    own = not ascii and (encoding is None or encoding.lower().replace("-", "") == "utf8")
    return text if own else text.encode("ascii", "xmlcharrefreplace").decode("ascii")


def _cases(file: FileFindings, found: Findings) -> Iterator[Case]:
    path = from_root(file.file)
    if not file.findings:
        yield Case(_("all holds"), path)
    seen: Counter[str] = Counter()
    for finding in file.findings:
        name = finding.code if finding.place is None else f"{finding.code}:{finding.place.line}:{finding.place.column}"
        seen[name] += 1  # a name of its own for each, or a server shows one of them only
        yield _case(file, finding, name if seen[name] == 1 else f"{name} ({seen[name]})", path, found)


def _case(file: FileFindings, finding: Finding, name: str, path: str, found: Findings) -> Case:
    """What makes the run fail is a failure, a file that cannot be read an error; the rest passes, with a remark."""
    line = f"{finding.severity}[{finding.code}] {in_full(finding)}"
    if file.status == "unreadable":
        return Case(name, path, message(finding), line, type=finding.code, error=True)
    if finding.severity in found.failing:
        return Case(name, path, message(finding), line, type=finding.code)
    return Case(name, path, details=line)
