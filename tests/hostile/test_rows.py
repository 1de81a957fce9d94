"""Every bad input has its code, its place and its exit code, within bounds of time and memory, in inert words."""

import pytest

from tests.hostile import rows
from tests.hostile.bounded import bounded

SMALL_CAPS = (
    "from cnncalc.spec import expand, expansion as e; e.MOST_STEPS = expand.MOST_STEPS = 4000; e.MOST_LAYERS = 1000",
)
"""The language's limits, a hundredth of what they are: that they hold is tested here, their price elsewhere."""


def check(name, written, code, place, *argv, seconds=1.0, **options):
    """The row as a document and as a text."""
    data = written.encode() if isinstance(written, str) else written
    argv = argv or ("summary", "-")
    document = bounded(*argv, "--format", "json", stdin=data, seconds=seconds, **options)
    page = bounded(*argv, stdin=data, seconds=seconds, **options)
    problems = document.problems
    errors = [problem for problem in problems if problem["severity"] == "error"]
    assert document.code == page.code == bool(errors)
    assert len(problems) <= 10_001
    assert all(len(problem["message"]) <= 500 for problem in problems)
    if code:
        first = problems[0]
        assert first["code"] == code
        assert f"[{code}]" in page.err
        if place is not None:
            assert (first["line"], first["column"]) == place
            assert f":{place[0]}:{place[1]}\n" in page.err
    elif code == "":
        assert problems == []


def ids(table):
    return [pytest.param(*row, id=row[0]) for row in table]


@pytest.mark.parametrize(("name", "data", "code", "place"), ids(rows.BYTES))
def test_bytes(name, data, code, place):
    check(name, data, code, place)


@pytest.mark.parametrize(("name", "text", "code", "place"), ids(rows.YAML))
def test_yaml(name, text, code, place):
    check(name, text, code, place)


@pytest.mark.parametrize(("name", "text", "code", "place"), ids(rows.JSON))
def test_json(name, text, code, place, tmp_path):
    file = tmp_path / "net.json"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    check(name, "", code, place, "summary", file, mebibytes=100)


@pytest.mark.parametrize(("name", "text", "code", "place"), ids(rows.MEANING))
def test_meaning(name, text, code, place):
    check(name, text, code, place, first=SMALL_CAPS)


@pytest.mark.parametrize(("name", "text", "code", "place"), ids(rows.LANGUAGE))
def test_language(name, text, code, place):
    check(name, text, code, place, seconds=4, first=SMALL_CAPS)
