"""`cnncalc check`: right, right by a convention, or wrong with the slip named."""

import json

import pytest

from tests.cli.running import page, run

SIZE = ["conv2d", "n=32", "k=5", "p=2", "s=2"]


def test_wrong_with_the_slip_named_and_both_calculations_side_by_side():
    assert run("check", *SIZE, "--answer", "14") == (1, page("wrong"), "")


def test_two_slips_lead_to_one_number():
    assert run("check", *SIZE, "--answer", "15") == (1, page("two_slips"), "")


def test_right_is_one_line():
    assert run("check", *SIZE, "--answer", "16") == (0, " ✓ output size is 16\n", "")


def test_right_by_a_convention_is_one_line():
    done = run("check", "conv2d", "1x28x28", "c_out=6", "k=5", "--ask", "parameters", "--answer", "150")
    assert done == (0, " ✓ 150 is right without biases; with the 6 biases it is 156 (forgot_bias)\n", "")


def test_a_single_bias_is_one_bias():
    done = run("check", "conv2d", "3x8x8", "c_out=1", "k=3", "--ask", "parameters", "--answer", "27")
    assert done.out == " ✓ 27 is right without bias; with the 1 bias it is 28 (forgot_bias)\n"


AS_SHAPES = [
    ("conv2d 3x32x32 out=16 k=3 p=1", "16x32x32", "output shape is 16×32×32"),
    ("conv2d 3x32x32 out=16 k=3 p=1", "[16, 32, 32]", "output shape is 16×32×32"),
    ("conv2d 3x32x32 out=16 k=3 p=1", "(N, 16, 32, 32)", "output shape is 16×32×32"),
    ("conv2d 3x32x32 out=16 k=3 p=1", "1x16x32x32", "output shape is 16×32×32"),
    ("conv2d 3x32x32 out=16 k=3 p=1", "32×32", "output size is 32"),
    ("lstm 50x16 hidden_size=32", "50x32", "output shape is 50×32"),
]


@pytest.mark.parametrize(("words", "answer", "said"), AS_SHAPES)
def test_an_answer_that_is_a_shape_says_itself_what_was_asked(words, answer, said):
    assert run("check", *words.split(), "--answer", answer) == (0, f" ✓ {said}\n", "")


@pytest.mark.parametrize("answer", ["16*32*32", "3x3x3x16", "432", "1,024", "1,024*3"])
def test_an_answer_that_may_be_a_number_of_things_does_not(answer):
    done = run("check", *["conv2d", "3x32x32", "out=16", "k=3", "p=1"], "--answer", answer)
    assert (done.code, done.out) == (2, "")


def test_no_answer_is_said_to_be_none():
    assert run("check", *SIZE, "--answer", "").out.startswith(" ✗ there is no answer; output size: 16\n")


def test_two_slips_together_are_named_when_no_single_one_fits():
    found = run("check", "conv2d", "n=32", "k=5", "p=2", "s=2", "--answer", (32 - 5) // 2, "-f", "json").json
    slips = found["verdicts"][0]["slips"]
    assert [one["code"] for one in slips] == ["ignored_padding", "dropped_plus_one"]
    assert {one["together"] for one in slips} == {1}


def test_the_slip_that_is_in_print():
    argv = ["linear", "in_features=784", "out_features=512", "--ask", "multiplications", "--answer", "314703872"]
    done = run("check", *argv)
    assert done.code == 1
    assert "401,408" in done.out.splitlines()[0]
    assert "314,703,872" in done.out.splitlines()[0]
    assert "squared_inputs" in done.out
    assert done.out.splitlines()[-2:] == [
        "   yours   784·784·512 = 314,703,872",
        "   right       784·512 =     401,408",
    ]


@pytest.mark.parametrize(
    ("given", "answer"),
    [
        ("n=7 k=3 p=1 s=2", "4"),
        ("n=4 k=3", "2"),
        ("n=4 k=3 p=1", "4"),
        ("n=5 k=3 s=2", "2"),
        ("n=6 k=3", "4"),
    ],
)
def test_sizes_of_the_lectures_are_right(given, answer):
    assert run("check", "conv2d", *given.split(), "--answer", answer).code == 0


@pytest.mark.parametrize("k", [3, 5, 7])
def test_the_padding_that_keeps_the_size(k):
    done = run("check", "conv2d", "n=28", f"k={k}", "s=1", "--ask", "padding", "--answer", (k - 1) // 2)
    assert done.code == 0


@pytest.mark.parametrize("answer", ["10×4×4", "10x4x4", "10*4*4", "10,4,4"])
def test_a_shape_can_be_typed_in_every_way(answer):
    given = ["3x7x7", "out=10", "k=3", "p=1", "s=2"]
    assert run("check", "conv2d", *given, "--ask", "output_shape", "--answer", answer).code == 0


@pytest.mark.parametrize("answer", ["", "1e999", "nan", "x", "-", "１２", "9" * 5000])
def test_an_answer_that_cannot_be_right_is_judged_and_no_fault(answer):
    done = run("check", *SIZE, "--answer", answer)
    assert done.code == 1
    assert done.out.startswith(" ✗ ")


def test_json():
    found = json.loads(run("check", *SIZE, "--answer", "14", "--format", "json").out)
    (verdict,) = found["verdicts"]
    assert (verdict["verdict"], verdict["expected"]) == ("wrong", 16)
    assert [slip["code"] for slip in verdict["slips"]] == ["ignored_padding"]
    assert found["score"] == {"right": 0, "wrong": 1, "unreadable": 0, "unanswered": 0, "total": 1}


@pytest.mark.parametrize("argv", [["--ask", "colour", "--answer", "1"], []])
def test_usage(argv):
    assert run("check", *SIZE, *argv).code == 2


def test_where_several_quantities_are_determined_one_must_be_asked_for():
    done = run("check", "conv2d", "3x7x7", "out=10", "k=3", "--answer", "4")
    assert (done.code, done.out) == (2, "")
    assert "--ask" in done.err
    assert "parameters" in done.err
