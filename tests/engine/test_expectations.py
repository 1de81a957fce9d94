"""What a spec expects of its network, held against what comes out."""

import pytest

from cnncalc.api import analyze, loads, parse
from cnncalc.spec.dump import text_of


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
    assert (line.off_by.startswith("at least "), line.status == "lower_bound") == (met is False,) * 2


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


MAP = [
    {"conv2d": {"out_channels": 4, "kernel_size": 3, "padding": 1, "stride": 2}},  # 4x5x4, 4*9 + 4 = 40
    {"relu": {"name": "act"}},
    {"conv2d": {"out_channels": 2, "kernel_size": 1}},  # 2x5x4, 8 + 2 = 10
    "global_avg_pool",
]
SIDES = (1, 10, 8)  # 10/5 = 2, 8/4 = 2

MEASURED = [
    ({"activations": 4 * 20 + 4 * 20 + 2 * 20 + 2}, True, ""),
    ({"activations": {"max": 200}}, False, "2 too many (+1.0 %)"),
    ({"depth": 2}, True, ""),
    ({"depth": {"max": 1}}, False, "1 too many (+100.0 %)"),
    ({"downsampling": 2}, True, ""),
    ({"downsampling": "2.0"}, True, ""),
    ({"downsampling": [2, 2]}, True, ""),
    ({"downsampling": [2, 4]}, False, ""),
    ({"downsampling": {"min": 4}}, False, "2 too few (−50.0 %)"),
    ({"rf": {"min": 3, "max": 3}}, True, ""),
    ({"rf": {"max": 2}}, False, "1 too many (+50.0 %)"),
    ({"weights_memory": 50 * 4}, True, ""),
    ({"weights_memory": "200 B"}, True, ""),
    ({"weights_memory": "0.2 kB"}, True, ""),
    ({"weights_memory": {"max": 100, "dtype": "float16"}}, True, ""),
    ({"weights_memory": {"max": 100}}, False, "100 bytes too many (+100.0 %)"),
    ({"weights_memory": {"value": 100, "dtype": "float16"}}, True, ""),
    ({"weights_memory": {"value": 100, "tolerance": "10%", "dtype": "float16"}}, True, ""),
]


@pytest.mark.parametrize(("expected", "met", "off_by"), MEASURED)
def test_measures_of_the_network(expected, met, off_by):
    (line,) = judged(expected, MAP, SIDES)
    assert (line.met, line.off_by, line.layer) == (met, off_by, None)


KIBIBYTES = [(61_706, True), (61_568, True), (61_567, False), (61_951, True), (61_952, False)]


@pytest.mark.parametrize(("weights", "met"), KIBIBYTES)
def test_241_KiB_is_met_by_what_rounds_or_is_cut_off_to_it(weights, met):
    # 240.5 KiB is 61,568 numbers of 4 bytes, 242 KiB would be 61,952.
    layer = {"linear": {"out_features": weights, "bias": False}}
    (line,) = judged({"weights_memory": "241 KiB"}, [layer], shape=(1,))
    assert line.met is met


def test_an_uneven_downsampling_is_a_ratio_for_each_axis():
    # 28/5 and 28/5: 28 -> 14 -> 10 -> 5 in LeNet.
    layers = [{"max_pool2d": {"kernel_size": 5}}]
    (line,) = judged({"downsampling": 5.6}, layers, (1, 28, 28))
    assert (line.actual, line.met) == (["28/5", "28/5"], True)
    (line,) = judged({"downsampling": {"max": 5.5}}, layers, (1, 28, 28))
    assert (line.met, line.off_by) == (False, "0.1 too many (+1.8 %)")


OF_LAYERS = [
    ({"conv2d_1": {"output": [4, 5, 4]}}, [("conv2d_1", True)]),
    ({"conv2d_1": {"output": [4, 5, 5]}}, [("conv2d_1", False)]),
    ({"act": {"activations": 80, "depth": 1}}, [("act", True), ("act", True)]),
    ({"conv2d_2": {"downsampling": 2, "weights_memory": 40}}, [("conv2d_2", True), ("conv2d_2", True)]),
    ({"conv2d_*": {"params": {"max": 40}}}, [("conv2d_*", True)]),
    ({"conv2d_*": {"params": {"max": 39}}}, [("conv2d_1", False)]),
    ({"*": {"params": {"max": 5}}}, [("conv2d_1", False), ("conv2d_2", False)]),
    ({"conv2d_[2-9]": {"params": 10}}, [("conv2d_[2-9]", True)]),
    ({"global_avg_pool_1": {"downsampling": 2}}, [("global_avg_pool_1", None)]),
]


@pytest.mark.parametrize(("layers", "wanted"), OF_LAYERS)
def test_measures_of_layers_by_name_and_pattern(layers, wanted):
    assert [(line.layer, line.met) for line in judged({"layers": layers}, MAP, SIDES)] == wanted


def test_a_pattern_that_is_met_tells_the_largest_number():
    (line,) = judged({"layers": {"conv2d_*": {"params": {"max": 100}}}}, MAP, SIDES)
    assert line.actual == 40


def test_a_layer_that_is_called_like_a_pattern_is_meant_alone():
    layers = [{"relu": {"name": "a*"}}, {"relu": {"name": "ab"}}]
    assert [line.layer for line in judged({"layers": {"a*": {"params": 1}}}, layers)] == ["a*"]


def test_each_of_several_outputs_has_its_own_shape():
    layers = [
        {"linear": {"out_features": 10, "name": "a"}},
        {"linear": {"out_features": 4, "name": "b", "from": "input"}},
    ]
    lines = judged({"output": {"a": [10], "b": [5]}}, layers)
    assert [(line.layer, line.met) for line in lines] == [("a", True), ("b", False)]
    (line,) = judged({"output": [10]}, layers)
    assert line.met is None


def test_an_output_may_be_called_by_the_block_that_it_leaves():
    blocks = {"up": [{"linear": {"out_features": 4}}, "relu"]}
    layers = [{"up": {"name": "a"}}]
    network = parse({"input": 8, "blocks": blocks, "layers": layers, "expect": {"output": {"a": [4]}}})
    (line,) = analyze(network).expectations
    assert (line.layer, line.met) == ("a.relu_1", True)
    flat = analyze(loads(text_of(network)))
    assert [(one.layer, one.met) for one in flat.expectations] == [("a.relu_1", True)]


def test_a_further_output_of_a_layer_is_judged_too():
    layers = [{"chunk": {"chunks": 2, "name": "halves"}}]
    network = {"input": 8, "layers": layers, "outputs": ["halves", "halves:1"]}
    lines = analyze(parse({**network, "expect": {"output": {"halves": [4], "halves:1": [5]}}})).expectations
    assert [(line.layer, line.met) for line in lines] == [("halves", True), ("halves:1", False)]


def test_so_many_patterns_for_so_many_layers_are_refused():
    from cnncalc.spec.network import SpecError

    patterns = {f"*{i}": {"params": 0} for i in range(101)}
    layers = [{"relu": {"name": f"x{i}"}} for i in range(10_000)]
    with pytest.raises(SpecError, match="too-many-patterns: 101 lines with patterns for 10,000 layers"):
        judged({"layers": patterns}, layers)
