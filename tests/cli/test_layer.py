"""`cnncalc layer`: one layer, derived."""

import json
import re

import pytest

from cnncalc.kinds import every, find
from cnncalc.render.cells import cells
from tests.cli.running import page, run
from tests.formula.reading import balanced

CONV = ["conv2d", "3x7x7", "out_channels=10", "k=3", "p=1", "s=2"]


def squeezed(*argv):
    """The page with every run of blanks made one."""
    done = run("layer", *argv)
    assert (done.code, done.err) == (0, "")
    return [" ".join(line.split()) for line in done.out.splitlines()]


def test_a_convolution_as_drawn():
    assert run("layer", *CONV) == (0, page("layer_conv2d"), "")


@pytest.mark.parametrize(
    "words",
    [
        ["3×7×7", "out=10", "kernel=3", "pad=1", "stride=2"],
        ["c_in=3", "n=7", "c_out=10", "kernel_size=3", "padding=1", "stride=2"],
        ["3x7x7", "out_channels=10", "卷积核=3", "填充=1", "步长=2"],
    ],
)
def test_the_words_of_the_lectures(words):
    assert run("layer", "conv2d", *words).out == page("layer_conv2d")


def test_a_pooling_that_drops_a_row():
    lines = squeezed("max_pool2d", "4x25x25", "k=2")
    start = lines.index("output size m = ⌊(n + 2p − k)/s⌋ + 1")
    assert lines[start + 1 : start + 5] == [
        "= ⌊(25 + 2·0 − 2)/2⌋ + 1",
        "= ⌊23/2⌋ + 1",
        "= 11 + 1",
        "= 12 row 25 and column 25 are dropped",
    ]
    assert "in the lectures m = n/s, which is 25/2 = 12.5 here: rounded down" in lines


def test_a_line_each():
    lines = squeezed(*CONV, "--detail", "short")
    assert "output size m = ⌊(7 + 2·1 − 3)/2⌋ + 1 = 4" in lines
    assert "multiplications 10·4·4 · 3·3·3 = 4,320" in lines


def test_with_the_reason_and_the_windows():
    lines = squeezed(*CONV, "--detail", "why")
    words = " ".join(lines)
    assert "why 4 The padded side has 7 + 2·1 = 9 places. The first window takes 3 and leaves 6." in words
    assert "Each further one moves on by 2, and 6/2 = 3 of them fit." in words
    assert "p 1 2 3 4 5 6 7 p" in lines
    assert sum("└───┘" in line for line in lines) == 4
    assert words.count("4 windows, nothing left over") == 1


@pytest.mark.parametrize("given", [["n=7"], ["7x7"]])
def test_without_channels_the_sizes_are_answered(given):
    lines = squeezed("conv2d", *given, "k=3", "p=1", "s=2")
    assert lines[0] == "conv2d · 7×7 → 4×4 k 3, s 2, p 1"
    assert "weights and multiplications need the channels" in " ".join(lines)


def test_what_was_not_given_is_named():
    assert squeezed("conv2d", "n=7", "k=3")[-1] == "assumed: padding 0, stride 1"


@pytest.mark.parametrize(
    ("argv", "fact"),
    [
        (["conv2d", "3x64x64", "out=10", "k=3"], "conv2d · 3×64×64 → 10×62×62 10 kernels of 3×3×3, k 3, s 1, p 0"),
        (["conv2d", "3x32x32", "out=20", "k=5"], "= 1,500 3·5·5 = 75 in each kernel"),
        (["conv2d", "3x6x6", "out=2", "k=3"], "conv2d · 3×6×6 → 2×4×4 2 kernels of 3×3×3, k 3, s 1, p 0"),
        (["flatten", "2x5x5"], "= 50"),
        (["linear", "784", "out=512"], "parameters 401,408 + 512 = 401,920"),
    ],
)
def test_worked_numbers_of_the_lectures(argv, fact):
    assert fact in squeezed(*argv)


def test_height_and_width_are_derived_apart_where_they_differ():
    lines = squeezed("conv2d", "1x28x30", "out=1", "k=3")
    assert sum(line.startswith(("output height", "output width")) for line in lines) == 2


def test_json():
    found = json.loads(run("layer", *CONV, "--format", "json").out)
    values = {answer["ask"]: answer["value"] for answer in found["answers"]}
    assert found["output"] == [10, 4, 4]
    assert (values["output_size"], values["weights"], values["multiplications"]) == (4, 270, 4320)


