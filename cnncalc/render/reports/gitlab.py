"""Findings as GitLab's code quality report, which a merge request shows beside its changes."""

from __future__ import annotations

from cnncalc.findings import Findings
from cnncalc.harmless import harmless
from cnncalc.render import json
from cnncalc.render.reports._files import fingerprinted, from_root
from cnncalc.render.reports._words import message

SEVERITIES = {"error": "major", "warning": "minor", "advice": "info", "note": "info"}


def render(found: Findings, encoding: str | None = None, ascii: bool = False) -> str:
    """One entry a finding; what has no place is said of the first line, because a line is demanded."""
    entries = [
        {
            "description": message(finding),
            "check_name": finding.code,
            "fingerprint": fingerprint,
            "severity": SEVERITIES[finding.severity],
            "location": {
                "path": harmless(from_root(file.file)),
                "lines": {"begin": finding.place.line, "end": finding.place.end_line}
                if finding.place is not None
                else {"begin": 1},
            },
        }
        for file in found.files
        for finding, fingerprint in fingerprinted(file)
    ]
    return json.render(entries, encoding="ascii" if ascii else encoding)
