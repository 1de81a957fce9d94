"""A layer that its user describes goes through every command."""

import pytest

from tests.cli.running import run

NETWORK = """\
name: Own
input: [3, 32, 32]
layers:
- conv2d: {out_channels: 16, kernel_size: 3}
- relu
- custom: {shape: [c, h // 2, w // 2], parameters: c * 4, multiplications: m * 4}
- relu
- flatten
- linear: {out_features: 10}
"""


@pytest.fixture
def net(tmp_path):
    path = tmp_path / "own.yaml"
    path.write_text(NETWORK, encoding="utf-8")
    return path


def test_summary(net):
    code, out, _err = run("summary", net)
    assert code == 0
    assert "custom_1 + relu" in out
    assert "14,400" in out
    assert "how many of them are biases is not known" in " ".join(out.split())


def test_summary_shows_what_is_unknown(net):
    _code, out, _err = run("summary", net, "--columns", "output,additions")
    row = next(line for line in out.splitlines() if "custom_1" in line)
    assert "?" in row
    assert "≥" in out


@pytest.mark.parametrize("format", ["json", "csv"])
def test_formats_leave_open_what_is_unknown(net, format):
    _code, out, _err = run("summary", net, "--format", format)
    assert "lower_bound" in out


def test_explain_shows_the_expression_with_its_values(net):
    code, out, _err = run("explain", net, "custom_1")
    assert code == 0
    assert "m · 4\n" in out
    assert "= 3,600·4\n" in out
    assert "⌊h/2⌋" in out
    assert "not known" in out


def test_layer():
    code, out, _err = run("layer", "custom", "16x7x7", "shape=[c, h // 2, w // 2]", "parameters=c * 4")
    assert code == 0
    assert "custom · 16×7×7 → 16×3×3" in out
    assert "c · 4 = 16·4 = 64" in out


@pytest.mark.parametrize("command", ["compare", "diff"])
def test_commands_that_set_networks_beside_each_other(net, command):
    code, _out, err = run(command, net, net) if command == "diff" else run(command, net)
    assert (code, err) == (0, "")


def test_expand_writes_what_it_reads(net, tmp_path):
    _code, once, _err = run("expand", net)
    flat = tmp_path / "flat.yaml"
    flat.write_text(once, encoding="utf-8")
    assert run("expand", flat)[1] == once
    assert 'parameters: "c * 4"' in once


def test_trace_says_that_it_cannot(net):
    code, out, err = run("trace", net, "--random", "1", "--input", "3x8x8")
    assert code != 0
    assert "Traceback" not in out + err
    assert "cannot be computed" in out + err


def test_an_unknown_kind_leads_to_it(tmp_path):
    path = tmp_path / "unknown.yaml"
    path.write_text("input: 3\nlayers:\n- mystery_block\n", encoding="utf-8")
    code, out, err = run("validate", path)
    assert code == 1
    assert "- custom: {shape: […]}" in out + err


def test_no_rule_judges_it(tmp_path):
    # What it does between two activations is not known: the second one may well be of use.
    path = tmp_path / "between.yaml"
    zero = ", ".join(
        f"{count}: 0"
        for count in (
            *("parameters", "biases", "buffers", "multiplications", "additions", "macs"),
            *("comparisons", "divisions", "transcendentals"),
        )
    )
    path.write_text(
        "input: [3, 16, 16]\nlayers:\n- conv2d: {out_channels: 4, kernel_size: 3, padding: 1}\n- relu\n"
        f"- custom: {{shape: in0, {zero}}}\n- relu\n- conv2d: {{out_channels: 4, kernel_size: 3}}\n",
        encoding="utf-8",
    )
    code, out, _err = run("validate", path)
    assert code == 0, out


def test_errors_have_a_place_and_a_remedy(tmp_path):
    path = tmp_path / "wrong.yaml"
    path.write_text("input: [3, 9, 9]\nlayers:\n- custom: {shape: [c, h / 2, w]}\n", encoding="utf-8")
    code, out, err = run("validate", path)
    assert code == 1
    assert ":3:23" in out + err
    assert "`//` divides and rounds down" in out + err
