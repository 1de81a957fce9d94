"""`cnncalc trace` through the command line: the lectures' numbers, what is shown, and what is wrong."""

import json
import os
import sys

import pytest

from tests.cli.running import process, run

SMALL = """
name: Small
input: [1, 4, 4]
layers:
- conv2d: {out_channels: 2, kernel_size: 3, padding: 1}
- relu
- max_pool2d: {kernel_size: 2}
- flatten
- linear: {out_features: 3}
- softmax
"""


def shown(*words, **options):
    finished = run("trace", *words, **options)
    assert (finished.code, finished.err) == (0, "")
    return finished.out


def rows(text, label="conv2d_1"):
    """The matrix that stands behind a label."""
    lines = text.splitlines()
    start = next(i for i, line in enumerate(lines) if line.startswith(f" {label} "))
    found = []
    for line in lines[start:]:
        if not line.strip():
            break
        found.append(line.removeprefix(f" {label}").split("  1×")[0].split())
    return found


def small(tmp_path):
    path = tmp_path / "small.yaml"
    path.write_text(SMALL, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ((), "15 16/6 15"),
        (("--padding", 1), "7 12 10 2/4 15 16 10/10 6 15 6/8 10 4 3"),
        (("--padding", 1, "--padding-value", 1), "11 15 13 9/7 15 16 15/13 6 15 11/13 13 7 9"),
        (("5x5",), "14 14 19/7 15 16/14 6 15"),
        (("--stride", 2), "14 19/14 15"),
    ],
)
def test_the_matrices_of_the_lectures(words, expected):
    assert rows(shown("--example", *words)) == [row.split() for row in expected.split("/")]


def test_one_value_is_written_out():
    text = shown("--example", "--at", "0,1,1")
    assert "map 0, row 1, column 1" in text
    for line in ("1 2 3   2 0 1", "0 1 2 × 0 1 2", "3 0 1   1 0 2", "= 1·2 + 2·0 + 3·1", "+ 3·1 + 0·0 + 1·2", "= 15"):
        assert line in text


def test_a_simple_fraction_stays_one_in_the_formula():
    text = shown("--example", "--kernel", "blur", "--at", "0,0,0")
    assert "1 2 3   1/9 1/9 1/9" in text
    assert "= 1·(1/9) + 2·(1/9) + 3·(1/9)" in text
    assert "≈ 1.444" in text


def test_padding_is_shown_as_its_value():
    assert "1 1 1   2 0 1" in shown("--example", "--padding", 1, "--padding-value", 1, "--at", "0,0,0")
    assert "5 of the 9 places lie in the padding" in shown("--example", "--padding", 1, "--at", "0,0,0")


@pytest.mark.parametrize(
    ("layers", "at", "line"),
    [
        ("- max_pool2d: {kernel_size: 2}", "0,0,0", "= max(1, 3, 0, 2)"),
        ("- avg_pool2d: {kernel_size: 2}", "0,0,0", "= (1 + 3 + 0 + 2)/4"),
        ("- avg_pool2d: {kernel_size: 2}", "0,0,0", "= 1.5"),
        ("- relu", "0,0,1", "= max(0, 3)"),
        ("- flatten\n- softmax", "1", "= e^3/(e^1 + e^3 + e^0 + e^2)"),
        ("- flatten\n- softmax", "1", "≈ 0.6439"),
        ("- flatten", "2", "map 0, row 1, column 0 of input"),
    ],
)
def test_other_kinds_are_written_out(tmp_path, layers, at, line):
    net = tmp_path / "net.yaml"
    net.write_text(f"input: [1, 2, 2]\nlayers:\n{layers}\n", encoding="utf-8")
    assert line in shown(net, "--matrix", "1 3/0 2", "--at", at)


def test_the_window_walks_place_by_place():
    text = shown("--example", "--step")
    assert [text.count(f"{number} of 4") for number in (1, 2, 3, 4)] == [1, 1, 1, 1]
    assert "[1 2 3]0   →  15 ." in text
    assert " 1[2 3 0]  →  15 16" in text
    assert " 2[3 0 1]" in text.splitlines()[-3]


def test_a_network_is_shown_map_by_map_and_says_its_weights(tmp_path):
    text = shown(small(tmp_path), "--random", 3)
    for label in ("input", "kernels", "conv2d_1", "relu_1", "max_pool2d_1", "flatten_1", "linear_1", "softmax_1"):
        assert f"\n {label} " in text
    assert "weights of conv2d_1: −2 … 2, seed 3, biases 0" in text
    assert text == shown(small(tmp_path), "--random", 3)
    assert text != shown(small(tmp_path), "--random", 4)


