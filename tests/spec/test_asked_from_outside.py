"""What is asked for from outside and is not there: no numbers come out, which would be those of another network."""

import pytest

from cnncalc.api import analyze
from cnncalc.spec.load import loads
from cnncalc.spec.network import SpecError
from tests.cli.running import run

FAMILY = """
input: [3, 8, 8]
vars: {width: 4}
variants: {small: {width: 2}, large: {}}
layers:
- conv2d: {out_channels: $width, kernel_size: 3}
"""


@pytest.mark.parametrize(
    ("asked", "code"),
    [({"variant": "smal"}, "unknown-variant"), ({"variables": {"widht": 2}}, "unknown-variable")],
)
def test_a_variant_or_variable_that_is_not_there(asked, code):
    with pytest.raises(SpecError) as refusal:
        loads(FAMILY, **asked)
    network = refusal.value.network
    assert [finding.code for finding in network.problems] == [code]
    result = analyze(network)
    assert (result.status, result.layers, result.totals["parameters"].value, result.depth) == (
        "unknown",
        (),
        None,
        None,
    )


def test_one_that_is_there():
    assert analyze(loads(FAMILY, variant="small")).totals["weights"].value == 2 * 3 * 9
    assert analyze(loads(FAMILY, variables={"width": 3})).totals["weights"].value == 3 * 3 * 9


def test_too_many_layers_leave_no_numbers_of_a_part():
    text = "input: 8\nlayers:\n- linear: {out_features: 8, repeat: 100001}\n- linear: {out_features: 2}\n"
    with pytest.raises(SpecError) as refusal:
        loads(text)
    assert [finding.code for finding in refusal.value.network.problems] == ["too-many-layers"]
    assert analyze(refusal.value.network).totals["parameters"].value is None


@pytest.mark.parametrize("command", [["layer", "lenet5", "conv2d_1"], ["check", "resnet50", "n=7", "--answer", "5"]])
def test_a_network_where_a_layer_kind_is_wanted(command):
    done = run(*command)
    assert done.code == 1
    assert f"error[not-a-layer-kind]: {command[1]} is a network" in done.err
    assert f"cnncalc explain {command[1]} LAYER" in " ".join(done.err.split())


def test_nothing_is_said_of_frameworks_when_nothing_is_known():
    done = run("summary", "-", "--semantics", "caffe", stdin="input: [3, 8, 8]\nlayers:\n- konv\n")
    assert (done.code, "same size" in done.out) == (1, False)
    done = run("summary", "-", "--semantics", "caffe", stdin="input: [3, 8, 8]\nlayers:\n- relu\n")
    assert (done.code, "same size" in done.out) == (0, True)


@pytest.mark.parametrize(
    ("line", "code", "hint"),
    [
        ('- split: {split_size: 1, name: p}\n- relu: {from: "p:3"}', "no-such-output", "`p:0` to `p:2`"),
        ("- parallel: {name: p, merge: none, paths: [[], []]}\n- relu: {from: 'p:2'}", "no-such-output", "`p:0` to"),
        ("- relu: {name: r}\n- relu: {from: 'r:1'}", "no-such-output", "`r` alone"),
        ("- repeat: 2\n  layers: [relu: {name: r}]", "duplicate-name", "`name: r$i`"),
        ("- mean: {dim: [2, -2]}", "repeated-axis", ""),
    ],
)  # fmt: skip
def test_what_helps(line, code, hint):
    found = run("summary", "-", "--format", "json", stdin=f"input: [3, 8, 8]\nlayers:\n{line}\n").json["problems"]
    (problem,) = [one for one in found if one["code"] == code]
    assert hint in (problem["hint"] or "")


def test_the_lines_of_use_stand_in_json():
    spec = "input: [3, 8, 8]\nblocks:\n  b: [conv2d: {out_channels: 0, kernel_size: 1}]\nlayers:\n- b\n"
    (problem,) = run("summary", "-", "--format", "json", stdin=spec).json["problems"]
    assert problem["line"] == 3
    assert [(one["line"], one["message"]) for one in problem["related"]] == [(5, "used here")]


@pytest.mark.parametrize("format", ["csv", "json"])
def test_columns_and_depth_in_formats_for_programs(format):
    assert run("summary", "lenet5", "--format", format, "--columns", "output").code == 2
    out = run("summary", "resnet18", "--format", format, "--depth", "1").out
    assert ("layer1" in out, "layer1.0" in out) == (True, False)
