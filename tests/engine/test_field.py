"""Receptive fields and jumps, held against following every place by hand."""

from fractions import Fraction
from math import lcm
from time import perf_counter

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from cnncalc.api import analyze, parse
from tests.engine.seeing import even_step, largest, path_sees

OUTPUTS = 72
"""Enough outputs for every pattern to repeat."""


OUTPUTS_IN_TURN = 800
"""The same where a pattern of up to 12 windows takes turns with others, and is spread by up to three strides of 3."""


def conv(k, s=1, p=0, d=1):
    return {"conv1d": {"out_channels": 1, "kernel_size": k, "stride": s, "padding": p, "dilation": d}}


def transposed(k, s=1, p=0, d=1):
    return {"conv_transpose1d": {"out_channels": 1, "kernel_size": k, "stride": s, "padding": p, "dilation": d}}


def analysed(layers, n=120):
    return analyze(parse({"input": [1, n], "layers": layers}))


CONVS = st.builds(conv, st.integers(1, 5), st.integers(1, 3), st.integers(0, 2), st.integers(1, 3))
POOLS = st.tuples(st.sampled_from(["max_pool1d", "avg_pool1d"]), st.integers(1, 3), st.integers(1, 3)).map(
    lambda drawn: {drawn[0]: {"kernel_size": drawn[1], "stride": drawn[2]}}
)
TRANSPOSED = st.builds(transposed, st.integers(1, 4), st.integers(1, 3), st.integers(0, 1), st.integers(1, 2))
ADAPTIVE = st.integers(2, 12).map(lambda m: {"adaptive_avg_pool1d": {"output_size": m}})


def followed(layers):
    """What the engine says of a chain, and what an output place sees."""
    result = analysed(layers)
    assume(result.status == "complete")
    lengths = [result.inputs[0][1][1], *(layer.output_shape[1] for layer in result.layers)]
    return result.layers[-1], path_sees(layers, lengths)


@given(layers=st.lists(st.one_of(CONVS, POOLS, st.just("relu")), min_size=1, max_size=5))
@settings(max_examples=80, deadline=None)
def test_a_chain_of_windows_sees_what_its_places_see(layers):
    last, see = followed(layers)
    assert last.receptive_field == (largest(see, 3),)
    assert last.jump == (even_step(see, 3),)


@given(layers=st.lists(st.one_of(CONVS, POOLS, TRANSPOSED), min_size=1, max_size=4))
@settings(max_examples=80, deadline=None)
def test_a_chain_with_transposed_windows_sees_what_its_places_see(layers):
    last, see = followed(layers)
    assert last.receptive_field == (largest(see, OUTPUTS),)


@given(layers=st.lists(st.one_of(CONVS, POOLS), max_size=2), adaptive=ADAPTIVE, behind=st.lists(CONVS, max_size=1))
@settings(max_examples=80, deadline=None)
def test_adaptive_windows_see_what_their_places_see(layers, adaptive, behind):
    last, see = followed([*layers, adaptive, *behind])
    assume(not last.sees_all)
    assert last.receptive_field == (largest(see, OUTPUTS),)
    step = even_step(see, OUTPUTS)
    assert last.jump == (step,)


@given(layers=st.lists(st.one_of(CONVS, TRANSPOSED, ADAPTIVE), min_size=1, max_size=4))
@settings(max_examples=80, deadline=None)
@example(layers=[transposed(1, 2), {"adaptive_avg_pool1d": {"output_size": 12}}, transposed(1, 2), transposed(1, 3)])
def test_transposed_and_adaptive_windows_together_see_what_their_places_see(layers):
    last, see = followed(layers)
    assume(not last.sees_all)
    assert last.receptive_field == (largest(see, OUTPUTS_IN_TURN),)