def test_kernels_and_biases_are_used_map_by_map(tmp_path):
    words = (small(tmp_path), "--matrix", "1 0 0 0/0 0 0 0/0 0 0 0/0 0 0 0", "--layer", "conv2d_1", "--format", "json")
    layer = json.loads(shown(*words, "--kernel", "sobel_x", "--kernel", "blur", "--bias", "0, 1"))["layers"][0]
    assert layer["tensors"][0]["values"][0] == [[[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]]]
    assert layer["tensors"][1]["values"] == [0, 1]
    assert layer["values"][0][0][:2] == [0, -2]
    assert layer["values"][1][0][:2] == [pytest.approx(1 + 1 / 9)] * 2


def test_json_holds_shapes_values_and_the_written_out_formula():
    found = json.loads(shown("--example", "--format", "json", "--at", "0,0,0"))
    assert found["layers"][0]["shape"] == [1, 2, 2]
    assert found["layers"][0]["values"] == [[[15, 16], [6, 15]]]
    assert found["written_out"]["formula"] == "1·2 + 2·0 + 3·1 + 0·0 + 1·1 + 2·2 + 3·1 + 0·0 + 1·2"
    assert found["written_out"]["value"] == 15
    assert found["problems"] == []


def test_a_matrix_comes_from_standard_input_or_a_file(tmp_path):
    (tmp_path / "m.csv").write_text("1,3\n0,2\n", encoding="utf-8")
    kernel = ("--kernel", "1 1/1 1")
    assert rows(shown("--matrix", "-", *kernel, stdin="1 3\n0 2\n")) == [["6"]]
    assert rows(shown("--matrix", tmp_path / "m.csv", *kernel)) == [["6"]]


def test_a_picture_becomes_maps_in_shades_and_a_png(tmp_path):
    (tmp_path / "p.pgm").write_bytes(b"P5 2 1 255\n" + bytes([0, 255]))
    net = tmp_path / "net.yaml"
    net.write_text("input: [1, 20, 20]\nlayers:\n- conv2d: {out_channels: 3, kernel_size: 3}\n", encoding="utf-8")
    words = (net, "--image", tmp_path / "p.pgm", "--kernel", "sobel_x", "-o", tmp_path / "maps.png")
    text = shown(*words)
    assert "█" in text
    assert "map 0: 0 to 1020" in text
    assert (tmp_path / "maps.png").read_bytes().startswith(b"\x89PNG\r\n\x1a\n")
    assert shown(*words, "--ascii").isascii()


@pytest.mark.parametrize("encoding", ["ascii", "gbk", "cp1252"])
def test_a_stream_without_our_signs_gets_others(encoding):
    environ = {"PYTHONIOENCODING": encoding}
    assert "\\u" not in process("trace", "--example", "--step", **environ).stdout.decode(encoding)
    assert "\\u" not in process("trace", "--example", "--padding", 1, "--at", "0,0,0", **environ).stdout.decode(
        encoding
    )


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        ((), 2, "name a network"),
        (("lenet5",), 2, "--random SEED"),
        (("vgg16", "--random", 1), 1, "--input 3x112x112 --layer relu_1 is small enough"),
        (("lenet5", "--random", 1, "--layer", "conv2d_7"), 2, "did you mean"),
        (("--example", "--at", "0,2,0"), 2, "from 0,0,0 to 0,1,1"),
        (("--example", "--at", "a"), 2, "no place"),
        (("--example", "--kernel", "sobel"), 2, "sobel_"),
        (("--example", "--kernel", "[[1, 2], [3]]"), 1, "--kernel:1:10"),
        (("--matrix", "1 2\n3 x"), 1, "--matrix:2:3"),
        (("--matrix", "no-such-file"), 4, "no-such-file"),
        (("lenet5", "--image", "no-such-file"), 4, "no-such-file"),
        (("lenet5", "--matrix", "1 2/3 4"), 1, "--input 1x2x2"),
        (("lenet5", "--random", 1, "--kernel", "blur"), 1, "5×5"),
        (("mnist-mlp", "--random", 1, "--kernel", "blur"), 1, "no convolution"),
        (("mnist-mlp", "--random", 1, "--layer", "linear_3", "--step"), 2, "no window"),
        (("--example", "--format", "csv"), 2, "no table"),
        (("no-such-net", "--random", 1), 4, "no-such-net"),
    ],
)
def test_what_is_wrong_is_said(words, code, said):
    finished = run("trace", *words)
    assert finished.code == code
    assert said in " ".join(finished.err.replace("│", " ").split())


