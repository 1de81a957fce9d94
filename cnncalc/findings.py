"""Findings of many files, as `validate` reports them: each file with its status, and how many of each severity."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any, Literal

from cnncalc.problem import Finding, Severity
from cnncalc.record import Record

FileStatus = Literal["clean", "findings", "unreadable"]


class FileFindings(Record):
    """What was found in one file, in the order of its lines."""

    file: str
    status: FileStatus
    findings: tuple[Finding, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """The file as it stands in the JSON document."""
        return {
            "file": self.file,
            "status": self.status,
            "findings": [
                {
                    **finding.to_dict(),
                    "file": self.file,
                    "variants": list(finding.variants),
                    "fixable": bool(finding.edits),
                }
                for finding in self.findings
            ],
        }


class Findings(Record):
    """What was found in all files, in the order in which they were named. `skipped` files hold no spec.

    `failing` are the severities that make the run fail.
    """

    files: tuple[FileFindings, ...]
    skipped: tuple[str, ...] = ()
    failing: tuple[Severity, ...] = ("error",)

    def __iter__(self) -> Iterator[Finding]:
        return (finding for file in self.files for finding in file.findings)

    def counts(self) -> Counter[Severity]:
        """How many findings there are of each severity."""
        return Counter(finding.severity for finding in self)

    def failed(self) -> bool:
        """Whether a file could not be read, or something is so bad that the run fails."""
        counts = self.counts()
        return any(file.status == "unreadable" for file in self.files) or any(map(counts.__getitem__, self.failing))

    def to_dict(self) -> dict[str, Any]:
        """The JSON document of `cnncalc validate --format json`."""
        counts = self.counts()
        return {
            "schema_version": 1,
            "files": [file.to_dict() for file in self.files],
            "summary": {
                "files": len(self.files),
                "skipped": len(self.skipped),
                "errors": counts["error"],
                "warnings": counts["warning"],
                "advice": counts["advice"] + counts["note"],
            },
        }
