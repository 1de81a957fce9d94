"""Edits of rules: they mend, they leave the rest of the text alone, and a second time there is nothing to do."""

import pytest

from cnncalc.engine.walk import analyze
from cnncalc.rules import Settings, broken, every
from cnncalc.source import Edit, Place
from cnncalc.spec.edit import applied
from cnncalc.spec.load import load, loads
from tests.rules.asking import net

MENDING = [code for code, rule in every().items() if rule.fixable]


def found(text, code):
    network = loads(text, name="net.yaml")
    return broken(network, analyze(network), Settings(select=(code,)))


def mended(text, code):
    return applied(text, [edit for finding in found(text, code) for edit in finding.edits])


@pytest.mark.parametrize("code", MENDING)
def test_a_mended_example_passes_and_stays(code):
    text = mended(every()[code].bad, code)
    assert found(text, code) == []
    assert mended(text, code) == text
    assert loads(text).problems == ()


@pytest.mark.parametrize("code", MENDING)
def test_line_ends_stay_as_they_are(code):
    text = every()[code].bad
    windows = mended(text.replace("\n", "\r\n"), code)
    assert windows == mended(text, code).replace("\n", "\r\n")


@pytest.mark.parametrize("code", MENDING)
def test_comments_stay(code):
    def commented(text):
        return "".join(f"{line}  # line {number}\n" for number, line in enumerate(text.splitlines()))

    bare = "\n".join(line.partition("#")[0].rstrip() for line in every()[code].bad.splitlines()) + "\n"
    text = mended(commented(bare), code)
    assert all(f"# line {number}\n" in text for number in range(len(bare.splitlines())))
    assert found(text, code) == []


def test_a_field_in_braces():
    text = net("conv2d: {out_channels: 4, kernel_size: [3, 3] }  # why", "batch_norm2d")
    assert mended(text, "bias-before-norm") == text.replace("[3, 3]", "[3, 3], bias: false")


def test_a_field_in_braces_over_lines_with_a_comma_at_the_end():
    text = net("conv2d: {\n    out_channels: 4,  # maps\n    kernel_size: 3,  # side\n  }", "batch_norm2d")
    assert mended(text, "bias-before-norm") == text.replace("kernel_size: 3,", "kernel_size: 3, bias: false,")


def test_a_field_in_a_block():
    text = net("conv2d:\n    # small\n    out_channels: 4  # maps\n    kernel_size: 3", "batch_norm2d")
    assert mended(text, "bias-before-norm") == text.replace("    out_", "    bias: false\n    out_")


def test_a_field_that_is_written_already():
    text = net("conv2d: {out_channels: 4, bias: true, kernel_size: 3}  # biases", "batch_norm2d")
    assert mended(text, "bias-before-norm") == text.replace("true", "false")


def test_a_field_in_json(tmp_path):
    text = '{"input": [3, 8, 8], "layers": [{"conv2d": {"out_channels": 4, "kernel_size": 3}}, "batch_norm2d"]}'
    file = tmp_path / "net.json"
    file.write_text(text, encoding="utf-8")
    network = load(file)
    (finding,) = broken(network, analyze(network), Settings(select=("bias-before-norm",)))
    assert applied(text, finding.edits) == text.replace('"kernel_size": 3', '"kernel_size": 3, "bias": false')


def test_a_layer_in_brackets():
    text = "input: [3, 8, 8]\nlayers: [relu , relu, flatten]\n"
    assert mended(text, "activation-twice") == "input: [3, 8, 8]\nlayers: [relu , flatten]\n"


def test_a_layer_in_json(tmp_path):
    text = '{"input": [3, 8, 8], "layers": ["relu", "relu", "flatten"]}'
    file = tmp_path / "net.json"
    file.write_text(text, encoding="utf-8")
    network = load(file)
    (finding,) = broken(network, analyze(network), Settings(select=("activation-twice",)))
    assert applied(text, finding.edits) == '{"input": [3, 8, 8], "layers": ["relu", "flatten"]}'