KEEPING = st.sampled_from([conv(k, 1, d * (k - 1) // 2, d) for k in (1, 3, 5) for d in (1, 2)])
THERE_AND_BACK = st.sampled_from(
    [
        [conv(2, 2), {"conv_transpose1d": {"out_channels": 1, "kernel_size": 2, "stride": 2}}],
        [conv(4, 4), {"conv_transpose1d": {"out_channels": 1, "kernel_size": 4, "stride": 4}}],
    ]
)
PATHS = st.one_of(st.lists(KEEPING, max_size=3), THERE_AND_BACK)
BRANCHING = st.lists(st.lists(PATHS, min_size=2, max_size=3), min_size=1, max_size=2)
"""Blocks one behind the other, each of several paths that keep the size."""


def all_paths(blocks):
    if not blocks:
        return [[]]
    return [[*path, *rest] for path in blocks[0] for rest in all_paths(blocks[1:])]


@given(blocks=BRANCHING, merge=st.sampled_from(["add", "concat"]), behind=st.one_of(CONVS, POOLS))
@settings(max_examples=60, deadline=None)
def test_through_branches_the_field_is_the_largest_over_all_paths(blocks, merge, behind):
    layers = [*({"parallel": {"merge": merge, "paths": paths}} for paths in blocks), behind]
    result = analysed(layers, n=64)
    assume(result.status == "complete")
    seen = []
    for path in all_paths(blocks):
        chain = analysed([*path, behind], n=64)
        lengths = [64, *(layer.output_shape[1] for layer in chain.layers)]
        seen.append(largest(path_sees([*path, behind], lengths), OUTPUTS))
    assert result.layers[-1].receptive_field == (max(seen),)


def test_a_path_that_sees_less_at_most_may_see_more_where_a_stride_looks():
    # Even and odd outputs of the first path see 2 and 4 places, those of the second 3 and 3.
    paths = [[conv(2, 2), back(3, 2, padding=1, output_padding=1)], [conv(3, 2, 1), back(2, 2)]]
    layers = [{"parallel": {"merge": "add", "paths": paths}}, conv(1, 2)]
    found = analysed(layers, n=64).layers
    assert [layer.receptive_field for layer in found[-2:]] == [(4,), (3,)]


def test_paths_that_disagree_have_no_jump():
    paths = [[conv(5)], [{"adaptive_avg_pool1d": {"output_size": 4}}]]
    last = analysed([{"parallel": {"merge": "add", "paths": paths}}], n=8).layers[-1]
    assert (last.receptive_field, last.jump) == ((5,), (None,))


def test_paths_that_agree_keep_their_jump():
    paths = [[conv(3, 2, 1)], [{"max_pool1d": {"kernel_size": 2}}]]
    last = analysed([{"parallel": {"merge": "add", "paths": paths}}, conv(3)], n=16).layers[-1]
    assert (last.receptive_field, last.jump) == ((3 + 2 * 2,), (2,))


def test_two_axes_are_followed_apart():
    layers = [
        {"conv2d": {"out_channels": 2, "kernel_size": [3, 5], "stride": [2, 1]}},
        {"max_pool2d": {"kernel_size": 2}},
    ]
    last = analyze(parse({"input": [1, 20, 20], "layers": layers})).layers[-1]
    assert last.receptive_field == (3 + (2 - 1) * 2, 5 + (2 - 1) * 1)
    assert last.jump == (4, 2)


def test_after_a_transposed_layer_the_jump_is_a_fraction():
    layers = [{"conv_transpose1d": {"out_channels": 1, "kernel_size": 2, "stride": 2}}]
    assert analysed(layers).to_dict()["layers"][0]["jump"] == ["1/2"]


def back(k, s, **more):
    return {"conv_transpose1d": {"out_channels": 1, "kernel_size": k, "stride": s, **more}}


@pytest.mark.parametrize(
    ("k", "s", "d", "size"),
    [(15_000, 5_000, 1, 3), (1_000_000, 4_000, 1, 250), (15_000, 5_000, 2_500, 7_500), (3, 5_000, 4_999, 1)],
)
def test_long_transposed_windows_are_measured_exactly(k, s, d, size):
    (layer,) = analysed([back(k, s, dilation=d)], n=4).layers
    assert (layer.receptive_field, layer.jump) == ((size,), (Fraction(1, s),))


@pytest.mark.parametrize(("k", "s", "d"), [(15, 5, 1), (16, 5, 2), (40, 6, 4), (9, 8, 3), (30, 6, 6)])
def test_a_transposed_window_over_a_pattern_sees_what_its_places_see(k, s, d):
    layers = [conv(3, 2), back(5, 3), back(k, s, dilation=d, padding=2)]
    last = analysed(layers).layers[-1]
    assert last.receptive_field == (largest(path_sees(layers, [0] * 4), 3 * s),)


def test_the_jump_of_a_long_pattern_is_known():
    jumps = [layer.jump for layer in analysed([back(200, 65), back(200, 65)], n=8).layers]
    assert jumps == [(Fraction(1, 65),), (Fraction(1, 4225),)]


def test_adaptive_windows_that_share_one_place_are_evenly_spaced():
    layers = analysed([{"adaptive_avg_pool1d": {"output_size": 3}}, conv(3)], n=7).layers
    assert [(layer.receptive_field, layer.jump) for layer in layers] == [((3,), (2,)), ((7,), (2,))]


def test_adaptive_windows_that_share_more_are_not():
    (layer,) = analysed([{"adaptive_avg_pool1d": {"output_size": 3}}], n=8).layers
    assert (layer.receptive_field, layer.jump) == ((4,), (None,))


def test_large_windows_over_a_long_pattern_are_followed_quickly():
    begun = perf_counter()
    layers = analysed([back(4096, 4096), *[conv(5000)] * 8], n=12).layers
    units = 1 + 8 * 4999
    assert layers[-1].receptive_field == ((units - 2) // 4096 + 2,)
    assert layers[-1].jump == (Fraction(1, 4096),)
    assert perf_counter() - begun < 5


@pytest.mark.parametrize(
    "layers",
    [[back(1, 4096), conv(5000), conv(5000)], [back(3, 2), *[back(3, 65)] * 4], [back(2, 2_000_000)]],
)
def test_what_takes_too_long_to_follow_is_unknown(layers):
    begun = perf_counter()
    result = analysed([*layers, "relu"], n=8)
    assert {(layer.receptive_field, layer.jump) for layer in result.layers[-2:]} == {(None, (None,))}
    assert result.receptive_field is None
    assert result.to_dict()["layers"][-1]["receptive_field"] is None
    assert perf_counter() - begun < 5


def test_an_unknown_field_stays_unknown_in_a_merge_and_ends_in_a_linear_layer():
    layers = [{"parallel": {"merge": "add", "paths": [[back(2_000_000, 2_000_000)], [back(2_000_000, 2_000_000)]]}}]
    found = analysed([*layers, conv(3), "flatten", {"linear": {"out_features": 1}}], n=1).layers
    assert [layer.receptive_field for layer in found] == [None] * 5 + [(1,)]


def test_more_different_paths_than_are_kept_are_unknown():
    paths = [[conv(2 * s, s), back(2 * s, s)] for s in range(2, 20)]
    branching = {"parallel": {"merge": "concat", "paths": paths}}
    last = analysed([branching], n=lcm(*range(2, 20))).layers[-1]
    assert (last.receptive_field, last.jump) == (None, (None,))


def test_a_stride_takes_the_fraction_back():
    layers = [{"conv_transpose1d": {"out_channels": 1, "kernel_size": 2, "stride": 2}}, conv(3, 4)]
    assert analysed(layers).layers[-1].jump == (2,)


def test_vgg_sees_212_places_before_its_linear_layers():
    layers = []
    for convs in (2, 2, 3, 3, 3):
        layers += [{"conv2d": {"out_channels": 1, "kernel_size": 3, "padding": 1}}] * convs
        layers.append({"max_pool2d": {"kernel_size": 2}})
    last = analyze(parse({"input": [3, 224, 224], "layers": layers})).layers[-1]
    field = jump = 1
    for convs in (2, 2, 3, 3, 3):
        field += convs * 2 * jump + jump
        jump *= 2
    assert last.receptive_field == (field, field) == (212, 212)
    assert last.jump == (jump, jump)


ALL_SEEING = [
    "global_avg_pool",
    "global_max_pool",
    {"adaptive_avg_pool2d": {"output_size": 1}},
    {"mean": {"dim": [2, 3]}},
]


@pytest.mark.parametrize("layer", ALL_SEEING)
def test_what_sees_everything_has_the_inputs_extent_and_no_jump(layer):
    layers = [{"conv2d": {"out_channels": 2, "kernel_size": 3}}, layer]
    found = analyze(parse({"input": [1, 12, 11], "layers": layers})).layers
    assert (found[0].receptive_field, found[0].jump) == ((3, 3), (1, 1))
    assert (found[1].receptive_field, found[1].jump) == ((12, 11), (None, None))


def test_all_after_a_linear_layer_sees_everything():
    layers = ["flatten", {"linear": {"out_features": 3}}, "relu", {"linear": {"out_features": 2}}, "softmax"]
    found = analyze(parse({"input": [1, 12, 11], "layers": layers})).layers
    assert [layer.receptive_field for layer in found[1:]] == [(12, 11)] * 4
    assert [layer.jump for layer in found[1:]] == [(None, None)] * 4


def test_flattened_values_still_see_their_window_but_lie_in_no_grid():
    layers = [{"conv2d": {"out_channels": 2, "kernel_size": 3}}, "flatten"]
    last = analyze(parse({"input": [1, 12, 11], "layers": layers})).layers[-1]
    assert (last.receptive_field, last.jump) == ((3, 3), (None, None))


def test_several_inputs_have_no_receptive_field():
    spec = {"input": {"a": [1, 8], "b": [1, 8]}, "layers": [{"add": {"from": ["a", "b"]}}, conv(3)]}
    for layer in analyze(parse(spec)).layers:
        assert (layer.receptive_field, layer.jump) == (None, None)


def test_an_input_without_space_has_no_receptive_field():
    (layer,) = analyze(parse({"input": [784], "layers": [{"linear": {"out_features": 10}}]})).layers
    assert (layer.receptive_field, layer.jump) == (None, None)


def test_a_field_is_not_cut_at_the_border():
    layers = [conv(3, 1, 1)] * 10
    assert analysed(layers, n=5).layers[-1].receptive_field == (1 + 10 * 2,)
