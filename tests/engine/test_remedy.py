"""Help that was tried: every change that is printed makes the refused layer fit."""

import copy
import re

import pytest
import yaml
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from cnncalc.api import analyze, loads, parse

MNIST = """name: MNIST net
input: [1, 28, 28]
layers:
- conv2d: {out_channels: 6, kernel_size: 5}
- relu
- max_pool2d: {kernel_size: 2}
- conv2d: {out_channels: 16, kernel_size: 5}
- relu
- max_pool2d: {kernel_size: 2}
- flatten
- linear: {in_features: 400, out_features: 120}
- relu
- linear: {out_features: 10}
"""

CHANGE = re.compile(r"^ *net\.yaml:(\d+) +(?:(\S+) +)?(padding|kernel_size|input): (.+)$", re.MULTILINE)


def finding_in(text):
    (finding,) = [one for one in analyze(loads(text, name="net.yaml")).problems if one.severity == "error"]
    return finding


def changes(finding):
    return [change for help in finding.help for change in CHANGE.findall(help)]


def test_a_wrong_in_features_is_explained_with_the_places_that_would_make_it_right():
    finding = finding_in(MNIST)
    assert finding.code == "in-features-mismatch"
    assert finding.problem.message() == "in_features is 400, but flatten_1 gives 256 values"
    assert finding.problem.caret() == "must be 256"
    assert (finding.place.line, finding.place.column, finding.place.end_column) == (11, 25, 28)
    assert [(mark.place.line, mark.place.column, mark.text) for mark in finding.marks] == [(10, 3, "16·4·4 = 256")]
    assert finding.facts == (("shapes", "1×28×28 → 6×24×24 → 6×12×12 → 16×8×8 → 16×4×4 → 256"),)


def test_the_remedies_for_a_wrong_in_features():
    finding = finding_in(MNIST)
    assert finding.problem.hints() == ("leave in_features out, then it is computed",)
    (help,) = finding.help
    assert help.splitlines()[0] == "400 = 16·5·5 values would arrive with any one of"
    assert changes(finding) == [
        ("4", "conv2d_1", "padding", "2"),
        ("7", "conv2d_2", "padding", "1"),
        ("2", "", "input", "[1, 32, 32]"),
    ]


BELOW = """input: [1, 28, 28]
layers:
- conv2d: {out_channels: 6, kernel_size: 5}
- max_pool2d: {kernel_size: 2}
- conv2d: {name: second, out_channels: 16, kernel_size: 5}
- max_pool2d: {kernel_size: 2}
- max_pool2d: {kernel_size: 5}
- flatten
- linear: {in_features: VALUES, out_features: 10}
"""
"""The last pooling gets 4 places and needs 5. With 5 to 9 of them it gives 16·1·1 values, with 10 to 14 16·2·2."""


def test_a_change_that_serves_the_layers_below_too_is_named_alone():
    near = finding_in(BELOW.replace("VALUES", "16"))
    assert near.help[0].splitlines()[0] == "it would fit with any one of"
    assert changes(near)[0] == ("3", "conv2d_1", "padding", "2")  # 28 + 4 - 4 = 28, 14, 10, 5
    far = finding_in(BELOW.replace("VALUES", "64"))
    assert far.help[0].splitlines()[0] == "it would fit with"
    assert changes(far) == [("5", "second", "padding", "6")]  # 12 + 12 - 4 = 20 places, 10, 2: 16·2·2 = 64 values


def test_where_none_does_it_is_said():
    finding = finding_in(BELOW.replace("VALUES", "63"))
    assert finding.help[0].splitlines()[0] == "it would fit, though not everything below it, with any one of"
    assert changes(finding)[0] == ("3", "conv2d_1", "padding", "2")


U = """input: [1, 50, 50]
layers:
- conv2d: {name: a, out_channels: 8, kernel_size: 3, padding: 1}
- max_pool2d: {kernel_size: 2}
- conv2d: {name: b, out_channels: 16, kernel_size: 3, padding: 1}
- max_pool2d: {kernel_size: 2}
- conv_transpose2d: {name: up, out_channels: 16, kernel_size: 2, stride: 2}
- concat: {from: [up, b]}
- conv_transpose2d: {name: upper, out_channels: 8, kernel_size: 2, stride: 2}
- concat: {from: [upper, a]}
"""


def test_where_paths_meet_the_nearest_inputs_are_named_with_which_they_fit():
    """50 gives 25 and 12 places, and 12 become 24: two poolings want a multiple of 4."""
    finding = finding_in(U)
    assert finding.problem.message().endswith("16×24×24 (up), 16×25×25 (b)")
    assert changes(finding) == [("1", "", "input", "[1, 52, 52]"), ("1", "", "input", "[1, 48, 48]")]
    for side in (52, 48):
        assert not analyze(loads(U.replace("[1, 50, 50]", f"[1, {side}, {side}]"))).problems


def test_in_a_very_large_network_nothing_is_tried():
    """A hundred thousand layers with fifty such places would take most of a minute."""
    small = U + "- relu\n" * 20
    large = U + "- relu\n" * 5_000
    assert changes(finding_in(small)) == changes(finding_in(U))
    assert finding_in(large).help == ()
    assert changes(finding_in(MNIST))
    assert finding_in(MNIST + "- relu\n" * 20_000).help == ()


def test_not_where_no_size_makes_them_fit():
    assert (
        finding_in(U.replace("stride: 2}\n- concat: {from: [up, b]}", "stride: 3}\n- concat: {from: [up, b]}")).help
        == ()
    )


