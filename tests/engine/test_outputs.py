"""Layers with several outputs, weights that are used again, and what permuted and resized maps see."""

import pytest

from cnncalc.api import SpecError, analyze, parse


def result(layers, shape=(4, 32, 32), **more):
    return analyze(parse({"input": list(shape), "layers": layers, **more}))


def shapes(found):
    return {layer.name: layer.output_shape for layer in found.layers}


SPLIT = {"split": {"split_size": [1, 3], "name": "parts"}}


def test_a_source_may_be_a_second_output():
    found = result([SPLIT, {"relu": {"from": "parts:1"}}, {"sigmoid": {"from": "parts"}}])
    assert shapes(found) == {"parts": (1, 32, 32), "relu_1": (3, 32, 32), "sigmoid_1": (1, 32, 32)}
    assert found.layers[0].output_shapes == ((1, 32, 32), (3, 32, 32))
    assert found.layers[1].inputs == ("parts:1",)


def test_an_output_of_the_network_may_be_a_second_output():
    assert result([SPLIT], outputs=["parts", "parts:1"]).outputs == (("parts", (1, 32, 32)), ("parts:1", (3, 32, 32)))


def test_an_output_that_a_layer_has_not_is_refused_wherever_it_is_asked_for():
    asked = result([SPLIT, {"relu": {"from": "parts:2"}}])
    assert [finding.code for finding in asked.problems] == ["no-such-output"]
    assert asked.layers[1].output_shape is None
    assert [finding.code for finding in result([SPLIT], outputs=["parts:2"]).problems] == ["no-such-output"]


def test_a_layer_with_one_output_has_no_second():
    with pytest.raises(SpecError) as refusal:
        result([{"relu": {"name": "a"}}, {"relu": {"from": "a:1"}}])
    assert [finding.code for finding in refusal.value.problems] == ["no-such-output"]


CONV = {"out_channels": 4, "kernel_size": 3, "padding": 1}


def test_weights_that_are_used_again_count_once_and_their_operations_each_time():
    found = result([{"conv2d": {**CONV, "name": "a"}}, {"conv2d": {**CONV, "weights_of": "a"}}])
    assert [layer.parameters for layer in found.layers] == [4 * 4 * 9 + 4, 0]
    assert [layer.macs for layer in found.layers] == [32 * 32 * 4 * 4 * 9] * 2
    assert found.totals["parameters"].value == 4 * 4 * 9 + 4


def test_a_stride_of_its_own_does_not_keep_a_layer_from_using_weights_again():
    found = result([{"conv2d": {**CONV, "name": "a"}}, {"conv2d": {**CONV, "stride": 2, "weights_of": "a"}}])
    assert found.problems == ()
    assert found.layers[1].output_shape == (4, 16, 16)


LAST = {"permute": {"dims": [0, 2, 3, 1]}}
FIRST = {"permute": {"dims": [0, 3, 1, 2]}}
WIDE = {"conv2d": {"out_channels": 4, "kernel_size": 7, "padding": 3, "groups": 4}}


def test_a_linear_layer_over_the_channels_sees_its_own_place():
    block = [WIDE, LAST, "layer_norm", {"linear": {"out_features": 4, "in_features": 4}}, FIRST]
    assert result([*block, *block]).layers[-1].receptive_field == (7 + 6, 7 + 6)


def test_a_linear_layer_over_a_width_sees_its_row_which_is_not_followed():
    layer = result([WIDE, {"linear": {"out_features": 4, "in_features": 32}}]).layers[-1]
    assert (layer.sees_all, layer.receptive_field) == (False, None)


def test_a_linear_layer_over_the_only_axis_of_places_sees_all_of_them():
    layers = [{"conv1d": {"out_channels": 4, "kernel_size": 7}}, {"linear": {"out_features": 4, "in_features": 26}}]
    layer = result(layers, (4, 32)).layers[-1]
    assert (layer.sees_all, layer.receptive_field) == (True, (32,))


