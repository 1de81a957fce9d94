"""What to write instead of a value that is refused: each hint is put in its place, and then the value is accepted."""

import re

import pytest

from cnncalc.api import SpecError, analyze, loads

HEAD = """input: [3, 16, 16]
vars: {width: 16, k: 3, eight: "8"}
layers:
"""

# (the layer, what to write)
CASES = [
    ("- conv2d: {out_channels: 6*12*12, kernel_size: 3}", "$(6*12*12)"),
    ("- conv2d: {out_channels: 6×12x12, kernel_size: 3}", "$(6*12*12)"),
    ("- conv2d: {out_channels: $width*2, kernel_size: 3}", "$(width*2)"),
    ("- conv2d: {out_channels: $(width+1)*$k, kernel_size: 3}", "$((width+1)*k)"),
    ("- conv2d: {out_channels: $width/2, kernel_size: 3}", "$(width/2)"),
    ("- conv2d: {out_channels: width*2, kernel_size: 3}", "$(width*2)"),
    ("- conv2d: {out_channels: width, kernel_size: 3}", "$width"),
    ("- conv2d: {out_channels: 'min(width, 64)', kernel_size: 3}", '"$(min(width, 64))"'),
    ("- conv2d: {out_channels: 8, kernel_size: [k, 1]}", "$k"),
    ("- conv2d: {out_channels: 8, kernel_size: 3, padding: kernel_size//2}", "$(3//2)"),
    ("- conv2d: {out_channels: 8, kernel_size: $k, padding: (kernel_size-1)/2}", "$((k-1)/2)"),
    ("- conv2d:\n    out_channels: 1,000\n    kernel_size: 3", "1000"),
    ("- conv2d: {out_channels: '12,345,678', kernel_size: 3}", "12345678"),
    ("- conv2d: {out_channels: '8', kernel_size: 3}", "8 without quotes"),
    ("- conv2d: {out_channels: '1e2', kernel_size: 3}", "100"),
    ("- conv2d: {out_channels: '010', kernel_size: 3}", "10"),
    ("- conv2d: {out_channels: 8.0, kernel_size: 3}", "8"),
    ("- conv2d:\n    out_channels: 8\n    kernel_size: (3, 3)", "[3, 3]"),
    ("- conv2d:\n    out_channels: 8\n    kernel_size: ($k, 5)", "[$k, 5]"),
    ("- conv2d:\n    out_channels: 8\n    kernel_size: (3,)", "[3]"),
    ("- conv2d: {out_channels: 8, kernel_size: 3 × 5}", "[3, 5]"),
    ("- conv2d: {out_channels: 8, kernel_size: 3X5}", "[3, 5]"),
    ("- conv2d: {out_channels: 8, kernel_size: 3, padding: SAME}", "same"),
    ("- conv2d: {out_channels: 8, kernel_size: 3, bias: no}", "false"),
    ("- conv2d: {out_channels: 8, kernel_size: 3, bias: 'True'}", "True without quotes"),
    ("- dropout: {p: '0,1'}", "0.1"),
    ("- batch_norm2d: {momentum: '1,5'}", "1.5"),
    ("- batch_norm2d: {momentum: '1,234'}", "1234 or 1.234"),
    ("- relu: {repeat: '3'}", "3 without quotes"),
    ("- relu: {repeat: k}", "$k"),
    ("- relu: {repeat: 3.0}", "3"),
    ("- relu: {when: 'true'}", "true without quotes"),
    ("- relu: {when: width > 8}", "$(width > 8)"),
    ("- relu: {repeat: 2, when: i == 0}", "$(i == 0)"),
    ("- relu: {trainable: off}", "false"),
    ("- relu: {semantics: Keras}", "keras"),
]  # fmt: skip


def refusal(text):
    """The one problem of a text."""
    try:
        found = analyze(loads(text)).problems
    except SpecError as error:
        found = error.problems
    (finding,) = found
    return finding


