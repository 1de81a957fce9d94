"""Many findings: how many of them are listed, and those of several files as `validate` reports them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, Literal

from cnncalc.language import plural
from cnncalc.problem import Finding, Problem, Severity
from cnncalc.record import Record

MOST_LISTED = 10_000
"""So many problems are listed for programs; one more says that there are others."""

FileStatus = Literal["clean", "findings", "unreadable", "configuration"]


class TooManyProblems(Problem):
    """There are more than ten thousand problems. The others are not listed, and if it is the text that is so full of
    them, reading stopped there.

    What to do: mend the first few; many of the others usually go with them.
    """

    count: int

    def message(self) -> str:
        return plural(
            "there is more than {count} problem; the others are not listed",
            "there are more than {count} problems; the others are not listed",
            self.count,
        ).format(count=f"{self.count:,}")


def listed(findings: Sequence[Finding]) -> Sequence[Finding]:
    """The findings that a document for programs lists, so that none grows beyond all bounds."""
    if len(findings) <= MOST_LISTED + 1:  # the reader stops by itself with one more, which says so
        return findings
    return [*findings[:MOST_LISTED], Finding(TooManyProblems(MOST_LISTED), findings[MOST_LISTED].source)]


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
                for finding in listed(self.findings)
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