def test_attention_within_windows_sees_less_than_the_whole_input():
    attention = {"multihead_attention": {"num_heads": 1}}
    whole = [{"flatten": {"start_dim": 2}}, {"permute": {"dims": [0, 2, 1]}}, attention]
    windows = [LAST, {"window_partition": {"window_size": 4}}, attention]
    assert [result(layers, (4, 8, 8)).layers[-1].sees_all for layers in (whole, windows)] == [True, False]
    assert result(windows, (4, 8, 8)).layers[-1].receptive_field is None
    assert result([*windows, {"window_reverse": {"window_size": 4, "size": [8, 8]}}, FIRST, "global_avg_pool"],
                  (4, 8, 8)).layers[-1].sees_all  # fmt: skip


def test_a_branch_that_is_permuted_and_one_that_is_not_lose_their_axes():
    block = [{"relu": {"name": "a"}}, LAST, {"add": {"from": ["a", "permute_1"]}}]
    found = result([*block, {"linear": {"out_features": 4, "in_features": 32}}], (32, 32, 32))
    assert (found.layers[-1].sees_all, found.layers[-1].receptive_field) == (False, None)


SEEN = [
    # (layers, size, jump) along an axis, worked by hand
    ([{"upsample": {"scale_factor": 2}}], 1, "1/2"),
    ([{"upsample": {"scale_factor": 2, "mode": "bilinear"}}], 2, "1/2"),
    ([{"upsample": {"scale_factor": 3, "mode": "bilinear"}}], 2, "1/3"),
    ([{"upsample": {"scale_factor": 2, "mode": "bicubic"}}], 4, "1/2"),
    ([{"upsample": {"size": 16}}], 1, 2),
    ([{"upsample": {"size": 24, "mode": "bilinear"}}], 2, None),
    ([{"upsample": {"size": 16, "mode": "area"}}], 2, 2),
    ([{"upsample": {"scale_factor": 2}}, {"conv2d": {"out_channels": 1, "kernel_size": 3}}], 2, "1/2"),
    ([{"pixel_shuffle": {"upscale_factor": 2}}, {"conv2d": {"out_channels": 1, "kernel_size": 3}}], 2, "1/2"),
    ([{"pixel_unshuffle": {"downscale_factor": 2}}], 2, 2),
    ([{"slice": {"dim": [2, 3], "start": 1, "step": 2}}, {"conv2d": {"out_channels": 1, "kernel_size": 3}}], 5, 2),
    ([{"reflection_pad2d": {"padding": 1}}, {"conv2d": {"out_channels": 1, "kernel_size": 3}}], 3, 1),
    # the slice takes every second of the values that the upsampling doubled
    ([{"upsample": {"scale_factor": 2}}, {"slice": {"dim": [2, 3], "step": 2}}], 1, 1),
]


@pytest.mark.parametrize(("layers", "size", "jump"), SEEN)
def test_what_a_resized_or_cut_map_sees(layers, size, jump):
    layer = result(layers).layers[-1]
    assert layer.receptive_field == (size, size)
    assert [None if one is None else str(one) for one in layer.jump] == [None if jump is None else str(jump)] * 2


HUGE = 10**15
BOUNDED = [
    ([{"upsample": {"size": HUGE}}], (1, 7, 7)),
    ([{"upsample": {"size": HUGE - 1, "mode": "bilinear", "align_corners": True}}], (1, HUGE, HUGE)),
    ([{"split": {"split_size": 1}}], (HUGE,)),
    ([{"chunk": {"chunks": HUGE}}], (HUGE,)),
    ([{"slice": {"dim": [2, 3], "step": 3}}], (1, HUGE, HUGE)),
    ([{"window_partition": {"window_size": 3}}], (HUGE, HUGE, 3)),
    ([{"lstm": {"hidden_size": HUGE, "num_layers": HUGE}}], (HUGE, HUGE)),
    ([{"multihead_attention": {"num_heads": 1, "relative_positions": [10**7, 10**8]}}], (HUGE, HUGE)),
    ([{"group_norm": {"num_groups": HUGE - 1}}], (HUGE, 2)),
    ([{"zero_pad2d": {"padding": HUGE}}, {"reshape": {"shape": [-1]}}], (HUGE, HUGE, HUGE)),
    ([{"roll": {"shifts": HUGE, "dims": 1}}, {"permute": {"dims": [1, 0]}}], (HUGE,)),
]


@pytest.mark.parametrize(("layers", "shape"), BOUNDED)
def test_huge_sizes_are_answered_at_once(layers, shape):
    """Nothing goes through the places of a map: it would not come back."""
    assert len(result(layers, shape).layers) == len(layers)
