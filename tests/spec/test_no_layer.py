"""What is offered for an entry that is no layer: put in its place it is one."""

import pytest

from cnncalc.api import SpecError, analyze, loads

HEAD = """input: [3, 16, 16]
vars: {w: 8}
blocks: {b: {args: [n], layers: [{conv2d: {out_channels: $n, kernel_size: 3}}]}}
layers:
- relu: {name: first}
"""

# (the entry, what to write)
CASES = [
    ("- max_pool2d: 2", "- max_pool2d: {kernel_size: 2}"),
    ("- max_pool2d: [2, 4]", "- max_pool2d: {kernel_size: [2, 4]}"),
    ("- conv2d: [16, 3]", "- conv2d: {out_channels: 16, kernel_size: 3}"),
    ("- conv2d: [3, 16, 5]", "- conv2d: {in_channels: 3, out_channels: 16, kernel_size: 5}"),
    ("- conv2d: out_channels=16, kernel_size=3", "- conv2d: {out_channels: 16, kernel_size: 3}"),
    ("- dropout: 0.5", "- dropout: {p: 0.5}"),
    ("- adaptive_avg_pool2d: 1", "- adaptive_avg_pool2d: {output_size: 1}"),
    ("- batch_norm2d: 3", "- batch_norm2d: {num_features: 3}"),
    ("- reshape: [-1, 256]", "- reshape: {shape: [-1, 256]}"),
    ("- flatten: 1", "- flatten: {start_dim: 1}"),
    ("- b: $w", '- b: {n: "$w"}'),
    ("- add: [first, input]", "- add: {from: [first, input]}"),
    ("- sigmoid: 3", "- sigmoid"),
    ("- Activation: relu", "- relu"),
    ("- sequential: [relu, {b: {n: 4}}]", "- layers: [relu, {b: {n: 4}}]"),
    ("- type: conv2d\n  out_channels: 16\n  kernel_size: 3", "- conv2d: {out_channels: 16, kernel_size: 3}"),
    ("- type: b\n  n: 5", "- b: {n: 5}"),
    ("- conv2d: {out_channels: 8}\n  kernel_size: 3", "- conv2d: {out_channels: 8, kernel_size: 3}"),
    ("- conv2d:\n  out_channels: $w\n  kernel_size: 3", '- conv2d: {out_channels: "$w", kernel_size: 3}'),
    (
        "- conv2d: {out_channels: 8, kernel_size: 3}\n  relu:",
        "- conv2d: {out_channels: 8, kernel_size: 3}`, `- relu",
    ),
]


def only(text):
    """The one problem of a text."""
    with pytest.raises(SpecError) as error:
        loads(text)
    (finding,) = analyze(error.value.network).problems
    return finding


@pytest.mark.parametrize(("entry", "wanted"), CASES)
def test_what_is_offered_is_a_layer(entry, wanted):
    finding = only(HEAD + entry)
    assert finding.code == "not-a-layer"
    (hint,) = finding.all_help()
    assert hint.endswith(f": `{wanted}`") or hint == f"write `{wanted}`"
    loads(HEAD + wanted.replace("`, `", "\n"))


@pytest.mark.parametrize(
    ("entry", "wanted"),
    [
        ("- conv2d: 3", "- conv2d: {out_channels: …, kernel_size: …}"),
        ("- conv2d: same", "- conv2d: {out_channels: …, kernel_size: …}"),
        ("- dropout: 5", "- dropout"),
        ("- b: [1, 2]", "- b: {n: [1, 2]}"),
        ("- type: conv2d\n  kernel_size: 3", "- conv2d: {kernel_size: 3, out_channels: …}"),
        ("- layer: conv2d", "- conv2d: {out_channels: …, kernel_size: …}"),
        ("- parallel: [[relu], []]", "- parallel: {merge: …, paths: [[…], […]]}"),
        (f"- reshape: {list(range(1, 40))}", "- reshape: {shape: …}"),
    ],
)
def test_where_the_fields_cannot_be_told_those_that_are_needed_are_named(entry, wanted):
    assert only(HEAD + entry).all_help() == (f"write `{wanted}`",)


@pytest.mark.parametrize("entry", ["- foo: 3", "- foo: [1, 2]", "- view: [-1, 512]", "- foo: bar"])
def test_no_template_is_made_of_what_is_no_kind(entry):
    finding = only(HEAD + entry)
    assert finding.code == "unknown-kind"
    assert not any("foo" in line or "view" in line for line in finding.all_help())


@pytest.mark.parametrize(
    "entry",
    [
        "- conv2d {out_channels: 16}",
        "- conv2d {out_channels: 16, kernel_size: 3}",
        "- conv2d{kernel_size: 3, out_channels: 16}",
        "- conv2d {out_channels: 16,\n    kernel_size: 3}",
        "- layers: [conv2d {out_channels: 16, kernel_size: 3}]",
        "- layers: [relu, conv2d{out_channels: 16, kernel_size: 3}, relu]",
    ],
)
@pytest.mark.parametrize("libyaml", [True, False])
def test_a_forgotten_colon_is_said_once_and_put_in(entry, libyaml, monkeypatch):
    import yaml

    monkeypatch.setattr(yaml, "__with_libyaml__", libyaml and yaml.__with_libyaml__)
    finding = only(f"{HEAD}{entry}\n- relu")
    assert finding.code == "missing-colon"
    assert finding.problem.message() == "a colon is missing behind conv2d"
    line = HEAD.count("\n") + 1
    assert (finding.place.line, finding.place.column) == (line, entry.index("conv2d") + 1)
    first, *rest = entry.splitlines()
    written = finding.all_help()[0].removeprefix("write ").strip("`")
    first = f"{first[: finding.place.column - 1]}{written}{first[finding.place.end_column - 1 :]}"
    again = "\n".join([first, *rest]).replace("16}", "16, kernel_size: 3}" if "kernel_size" not in entry else "16}")
    loads(f"{HEAD}{again}\n- relu")


@pytest.mark.parametrize(
    ("above", "line"),
    [("", "input: [3, 32, 32]"), ("", "input: {a: [3, 32, 32]}"), ("input: 8\n", "outputs: relu_1")],
)
def test_a_key_of_the_top_level_is_sent_there(above, line):
    finding = only(f"input: 8\nlayers:\n- relu\n- {line}")
    assert finding.code == "not-a-layer"
    assert "stands beside `layers:`" in finding.all_help()[0]
    loads(f"{above}{line}\nlayers: [relu]")


def test_a_text_with_braces_lacks_no_colon():
    network = loads(f"{HEAD}about:\n  why {{so}}: a {{b\n")
    assert network.about == (("why {so}", "a {b"),)
