"""Names and connections: who is called what, and who feeds whom."""

from time import perf_counter

import pytest

from cnncalc.api import SpecError, analyze, loads, parse


def wired(layers, shape=(4, 8, 8)):
    """Each layer's name with the names of what feeds it."""
    return {
        layer.name: [str(source) for source in layer.sources]
        for layer in parse({"input": list(shape), "layers": layers}).layers
    }


def test_unnamed_layers_are_numbered_by_kind():
    names = list(wired(["relu", "tanh", "relu", {"conv2d": {"out_channels": 1, "kernel_size": 1}}, "relu"]))
    assert names == ["relu_1", "tanh_1", "relu_2", "conv2d_1", "relu_3"]


def test_a_given_name_is_left_to_the_layer_that_has_it():
    assert list(wired(["relu", {"tanh": {"name": "relu_2"}}, "relu"])) == ["relu_1", "relu_2", "relu_3"]


def test_each_layer_is_fed_by_the_one_above():
    assert wired(["relu", "tanh"]) == {"relu_1": ["input"], "tanh_1": ["relu_1"]}


def test_from_takes_one_name_or_several():
    layers = [{"relu": {"name": "a"}}, {"tanh": {"from": "input"}}, {"add": {"from": ["a", "tanh_1", "input"]}}]
    assert wired(layers) == {"a": ["input"], "tanh_1": ["input"], "add_1": ["a", "tanh_1", "input"]}


def test_the_bare_name_is_output_0():
    assert wired([{"relu": {"name": "a"}}, {"tanh": {"from": "a:0"}}])["tanh_1"] == ["a"]


def test_fields_may_be_left_out_in_every_form():
    for written in ("relu", "relu:", "relu: {}", "relu: null"):
        (layer,) = loads(f"input: 8\nlayers:\n- {written}\n").layers
        assert (layer.name, layer.kind_name) == ("relu_1", "relu")


def test_parallel_paths_start_from_the_layer_above_and_are_merged():
    layers = ["relu", {"parallel": {"merge": "add", "paths": [["tanh", "sigmoid"], ["gelu"]]}}, "silu"]
    assert wired(layers) == {
        "relu_1": ["input"],
        "tanh_1": ["relu_1"],
        "sigmoid_1": ["tanh_1"],
        "gelu_1": ["relu_1"],
        "add_1": ["sigmoid_1", "gelu_1"],
        "silu_1": ["add_1"],
    }


def test_an_empty_path_passes_its_source_on():
    assert wired(["relu", {"parallel": {"merge": "add", "paths": [["tanh"], []]}}])["add_1"] == ["tanh_1", "relu_1"]


def test_paths_nest():
    inner = {"parallel": {"merge": "mul", "paths": [["tanh"], []]}}
    found = wired([{"parallel": {"merge": "concat", "paths": [[inner, "relu"], [], ["gelu"]]}}])
    assert found == {
        "tanh_1": ["input"],
        "mul_1": ["tanh_1", "input"],
        "relu_1": ["mul_1"],
        "gelu_1": ["input"],
        "concat_1": ["relu_1", "input", "gelu_1"],
    }


def test_the_merging_layer_may_have_fields_and_a_name():
    layers = [
        {"parallel": {"name": "both", "merge": {"concat": {"dim": 2}}, "paths": [["tanh"], []]}},
        {"relu": {"from": "both"}},
    ]
    network = parse({"input": [4, 8], "layers": layers})
    assert [layer.name for layer in network.layers] == ["tanh_1", "both", "relu_1"]
    assert analyze(network).layers[1].output_shape == (4, 8 + 8)


def test_a_parallel_may_start_elsewhere():
    layers = [{"relu": {"name": "a"}}, "tanh", {"parallel": {"from": "a", "merge": "add", "paths": [["gelu"], []]}}]
    assert wired(layers)["add_1"] == ["gelu_1", "a"]


def test_layers_in_a_path_may_be_named_and_used_from_outside():
    layers = [
        {"parallel": {"merge": "add", "paths": [[{"relu": {"name": "inside"}}], []]}},
        {"tanh": {"from": "inside"}},
    ]
    assert wired(layers)["tanh_1"] == ["inside"]


def test_names_are_any_text():
    layers = [{"relu": {"name": "第一层 α/b.c"}}, {"tanh": {"from": "第一层 α/b.c"}}]
    assert wired(layers) == {"第一层 α/b.c": ["input"], "tanh_1": ["第一层 α/b.c"]}


def test_layers_written_alike_are_calculated_alike_under_their_own_names():
    layers = [{"conv2d": {"out_channels": 4, "kernel_size": 1}}] * 3
    found = analyze(parse({"input": [4, 8, 8], "layers": layers})).layers
    assert [layer.name for layer in found] == ["conv2d_1", "conv2d_2", "conv2d_3"]
    assert {layer.parameters for layer in found} == {4 * 4 + 4}


def test_integers_and_flags_that_look_alike_are_not_taken_for_each_other():
    layers = [{"conv1d": {"out_channels": 1, "kernel_size": 1}}, {"conv1d": {"out_channels": 1, "kernel_size": True}}]
    with pytest.raises(SpecError) as refusal:
        parse({"input": [1, 8], "layers": layers})
    assert [(finding.code, finding.layer) for finding in refusal.value.problems] == [("wrong-value", "conv1d_2")]


def test_many_layers_are_flat_whatever_their_number():
    network = parse({"input": [8], "layers": ["relu"] * 3000})
    assert network.layers[-1].name == "relu_3000"
    assert analyze(network).status == "complete"


def test_long_chains_of_later_names_are_all_wrong_and_soon_found():
    layers = [{"relu": {"from": f"relu_{number}"}} for number in range(2, 4002)]
    begun = perf_counter()
    with pytest.raises(SpecError) as refusal:
        wired(layers)
    codes = [finding.code for finding in refusal.value.problems]
    assert codes == ["later-source"] * 3999 + ["unknown-source"]
    assert perf_counter() - begun < 5


def test_what_is_unknown_everywhere_is_soon_found():
    begun = perf_counter()
    with pytest.raises(SpecError) as refusal:
        wired(["nope", {"relu": {"from": "nobody"}}] * 5000)
    assert len(refusal.value.problems) == 10_000
    assert perf_counter() - begun < 5
