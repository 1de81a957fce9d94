"""The table folded by block."""

import pytest

from cnncalc.api import analyze, load, parse
from cnncalc.result import COUNTS
from cnncalc.spec import shipped
from cnncalc.views.depth import folded
from tests.cli.running import run


def rows(name, depth):
    return folded(analyze(load(shipped.find(name))), depth).layers


def test_a_block_is_a_row_with_the_sums_of_its_layers():
    whole = analyze(load(shipped.find("resnet18"))).layers
    row = next(layer for layer in rows("resnet18", 1) if layer.name == "layer2")
    inside = [layer for layer in whole if layer.name.startswith("layer2.")]
    assert row.parameters == sum(layer.parameters for layer in inside)
    assert (row.input_shapes[0], row.output_shape) == ((64, 56, 56), (128, 28, 28))


@pytest.mark.parametrize("depth", [1, 2, 3])
@pytest.mark.parametrize("name", ["resnet50", "densenet121", "mobilenet_v2", "vgg11"])
def test_the_rows_add_up_to_the_network(name, depth):
    result = analyze(load(shipped.find(name)))
    found = folded(result, depth).layers
    assert {count: sum(getattr(row, count) for row in found) for count in COUNTS} == {
        count: result.totals[count].value for count in COUNTS
    }


def test_each_step_of_depth_unfolds_one_level():
    assert [row.name for row in rows("resnet18", 1)][4:7] == ["layer1", "layer2", "layer3"]
    assert [row.name for row in rows("resnet18", 2)][4:7] == ["layer1.0", "layer1.1", "layer2.0"]


def test_a_row_takes_what_comes_from_outside():
    block = ["relu", {"add": {"from": ["relu_1", "input"]}}]
    layers = ["tanh", {"b": {"name": "x"}}, "gelu", {"add": {"from": ["gelu_1", "x"]}}]
    found = folded(analyze(parse({"input": 8, "blocks": {"b": block}, "layers": layers})), 1).layers
    assert [(row.name, row.inputs) for row in found][1:] == [
        ("x", ("tanh_1",)),
        ("gelu_1", ("x",)),
        ("add_1", ("gelu_1", "x")),
    ]


def test_the_command_folds():
    out = run("summary", "resnet50", "--depth", "1").out
    assert "\n layer4 " in out
    assert "layer4.0" not in out
    assert "25,557,032" in out