@pytest.mark.parametrize("format", ["markdown", "latex"])
def test_other_formats(format):
    out = run("layer", *CONV, "--format", format).out
    assert "270" in out
    assert "4,320" in out


@pytest.mark.parametrize(
    ("argv", "code", "help"),
    [
        (["conv2", "n=7", "k=3"], "unknown-kind", "`conv2d`"),
        (["conv2d", "3x7x7", "out=1", "kk=3"], "unknown-field", "kernel_size"),
        (["conv2d", "3x7x7", "out=1", "kernal=3"], "unknown-field", "did you mean `kernel_size`?"),
        (["conv2d", "3x7x7", "out=1", "k=3", "步长数=3"], "unknown-field", "did you mean `stride`?"),
        (["conv2d", "3x7x7", "out=1", "k=9"], "kernel-exceeds-input", "padding"),
        (["conv2d", "k=3"], "no-input", "3x7x7"),
    ],
)
def test_what_is_wrong_is_said(argv, code, help):
    done = run("layer", *argv)
    assert (done.code, done.out) == (1, "")
    assert done.err.startswith(f"error[{code}]: ")
    assert help in done.err


def test_a_derivation_is_no_csv():
    assert run("layer", *CONV, "--format", "csv").code == 2


@pytest.mark.parametrize(
    ("words", "advice"),
    [
        (["conv2d", "3x7x7", "out=3"], "write `kernel_size=…`"),
        (["conv2d", "3x7x7", "k=abc"], "write for example `k=3` or `k=3x5`"),
        (["conv2d", "3x7x7", "k=3", "bias=maybe"], "write for example `bias=true` or `bias=false`"),
        (["conv2d", "3x7x7", "k=3", "p=sam"], "write for example `p=1` or `p=same`"),
    ],
)
def test_advice_is_written_as_words_of_a_command(words, advice):
    done = run("layer", *words)
    assert (done.code, advice in done.err) == (1, True)


def test_op_is_the_output_padding():
    assert run("layer", "conv_transpose2d", "n=7", "k=3", "s=2", "p=1", "op=1", "--detail", "short").out.count(" = 14")


@pytest.mark.parametrize(("outputs", "heading"), [(1, "1 kernel of 3×3×3"), (2, "2 kernels of 3×3×3")])
def test_one_kernel_is_no_plural(outputs, heading):
    assert heading in run("layer", "conv2d", "3x7x7", f"out={outputs}", "k=3").out


LATEX = [
    CONV,
    ["conv2d", "4x9x9", "out=4", "g=2", "k=4", "padding=same", "d=3"],
    ["conv1d", "3x9", "out=2", "k=4", "padding=[[1,2]]"],
    ["conv_transpose2d", "3x7x7", "out=2", "k=3", "s=2", "p=1", "op=1"],
    ["max_pool2d", "4x25x25", "k=2"],
    ["max_pool2d", "4x6x6", "k=3", "s=2", "ceil_mode=true"],
    ["linear", "784", "out=512"],
]


@pytest.mark.parametrize("detail", ["short", "steps", "why"])
@pytest.mark.parametrize("words", LATEX)
def test_a_derivation_in_latex_is_mathematics_that_closes_what_it_opens(words, detail):
    out = run("layer", *words, "--format", "latex", "--detail", detail).out
    assert not set(out) & set("⌊⌋⌈⌉·−×÷₁₂")
    pieces = out.replace(r"\$", "").replace(r"\rightarrow", "").split("$")
    assert len(pieces) % 2 == 1  # every dollar sign has its partner
    for formula in pieces[1::2]:
        assert balanced(formula), formula
        assert "&" not in formula
    for row in re.findall(r"^.*\\\\", out, re.MULTILINE):
        assert row.count(" & ") == 2, row


def test_latex_has_equals_signs_one_under_the_other_and_large_floors():
    lines = run("layer", *CONV, "--format", "latex").out.splitlines()
    assert r"output size & $m$ & $\displaystyle = \left\lfloor \frac{n + 2p - k}{s} \right\rfloor + 1$ \\[2pt]" in lines
    assert r" &  & $\displaystyle = \left\lfloor \frac{7 + 2 \cdot 1 - 3}{2} \right\rfloor + 1$ \\[2pt]" in lines
    assert r" &  & $= \mathbf{4}$\quad height and width alike \\" in lines
    assert (
        run("layer", *CONV, "--format", "latex", "--detail", "why").out.count(r"+---+}\quad 4 windows, nothing left")
        == 1
    )
    assert r"biases &  & $C_{\mathrm{out}} = \mathbf{10}$ \\" in lines


