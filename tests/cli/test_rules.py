"""`cnncalc rules`: what the codes mean. Other tests have problems of their own, so these run in a process of theirs."""

import json

import pytest

from tests.cli.running import process, run


def test_every_code_is_listed_with_a_sentence():
    done = process("rules", COLUMNS="400")
    problems, rules = done.stdout.decode().split("\n\n Design rules\n")
    listed = [*problems.splitlines(), *rules.strip().splitlines()[:-2]]
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


def test_the_design_rules():
    listed = run("rules", "design", COLUMNS="400").out
    assert "\n softmax-twice " in listed
    assert " error: Softmax is applied" in listed
    assert " advice, on demand: " in listed
    assert "in-features-mismatch" not in listed


def test_a_design_rule_has_its_manual_and_its_examples():
    out = run("rules", "bias-before-norm").out
    assert out.splitlines()[0].split() == ["bias-before-norm", "advice"]
    assert "`--fix` mends it" in out
    bad, good = out.split(" Broken\n")[1].split(" Kept\n")
    assert "kernel_size: 3, padding: 1}" in bad
    assert "bias: false}" in good


def test_a_design_rule_in_json():
    (rule,) = json.loads(run("rules", "unsuited-channels", "--format", "json").out)["rules"]
    assert (rule["severity"], rule["on"], rule["fixable"]) == ("advice", False, False)
    assert "out_channels: 30" in rule["bad"]
    assert "out_channels: 32" in rule["good"]


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
