"""Readers of the reports' formats, written from their specifications: what a build server would make of a text."""

import json
from typing import NamedTuple

COMMANDS = {"error", "warning", "notice", "debug", "group", "endgroup", "add-mask", "set-output", "stop-commands"}


class Command(NamedTuple):
    name: str
    properties: dict[str, str]
    data: str


def obeyed(text):
    """The commands a GitHub runner finds in a log."""
    return [found for line in text.split("\n") if (found := new_command(line) or old_command(line))]


def new_command(line):
    """`::name key=value,key=value::data` at the beginning of a line."""
    line = line.lstrip()
    if not line.startswith("::") or "::" not in line[2:]:
        return None
    info, data = line[2:].split("::", 1)
    name, _blank, written = info.partition(" ")
    if name not in COMMANDS:
        return None
    pairs = [pair.split("=", 1) for pair in written.strip().split(",") if pair]
    properties = {pair[0]: unescaped(pair[1], ":,") for pair in pairs if len(pair) == 2 and pair[1]}
    return Command(name, properties, unescaped(data))


def old_command(line):
    """`##[name]data` anywhere in a line."""
    if "##[" not in line or "]" not in line:
        return None
    name = line.split("##[", 1)[1].split("]")[0].split(" ")[0]
    return Command(name, {}, "") if name in COMMANDS else None


def unescaped(text, more=""):
    for sign in ("\r", "\n", *more, "%"):
        text = text.replace(f"%{ord(sign):02X}", sign)
    return text


SARIF = {
    "": ({"version", "runs"}, {"$schema"}),
    "runs": (
        {"tool"},
        {"invocations", "language", "columnKind", "newlineSequences", "results"},
    ),
    "tool": ({"driver"}, set()),
    "driver": ({"name"}, {"version", "semanticVersion", "rules"}),
    "rules": ({"id"}, {"name", "shortDescription", "fullDescription", "help", "defaultConfiguration"}),
    "shortDescription": ({"text"}, set()),
    "fullDescription": ({"text"}, set()),
    "help": ({"text"}, set()),
    "defaultConfiguration": (set(), {"level"}),
    "invocations": ({"executionSuccessful"}, set()),
    "results": (
        {"message"},
        {"ruleId", "ruleIndex", "level", "locations", "partialFingerprints", "relatedLocations", "fixes"},
    ),
    "message": ({"text"}, set()),
    "description": ({"text"}, set()),
    "locations": (set(), {"physicalLocation", "logicalLocations"}),
    "relatedLocations": (set(), {"id", "physicalLocation", "message"}),
    "logicalLocations": (set(), {"name", "kind"}),
    "physicalLocation": ({"artifactLocation"}, {"region"}),
    "artifactLocation": (set(), {"uri", "uriBaseId"}),
    "region": ({"startLine"}, {"startColumn", "endLine", "endColumn"}),
    "fixes": ({"artifactChanges"}, {"description"}),
    "artifactChanges": ({"artifactLocation", "replacements"}, set()),
    "replacements": ({"deletedRegion"}, {"insertedContent"}),
    "deletedRegion": ({"startLine"}, {"startColumn", "endLine", "endColumn"}),
    "insertedContent": ({"text"}, set()),
    "partialFingerprints": (set(), {"cnncalcFinding/v1"}),
}
"""Of SARIF 2.1.0, for each property that holds objects: what they must have, and what else of it we use."""

LISTS = {"runs", "rules", "results", "locations", "fixes", "artifactChanges", "replacements", "newlineSequences"}
LISTS |= {"relatedLocations", "logicalLocations", "invocations"}
FROM_ONE = {"startLine", "startColumn", "endLine", "endColumn"}
WORDS = {
    "level": {"none", "note", "warning", "error"},
    "columnKind": {"utf16CodeUnits", "unicodeCodePoints"},
    "version": {"2.1.0", "0.1.0"},
    "language": {"en-US", "zh-CN"},
}


def sarif(text):
    """The document, if it keeps to the specification."""
    document = json.loads(text)
    assert document["version"] == "2.1.0"
    _holds(document, "")
    for run in document["runs"]:
        rules = run["tool"]["driver"].get("rules", [])
        assert len({rule["id"] for rule in rules}) == len(rules)
        for result in run["results"]:
            assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
    return document


def _holds(value, name):
    if name in LISTS:
        assert isinstance(value, list)
        assert name == "newlineSequences" or len({json.dumps(one) for one in value}) == len(value) or name == "results"
        for one in value:
            _one(one, name)
    else:
        assert not isinstance(value, list), name
        _one(value, name)


def _one(value, name):
    if isinstance(value, dict):
        needed, more = SARIF[name]
        assert needed <= value.keys() <= needed | more, name
        for key, inner in value.items():
            _holds(inner, key)
    elif name in FROM_ONE:
        assert type(value) is int
        assert value >= 1
    elif name in WORDS:
        assert value in WORDS[name]
    elif name in ("ruleIndex", "id") and isinstance(value, int):
        assert value >= 0
    elif name == "executionSuccessful":
        assert type(value) is bool
    else:
        assert isinstance(value, str), name
    if name == "uri":
        assert value.isascii()
        assert all(sign.isalnum() or sign in "/%-._~:" for sign in value)


def gitlab(text):
    """The entries, if each has what GitLab demands."""
    entries = json.loads(text)
    for entry in entries:
        assert entry.keys() == {"description", "check_name", "fingerprint", "severity", "location"}
        assert entry["severity"] in ("info", "minor", "major", "critical", "blocker")
        assert not entry["location"]["path"].startswith("./")
        assert entry["location"]["lines"]["begin"] >= 1
    assert len({entry["fingerprint"] for entry in entries}) == len(entries)
    return entries


def junit(suite):
    """The cases of a suite, if it has what Jenkins and Surefire demand."""
    assert suite.tag == "testsuite"
    assert suite.attrib.keys() == {"name", "tests", "failures", "errors", "skipped"}
    cases = list(suite)
    assert int(suite.get("tests")) == len(cases)
    for tag in ("failure", "error", "skipped"):
        count = sum(case.find(tag) is not None for case in cases)
        assert int(suite.get({"failure": "failures", "error": "errors"}.get(tag, tag))) == count
    for case in cases:
        assert case.tag == "testcase"
        assert case.attrib.keys() == {"classname", "name", "time"}
        assert len(case) <= 1
        for inside in case:
            assert inside.tag in ("failure", "error", "system-out")
            assert inside.attrib.keys() == (set() if inside.tag == "system-out" else {"message", "type"})
    assert len({(case.get("classname"), case.get("name")) for case in cases}) == len(cases)
    return cases