def test_behind_a_merge_no_remedy_is_guessed():
    text = """
input: [3, 32, 32]
layers:
- conv2d: {name: a, out_channels: 8, kernel_size: 3}
- conv2d: {name: b, out_channels: 8, kernel_size: 3, padding: 1}
- add: {from: [a, b]}
- conv2d: {out_channels: 8, kernel_size: 31}
"""
    assert finding_in(text).help == ()


def test_a_merge_that_does_not_fit_gets_no_remedy_for_a_single_path():
    text = """
input: [3, 32, 32]
layers:
- conv2d: {name: a, out_channels: 8, kernel_size: 3}
- conv2d: {name: b, out_channels: 8, kernel_size: 5}
- add: {from: [a, b]}
"""
    finding = finding_in(text)
    assert finding.code == "not-broadcastable"
    assert finding.problem.message() == "the inputs do not fit each other: 8×30×30 (a), 8×26×26 (b)"
    assert finding.help == ()


WINDOWS = st.one_of(
    st.builds(
        lambda k, s, p, out: {"conv2d": {"out_channels": out, "kernel_size": k, "stride": s, "padding": p}},
        st.integers(1, 7), st.integers(1, 3), st.integers(0, 2), st.integers(1, 4),
    ),
    st.builds(lambda k: {"max_pool2d": {"kernel_size": k}}, st.integers(1, 3)),
    st.builds(lambda k: {"conv_transpose2d": {"out_channels": 2, "kernel_size": k, "stride": 2}}, st.integers(1, 3)),
    st.just("relu"),
)  # fmt: skip
ENDS = st.one_of(
    st.just([]),
    st.builds(lambda n: ["flatten", {"linear": {"in_features": n, "out_features": 5}}], st.integers(1, 600)),
)


def written(spec):
    """The spec as a text, one layer a line."""
    lines = [f"input: {spec['input']}", "layers:"]
    return "\n".join(
        [
            *lines,
            *(
                f"- {yaml.dump(layer, default_flow_style=True, width=9999).split('...')[0].strip()}"
                for layer in spec["layers"]
            ),
        ]
    )


def applied(spec, line, field, value):
    """The spec with one printed change made, where it says that it stands."""
    changed = copy.deepcopy(spec)
    if field == "input":
        assert line == "1"
        changed["input"] = [int(side) for side in value[1:-1].split(",")]
    else:
        (fields,) = changed["layers"][int(line) - 3].values()
        fields[field] = int(value)
    return changed


@given(layers=st.lists(WINDOWS, min_size=1, max_size=5), end=ENDS, side=st.integers(3, 40))
@settings(max_examples=120, deadline=None)
def test_every_remedy_that_is_printed_was_tried_on_the_whole_network(layers, end, side):
    spec = {"input": [2, side, side], "layers": [*layers, *end]}
    result = analyze(loads(written(spec), name="net.yaml"))
    assume(result.status != "complete")
    (finding,) = result.problems
    for line, name, field, value in changes(finding):
        assert not name or result.layers[int(line) - 3].name == name
        after = analyze(parse(applied(spec, line, field, value)))
        accepted = {layer.name for layer in after.layers if layer.status == "complete"}
        assert finding.layer in accepted
        assert after.status == "complete" or any("not everything below it" in help for help in finding.help)


@given(k=st.integers(4, 9), d=st.integers(1, 3), p=st.integers(0, 1), missing=st.integers(1, 9))
@settings(max_examples=100, deadline=None)
def test_the_padding_that_a_kernel_is_said_to_need_is_enough_and_less_is_not(k, d, p, missing):
    side = d * (k - 1) + 1 - 2 * p - missing
    assume(side > 0)
    fields = {"out_channels": 2, "kernel_size": k, "dilation": d}
    spec = {"input": [2, side, side], "layers": [{"conv2d": {**fields, "padding": p}}]}
    (finding,) = [one for one in analyze(parse(spec)).problems if one.severity == "error"]
    (enough,) = map(int, re.findall(r"padding (\d+) on each side", finding.problem.hints()[0]))
    for padding, fits in ((enough, True), (enough - 1, False)):
        spec["layers"] = [{"conv2d": {**fields, "padding": padding}}]
        assert (analyze(parse(spec)).status == "complete") is fits


def test_at_most_three_changes_are_named():
    text = "input: [3, 4, 4]\nlayers:\n" + "- conv2d: {out_channels: 3, kernel_size: 3}\n" * 4
    assert len(changes(finding_in(text))) == 3


def test_a_layer_that_is_written_once_for_many_is_not_changed_alone():
    spec = "input: [3, 32, 32]\nlayers:\n- conv2d: {repeat: 20, out_channels: 6, kernel_size: 3}\n"
    finding = finding_in(spec)
    assert changes(finding) == [("1", "", "input", "[3, 41, 41]")]


@pytest.mark.parametrize("cut", ["split: {split_size: 2}", "chunk: {chunks: 2}"])
def test_no_size_makes_an_output_that_is_not_there(cut):
    kind = cut.partition(":")[0]
    finding = finding_in(f"input: [3, 32, 32]\nlayers:\n- {cut}\n- relu: {{from: '{kind}_1:3'}}\n")
    assert (finding.code, finding.help) == ("no-such-output", ())


def test_layers_without_places_are_changed_one_by_one():
    spec = {"input": [1, 6, 6], "layers": ["relu", {"conv2d": {"out_channels": 1, "kernel_size": 9}}]}
    (finding,) = analyze(parse(spec)).problems
    assert "padding: 2" in finding.help[0]
