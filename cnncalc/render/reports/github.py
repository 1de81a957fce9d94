"""Findings as commands that a GitHub runner turns into annotations of the lines they concern."""

from __future__ import annotations

from cnncalc.findings import Findings
from cnncalc.harmless import harmless
from cnncalc.problem import Finding
from cnncalc.render.reports._files import from_root
from cnncalc.render.reports._words import in_full
from cnncalc.render.signs import speaker

LEVELS = {"error": "error", "warning": "warning", "advice": "notice", "note": "notice"}

_DATA = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_PROPERTY = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A", ":": "%3A", ",": "%2C"})


def render(found: Findings, encoding: str | None = None, ascii: bool = False) -> str:
    """A command a finding."""
    say = speaker(encoding, ascii)
    lines = []
    for file in found.files:
        name = harmless(from_root(file.file))
        for finding in file.findings:
            properties = ",".join(f"{key}={say(value).translate(_PROPERTY)}" for key, value in _of(name, finding))
            data = "\n".join(map(say, in_full(finding).split("\n"))).translate(_DATA)
            lines.append(f"::{LEVELS[finding.severity]} {properties}::{data}\n")
    return "".join(lines)


def _of(file: str, finding: Finding) -> list[tuple[str, str]]:
    """Where it is, and its code as the title. Columns are allowed within one line only; the last one is part of it."""
    found = [("file", file)]
    if (place := finding.place) is not None:
        found += [("line", str(place.line)), ("endLine", str(place.end_line))]
        if place.line == place.end_line:
            found += [("col", str(place.column)), ("endColumn", str(max(place.column, place.end_column - 1)))]
    return [*found, ("title", f"cnncalc {finding.code}")]
