"""`cnncalc rules`: what the codes mean. Other tests have problems of their own, so these run in a process of theirs."""

import json

import pytest

from tests.cli.running import process, run


def test_every_code_is_listed_with_a_sentence():
    done = process("rules", COLUMNS="400")
    listed = done.stdout.decode().splitlines()[:-2]
    assert done.returncode == 0
    assert len(listed) > 40
    assert all(len(line.split()) > 3 and line.endswith(".") for line in listed)


def test_one_code_is_explained():
    out = process("rules", "in-features-mismatch").stdout.decode()
    assert out.splitlines()[0].split() == ["in-features-mismatch", "error"]
    assert "left out, it is computed" in " ".join(out.split())


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
