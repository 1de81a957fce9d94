"""One spec or many, checked: problems of reading and shapes, the contract, the design rules, and what silences them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, partial

from cnncalc import catalogue
from cnncalc.engine.walk import analyze
from cnncalc.findings import FileFindings
from cnncalc.harmless import harmless
from cnncalc.problem import Finding, in_order
from cnncalc.record import Record
from cnncalc.rules import broken as broken_rules
from cnncalc.rules import chosen, every
from cnncalc.source import Source
from cnncalc.spec.load import load
from cnncalc.spec.network import Network, SpecError
from cnncalc.spec.reading_problems import UnreadableFile
from cnncalc.translation import speak, spoken
from cnncalc.validate import contract, ignores
from cnncalc.validate.baseline import Entry, entry
from cnncalc.validate.paths import Candidate
from cnncalc.validate.settings import Settings

_LAYERS = re.compile(r"(?m)^[ \t{,]*[\"']?layers[\"']?\s*:")
"""A file with this line may hold a spec; whether it does is known once it is read."""


FEW = 8
"""For fewer files no second process is started: that takes longer than they do."""


class Checked(Record):
    """A file with its findings, and what a baseline keeps of it; no findings where it holds no spec at all."""

    findings: FileFindings | None
    entry: Entry | None = None


def check(candidate: Candidate, settings: Settings) -> Checked:
    """Everything about one file; a file that was only come across and holds no spec is passed over."""
    if not candidate.named and not _may_hold_a_spec(candidate.file):
        return Checked(None)
    network = _network(candidate)
    if any(isinstance(one.problem, UnreadableFile) for one in network.problems):
        return Checked(FileFindings(candidate.name, "unreadable", network.problems))
    result = analyze(network)
    findings = [
        *result.problems,
        *contract.broken(network, result, settings.budgets_of(candidate.file)),
        *broken_rules(network, result, settings.rules),
    ]
    left = tuple(sorted(_not_silenced(findings, candidate, network.source, settings), key=in_order))
    return Checked(FileFindings(candidate.name, "findings" if left else "clean", left), entry(left, result))


def check_all(candidates: Sequence[Candidate], settings: Settings, jobs: int = 1) -> Iterator[Checked]:
    """All files, one after the other in their order, whatever the number of jobs.

    What was calculated is not kept: memory does not grow with the number of files.
    """
    if jobs == 1 or len(candidates) < FEW:
        yield from (check(candidate, settings) for candidate in candidates)
        return
    from concurrent.futures import ProcessPoolExecutor

    with ProcessPoolExecutor(jobs, initializer=speak, initargs=(spoken(),)) as pool:
        yield from pool.map(partial(check, settings=settings), candidates, chunksize=8)


def _may_hold_a_spec(file: str) -> bool:
    """Whether a file has a key `layers`; one that cannot be opened may, so that this is said."""
    try:
        with open(file, encoding="utf-8", errors="replace") as opened:
            return _LAYERS.search(opened.read(2**23)) is not None
    except (OSError, ValueError):
        return True


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


def _not_silenced(
    findings: list[Finding], candidate: Candidate, source: Source | None, settings: Settings
) -> list[Finding]:
    """What is left when the configuration and the comments in the file have had their say."""
    unwanted = settings.ignored(candidate.file)
    findings = [one for one in findings if one.code not in unwanted]
    if source is None:
        return findings
    said, unclear = ignores.read(source)
    if not said:
        return [*findings, *unclear]
    asked = {rule.code() for rule in chosen(settings.rules)} - unwanted
    others = _codes() - every().keys()
    return [*ignores.silenced(findings, said, source, asked | others, _codes()), *unclear]


@cache
def _codes() -> frozenset[str]:
    """Every code there is."""
    return frozenset(catalogue.problems())
