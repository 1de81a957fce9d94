"""One spec or many, checked: problems of reading and shapes, the contract, the design rules, and what silences them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import partial

from cnncalc.engine.walk import analyze
from cnncalc.findings import FileFindings
from cnncalc.harmless import harmless
from cnncalc.problem import Finding, in_order
from cnncalc.record import Record
from cnncalc.rules import broken as broken_rules
from cnncalc.source import Source
from cnncalc.spec.limits import MOST_BYTES
from cnncalc.spec.load import load
from cnncalc.spec.network import Network, SpecError
from cnncalc.spec.problems import MissingKey
from cnncalc.spec.reading_problems import UnreadableFile
from cnncalc.translation import speak, spoken
from cnncalc.validate import contract
from cnncalc.validate.baseline import Entry, entry
from cnncalc.validate.paths import Candidate
from cnncalc.validate.settings import Settings
from cnncalc.validate.silence import not_silenced

_KEY = re.compile(rb"(?m)^[\"']?layers[\"']?[ \t]*:")
_KEY_IN_BRACES = re.compile(rb"[\"']?layers[\"']?\s*:")
"""A file with a key `layers`, at the start of a line or in braces, may hold a spec; reading it tells."""

NO_SPEC = ("not-a-spec", "no-spec")

FEW = 8
"""For fewer files no second process is started: that takes longer than they do."""


class Checked(Record):
    """A file with its findings, and what a baseline keeps of it; no findings where it holds no spec at all."""

    findings: FileFindings | None
    entry: Entry | None = None


def check(candidate: Candidate, settings: Settings, keep: bool = False) -> Checked:
    """Everything about one file; a file that was only come across and holds no spec is passed over.

    `keep` says whether a baseline will want to know what is in it.
    """
    if not candidate.named and not _may_hold_a_spec(candidate.file):
        return Checked(None)
    network = _network(candidate)
    if any(isinstance(one.problem, UnreadableFile) for one in network.problems):
        return Checked(FileFindings(candidate.name, "unreadable", network.problems))
    if not candidate.named and any(map(_is_no_spec, network.problems)):
        return Checked(None)
    result = analyze(network)
    findings = [
        *result.problems,
        *contract.broken(network, result, settings.budgets_of(candidate.file)),
        *broken_rules(network, result, settings.rules),
    ]
    left = tuple(sorted(not_silenced(findings, candidate.file, network.source, settings), key=in_order))
    found = FileFindings(candidate.name, "findings" if left else "clean", left)
    return Checked(found, entry(left, result) if keep else None)


def check_all(
    candidates: Sequence[Candidate], settings: Settings, jobs: int = 1, keep: bool = False
) -> Iterator[Checked]:
    """All files, one after the other in their order, whatever the number of jobs.

    What was calculated is not kept: memory does not grow with the number of files.
    """
    # Standard input belongs to this process; another one would find it empty.
    if jobs == 1 or len(candidates) < FEW or any(one.file == "-" for one in candidates):
        yield from (check(candidate, settings, keep) for candidate in candidates)
        return
    from concurrent.futures import ProcessPoolExecutor

    with ProcessPoolExecutor(jobs, initializer=speak, initargs=(spoken(),)) as pool:
        yield from pool.map(partial(check, settings=settings, keep=keep), candidates, chunksize=8)


def _may_hold_a_spec(file: str) -> bool:
    """Whether a file has a key `layers`; one that cannot be opened may, so that this is said."""
    try:
        with open(file, "rb") as opened:
            data = opened.read(MOST_BYTES)
    except (OSError, ValueError):
        return True
    if b"layers" not in data:
        return False
    in_braces = data.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"{")
    return (_KEY_IN_BRACES if in_braces else _KEY).search(data) is not None


def _is_no_spec(finding: Finding) -> bool:
    """Whether this says that the file is something else: a mapping without `layers`, or no mapping."""
    missing = isinstance(finding.problem, MissingKey) and finding.problem.key == "layers"
    return missing or finding.code in NO_SPEC


def _network(candidate: Candidate) -> Network:
    try:
        return load(candidate.file, name=candidate.name)
    except SpecError as error:
        return error.network
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        source = Source(candidate.name, "")
        problem = UnreadableFile(f"{harmless(candidate.name)}: {harmless(reason)}")
        return Network("", (), (), (), source=source, problems=(Finding(problem, source),))
