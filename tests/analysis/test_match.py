"""Which layer is which: inserted, renamed, moved; and the longest common subsequence itself."""

from functools import cache
from random import Random
from time import perf_counter

import pytest

from cnncalc.analysis.match import MOST_EDITS, common, match
from cnncalc.spec.load import parse

CONV = {"conv2d": {"out_channels": 8, "kernel_size": 3, "padding": 1}}
WIDE = {"conv2d": {"out_channels": 16, "kernel_size": 3, "padding": 1}}


def named(kind, name, **fields):
    return {kind: {"name": name, **fields}}


def pairs(old, new):
    sides = [parse({"input": [3, 32, 32], "layers": layers}).layers for layers in (old, new)]
    return [
        (None if one.old is None else sides[0][one.old].name, None if one.new is None else sides[1][one.new].name)
        for one in match(*sides)
    ]


def test_one_more_layer_above_shifts_no_pair():
    found = pairs([CONV, "relu", WIDE, "relu"], [WIDE, "relu", CONV, "relu", WIDE, "relu"])
    assert found[:2] == [(None, "conv2d_1"), (None, "relu_1")]
    assert found[2:] == [("conv2d_1", "conv2d_2"), ("relu_1", "relu_2"), ("conv2d_2", "conv2d_3"), ("relu_2", "relu_3")]


def test_a_changed_field_is_no_new_layer():
    assert pairs([CONV, "relu"], [WIDE, "relu"]) == [("conv2d_1", "conv2d_1"), ("relu_1", "relu_1")]


def test_a_default_that_is_written_out_is_no_change():
    plain, written = {"max_pool2d": {"kernel_size": 2}}, {"max_pool2d": {"kernel_size": [2, 2], "padding": 0}}
    (pair,) = match(*(parse({"input": [3, 8, 8], "layers": [one]}).layers for one in (plain, written)))
    assert pair == (0, 0, False)


def test_a_layer_with_another_name_is_the_same_layer():
    old, new = (
        [named("conv2d", "a", out_channels=8, kernel_size=3)],
        [named("conv2d", "b", out_channels=8, kernel_size=3)],
    )
    assert pairs([*old, "relu"], [*new, "relu"]) == [("a", "b"), ("relu_1", "relu_1")]


def test_the_same_name_is_the_same_layer_even_of_another_kind():
    assert pairs([named("relu", "act")], [named("gelu", "act")]) == [("act", "act")]


def test_a_layer_that_moved_is_found_by_its_name():
    layers = [named("relu", "a"), CONV, WIDE, "flatten"]
    assert ("a", "a") in pairs(layers, [*layers[1:], layers[0]])


def test_another_kind_is_another_layer_and_the_old_one_is_said_first():
    assert pairs(["relu"], ["gelu"]) == [("relu_1", None), (None, "gelu_1")]


def test_of_several_layers_the_one_that_agrees_most_is_the_same():
    near = {"conv2d": {"out_channels": 8, "kernel_size": 5, "padding": 1}}
    far = {"conv2d": {"out_channels": 99, "kernel_size": 7, "padding": 3, "bias": False}}
    assert pairs([CONV], [far, near]) == [(None, "conv2d_1"), ("conv2d_1", "conv2d_2")]


def length(a, b):
    @cache
    def longest(i, j):
        if i == len(a) or j == len(b):
            return 0
        if a[i] == b[j]:
            return 1 + longest(i + 1, j + 1)
        return max(longest(i + 1, j), longest(i, j + 1))

    return longest(0, 0)


@pytest.mark.parametrize("seed", range(50))
def test_the_common_subsequence_is_the_longest_one(seed):
    random = Random(seed)
    a, b = (random.choices("abc", k=random.randrange(15)) for _side in "ab")
    found = common(a, b)
    assert found == sorted(found)
    assert len({i for i, _j in found}) == len({j for _i, j in found}) == len(found)
    assert all(a[i] == b[j] for i, j in found)
    assert len(found) == length(tuple(a), tuple(b))


def test_networks_with_nothing_in_common_are_compared_by_name():
    old = [{"conv2d": {"out_channels": 1 + index % 7, "kernel_size": 1}} for index in range(MOST_EDITS)]
    new = [{"conv2d": {"out_channels": 100 + index % 7, "kernel_size": 1}} for index in range(MOST_EDITS)]
    start = perf_counter()
    found = pairs(old, new)
    assert all(before == after for before, after in found)
    assert perf_counter() - start < 10