def applied(text, place, instead):
    """The text with something else at a place of one line."""
    lines = text.split("\n")
    line = lines[place.line - 1]
    lines[place.line - 1] = line[: place.column - 1] + instead + line[place.end_column - 1 :]
    return "\n".join(lines)


@pytest.mark.parametrize(("layer", "wanted"), CASES)
def test_what_is_offered_is_accepted(layer, wanted):
    finding = refusal(HEAD + layer)
    assert finding.code == "wrong-value"
    assert finding.all_help() == (f"write {wanted}",)
    for instead in wanted.removesuffix(" without quotes").split(" or "):
        loads(applied(HEAD + layer, finding.place, instead))


@pytest.mark.parametrize(
    "layer",
    [
        "- conv2d: {out_channels: 8, kernel_size: 3, stride: yes}",
        "- conv2d: {out_channels: 8, kernel_size: 3, padding: no}",
        "- conv2d: {out_channels: three, kernel_size: 3}",
        "- conv2d: {out_channels: 2-2, kernel_size: 3}",
        "- conv2d: {out_channels: 5/2, kernel_size: 3}",
        "- conv2d: {out_channels: 64 channels, kernel_size: 3}",
        "- conv2d: {out_channels: 8, kernel_size: 2.5}",
        "- conv2d: {out_channels: 8, kernel_size: 3, in_channels: '99999999999999999999'}",
        "- dropout: {p: '1,5'}",
        "- relu: {repeat: '-3'}",
        "- relu: {when: 'if'}",
    ],
)
def test_nothing_is_offered_that_would_be_refused(layer):
    assert refusal(HEAD + layer).all_help() == ()


@pytest.mark.parametrize("value", ["$eight", "$(eight)"])
def test_nothing_is_offered_in_the_place_of_a_variable_whose_value_is_wrong(value):
    assert refusal(f"{HEAD}- conv2d: {{out_channels: {value}, kernel_size: 3}}").all_help() == ()


def test_of_a_value_in_json_the_same_is_offered():
    text = '{"input": 12, "layers": [{"linear": {"out_features": "2*5"}}]}'
    finding = refusal(text)
    assert finding.all_help() == ("write $(2*5)",)
    network = loads(applied(text, finding.place, '"$(2*5)"'))
    assert analyze(network).layers[0].output_shape == (2 * 5,)


def test_where_no_expressions_are_read_the_number_is_offered():
    from pydantic import ValidationError

    from cnncalc.kinds import find
    from cnncalc.spec.fields import complaints

    kind, fields = find("linear"), {"out_features": "6*12*12"}
    with pytest.raises(ValidationError) as error:
        kind.model_validate(fields)
    ((problem, _place),) = complaints(kind, kind.name, error.value, fields)
    assert problem.hints() == (f"write {6 * 12 * 12}",)
    assert re.search("text `6.12.12`", problem.message())


@pytest.mark.parametrize(
    ("layer", "codes"),
    [
        ("- conv2d: {out_channels: 16, kernel_size: (3, 3), padding: (1, 1)}", ["cut-at-comma"] * 2),
        ("- conv2d: {out_channels: 16, kernel_size: 3, 3}", ["cut-at-comma"]),
        ("- conv2d: {out_channels: 1,000, kernel_size: 3}", ["cut-at-comma"]),
        ("- conv2d: {out_channels=16, kernel_size=(3, 3)}", ["equals-sign"] * 2),
    ],
)
def test_nothing_is_said_that_only_follows(layer, codes):
    with pytest.raises(SpecError) as error:
        loads(HEAD + layer)
    assert [one.code for one in analyze(error.value.network).problems] == codes
    text = HEAD + layer
    for one in reversed(error.value.problems):  # what stands further left keeps its place
        text = applied(text, one.place, one.all_help()[0].removeprefix("write ").strip("`"))
    loads(text)
