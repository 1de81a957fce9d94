"""One spec or many, checked: problems of reading and shapes, the contract, the design rules, and what silences them."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from functools import partial

from cnncalc.engine.walk import analyze
from cnncalc.findings import FileFindings
from cnncalc.harmless import harmless
from cnncalc.problem import Finding, in_order
from cnncalc.record import Record, changed
from cnncalc.rules import broken as broken_rules
from cnncalc.rules._contract import Rule
from cnncalc.source import Source
from cnncalc.spec import foreign
from cnncalc.spec.load import family
from cnncalc.spec.network import Network
from cnncalc.spec.reading_problems import OtherFormat, UnreadableFile
from cnncalc.spec.something_else import is_no_spec, may_hold_a_spec
from cnncalc.translation import speak, spoken
from cnncalc.validate import contract
from cnncalc.validate.baseline import NOTHING, Entry, entries, numbers
from cnncalc.validate.paths import Candidate
from cnncalc.validate.problems import FamilyTooLarge
from cnncalc.validate.settings import Settings
from cnncalc.validate.silence import not_silenced

MOST_LAYERS = 1_000_000
"""Of all networks of a family together."""

FEW = 8
"""For fewer files no second process is started: that takes longer than they do."""


class Checked(Record):
    """A file with its findings, and what a baseline keeps of it; no findings where it holds no spec at all.

    `entries` are by the names of a family's networks; what is kept of the whole file is called "".
    """

    findings: FileFindings | None
    entries: Mapping[str, Entry] = NOTHING


def check(candidate: Candidate, settings: Settings, keep: bool = False) -> Checked:
    """Everything about one file; a file that was only come across and holds no spec is passed over.

    Of a family each network is held to the contract and to the rules. `keep` says whether a baseline will want to know
    what is in it.
    """
    if not candidate.named and not may_hold_a_spec(candidate.file):
        return Checked(None)
    by_variant: dict[str, list[Finding]] = {}
    totals: dict[str, Entry] = {}
    source, layers = None, 0
    for network in _networks(candidate, settings):
        if any(isinstance(one.problem, UnreadableFile) for one in network.problems):
            return Checked(FileFindings(candidate.name, "unreadable", network.problems))
        if not candidate.named and is_no_spec(network.problems):
            return Checked(None)
        source = network.source
        if layers > MOST_LAYERS:
            by_variant[""] = [Finding(FamilyTooLarge(len(by_variant), MOST_LAYERS), source)]
            break
        layers += len(network.layers)
        result = analyze(network)
        variant = network.choice.variant or ""
        by_variant[variant] = [
            *result.problems,
            *contract.broken(network, result, settings.budgets_of(candidate.file)),
            *broken_rules(network, result, settings.rules),
        ]
        if keep:
            totals[variant] = numbers(result)
    findings = by_variant[""] if list(by_variant) == [""] else together(by_variant)
    if candidate.variant is not None:
        # The other networks of the family are written in the same lines.
        name = () if candidate.shown else (harmless(candidate.variant, 60),)
        findings = [changed(one, variants=name, edits=()) for one in findings]
    left = tuple(sorted(not_silenced(findings, candidate.file, source, settings), key=in_order))
    found = FileFindings(candidate.name, "findings" if left else "clean", left)
    return Checked(found, entries(left, totals) if keep else NOTHING)


def together(by_variant: Mapping[str, list[Finding]]) -> list[Finding]:
    """The findings of a family, each once; with the names of the networks, unless it is the same in all of them.

    A rule that says the same of the same line in other numbers is one finding, with the numbers of the first network.
    A change of the text is safe only if it mends all of them.
    """
    alike: dict[tuple[object, ...], dict[str, Finding]] = {}
    for variant, found in by_variant.items():
        for one in found:
            said = "" if isinstance(one.problem, Rule) else one.problem.message()
            alike.setdefault((one.code, one.place or one.layer, said), {}).setdefault(variant, one)
    return [_once(of_each, len(by_variant)) for of_each in alike.values()]


def _once(of_each: Mapping[str, Finding], networks: int) -> Finding:
    first = next(iter(of_each.values()))
    everywhere = len(of_each) == networks
    if everywhere and len({one.problem.message() for one in of_each.values()}) == 1:
        return first
    names = tuple(harmless(variant, 60) for variant in of_each)
    return changed(first, variants=names, edits=first.edits if everywhere else ())


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


def _networks(candidate: Candidate, settings: Settings) -> Iterator[Network]:
    if os.path.isfile(candidate.file) and (what := foreign.reason(candidate.file)):
        source = Source(candidate.name, "")
        said = OtherFormat(f"{harmless(candidate.name)}: {what}")
        yield Network("", (), (), (), source=source, problems=(Finding(said, source),))
        return
    try:
        yield from family(candidate.file, name=candidate.name, variant=candidate.variant, variables=settings.variables)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        source = Source(candidate.name, "")
        problem = UnreadableFile(f"{harmless(candidate.name)}: {harmless(reason)}")
        yield Network("", (), (), (), source=source, problems=(Finding(problem, source),))
