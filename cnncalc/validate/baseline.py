"""Baselines: what a project has accepted, so that only what is new or worse is reported.

A baseline keeps for each file its findings (code, layer, sentence), its totals, and what each layer holds of them.
Paths are relative to the baseline's own folder, so it serves wherever the project lies.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from cnncalc.findings import FileFindings
from cnncalc.harmless import harmless
from cnncalc.language import _
from cnncalc.problem import Finding, in_order
from cnncalc.record import Record, changed
from cnncalc.result import Result
from cnncalc.source import Source
from cnncalc.validate.problems import GrewSinceBaseline

HELD = ("parameters", "multiplications", "macs")
"""The totals that are held against the baseline; what grows in them is reported."""

MOST_BECAUSE = 3
LARGEST = 256 * 1024 * 1024


class Unusable(ValueError):
    """The file is no baseline; the text says why."""


class Entry(Record):
    """One file of a baseline."""

    findings: tuple[tuple[str, str | None, str], ...]
    totals: Mapping[str, int]
    layers: Mapping[str, Mapping[str, int]]


def entry(findings: Sequence[Finding], result: Result) -> Entry:
    """What is kept of a file."""
    totals = {name: total for name in HELD if (total := result.totals[name].value) is not None}
    layers = {layer.name: {name: held for name in HELD if (held := getattr(layer, name))} for layer in result.layers}
    return Entry(tuple(map(_kept, findings)), totals, {name: held for name, held in layers.items() if held})


def _kept(finding: Finding) -> tuple[str, str | None, str]:
    return finding.code, finding.layer, finding.problem.message()


def written(entries: Mapping[str, Entry], folder: str) -> str:
    """The baseline as a file in `folder`, in an order that does not depend on the run."""
    files = {
        _key(file, folder): {
            "findings": [{"code": code, "layer": layer, "message": said} for code, layer, said in one.findings],
            "totals": dict(one.totals),
            "layers": {name: dict(held) for name, held in one.layers.items()},
        }
        for file, one in entries.items()
    }
    document = {"schema_version": 1, "files": dict(sorted(files.items()))}
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _key(file: str, folder: str) -> str:
    return os.path.relpath(os.path.abspath(file), os.path.abspath(folder)).replace(os.sep, "/")


class Baseline(Record):
    """A baseline that was read, with the folder its paths start from."""

    files: Mapping[str, Entry]
    folder: str

    def left(self, file: str, found: FileFindings, now: Entry | None) -> FileFindings:
        """What is new or worse in a file: findings that the baseline does not have, and totals that grew."""
        known = self.files.get(_key(file, self.folder))
        if known is None or now is None:
            return found
        accepted = Counter(known.findings)
        left: list[Finding] = []
        for one, kept in zip(found.findings, now.findings, strict=True):
            if accepted[kept]:
                accepted[kept] -= 1
            else:
                left.append(one)
        left += _grown(known, now, Source(found.file, ""))
        findings = tuple(sorted(left, key=in_order))
        return changed(found, findings=findings, status="findings" if findings else "clean")


def _grown(known: Entry, now: Entry, source: Source) -> Iterable[Finding]:
    for name, before in known.totals.items():
        after = now.totals.get(name)
        if after is not None and after > before:
            yield Finding(GrewSinceBaseline(name, before, after, tuple(_because(known, now, name))), source)


def _because(known: Entry, now: Entry, name: str) -> Iterable[tuple[str, int]]:
    """The layers that grew, those that grew most first."""
    differences = [
        (held.get(name, 0) - known.layers.get(layer, {}).get(name, 0), layer) for layer, held in now.layers.items()
    ]
    for difference, layer in sorted(differences, key=lambda one: -one[0])[:MOST_BECAUSE]:
        if difference > 0:
            yield harmless(layer, 60), difference


def load(file: str) -> Baseline:
    """The baseline in a file.

    Raises:
        OSError: it cannot be read.
        Unusable: it is none.
    """
    with open(file, "rb") as opened:
        data = opened.read(LARGEST + 1)
    try:
        document: Any = json.loads(data.decode("utf-8")) if len(data) <= LARGEST else None
    except (ValueError, RecursionError) as error:
        raise Unusable(
            _("{file}: this is no JSON ({reason})").format(file=harmless(file), reason=harmless(str(error), 200))
        ) from None
    try:
        if document["schema_version"] != 1:
            raise Unusable(_("{file}: this baseline is of another version").format(file=harmless(file)))
        files = {key: _entry(value) for key, value in document["files"].items()}
    except (TypeError, KeyError, AttributeError):
        raise Unusable(_("{file}: this is no baseline").format(file=harmless(file))) from None
    return Baseline(files, os.path.dirname(os.path.abspath(file)))


def _entry(value: Any) -> Entry:
    findings = tuple((one["code"], one["layer"], one["message"]) for one in value["findings"])
    totals = {name: value["totals"][name] for name in HELD if isinstance(value["totals"].get(name), int)}
    layers = {
        name: {count: number for count, number in held.items() if isinstance(number, int)}
        for name, held in value["layers"].items()
    }
    return Entry(findings, totals, layers)
