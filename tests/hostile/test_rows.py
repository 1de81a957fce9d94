"""Every bad input has its code, its place and its exit code, within bounds of time and memory, in inert words."""

import re

import pytest

from tests.hostile import rows
from tests.hostile.bounded import bounded

SMALL_CAPS = (
    "from cnncalc.spec import expand, expansion as e; e.MOST_STEPS = expand.MOST_STEPS = 4000; e.MOST_LAYERS = 1000",
)
"""The language's limits, a hundredth of what they are: that they hold is tested here, their price elsewhere."""


_SAID = re.compile(
    r"^(error|warning|note)\[([a-z0-9-]+)\]: (.*)(?:\n {4}.*)*(?:\n +--> +\S+?(?::([0-9]+):([0-9]+))?$)?", re.M
)


def check(written, code, place, *argv, seconds=1.0, **options):
    """What is said about a row. A code or a place of None is not looked at, an empty code means no problem."""
    data = written.encode() if isinstance(written, str) else written
    done = bounded(*(argv or ("summary", "-")), stdin=data, seconds=seconds, **options)
    said = _SAID.findall(done.err)
    assert done.code == any(severity == "error" for severity, *_rest in said)
    assert len(said) <= 101
    assert all(len(message) <= 600 for _severity, _code, message, *_rest in said)
    if code:
        assert code in [found for _severity, found, *_rest in said]
        if place is not None:
            assert (code, *map(str, place)) in [(found, *at) for _severity, found, _message, *at in said]
    elif code == "":
        assert said == []


def ids(table):
    return [pytest.param(*row, id=row[0]) for row in table]


@pytest.mark.parametrize(("name", "data", "code", "place"), ids(rows.BYTES))
def test_bytes(name, data, code, place):
    check(data, code, place)


@pytest.mark.parametrize(("name", "text", "code", "place"), ids(rows.YAML))
def test_yaml(name, text, code, place):
    check(text, code, place)


@pytest.mark.parametrize(("name", "text", "code", "place"), ids(rows.JSON))
def test_json(name, text, code, place, tmp_path):
    file = tmp_path / "net.json"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    check("", code, place, "summary", file, mebibytes=150, seconds=4)


@pytest.mark.parametrize(("name", "text", "code", "place"), ids(rows.MEANING))
def test_meaning(name, text, code, place):
    check(text, code, place, first=SMALL_CAPS)


@pytest.mark.parametrize(("name", "text", "code", "place"), ids(rows.LANGUAGE))
def test_language(name, text, code, place):
    check(text, code, place, seconds=4, mebibytes=100, first=SMALL_CAPS)
