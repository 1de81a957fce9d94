"""What a spec expects of its network, held against what comes out."""

import pytest

from cnncalc.api import analyze, parse


def judged(expect, layers=None, shape=(784,), **options):
    layers = layers or [{"linear": {"out_features": 10, "name": "last"}}]  # 7840 + 10 parameters
    network = parse({"input": list(shape), "layers": layers, "expect": expect})
    return analyze(network, **options).expectations


PARAMETERS = [
    (7850, True, ""),
    (7851, False, "1 too few (<0.1 %)"),
    (7000, False, "850 too many (+12.1 %)"),
    ("7850", True, ""),
    ("7,850", True, ""),
    ("7.85k", True, ""),
    ("7.8k", True, ""),
    ("7.9k", True, ""),
    ("8k", True, ""),
    ("7k", True, ""),
    ("9k", False, "650 too few (−7.6 %)"),
    ({"max": "7.85k"}, True, ""),
    ({"max": 7849}, False, "1 too many (<0.1 %)"),
    ({"max": 0}, False, "7,850 too many"),
    ({"min": 7850}, True, ""),
    ({"min": "8k"}, False, "150 too few (−1.8 %)"),
    ({"min": 7000, "max": 8000}, True, ""),
    ({"value": 8000, "tolerance": "2%"}, True, ""),
    ({"value": 8000, "tolerance": "1%"}, False, "70 too few (−0.8 %)"),
    ({"value": 8000, "tolerance": 0.02}, True, ""),
    ({"value": 7850, "tolerance": "0%"}, True, ""),
]


@pytest.mark.parametrize(("expected", "met", "off_by"), PARAMETERS)
def test_a_count_is_met_or_missed_by_so_much(expected, met, off_by):
    (line,) = judged({"params": expected})
    assert (line.name, line.actual, line.met, line.off_by) == ("parameters", 7850, met, off_by)


AROUND = [
    (61_100_840, True),
    (61_050_000, True),
    (61_049_999, False),
    (61_199_999, True),
    (61_200_000, False),
]


@pytest.mark.parametrize(("weights", "met"), AROUND)
def test_61_1M_is_met_by_what_rounds_or_is_cut_off_to_it(weights, met):
    (line,) = judged({"weights": "61.1M"}, [{"linear": {"out_features": weights}}], shape=(1,))
    assert line.met is met


def test_short_names_are_the_same_words():
    names = [line.name for line in judged({"params": 1, "mults": 1, "macs": 1, "depth": 1})]
    assert names == ["parameters", "multiplications", "macs", "depth"]


def test_the_receptive_field_is_that_of_the_last_window():
    layers = [
        {"conv2d": {"out_channels": 1, "kernel_size": 3}},
        {"conv2d": {"out_channels": 1, "kernel_size": 3}},
        "flatten",
        {"linear": {"out_features": 2}},
    ]
    for written, met in ((5, True), ([5, 5], True), ("5x5", True), (7, False), ([5, 7], False)):
        (line,) = judged({"rf": written}, layers, shape=(1, 9, 9))
        assert line.met is met, written


OUTPUTS = [([4, 4], True), ("4x4", True), ([4], False), (4, False), ([16], False), ([4, 4, 4], False)]


@pytest.mark.parametrize(("written", "met"), OUTPUTS)
def test_the_output_must_have_this_very_shape(written, met):
    (line,) = judged({"output": written}, ["relu"], shape=(4, 4))
    assert (line.actual, line.met) == ([4, 4], met)
    assert line.off_by == ""


def test_an_unknown_output_cannot_be_judged():
    (line,) = judged({"output": [10]}, [{"conv2d": {"out_channels": 4, "kernel_size": 99}}], shape=(1, 9, 9))
    assert (line.actual, line.met) == (None, None)


LOWER_BOUND = [
    # 10 parameters are known; whatever is unknown can only add to them.
    ({"max": 5}, False),
    ({"max": 50}, None),
    ({"min": 5}, None),
    (10, None),
    (9, False),
]


@pytest.mark.parametrize(("expected", "met"), LOWER_BOUND)
def test_a_lower_bound_can_miss_but_never_meet(expected, met):
    layers = [{"conv2d": {"out_channels": 1, "kernel_size": 3}}, {"conv2d": {"out_channels": 4, "kernel_size": 99}}]
    (line,) = judged({"params": expected}, layers, shape=(1, 9, 9))
    assert (line.actual, line.met) == (10, met)


def test_expectations_hold_for_the_files_own_input_and_one_image():
    assert judged({"params": 7850}, batch=2) == ()
    assert judged({"params": 7850}, inputs=(100,)) == ()
    assert len(judged({"params": 7850}, inputs=(784,))) == 1


def test_what_was_expected_is_kept_as_written():
    said = [
        line.expected
        for line in judged(
            {
                "params": "7.85k",
                "macs": {"min": 1, "max": "9k"},
                "flops": {"value": "16k", "tolerance": "2%"},
                "output": [10],
            }
        )
    ]
    assert said == ["7.85k", "≥ 1, ≤ 9k", "16k ± 2%", "10"]
