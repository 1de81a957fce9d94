"""Broken specs, one for each problem of reading and shapes, through `validate`: the code and the place come out."""

import pytest

from tests.cli.running import run
from tests.spec import test_problems, test_read_json, test_read_yaml
from tests.test_codes import PROBLEMS

ELSEWHERE = {
    "unreadable-file": "tests/validate/test_paths.py",
    "other-format": "tests/cli/test_hostile.py",
    "too-large": "tests/spec/test_read_yaml.py: eight mebibytes",
    "too-many-layers": "tests/spec/test_problems.py: 100,001 layers",
    "too-many-patterns": "tests/engine/test_expectations.py",
    "too-many-values": "tests/spec: a million values",
    "too-many-problems": "tests/spec: ten thousand problems",
    "lone-surrogate": "only a text can hold one, no file",
    "alias-bomb": "tests/spec/test_read_yaml.py: aliases of aliases",
    **dict.fromkeys(
        ("not-a-list-of-sides", "not-a-count", "expression-without-value", "part-exceeds-whole", "cannot-be-computed"),
        "tests/kinds/test_custom.py",
    ),
    "choose-variant": "tests/spec/test_problems.py; `validate` takes every variant",
    "blocks-too-deep": "tests/spec/test_language.py",
    "unquoted-expression": "tests/spec/test_language.py",
    "unknown-variant": "tests/spec/test_language.py: only where a variant is asked for",
    "not-a-spec": "tests/spec/test_problems.py",
}


def structure():
    """A spec for each problem of a readable text, with what stands where the problem is."""
    for text, code, under, *_rest in test_problems.CASES:
        if code in ELSEWHERE:
            continue
        whole = text if text.startswith(("input", "name")) else test_problems.HEAD + text
        yield code, (whole.encode(), under)


def reading(table, ending):
    for text, code, place in table:
        if code in ELSEWHERE:
            continue
        yield code, (text.encode("utf-8", "surrogatepass"), tuple(place), ending)


WRITTEN = dict(structure())
READ = {
    **dict(reading(test_read_yaml.PROBLEMS, "yaml")),
    **{code: (data, tuple(place), "yaml") for data, code, place, _encoding in test_read_yaml.BYTES},
}
READ_AS_JSON = dict(reading(test_read_json.PROBLEMS, "json"))


def found(folder, name, data):
    (folder / name).write_bytes(data)
    done = run("validate", folder / name, "-f", "json")
    assert run("validate", folder / name).code == done.code
    (file,) = done.json["files"]
    return done.code, file["findings"]


def at(finding):
    return tuple(finding[part] for part in ("line", "column", "end_line", "end_column"))


@pytest.mark.parametrize("code", WRITTEN)
def test_a_problem_of_what_is_written(tmp_path, code):
    data, under = WRITTEN[code]
    exit_code, findings = found(tmp_path, "a.yaml", data)
    (one,) = [one for one in findings if one["code"] == code]
    shown = data.decode().splitlines()[one["line"] - 1][one["column"] - 1 :]
    assert shown.startswith(under.removesuffix("$"))
    assert exit_code == (1 if one["severity"] == "error" else 0)


@pytest.mark.parametrize(("code", "case"), [*READ.items(), *READ_AS_JSON.items()], ids=lambda one: str(one)[:30])
def test_a_problem_of_reading(tmp_path, code, case):
    data, place, ending = case
    _exit_code, findings = found(tmp_path, f"a.{ending}", data)
    # An unreadable character is looked for before the text is read; the rest of a text may have more to say.
    assert (code, place) in [(one["code"], at(one)) for one in findings]


def test_no_problem_of_a_spec_is_left_out():
    wanted = {one.code() for one in PROBLEMS if one.__module__.startswith(("cnncalc.spec.", "cnncalc.kinds."))}
    assert wanted - WRITTEN.keys() - READ.keys() - READ_AS_JSON.keys() - ELSEWHERE.keys() == set()
