"""Findings as SARIF 2.1.0, which code scanning and many editors read: with the manual of every code, and the fixes."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from cnncalc.findings import FileFindings, Findings
from cnncalc.harmless import harmless
from cnncalc.language import _
from cnncalc.problem import Finding, Problem
from cnncalc.render import json
from cnncalc.render.cells import flowing
from cnncalc.render.reports._files import fingerprinted, from_root
from cnncalc.render.reports._words import in_full
from cnncalc.source import Edit, Place
from cnncalc.translation import spoken
from cnncalc.version import __version__

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
LEVELS = {"error": "error", "warning": "warning", "advice": "note", "note": "note"}

_LINK = re.compile(r"\[(?=[^\[\]]*\]\()")
"""In a message `[words](address)` is a link."""


def render(found: Findings, encoding: str | None = None, ascii: bool = False) -> str:
    """One run."""
    kinds = {finding.code: type(finding.problem) for finding in found}
    numbers = {code: number for number, code in enumerate(sorted(kinds))}
    driver = {
        "name": "cnncalc",
        "version": __version__,
        "semanticVersion": __version__,
        "rules": [_rule(kinds[code]) for code in numbers],
    }
    run = {
        "tool": {"driver": driver},
        "invocations": [{"executionSuccessful": all(file.status != "unreadable" for file in found.files)}],
        "language": {"zh": "zh-CN"}.get(spoken(), "en-US"),
        "columnKind": "unicodeCodePoints",
        "newlineSequences": ["\r\n", "\n", "\r"],
        "results": [result for file in found.files for result in _results(file, numbers)],
    }
    return json.render({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, encoding="ascii" if ascii else encoding)


def _rule(kind: type[Problem]) -> dict[str, Any]:
    first, *rest = (part if part.startswith(" ") else flowing(part) for part in kind.manual().split("\n\n"))
    manual = "\n\n".join([first, *rest])
    more = _("`cnncalc rules {code}` says more.").format(code=kind.code())
    return {
        "id": kind.code(),
        "name": kind.__name__,
        "shortDescription": {"text": first},
        "fullDescription": {"text": manual},
        "help": {"text": f"{manual}\n\n{more}"},
        "defaultConfiguration": {"level": LEVELS[kind.severity]},
    }


def _results(file: FileFindings, numbers: Mapping[str, int]) -> list[dict[str, Any]]:
    artifact = _artifact(file.file)
    return [_result(finding, fingerprint, artifact, numbers) for finding, fingerprint in fingerprinted(file)]


def _result(finding: Finding, fingerprint: str, artifact: dict[str, Any], numbers: Mapping[str, int]) -> dict[str, Any]:
    location = _location(artifact, finding.place)
    if finding.layer is not None:
        location["logicalLocations"] = [{"name": harmless(finding.layer), "kind": "object"}]
    result: dict[str, Any] = {
        "ruleId": finding.code,
        "ruleIndex": numbers[finding.code],
        "level": LEVELS[finding.severity],
        "message": {"text": _message(in_full(finding))},
        "locations": [location],
        "partialFingerprints": {"cnncalcFinding/v1": fingerprint},
    }
    if finding.marks:
        result["relatedLocations"] = [
            {"id": number, **_location(artifact, mark.place), "message": {"text": _message(harmless(mark.text))}}
            for number, mark in enumerate(finding.marks, 1)
        ]
    if finding.edits:
        replacements = [_replacement(edit) for edit in sorted(finding.edits)]
        words = _("What `cnncalc validate --fix` changes.")
        result["fixes"] = [
            {
                "description": {"text": words},
                "artifactChanges": [{"artifactLocation": artifact, "replacements": replacements}],
            }
        ]
    return result


def _message(text: str) -> str:
    return _LINK.sub(r"\\[", text)


def _artifact(file: str) -> dict[str, Any]:
    """Where the file is: from the project's root, whose place the reader knows; or in full."""
    path = from_root(file)
    if not os.path.isabs(path):
        return {"uri": _quoted(path), "uriBaseId": "%SRCROOT%"}
    return {"uri": f"file://{'' if path.startswith('/') else '/'}{_quoted(path)}"}


def _quoted(path: str) -> str:
    """The path as a part of an address: byte by byte as it is on the disk."""
    try:
        return quote(os.fsencode(path))
    except UnicodeEncodeError:
        return quote(path.encode("utf-8", "backslashreplace"))


def _location(artifact: dict[str, Any], place: Place | None) -> dict[str, Any]:
    physical = {"artifactLocation": artifact}
    return {"physicalLocation": physical if place is None else {**physical, "region": _region(place)}}


def _region(place: Place) -> dict[str, int]:
    """Lines and columns from 1; the end is behind the last sign, as in our places."""
    return {
        "startLine": place.line,
        "startColumn": place.column,
        "endLine": place.end_line,
        "endColumn": place.end_column,
    }


def _replacement(edit: Edit) -> dict[str, Any]:
    return {"deletedRegion": _region(edit.place), "insertedContent": {"text": edit.new}}
