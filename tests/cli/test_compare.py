"""`cnncalc compare`: three ways to connect the same maps, a perceptron, networks side by side."""

import csv
import json
from io import StringIO

import pytest

from tests.cli.running import page, rows, run

FORMS = ("fully_connected", "locally_connected", "convolution")


def document(*argv):
    return json.loads(run("compare", *argv, "--format", "json").out)


def test_lenet5_as_drawn():
    assert run("compare", "lenet5") == (0, page("compare_lenet5"), "")


def test_against_a_perceptron():
    out = run("compare", "lenet5", "--mlp", "512,512").out
    assert out.startswith(page("compare_lenet5"))
    block = [row for row in rows(out[len(page("compare_lenet5")) :]) if row]
    assert block[0] == ["against", "a", "perceptron", "parameters", "multiplications"]
    assert block[2:] == [
        ["784", "→", "512", "→", "512", "→", "10", "669,706", "668,672"],
        ["LeNet-5", "61,706", "416,520"],
        ["10.9", "×", "fewer", "1.61", "×", "fewer"],
    ]


def test_json_of_one_network():
    found = document("lenet5")
    assert list(found["layers"][0]) == ["name", "kind", *FORMS]
    assert found["layers"][0] == {
        "name": "conv2d_1",
        "kind": "conv2d",
        "fully_connected": {"weights": 3687936, "multiplications": 3687936},
        "locally_connected": {"weights": 117600, "multiplications": 117600},
        "convolution": {"weights": 150, "multiplications": 117600},
    }
    assert [layer["name"] for layer in found["layers"]] == ["conv2d_1", "conv2d_2", "linear_1", "linear_2", "linear_3"]
    assert found["totals"] == {
        "fully_connected": {"weights": 5628456, "multiplications": 5628456},
        "locally_connected": {"weights": 416520, "multiplications": 416520},
        "convolution": {"weights": 61470, "multiplications": 416520},
    }
    assert "mlp" not in found


def test_json_with_a_perceptron():
    found = document("lenet5", "--mlp", "512,512")["mlp"]
    assert found == {"layers": [784, 512, 512, 10], "parameters": 669706, "multiplications": 668672}


def test_json_of_several_networks():
    found = document("alexnet", "vgg16", "resnet18")["networks"]
    assert [(one["name"], one["parameters"], one["macs"], one["depth"]) for one in found] == [
        ("AlexNet", 61100840, 714188480, 8),
        ("VGG-16", 138357544, 15470264320, 16),
        ("ResNet-18", 11689512, 1814073344, 18),
    ]
    assert {"multiplications", "receptive_field"} <= set(found[0])


def test_several_networks_side_by_side():
    found = rows(run("compare", "alexnet", "vgg16", "resnet18").out)
    assert found[0] == ["network", "parameters", "multiplications", "MACs", "receptive", "field", "depth"]
    assert found[3] == ["VGG-16", "138,357,544", "15,470,264,320", "15,470,264,320", "212", "16"]
    assert found[4] == ["ResNet-18", "11,689,512", "1,816,557,056", "1,814,073,344", "435", "18"]


def test_the_depth_stays_where_it_is_narrow():
    out = run("compare", "alexnet", "vgg16", COLUMNS="60").out
    assert rows(out)[0] == ["network", "parameters", "multiplications", "depth"]
    assert max(map(len, out.splitlines())) <= 60


def test_csv():
    table = list(csv.DictReader(StringIO(run("compare", "lenet5", "--format", "csv").out)))
    assert list(table[0]) == [
        "name",
        "kind",
        *(f"{form}.{what}" for form in FORMS for what in ("weights", "multiplications")),
    ]
    assert [table[0][f"{form}.weights"] for form in FORMS] == ["3687936", "117600", "150"]


@pytest.mark.parametrize("format", ["markdown", "latex"])
def test_other_formats_have_the_same_numbers(format):
    out = run("compare", "lenet5", "--format", format).out
    for number in ["5,628,456", "61,470", "3,687,936", "91.6", "13.5"]:
        assert number in out


def test_numbers_stay_exact_however_large():
    spec = "input: [1, 1000000000, 1000000000]\nlayers:\n- conv2d: {out_channels: 1, kernel_size: 1}\n"
    done = run("compare", "-", "--format", "json", stdin=spec)
    assert json.loads(done.out)["totals"]["fully_connected"]["weights"] == 10**36


def test_a_network_of_linear_layers_has_nothing_to_save():
    assert "fully connected already" in run("compare", "mnist-mlp").out


@pytest.mark.parametrize("sizes", ["", "512,", "a", "0", "1.5", "9" * 20])
def test_sizes_that_are_none_are_a_usage_error(sizes):
    assert run("compare", "lenet5", "--mlp", sizes).code == 2


def test_a_broken_network_is_said_and_the_rest_compared():
    layer = "- conv2d: {{out_channels: 1, kernel_size: {}}}\n"
    spec = "input: [1, 8, 8]\nlayers:\n" + layer.format(3) + layer.format(9)
    done = run("compare", "-", stdin=spec)
    assert done.code == 1
    assert "\n conv2d_1 " in done.out
    assert done.err.startswith("error[kernel-exceeds-input]: ")


def test_where_both_savings_do_not_fit_the_one_that_differs_in_both_tables_stays():
    lines = run("compare", "alphago-policy").out.splitlines()
    head = next(line for line in lines if line.startswith(" weights  "))
    assert head.split() == ["weights", "connected", "connection", "connected", "convolution"]
    assert max(map(len, lines)) <= 80
