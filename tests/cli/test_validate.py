"""`cnncalc validate`: what is said, on one screen, and with which exit code."""

import pytest

from cnncalc.spec import shipped
from tests.cli.running import run
from tests.validate.trees import BIASED, ERROR, ODD, SMALL, plant

CONTRACT = SMALL + "expect:\n  params: {max: 20k}\n  layers:\n    conv2d_1: {output: [8, 30, 30]}\n"

PAGE = """\
error[expectation-missed]: parameters: 20,714 instead of ≤ 20k, 714 too many
    (+3.5 %)
 --> a.yaml:9:11
  |
9 |   params: {max: 20k}
  |           ^^^^^^^^^^ it is 20,714
  |
  = help: most of it: linear_1 98 %, conv2d_1 1 %
  = more: cnncalc rules expectation-missed

error[expectation-missed]: output of conv2d_1: 8×32×32 instead of 8×30×30
  --> a.yaml:11:24
   |
11 |     conv2d_1: {output: [8, 30, 30]}
   |                        ^^^^^^^^^^^ it is 8×32×32
   |
   = more: cnncalc rules expectation-missed

 ✗ 2 errors in a.yaml
"""


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_broken_contract_says_value_bound_by_how_much_and_what_weighs_most(here):
    plant(here, a_yaml=CONTRACT)
    done = run("validate", "a.yaml")
    assert (done.code, done.out, done.err) == (1, PAGE, "")


CLOSING = [
    ({"a_yaml": SMALL}, " ✓ 1 spec, clean"),
    ({"a_yaml": SMALL, "b_yaml": SMALL}, " ✓ 2 specs, all clean"),
    ({"a_yaml": SMALL, "b_yaml": "x: 1"}, " ✓ 1 spec, clean; 1 file without layers passed over"),
    ({"a_yaml": SMALL, "b_yaml": ODD}, " 1 warning in 1 of 2 specs"),
    ({"a_yaml": ODD}, " 1 warning in a.yaml"),
]


@pytest.mark.parametrize(("files", "line"), CLOSING)
def test_one_line_closes_the_report(here, files, line):
    plant(here, **files)
    shown = run("validate", ".").out.splitlines()
    assert shown[-1] == line
    assert shown[-2:-1] in ([], [""])


EXITS = [
    (SMALL, [], 0),
    (BIASED, [], 0),
    (BIASED, ["--fail-on", "warning"], 0),
    (ODD, [], 0),
    (ODD, ["--fail-on", "error"], 0),
    (ODD, ["--fail-on", "warning"], 1),
    (ODD, ["--fail-on", "never"], 0),
    (ERROR, [], 1),
    (ERROR, ["--fail-on", "warning"], 1),
    (ERROR, ["--fail-on", "never"], 0),
    (CONTRACT, [], 1),
    (SMALL, ["--fail-on", "loud"], 2),
    (SMALL, ["--jobs", "0"], 2),
    (SMALL, ["--format", "nonsense"], 2),
    (SMALL, ["--select", "nonsense"], 2),
    (SMALL, ["--ignore", "nonsense"], 2),
    (SMALL, ["--baseline", "a.yaml"], 2),
    (SMALL, ["--baseline", "nowhere.json"], 4),
    (SMALL, ["--config", "nowhere.toml"], 4),
    (SMALL, ["--write-baseline", "no/such/folder/old.json"], 4),
    (SMALL, ["-o", "no/such/folder/out.txt"], 4),
    (SMALL, ["nowhere.yaml"], 4),
    (SMALL, ["nowhere.yaml", "--fail-on", "never"], 4),
    (ERROR, ["nowhere.yaml"], 4),
    (ERROR, ["--write-baseline", "old.json"], 0),
]


@pytest.mark.parametrize(("text", "argv", "code"), EXITS)
def test_the_exit_code(here, text, argv, code):
    plant(here, a_yaml=text)
    done = run("validate", "a.yaml", *argv)
    assert done.code == code
    if code in (2, 4) and not done.out:
        assert done.err


def test_without_a_path_it_is_a_usage_error():
    assert run("validate").code == 2


def test_the_shipped_specs_pass():
    done = run("validate", *shipped.names())
    assert (done.code, "error[" in done.out) == (0, False)


def test_an_output_of_several_must_be_named(here):
    spec = "input: 8\nlayers:\n- relu\n- tanh: {from: input}\nexpect: {output: [8]}\n"
    plant(here, a_yaml=spec)
    done = run("validate", "a.yaml")
    assert (done.code, "error[expectation-unknown]: 8 cannot be checked: the network has 2 outputs" in done.out) == (
        1,
        True,
    )
    assert "write `output: {relu_1: […], tanh_1: […]}`" in done.out
    plant(here, a_yaml=spec.replace("output: [8]", "output: {relu_1: [8], tanh_1: [8]}"))
    assert run("validate", "a.yaml").code == 0


def test_a_bound_missed_by_what_is_known_alone_says_at_least(here):
    """The first layer has 1·9 + 1 = 10 parameters, the second is too large for its input."""
    layers = "- conv2d: {out_channels: 1, kernel_size: 3}\n- conv2d: {name: b, out_channels: 4, kernel_size: 99}\n"
    plant(here, a_yaml=f"input: 1x9x9\nlayers:\n{layers}expect: {{params: 4, output: 4x1x1}}\n")
    said = " ".join(run("validate", "a.yaml").out.split())
    assert "parameters: ≥ 10 instead of 4, at least 6 too many (+150.0 %)" in said
    assert "= help: the first layer that is not known is b" in said
    assert "parameters not met: ≥ 10 instead of 4, at least 6 too many" in run("summary", "a.yaml").out


def test_what_is_not_known_is_no_pass(here):
    plant(here, a_yaml=ERROR + "expect: {depth: 2}\n")
    done = run("validate", "a.yaml", "-f", "json")
    (file,) = done.json["files"]
    found = [(one["code"], one["severity"]) for one in file["findings"]]
    assert ("expectation-unknown", "error") in found


def test_a_layer_of_the_contract_is_in_the_document(here):
    plant(here, a_yaml=CONTRACT)
    (file,) = run("validate", "a.yaml", "-f", "json").json["files"]
    assert [(one["code"], one["layer"]) for one in file["findings"]] == [
        ("expectation-missed", None),
        ("expectation-missed", "conv2d_1"),
    ]


def test_layers_with_less_than_one_percent_are_not_named(here):
    text = SMALL.replace("features: 10", "features: 1000") + "expect: {params: {max: 1M}}\n"
    plant(here, a_yaml=text)  # 224 of 2,049,224 are 0.01 %
    assert "most of it: linear_1 99 %\n" in run("validate", "a.yaml").out
