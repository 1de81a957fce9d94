"""AlphaGo's and AlphaGo Zero's networks: totals from the papers' methods sections, by hand."""

import pytest

from cnncalc.api import analyze, load
from tests.recorded import spec

PLACES = 19 * 19
TOWER = 11 * (192 * 192 * 9 + 192)


def result(name):
    return analyze(load(spec(name)))


def totals(name):
    return {count: one.value for count, one in result(name).totals.items()}


def test_the_policy_has_a_bias_for_each_place():
    assert totals("alphago")["parameters"] == 48 * 192 * 25 + 192 + TOWER + 192 + PLACES


def test_the_lectures_network_has_none():
    assert totals("alphago-policy")["parameters"] == totals("alphago")["parameters"] - PLACES
    assert totals("alphago-policy")["macs"] == totals("alphago")["macs"] == PLACES * 3_880_128


@pytest.mark.parametrize("name", ["alphago", "alphago-policy"])
def test_a_score_sees_27_places(name):
    scores = [one for one in result(name).layers if one.kind == "conv2d"][-1]
    assert scores.receptive_field == (5 + 11 * 2,) * 2


def test_the_value_network_takes_a_plane_more_and_gives_one_number():
    value = result("alphago_value")
    head = 192 + 1 + PLACES * 256 + 256 + 256 + 1
    assert value.totals["parameters"].value == 49 * 192 * 25 + 192 + TOWER + head
    assert [shape for _name, shape in value.outputs] == [(1,)]


@pytest.mark.parametrize(("name", "residual"), [("alphago_zero_20", 19), ("alphago_zero_40", 39)])
def test_zero(name, residual):
    tower = 9 * 256 * (17 + 2 * residual * 256)
    norms = 2 * 256 * (1 + 2 * residual) + 2 * 2 + 2 * 1
    linear = 2 * PLACES * 362 + PLACES * 256 + 256
    assert totals(name)["parameters"] == tower + 256 * 2 + 256 + norms + linear + 362 + 256 + 1
    assert totals(name)["macs"] == PLACES * (tower + 256 * 2 + 256) + linear


def test_zero_answers_both_questions():
    assert result("alphago_zero_20").outputs == (("policy.linear_1", (PLACES + 1,)), ("value.tanh_1", (1,)))