def test_a_layer_inside_a_path():
    text = net("parallel:\n    merge: add\n    paths:\n    - - relu\n      - relu   # twice\n    - []")
    assert mended(text, "activation-twice") == text.replace("- relu   # twice", "# twice")


def test_the_last_line_without_an_end():
    text = net("relu", "relu").rstrip("\n")
    assert mended(text, "activation-twice") == net("relu").rstrip("\n")


def test_a_layer_with_fields_on_its_line():
    text = net("relu: {inplace: true}", "relu: {inplace: true}  # again")
    assert mended(text, "activation-twice") == net("relu: {inplace: true}", "# again").replace("- #", "#")


def test_three_in_a_row():
    text = net("relu", "relu", "relu", "flatten")
    assert mended(text, "activation-twice") == net("relu", "flatten")


def test_the_same_layer_everywhere_under_one_name():
    text = net(
        "conv2d: &c {out_channels: 4, kernel_size: 3}", "batch_norm2d", "relu", "conv2d: *c", "batch_norm2d", "relu"
    )
    assert mended(text, "bias-before-norm") == text.replace("kernel_size: 3", "kernel_size: 3, bias: false")
    assert found(mended(text, "bias-before-norm"), "bias-before-norm") == []


def test_a_layer_that_is_sound_elsewhere_is_not_touched():
    text = net("conv2d: &c {out_channels: 4, kernel_size: 3}", "batch_norm2d", "relu", "conv2d: *c", "relu")
    (finding,) = found(text, "bias-before-norm")
    assert finding.edits == ()


@pytest.mark.parametrize(
    "layers",
    [
        ["relu", "relu", "conv2d: {from: relu_2, out_channels: 4, kernel_size: 3}"],  # its number is spoken of
        ["relu", "relu: {name: again}", "flatten: {from: again}"],
        ["relu: {name: a}", "flatten", "relu: {from: a}"],
        ["relu", "relu:\n    inplace: false"],  # two lines
    ],
)
def test_what_is_not_safe_is_left_to_people(layers):
    assert [finding.edits for finding in found(net(*layers), "activation-twice")] in ([], [()])


def test_a_first_layer_of_a_path_stays():
    text = net("relu", "parallel:\n    merge: add\n    paths:\n    -\n      - relu\n    - []")
    (finding,) = found(text, "activation-twice")
    assert finding.edits == ()


def test_without_a_source_there_is_nothing_to_edit():
    from cnncalc.spec.load import parse

    network = parse({"input": [3, 8, 8], "layers": ["relu", "relu"]})
    (finding,) = broken(network, analyze(network), Settings(select=("activation-twice",)))
    assert (finding.edits, finding.place) == ((), None)


def test_an_edit_whose_text_is_not_there_is_left_out():
    assert applied("- relu\n", [Edit(Place(1, 3, 1, 7), "tanh", "gelu")]) == "- relu\n"
    assert applied("- relu\n", [Edit(Place(9, 3, 9, 7), "relu", "gelu")]) == "- relu\n"


def test_of_two_edits_of_one_place_the_first_is_made():
    edits = [Edit(Place(1, 3, 1, 7), "relu", "gelu"), Edit(Place(1, 5, 1, 7), "lu", "x")]
    assert applied("- relu\n", edits) == "- gelu\n"


def test_a_network_in_one_line_takes_linear_time():
    text = "input: [3, 8, 8]\nlayers: [" + ", ".join(["relu"] * 5000) + "]\n"
    assert mended(text, "activation-twice") == "input: [3, 8, 8]\nlayers: [relu]\n"


def test_many_edits_take_linear_time():
    text = net(*["conv2d: {out_channels: 4, kernel_size: 1}", "batch_norm2d", "relu"] * 1000)
    assert mended(text, "bias-before-norm").count("bias: false") == 1000
