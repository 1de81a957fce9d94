"""The spec language: every way to say a thing gives the same network."""

import json

import pytest
import yaml

from cnncalc.api import SpecError, analyze, load, loads, parse
from tests.spec.specs import TINY_VGG


def shape_of(written):
    """The input shape of a spec whose input is written so."""
    (found,) = loads(f"input: {written}\nlayers: [relu]\n").inputs
    return found


SHAPES = [
    ("[3, 64, 64]", (3, 64, 64)),
    ("3x64x64", (3, 64, 64)),
    ("3×64×64", (3, 64, 64)),
    ("3*64*64", (3, 64, 64)),
    ("3, 64, 64", (3, 64, 64)),
    ("'[3, 64, 64]'", (3, 64, 64)),
    ("3 64 64", (3, 64, 64)),
    ("{channels: 3, height: 64, width: 48}", (3, 64, 48)),
    ("{width: 48, height: 64, channels: 3}", (3, 64, 48)),
    ("{channels: 2, depth: 5, height: 6, width: 7}", (2, 5, 6, 7)),
    ("{channels: 2, length: 9}", (2, 9)),
    ("{features: 784}", (784,)),
    ("784", (784,)),
    ("[784]", (784,)),
]


@pytest.mark.parametrize(("written", "shape"), SHAPES)
def test_a_shape_may_be_written_in_many_ways(written, shape):
    assert shape_of(written) == ("input", shape)


NO_SHAPES = [
    "[]",
    "[0,64,64]",
    "0x64x64",
    "[3,-1]",
    "[3,64.0]",
    "[3,'64']",
    "[true]",
    "true",
    "3.0",
    "big",
    "null",
    "3xx4",
    "-5",
    "[[3,64]]",
    "[1000000000000001]",
    "1000000000000001",
    "'1000000000000001x3'",
]


@pytest.mark.parametrize("written", NO_SHAPES)
def test_what_is_no_shape_is_refused(written):
    with pytest.raises(SpecError) as refusal:
        shape_of(written)
    codes = {finding.code for finding in refusal.value.problems}
    assert codes & {"not-a-shape", "number-too-large"}


def test_several_inputs_have_names():
    network = loads(
        "input: {left: 3x8x8, right: {channels: 1, height: 8, width: 8}}\nlayers: [{concat: {from: [left, right]}}]"
    )
    assert network.inputs == (("left", (3, 8, 8)), ("right", (1, 8, 8)))
    assert analyze(network).layers[0].output_shape == (4, 8, 8)


def test_an_input_may_be_called_like_an_axis():
    network = loads("input: {depth: [1, 8, 8], width: [3, 8, 8]}\nlayers: [{concat: {from: [depth, width]}}]")
    assert network.inputs == (("depth", (1, 8, 8)), ("width", (3, 8, 8)))


def test_a_network_is_called_as_it_says_or_like_its_file():
    assert loads("name: Mine\ninput: 8\nlayers: [relu]").name == "Mine"
    assert loads("input: 8\nlayers: [relu]", name="nets/lenet5.yaml").name == "lenet5"


def test_outputs_may_be_named():
    text = "input: 8\noutputs: {}\nlayers: [{{relu: {{name: a}}}}, sigmoid, tanh]"
    for written, names in (
        ("a", ["a"]),
        ("[a, tanh_1]", ["a", "tanh_1"]),
        ("sigmoid_1:0", ["sigmoid_1"]),
        ("input", ["input"]),
    ):
        assert [str(output) for output in loads(text.format(written)).outputs] == names


def test_about_is_kept_as_words():
    network = loads("input: 8\nlayers: [relu]\nabout: {source: LeCun et al., year: 1998}")
    assert network.about == (("source", "LeCun et al."), ("year", "1998"))


def test_json_and_yaml_of_one_tree_are_one_network(tmp_path):
    (tmp_path / "net.yaml").write_text(yaml.dump(TINY_VGG), encoding="utf-8")
    (tmp_path / "net.json").write_text(json.dumps(TINY_VGG), encoding="utf-8")
    results = [numbers(load(tmp_path / name)) for name in ("net.yaml", "net.json")]
    assert results[0] == results[1] == numbers(parse(TINY_VGG)) == numbers(loads(json.dumps(TINY_VGG)))


def numbers(network):
    """Everything about a network except where it was written."""
    document = analyze(network).to_dict()
    for layer in document["layers"]:
        del layer["place"]
    return document


def test_the_totals_of_tiny_vgg():
    result = analyze(parse(TINY_VGG))
    assert [str(output) for output in result.outputs] == ["('softmax_1', (10,))"]
    assert result.totals["weights"].value == 270 + 3 * 900 + 1690 * 10
    assert result.totals["biases"].value == 4 * 10 + 10
    squares = [62 * 62 * 27, 60 * 60 * 90, 28 * 28 * 90, 26 * 26 * 90]
    assert result.totals["multiplications"].value == 10 * sum(squares) + 16900 == 5_608_780
    # With biases a convolution adds as often as it multiplies; the softmax over 10 values adds 9 times.
    assert result.totals["additions"].value == 5_608_780 + 9


def test_a_tuple_is_as_good_as_a_list_in_a_mapping():
    network = parse({"input": (3, 8, 8), "layers": ({"conv2d": {"out_channels": 2, "kernel_size": (3, 5)}},)})
    assert analyze(network).layers[0].output_shape == (2, 6, 4)


def test_the_mapping_that_is_parsed_is_left_as_it_was():
    before = json.dumps(TINY_VGG)
    parse(TINY_VGG)
    assert json.dumps(TINY_VGG) == before


def test_the_error_says_each_problem_on_a_line_with_its_place():
    with pytest.raises(SpecError) as refusal:
        loads("input: 3x8x8\nlayers: [{conv2d: {out_channels: 2}}, elephant]\n", name="net.yaml")
    assert str(refusal.value).splitlines() == [
        "net.yaml:2:11: missing-field: conv2d needs kernel_size (side of the kernel)",
        "net.yaml:2:39: unknown-kind: there is no layer kind `elephant`",
    ]


def test_the_readable_part_comes_with_the_error():
    with pytest.raises(SpecError) as refusal:
        loads("input: 3x8x8\nlayers: [{conv2d: {out_channels: 2, kernel_size: 3}}, elephant]\n")
    result = analyze(refusal.value.network)
    assert [layer.output_shape for layer in result.layers] == [(2, 6, 6), None]
    assert result.totals["parameters"] == (3 * 2 * 9 + 2, "lower_bound")
