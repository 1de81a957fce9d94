"""The walk over a network: what is known, what follows from a layer that fails, and what the batch does."""

import pytest

from cnncalc.api import SpecError, analyze, loads, parse
from cnncalc.result import COUNTS

CONV = {"conv2d": {"out_channels": 10, "kernel_size": 3}}
LEARNED = {"weights", "biases", "parameters", "trainable", "buffers"}
TOO_LARGE = {"conv2d": {"out_channels": 10, "kernel_size": 99}}


def analysed(layers, shape=(3, 64, 64), **options):
    return analyze(parse({"input": list(shape), "layers": layers}), **options)


def test_the_counts_of_one_convolution():
    result = analysed([CONV])
    (layer,) = result.layers
    weights, outputs = 3 * 10 * 9, 10 * 62 * 62
    assert layer.output_shape == (10, 62, 62)
    assert (layer.weights, layer.biases, layer.parameters, layer.trainable) == (weights, 10, weights + 10, weights + 10)
    assert (layer.multiplications, layer.additions) == (outputs * 27, outputs * 26 + outputs)
    assert (layer.macs, layer.flops) == (outputs * 27, 2 * outputs * 27)
    assert result.status == "complete"


def test_totals_are_the_sums_of_the_layers():
    result = analysed(
        [
            CONV,
            "batch_norm2d",
            "relu",
            {"max_pool2d": {"kernel_size": 2}},
            "flatten",
            {"linear": {"out_features": 10}},
            "softmax",
        ]
    )
    for count in COUNTS:
        assert result.totals[count] == (sum(getattr(layer, count) for layer in result.layers), "complete")


def test_what_follows_a_bad_layer_is_unknown_and_totals_are_lower_bounds():
    result = analysed([CONV, TOO_LARGE, "relu", "flatten"])
    assert [layer.status for layer in result.layers] == ["complete", "unknown", "unknown", "unknown"]
    assert [layer.output_shape for layer in result.layers[1:]] == [None, None, None]
    assert all(getattr(layer, count) is None for layer in result.layers[1:] for count in COUNTS)
    assert result.totals["parameters"] == (280, "lower_bound")
    assert result.status == "lower_bound"
    assert [finding.code for finding in result.problems] == ["kernel-exceeds-input"]


def test_another_branch_is_still_calculated():
    layers = [
        {"conv2d": {"out_channels": 4, "kernel_size": 1, "name": "a"}},
        {"conv2d": {"out_channels": 4, "kernel_size": 99, "from": "a", "name": "bad"}},
        {"conv2d": {"out_channels": 4, "kernel_size": 1, "from": "a", "name": "good"}},
        {"add": {"from": ["bad", "good"], "name": "sum"}},
        {"conv2d": {"out_channels": 2, "kernel_size": 1, "from": "good", "name": "also"}},
    ]
    states = {layer.name: layer.status for layer in analysed(layers).layers}
    assert states == {"a": "complete", "bad": "unknown", "good": "complete", "sum": "unknown", "also": "complete"}


def test_two_independent_problems_are_both_found():
    layers = [
        {"conv2d": {"out_channels": 4, "kernel_size": 99, "name": "a"}},
        {"conv2d": {"out_channels": 4, "kernel_size": 3, "groups": 2, "from": "input", "name": "b"}},
    ]
    found = [(finding.layer, finding.code) for finding in analysed(layers).problems]
    assert found == [("a", "kernel-exceeds-input"), ("b", "groups-do-not-divide")]


def test_where_no_layer_is_known_nothing_is():
    result = analysed([TOO_LARGE])
    assert result.status == "unknown"
    assert result.totals["parameters"] == (None, "unknown")


def test_the_batch_multiplies_operations_and_nothing_else():
    layers = [
        CONV,
        "batch_norm2d",
        "relu",
        {"avg_pool2d": {"kernel_size": 2}},
        "flatten",
        {"linear": {"out_features": 10}},
        "softmax",
    ]
    one, many = analysed(layers), analysed(layers, batch=32)
    for count in COUNTS:
        times = 1 if count in LEARNED else 32
        assert many.totals[count].value == times * one.totals[count].value
    assert [layer.output_shapes for layer in many.layers] == [layer.output_shapes for layer in one.layers]
    assert [layer.connections for layer in many.layers] == [layer.connections for layer in one.layers]


@pytest.mark.parametrize("batch", [0, -1])
def test_a_batch_below_one_is_refused(batch):
    with pytest.raises(ValueError, match="at least 1"):
        analysed([CONV], batch=batch)


def test_another_input_shape_takes_the_place_of_the_networks_own():
    assert analysed([CONV], inputs=(3, 128, 100)).layers[0].output_shape == (10, 126, 98)
    assert analysed([CONV], inputs={"input": (1, 5, 5)}).layers[0].weights == 1 * 10 * 9