def test_nothing_that_is_shown_ends_in_blanks(tmp_path):
    for words in (
        (),
        ("--step",),
        ("--layer", "conv2d_1", "--at", "1,2,3"),
        ("--layer", "max_pool2d_1", "--at", "1,0,1"),
    ):
        text = shown(small(tmp_path), "--random", 3, *words)
        assert [line for line in text.splitlines() if line != line.rstrip()] == []
        assert max(map(len, text.splitlines())) < 80


def test_problems_behind_the_layer_that_is_asked_for_do_not_matter():
    assert run("trace", "tinyvgg", "--random", 1, "--input", "3x8x8").code == 1
    assert "10×6×6" in shown("tinyvgg", "--random", 1, "--input", "3x8x8", "--layer", "conv2d_1")


def test_without_pillow_a_png_is_refused_with_the_command_that_helps(tmp_path):
    (tmp_path / "PIL.py").write_text("raise ImportError\n", encoding="utf-8")
    (tmp_path / "p.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    path = os.pathsep.join([str(tmp_path), *sys.path])
    finished = process("trace", "lenet5", "--image", tmp_path / "p.png", PYTHONPATH=path)
    assert finished.returncode == 2
    assert b'pip install "cnncalc[trace]"' in finished.stderr


TWO = """
input: {a: [1, 2, 2], b: [1, 2, 2]}
layers:
- add: {from: [a, b]}
"""


@pytest.fixture
def two(tmp_path):
    path = tmp_path / "two.yaml"
    path.write_text(TWO, encoding="utf-8")
    return path


def test_matrices_go_into_the_inputs_they_name(two):
    out = shown(two, "--matrix", "b=10 20/30 40", "--matrix", "a=1 2/3 4")
    assert rows(out, "add_1") == [["11", "22"], ["33", "44"]]


def test_what_no_input_is_given_is_random_with_a_seed(two):
    assert rows(shown(two, "--matrix", "a=0 0/0 0", "--random", 7), "a") == [["0", "0"], ["0", "0"]]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--matrix", "1 2/3 4"), "say which input"),
        (("--matrix", "c=1 2/3 4"), "there is no input c"),
        (("--matrix", "a=1 2/3 4"), "nothing goes into b"),
        (("--matrix", "a=1 2/3 4", "--matrix", "a=1 2/3 4"), "two things"),
    ],
)
def test_inputs_that_are_not_told_apart_are_usage(two, words, said):
    finished = run("trace", two, *words)
    assert (finished.code, said in " ".join(finished.err.split())) == (2, True)


def test_the_window_moves_through_a_volume_too(tmp_path):
    path = tmp_path / "volume.yaml"
    path.write_text("input: [1, 2, 2, 3]\nlayers:\n- conv3d: {out_channels: 1, kernel_size: 2}\n", encoding="utf-8")
    out = shown(path, "--random", 1, "--step")
    assert "1 of 2" in out
    assert "2 of 2" in out
    marked = [line for line in out.split("2 of 2")[0].splitlines() if "[" in line]
    assert len(marked) == 2 * 2  # two rows of each of the two slices


@pytest.mark.parametrize("view", [(), ("--step",), ("--at", "0,0,0")])
@pytest.mark.parametrize(
    ("format", "sign"), [("markdown", "## "), ("latex", r"\texttt{1~2~3~0}"), ("html", '<div class="cnncalc">')]
)
def test_other_formats(view, format, sign):
    out = shown("--example", *view, "--format", format)
    if format == "latex" and view:
        sign = r"\texttt{"
    assert sign in out


def test_a_kernel_in_the_spec_that_does_not_fit_is_said_with_its_place_and_changes_no_count(tmp_path):
    file = tmp_path / "net.yaml"
    layer = "- conv2d: {out_channels: 1, kernel_size: 3, name: a, kernel: [[1, 2], [3, 4]]}\n"
    file.write_text(f"input: [1, 4, 4]\nlayers:\n{layer}")
    at = f"{file}:3:{layer.index('[[1') + 1}"
    for command in (["trace", file, "--random", 1], ["summary", file], ["validate", file]):
        done = run(*command)
        assert done.code == 1
        assert at in "".join((done.out + done.err).split("\n"))
    assert run("summary", file, "-f", "json").json["totals"]["parameters"] == 9 + 1
