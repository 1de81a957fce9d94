"""Baselines: what a project has accepted, so that only what is new or worse is reported.

A baseline keeps for each file its findings, its totals, and what each layer holds of them.
Paths are relative to the baseline's own folder, so it serves wherever the project lies.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from cnncalc.findings import FileFindings
from cnncalc.harmless import harmless
from cnncalc.language import _
from cnncalc.problem import Finding, in_order
from cnncalc.record import Record, changed
from cnncalc.result import HEADLINE, Result
from cnncalc.source import Source
from cnncalc.validate.problems import GrewSinceBaseline

HELD = HEADLINE
"""The totals that are held against the baseline; what grows in them is reported."""

MOST_BECAUSE = 3
NOTHING: Mapping[str, Any] = {}
LARGEST = 256 * 1024 * 1024


class Unusable(ValueError):
    """The file is no baseline; the text says why."""


class Kept(NamedTuple):
    """A finding as a baseline keeps it. `subject` and `amount` tell whether another one is the same, and no worse."""

    code: str
    layer: str | None
    subject: str
    amount: int
    message: str


class Entry(Record):
    """One file of a baseline; `layers` names all of its layers."""

    findings: tuple[Kept, ...]
    totals: Mapping[str, int]
    layers: Mapping[str, Mapping[str, int]]


def entries(findings: Sequence[Finding], networks: Mapping[str, Entry]) -> dict[str, Entry]:
    """What is kept of a file, under "", and of each network of a family, under its name."""
    kept = tuple(map(_kept, findings))
    if list(networks) == [""]:
        return {"": changed(networks[""], findings=kept)}
    layers = {name: NOTHING for entry in networks.values() for name in entry.layers}
    return {"": Entry(kept, NOTHING, layers), **networks}


def numbers(result: Result) -> Entry:
    """The totals of a network, and what its layers hold of them."""
    totals = {name: total for name in HELD if (total := result.totals[name].value) is not None}
    layers = {
        harmless(layer.name, 256): {name: held for name in HELD if (held := getattr(layer, name))}
        for layer in result.layers
    }
    return Entry((), totals, layers)


def _kept(finding: Finding) -> Kept:
    problem = finding.problem
    return Kept(finding.code, finding.layer, problem.subject(), problem.amount(), problem.message())


def written(entries: Mapping[str, Mapping[str, Entry]], folder: str) -> str:
    """The baseline as a file in `folder`, in an order that does not depend on the run."""
    files = {
        _key(file, folder, variant): {
            "findings": sorted((one._asdict() for one in kept.findings), key=lambda one: json.dumps(one)),
            "totals": dict(kept.totals),
            "layers": {name: dict(held) for name, held in kept.layers.items()},
        }
        for file, networks in entries.items()
        for variant, kept in networks.items()
    }
    document = {"schema_version": 1, "files": dict(sorted(files.items()))}
    # Only ASCII: a name that is no text (any bytes may be one) comes back as it was.
    return json.dumps(document, indent=1) + "\n"


def _key(file: str, folder: str, variant: str = "") -> str:
    end = f"@{harmless(variant, 256)}" if variant else ""
    if file == "-":
        return file + end
    return os.path.relpath(os.path.abspath(file), os.path.abspath(folder)).replace(os.sep, "/") + end


class Baseline(Record):
    """A baseline that was read, with the folder its paths start from."""

    files: Mapping[str, Entry]
    folder: str

    def left(self, file: str, found: FileFindings, now: Mapping[str, Entry]) -> FileFindings:
        """What is new or worse in a file: findings that the baseline does not have, and totals that grew."""
        known = {variant: self.files.get(_key(file, self.folder, variant)) for variant in now}
        if (before := known.get("")) is None:
            return found
        new = _new(before, now[""])
        left = [one for index, one in enumerate(found.findings) if index in new]
        for variant, entry in now.items():
            if (before := known[variant]) is not None:
                grown = _grown(before, entry, Source(found.file, ""))
                left += (changed(one, variants=(harmless(variant, 60),)) if variant else one for one in grown)
        findings = tuple(sorted(left, key=in_order))
        return changed(found, findings=findings, status="findings" if findings else "clean")


def _new(known: Entry, now: Entry) -> list[int]:
    """Which findings are new or worse, by their number.

    A finding is accepted when the baseline has one of the same code that is about the same thing and no smaller: on the
    same layer; or with the very same sentence, on a layer that got another number because one was put in above; or on a
    layer that was renamed, so that the old name is gone and this one is new.
    """
    gone, come = known.layers.keys() - now.layers.keys(), now.layers.keys() - known.layers.keys()
    ways: tuple[tuple[Callable[[Kept], object], Callable[[Kept, Kept], bool]], ...] = (
        (lambda one: (one.code, one.layer, one.subject), lambda one, old: one.amount <= old.amount),
        (lambda one: (one.code, one.message), lambda _one, _old: True),
        (
            lambda one: (one.code, one.subject),
            lambda one, old: one.layer in come and old.layer in gone and one.amount <= old.amount,
        ),
    )
    open_ones, accepted = list(range(len(now.findings))), list(known.findings)
    for key, fits in ways:
        alike: dict[object, list[Kept]] = {}
        for old in accepted:
            alike.setdefault(key(old), []).append(old)
        left = []
        for index in open_ones:
            one = now.findings[index]
            candidates = alike.get(key(one), [])
            place = next((at for at, old in enumerate(candidates) if fits(one, old)), None)
            if place is None:
                left.append(index)
            else:
                del candidates[place]
        open_ones, accepted = left, [old for olds in alike.values() for old in olds]
    return open_ones


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
    shown = harmless(file)
    if len(data) > LARGEST:
        raise Unusable(_("{file}: this is larger than any baseline").format(file=shown))
    try:
        document: Any = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        reason = _("nested too deeply") if isinstance(error, RecursionError) else harmless(str(error), 100)
        raise Unusable(_("{file}: this is no JSON ({reason})").format(file=shown, reason=reason)) from None
    if not isinstance(document, dict) or not isinstance(document.get("files"), dict):
        raise Unusable(_("{file}: this is no baseline; `--write-baseline` writes one").format(file=shown))
    if document.get("schema_version") != 1:
        raise Unusable(_("{file}: this baseline is of another version").format(file=shown))
    try:
        files = {key: _entry(value) for key, value in document["files"].items()}
    except (TypeError, KeyError, AttributeError):
        raise Unusable(_("{file}: this is no baseline; `--write-baseline` writes one").format(file=shown)) from None
    return Baseline(files, os.path.dirname(os.path.abspath(file)))


def _entry(value: Any) -> Entry:
    """An entry as it was written.

    Raises:
        TypeError, KeyError, AttributeError: it was not written by us.
    """
    findings = tuple(
        Kept(
            _of(str, one["code"]),
            None if one["layer"] is None else _of(str, one["layer"]),
            _of(str, one["subject"]),
            _of(int, one["amount"]),
            _of(str, one["message"]),
        )
        for one in _of(list, value["findings"])
    )
    layers = {name: _numbers(held) for name, held in _of(dict, value["layers"]).items()}
    return Entry(findings, _numbers(value["totals"]), layers)


def _numbers(held: Any) -> dict[str, int]:
    return {name: _of(int, number) for name, number in _of(dict, held).items() if name in HELD}


def _of(kind: type, value: Any) -> Any:
    if type(value) is not kind:
        raise TypeError(value)
    return value
