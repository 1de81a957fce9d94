"""Every rule keeps the contract: its examples, its manual, its hint, its place."""

import inspect
import re

import pytest

from cnncalc.engine.walk import analyze
from cnncalc.problem import Problem
from cnncalc.rules import Settings, broken, chosen, every
from cnncalc.rules._contract import Rule
from cnncalc.spec.load import loads
from tests.rules.asking import ask, codes

RULES = every()

PLACES = {
    "activation-after-average": (5, 3),
    "activation-before-max-pool": (4, 3),
    "activation-before-softmax": (4, 3),
    "activation-on-scores": (8, 3),
    "activation-twice": (5, 3),
    "adaptive-pool-enlarges": (6, 38),
    "bias-before-norm": (3, 3),
    "checkerboard": (3, 52),
    "collapsed-map": (5, 3),
    "collapsing-layers": (4, 3),
    "depthwise-alone": (5, 54),
    "dominant-linear": (12, 3),
    "dropout-before-norm": (4, 3),
    "dropout-last": (6, 3),
    "drops-everything": (3, 16),
    "drops-nothing": (5, 16),
    "early-downsampling": (5, 3),
    "everything-frozen": (6, 12),
    "field-far-beyond-input": (13, 42),
    "field-too-small": (8, 3),
    "flatten-of-a-list": (6, 3),
    "gridding": (5, 67),
    "groups-never-mix": (5, 54),
    "kernel-larger-than-input": (3, 42),
    "merge-of-the-same": (5, 15),
    "name-unlike-kind": (3, 51),
    "no-nonlinearity": (6, 3),
    "norm-twice": (5, 3),
    "padding-ignores-dilation": (3, 54),
    "padding-reaches-kernel": (3, 54),
    "pooling-changes-nothing": (5, 29),
    "same-with-even-kernel": (3, 42),
    "sigmoid-inside": (4, 3),
    "softmax-before-loss": (4, 3),
    "softmax-not-last": (4, 3),
    "softmax-over-one-value": (4, 3),
    "softmax-twice": (5, 3),
    "stride-skips-places": (5, 54),
    "unsuited-channels": (3, 26),
    "unused-input": (3, 10),
    "unused-layer": (4, 3),
    "weights-meet-only-padding": (3, 42),
    "wide-bottleneck": (3, 26),
    "window-drops-places": (5, 29),
    "window-sees-only-padding": (3, 42),
}
"""Line and column at which each bad example is wrong, counted in its text."""


def test_there_are_at_least_25_rules():
    assert len(RULES) >= 25
    assert PLACES.keys() == RULES.keys()


@pytest.mark.parametrize("code", RULES)
def test_the_bad_example_is_found_once_at_its_place(code):
    (finding,) = ask(RULES[code].bad, code)
    assert finding.code == code
    assert finding.place[:2] == PLACES[code]


@pytest.mark.parametrize("code", RULES)
def test_the_bad_example_is_sound_in_itself(code):
    network = loads(RULES[code].bad)
    assert network.problems == ()
    result = analyze(network)
    assert (result.status, result.problems) == ("complete", ())


@pytest.mark.parametrize("code", RULES)
def test_the_good_example_is_silent(code):
    assert codes(ask(RULES[code].good, "default", code)) == []


@pytest.mark.parametrize("code", RULES)
def test_the_file_is_called_like_the_rule(code):
    assert RULES[code].__module__ == f"cnncalc.rules.{code.replace('-', '_')}"


@pytest.mark.parametrize("code", RULES)
def test_the_manual_says_why(code):
    first, *why = inspect.cleandoc(RULES[code].__doc__).split("\n\n")
    assert first.endswith(".")
    assert len(" ".join(why).split()) >= 15


@pytest.mark.parametrize("code", RULES)
def test_message_and_hint_are_sentences_without_gaps(code):
    (finding,) = ask(RULES[code].bad, code)
    message = finding.problem.message()
    assert len(message.split()) >= 4
    assert "\n" not in message
    assert finding.all_help()
    assert not any(re.search(r"[{}]|None", text) for text in (message, *finding.all_help()))


@pytest.mark.parametrize("code", RULES)
def test_the_severity_is_one_of_three(code):
    assert RULES[code].severity in ("error", "warning", "advice")


@pytest.mark.parametrize("code", RULES)
def test_a_rule_that_can_mend_mends_its_own_example_and_no_other_does(code):
    (finding,) = ask(RULES[code].bad, code)
    assert bool(finding.edits) == RULES[code].fixable


@pytest.mark.parametrize("code", RULES)
def test_a_field_that_is_meant_is_a_field_of_a_layer(code):
    (finding,) = ask(RULES[code].bad, code)
    about = finding.problem.about()
    assert about is None or (isinstance(about, str) and about.isidentifier())


def test_every_rule_is_a_problem_and_so_has_a_code_of_its_own():
    assert all(issubclass(rule, Rule) and issubclass(rule, Problem) for rule in RULES.values())
    assert all(rule.code() == code for code, rule in RULES.items())


def test_few_are_on_demand():
    assert {code for code, rule in RULES.items() if not rule.on} == {"activation-before-max-pool", "unsuited-channels"}


def test_selected_and_ignored():
    assert [rule.code() for rule in chosen(Settings(select=("gridding", "checkerboard")))] == [
        "checkerboard",
        "gridding",
    ]
    assert len(chosen(Settings(select=("all",), ignore=("gridding",)))) == len(RULES) - 1
    assert len(chosen(Settings())) == len(RULES) - 2
    assert len(chosen(Settings(select=("default", "unsuited-channels")))) == len(RULES) - 1
    assert chosen(Settings(select=("gridding",), ignore=("all",))) == []


@pytest.mark.parametrize("where", ["select", "ignore"])
def test_a_code_that_is_none_is_named(where):
    with pytest.raises(KeyError, match="gridy"):
        chosen(Settings(**{where: ("gridy",)}))


def test_a_severity_can_be_another():
    network = loads(RULES["gridding"].bad)
    settings = Settings(select=("gridding",), severities={"gridding": "error"})
    (finding,) = broken(network, analyze(network), settings)
    assert (finding.severity, finding.problem.severity) == ("error", "advice")
    assert finding.to_dict()["severity"] == "error"