def test_one_of_several_inputs_is_replaced_by_name():
    network = parse({"input": {"a": [4, 8], "b": [2, 8]}, "layers": [{"concat": {"from": ["a", "b"]}}]})
    assert analyze(network).layers[0].output_shape == (4 + 2, 8)
    assert analyze(network, inputs={"b": (7, 8)}).layers[0].output_shape == (4 + 7, 8)


WRONG_INPUTS = [({"image": (3, 5, 5)}, "no input image"), ((), "whole numbers"), ((0, 5, 5), "whole numbers")]


@pytest.mark.parametrize(("inputs", "words"), WRONG_INPUTS)
def test_an_input_that_cannot_be_is_refused(inputs, words):
    with pytest.raises(ValueError, match=words):
        analysed([CONV], inputs=inputs)


def test_a_single_shape_for_several_inputs_is_refused():
    network = parse({"input": {"a": [4, 8], "b": [2, 8]}, "layers": [{"concat": {"from": ["a", "b"]}}]})
    with pytest.raises(ValueError, match="a, b"):
        analyze(network, inputs=(4, 8))


def test_depth_counts_the_layers_with_weights_on_the_longest_path():
    short, long = (
        [{"conv2d": {"out_channels": 4, "kernel_size": 1}}],
        [{"conv2d": {"out_channels": 4, "kernel_size": 1}}, "relu"] * 3,
    )
    result = analysed(
        [CONV, {"parallel": {"merge": "add", "paths": [short, long]}}, "flatten", {"linear": {"out_features": 2}}]
    )
    assert result.depth == 1 + 3 + 1


def test_depth_is_unknown_where_a_layer_is():
    assert analysed([CONV, TOO_LARGE]).depth is None


def test_outputs_are_the_layers_that_nobody_uses():
    layers = [{"conv2d": {"out_channels": 4, "kernel_size": 1, "name": "a"}}, "relu", {"sigmoid": {"from": "a"}}]
    assert analysed(layers).outputs == (("relu_1", (4, 64, 64)), ("sigmoid_1", (4, 64, 64)))


def test_a_network_without_weights_and_products_costs_nothing():
    result = analysed(["flatten", "identity", {"dropout": {"p": 0.1}}])
    assert [result.totals[count].value for count in COUNTS] == [0] * len(COUNTS)


def test_numbers_stay_exact_however_large():
    side = 10**15
    result = analysed([{"linear": {"out_features": side, "bias": False}}], shape=(side,))
    assert result.totals["multiplications"].value == side * side
    assert result.totals["additions"].value == side * (side - 1)


def test_the_document_gives_unknown_as_null_and_places_of_problems():
    text = "name: x\ninput: [3, 8, 8]\nlayers:\n- conv2d: {out_channels: 4, kernel_size: 9}\n"
    document = analyze(loads(text, name="x.yaml")).to_dict()
    assert document["status"] == "unknown"
    assert document["outputs"] == [None]
    assert document["layers"][0]["parameters"] is None
    assert document["layers"][0]["place"] == {"line": 4, "column": 3}
    (problem,) = document["problems"]
    assert (problem["file"], problem["line"], problem["column"]) == ("x.yaml", 4, text.splitlines()[3].index("9") + 1)


def test_reading_problems_come_with_the_calculated_ones():
    text = "input: [64, 64, 3]\nlayers:\n- conv2d: {out_channels: 4, kernel_size: 9}\n"
    codes = [finding.code for finding in analyze(loads(text)).problems]
    assert codes == ["channels-last", "kernel-exceeds-input"]


TOUCHES_NO_NUMBER = [
    ("kernel_size: 3", "expect: {foo: 3}"),
    ("kernel_size: 3", "outputs: [nowhere]"),
    ("kernel_size: 3, name: [1]", ""),
]
LOSES_SOMETHING = [
    ("kernel_size: 3, stride: 1, stride: 2", ""),
    ("kernel_size: 3, [1]: 2", ""),
    ("kernel_size: 3", "layers: [relu]"),
]


def read(fields, end):
    text = f"input: [1, 8, 8]\nlayers:\n- conv2d: {{out_channels: 2, {fields}}}\n{end}\n"
    with pytest.raises(SpecError) as caught:
        loads(text)
    return analyze(caught.value.network)


@pytest.mark.parametrize(("fields", "end"), TOUCHES_NO_NUMBER)
def test_an_error_that_touches_no_number_leaves_the_result_complete(fields, end):
    result = read(fields, end)
    assert result.status == "complete"
    assert result.totals["parameters"] == (2 * 9 + 2, "complete")


@pytest.mark.parametrize(("fields", "end"), LOSES_SOMETHING)
def test_where_the_text_has_more_than_the_network_nothing_is_complete(fields, end):
    assert read(fields, end).status == "lower_bound"
