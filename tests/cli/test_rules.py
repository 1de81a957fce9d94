"""`cnncalc rules`: what the codes mean."""

import json

import pytest

from tests.cli.running import run


def test_every_code_is_listed_with_a_sentence():
    done = run("rules", COLUMNS="400")
    lines = done.out.splitlines()
    listed = [line for line in lines[:-2] if line]
    assert done.code == 0
    assert len(listed) > 40
    assert all(len(line.split()) > 3 and line.endswith(".") for line in listed)


def test_one_code_is_explained():
    done = run("rules", "in-features-mismatch")
    assert done.out.splitlines()[0].split() == ["in-features-mismatch", "error"]
    assert "left out, it is computed" in " ".join(done.out.split())


def test_the_slips():
    out = run("rules", "slips").out
    for code in ["ignored_padding", "padding_once", "dropped_plus_one", "squared_inputs", "forgot_bias"]:
        assert f"\n {code} " in f"\n{out}"


def test_one_slip_is_explained():
    assert run("rules", "squared_inputs").out.splitlines()[0].split() == ["squared_inputs", "slip"]


def test_json():
    (rule,) = json.loads(run("rules", "forgotten-flatten", "--format", "json").out)["rules"]
    assert (rule["code"], rule["severity"]) == ("forgotten-flatten", "error")
    assert rule["text"]


@pytest.mark.parametrize(
    ("code", "said"), [("in-feature-mismatch", "in-features-mismatch"), ("xyzzy", "cnncalc rules")]
)
def test_a_code_that_is_none(code, said):
    done = run("rules", code)
    assert (done.code, done.out) == (2, "")
    assert said in done.err
