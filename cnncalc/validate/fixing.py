"""The safe changes that findings carry, made in the file itself; comments and layout stay."""

from __future__ import annotations

from collections.abc import Callable

from cnncalc.problem import Finding
from cnncalc.spec.edit import applied
from cnncalc.validate.paths import Candidate
from cnncalc.validate.run import Checked

MOST_ROUNDS = 10
"""A change can make another one possible; more rounds than this are never needed."""


def fix(
    candidate: Candidate,
    check: Callable[[Candidate], Checked],
    write: Callable[[str, bytes], None],
) -> tuple[Checked, int]:
    """What is found in the file after every safe change has been made, and how many were made.

    Raises:
        OSError: the file cannot be written.
    """
    checked, made = check(candidate), 0
    for _round in range(MOST_ROUNDS):
        edits = {edit for finding in _findings(checked) for edit in finding.edits}
        if not edits:
            break
        with open(candidate.file, "rb") as file:
            data = file.read()
        mark = b"\xef\xbb\xbf" if data.startswith(b"\xef\xbb\xbf") else b""
        before = data[len(mark) :].decode("utf-8")
        after = applied(before, edits)
        if after == before:
            break
        write(candidate.file, mark + after.encode("utf-8"))
        made += len(edits)
        checked = check(candidate)
    return checked, made


def _findings(checked: Checked) -> tuple[Finding, ...]:
    return () if checked.findings is None else checked.findings.findings