EVERY = {
    "conv2d 3x7x7 out=10 k=3 padding=same": [
        *("output size", "padding (same)", "separate kernels", "weights per neuron", "weights", "biases", "parameters"),
        *("multiplications", "additions", "fully connected", "locally connected", "receptive field"),
    ],
    "max_pool2d 4x25x25 k=2": ["output size", "rows never seen", "share dropped", "in the lectures", "receptive field"],
}


@pytest.mark.parametrize("detail", ["short", "why"])
@pytest.mark.parametrize("words", EVERY)
def test_every_quantity_is_derived_in_short_and_with_the_reason(words, detail):
    lines = run("layer", *words.split(), "--detail", detail).out.splitlines()
    for label in EVERY[words]:
        assert any(line.startswith(f" {label}  ") for line in lines), label


def test_short_is_a_line_for_each_quantity():
    lines = squeezed(*CONV, "--detail", "short")
    assert "separate kernels 3·10 = 30" in lines
    assert "additions 10·4·4 · 3·3·3 = 4,320" in lines
    assert "receptive field 1 + (3 − 1)·1 = 3" in lines
    assert not [line for line in lines if line.startswith("=")]


def test_a_worksheet_tells_no_result_and_its_key_all_of_them(tmp_path):
    key = tmp_path / "key.txt"
    sheet = run("layer", *CONV, "--blank", "--key", key).out
    answers = key.read_text(encoding="utf-8")
    for result in ("= 4\n", "= 270", "= 280", "4,320", "= 23,520"):
        assert (result in sheet, result in answers) == (False, True), result
    assert "10×4×4" not in sheet
    assert run("layer", *CONV, "--key", key).code == 2


def test_a_worksheet_in_json_keeps_its_answers_in_the_key():
    found = run("layer", *CONV, "--blank", "--format", "json").json
    assert found["output"] is None
    assert {one["value"] for one in found["answers"]} == {None}
    assert {"ask": "weights", "value": 3 * 10 * 3 * 3} in found["key"]


def test_a_transposed_window_has_no_receptive_field_of_one_kernel():
    found = run("layer", "conv_transpose2d", "3x7x7", "out=2", "k=3", "s=2", "--format", "json").json
    assert "receptive_field" not in {one["ask"] for one in found["answers"]}


def test_a_note_that_is_too_long_leaves_the_others_in_their_column():
    words = ["conv2d", "3x32x32", "out=8", "k=5", "padding=same", "--detail", "why"]
    lines = run("layer", *words).out.splitlines()
    columns = [
        line.index(note) for note in ("height and", "75 for each", "3·5·5 = 75 in") for line in lines if note in line
    ]
    assert len(set(columns)) == 1


def test_a_transposed_window_is_explained_by_spreading():
    page = " ".join(squeezed("conv_transpose2d", "3x7x7", "out=2", "k=3", "s=2", "--detail", "why"))
    assert "Every product is added into an output that starts at zero" in page
    assert "one addition fewer" not in page
    assert "weights per neuron" not in page


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_page_of_every_kind_fits_into_80_columns(lang):
    pages = {kind.name: run("layer", kind.name, "--lang", lang).out.splitlines() for kind in every()}
    assert {name for name, lines in pages.items() if max(map(cells, lines)) > 80} == set()
    assert len(pages) > 50


def test_what_does_not_fit_beside_a_field_goes_on_below_it():
    lines = run("layer", "conv2d").out.splitlines()
    at = next(index for index, line in enumerate(lines) if line.startswith(" semantics"))
    said = " ".join(f"{lines[at].removeprefix(' semantics')} {lines[at + 1]}".split())
    assert said == find("conv2d").model_fields["semantics"].description
    assert lines[at + 1].index(lines[at + 1].strip()) == lines[at].index("whose")


def test_only_a_layer_with_a_window_speaks_of_one():
    pages = {
        kind: " ".join(squeezed(kind, *words, "--detail", "why"))
        for kind, words in {
            "linear": ["784", "out=10"],
            "conv2d": ["3x7x7", "out=2", "k=3"],
            "conv_transpose2d": ["3x7x7", "out=2", "k=3"],
        }.items()
    }
    assert {kind: "window" in page for kind, page in pages.items()} == {
        "linear": False,
        "conv2d": True,
        "conv_transpose2d": True,
    }
    assert "every value that arrives" in pages["linear"]
    assert "every value that arrives" not in pages["conv2d"] + pages["conv_transpose2d"]
