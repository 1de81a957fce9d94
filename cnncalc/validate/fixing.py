"""The safe changes that findings carry, made in the file itself; comments and layout stay."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable

from cnncalc.harmless import harmless
from cnncalc.problem import Finding
from cnncalc.record import changed
from cnncalc.source import Edit, Source
from cnncalc.spec.edit import applied
from cnncalc.validate.paths import Candidate
from cnncalc.validate.problems import CannotWrite
from cnncalc.validate.run import Checked

MOST_ROUNDS = 10
"""A change can make another one possible; more rounds than this are never needed."""


def fix(
    candidate: Candidate,
    check: Callable[[Candidate], Checked],
    write: Callable[[str, bytes], None],
) -> tuple[Checked, int]:
    """What is found in the file after every safe change has been made, and how many were made.

    Standard input and shipped specs are left as they are. A file that cannot be written keeps its findings, with one
    more that says why.
    """
    checked, made = check(candidate), 0
    if not candidate.own:
        return checked, 0
    try:
        for _round in range(MOST_ROUNDS):
            if not (count := _once(candidate.file, edits(checked), write)):
                break
            made += count
            checked = check(candidate)
    except OSError as error:
        return _unwritten(checked, harmless(error.strerror or str(error), 200)), made
    return checked, made


def edits(checked: Checked) -> set[Edit]:
    """The safe changes that the findings of a file carry."""
    return set() if checked.findings is None else {one for found in checked.findings.findings for one in found.edits}


def _once(file: str, wanted: set[Edit], write: Callable[[str, bytes], None]) -> int:
    """Make these changes in the file, and say how many they were."""
    if not wanted:
        return 0
    with open(file, "rb") as opened:
        data = opened.read()
    mark = b"\xef\xbb\xbf" if data.startswith(b"\xef\xbb\xbf") else b""
    before = data[len(mark) :].decode("utf-8")
    after = applied(before, wanted)
    if after == before:
        return 0
    if not os.access(file, os.W_OK):
        # It is replaced as a whole, which its directory may allow; but who protects a file means it.
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), file)
    write(file, mark + after.encode("utf-8"))
    return len(wanted)


def _unwritten(checked: Checked, reason: str) -> Checked:
    found = checked.findings
    if found is None:
        return checked
    more = Finding(CannotWrite(reason), Source(found.file, ""))
    return changed(checked, findings=changed(found, status="unreadable", findings=(more, *found.findings)))
