"""`cnncalc compare`: three ways to connect the same maps, a perceptron, networks side by side."""

import csv
import json
from io import StringIO

import pytest

from tests.cli.running import page, rows, run

UP = "input: 64x16x16\nlayers:\n- conv_transpose2d: {out_channels: 32, kernel_size: 2, stride: 2}\n"


def test_a_transposed_convolution_has_a_kernel_for_each_value_that_arrives(tmp_path):
    """64·16·16 values go into 32·2·2 outputs each."""
    (tmp_path / "up.yaml").write_text(UP, encoding="utf-8")
    found = json.loads(run("compare", str(tmp_path / "up.yaml"), "--format", "json").out)["layers"][0]
    assert found["locally_connected"] == {"weights": 64 * 16 * 16 * 32 * 4, "multiplications": 64 * 16 * 16 * 32 * 4}
    said = " ".join(run("compare", str(tmp_path / "up.yaml")).out.split())
    assert "goes into 32·2·2 = 128 of 32,768 outputs: 32,768/128 = 256 ×" in said
    assert "the 16·16 = 256 values of a map use one kernel: 256 × fewer weights" in said


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
        "status",
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


UNSURE = "input: [1, 28, 28]\nlayers:\n" + "".join(
    f"- {layer}\n"
    for layer in [
        "conv2d: {out_channels: 6, kernel_size: 5}",
        "nope",
        "conv2d: {out_channels: 6, kernel_size: 5}",
        "flatten",
        "linear: {out_features: 10}",
    ]
)
UNKNOWN = "input: [1, 28, 28]\nlayers: [nope, never]\n"
NULLS = {"weights": None, "multiplications": None}


@pytest.mark.parametrize("spec", ["", UNKNOWN])
def test_totals_of_nothing_known_are_null(spec):
    done = run("compare", "-", "--format", "json", stdin=spec)
    found = json.loads(done.out)
    assert (done.code, found["status"]) == (1, "unknown")
    assert found["totals"] == dict.fromkeys(FORMS, NULLS)


def test_totals_that_leave_layers_out_are_lower_bounds():
    out = run("compare", "-", stdin=UNSURE).out
    totals = [line.split() for line in out.splitlines() if line.startswith(" total")]
    weights = 6 * 5 * 5
    full, local = 28 * 28 * 6 * 24 * 24, 24 * 24 * weights
    assert totals[0] == ["total", "≥", f"{full:,}", "≥", f"{local:,}", "≥", f"{weights:,}"]
    assert totals[1] == ["total", "≥", f"{full:,}", "≥", f"{local:,}", "≥", f"{local:,}"]
    assert "fewer" not in out
    assert "what is saved cannot be told" in " ".join(out.split())


def test_in_csv_the_total_says_how_far_it_can_be_trusted():
    for spec, status in [(UNSURE, "lower_bound"), (UNKNOWN, "unknown")]:
        last = list(csv.DictReader(StringIO(run("compare", "-", "--format", "csv", stdin=spec).out)))[-1]
        assert (last["name"], last["status"]) == ("total", status)
    assert last["convolution.weights"] == ""


def test_nothing_is_said_of_layers_that_are_unknown():
    out = run("compare", "-", stdin=UNKNOWN).out
    assert "No layer that could be calculated connects its maps" in " ".join(out.split())
    assert "No layer of this network" not in out


@pytest.mark.parametrize("spec", ["", UNKNOWN, UNSURE])
def test_a_perceptron_in_place_of_a_broken_network_is_unknown(spec):
    done = run("compare", "-", "--mlp", "5", stdin=spec)
    assert done.code == 1
    assert ["?", "→", "5", "→", "?", "?", "?"] in rows(done.out)
    assert done.err.startswith("error[")
    found = json.loads(run("compare", "-", "--mlp", "5", "--format", "json", stdin=spec).out)
    assert found["mlp"] is None
    assert found["problems"]


def test_against_what_is_a_lower_bound_nothing_is_fewer():
    dead = (
        "input: [4]\nlayers:\n- linear: {out_features: 3, name: a}\n- nope: {from: input}\n"
        "- linear: {out_features: 2, from: a, name: b}\noutputs: [b]\n"
    )
    found = rows(run("compare", "-", "--mlp", "5", stdin=dead).out)
    assert ["4", "→", "5", "→", "2", f"{4 * 5 + 5 * 2 + 7}", "30"] in found
    assert found[-1][-4:] == ["≥", "23", "≥", "18"]


def test_a_sound_network_of_two_inputs_has_no_perceptron():
    two = "input: {a: [4], b: [4]}\nlayers:\n- add: {from: [a, b]}\n"
    assert run("compare", "-", "--mlp", "5", stdin=two).code == 2


def test_a_network_without_a_name_has_a_heading_without_a_dot():
    spec = "input: [1, 5, 5]\nlayers:\n- conv2d: {out_channels: 2, kernel_size: 3}\n"
    assert run("compare", "-", stdin=spec).out.startswith(" the same maps, connected in three ways")
