"""`cnncalc ask`: what is written, in which form, with which exit code."""

import pytest

from tests.cli.running import run

QUESTION = "输入7*7，卷积核3*3，填充p=1，步长s=2，输出多大？"


def test_the_answer_stands_under_what_was_understood():
    done = run("ask", QUESTION)
    assert (done.code, done.err) == (0, "")
    lines = done.out.splitlines()
    assert lines[0] == " understood  conv2d, input 7×7, kernel_size 3, stride 2, padding 1"
    assert lines[-1].split() == ["=", "4"]
    assert "⌊(7 + 2·1 − 3)/2⌋ + 1" in done.out


def test_what_was_assumed_is_said():
    done = run("ask", "3x28x28 input, 6 5x5 filters: output size and parameters?")
    assert "assumed     stride 1, padding 0, with bias" in done.out


def test_what_makes_no_difference_is_not_assumed():
    done = run("ask", "3 input channels, 6 5x5 filters: weights?")
    assert "assumed" not in done.out


def test_the_json_document():
    done = run("ask", QUESTION, "--format", "json")
    assert done.json["schema_version"] == 1
    assert done.json["assumed"] == {}
    assert done.json["understood"]["kernel_size"] == 3
    answer = done.json["answers"][0]
    assert (answer["ask"], answer["value"]) == ("output_size", 4)
    assert answer["derivation"].endswith("= 4")


def test_a_shape_is_a_list_channels_first():
    done = run(
        "ask", "32x32x3 input, 10 5x5 filters, stride 1, pad 2: output volume and number of parameters?", "-f", "json"
    )
    assert [(one["ask"], one["value"]) for one in done.json["answers"]] == [
        ("output_shape", [10, 32, 32]),
        ("parameters", 10 * (75 + 1)),
    ]


def test_two_readings_are_both_shown():
    done = run("ask", "10x12x16 input, 3x3 kernel, 4 filters: output shape?", "-f", "json")
    assert [one["reading"] for one in done.json["answers"]] == [{"input": [10, 12, 16]}, {"input": [16, 10, 12]}]


def test_a_wrong_answer_names_the_slip():
    done = run("ask", "n=32, k=5, p=2, s=2, convolution: output size?", "--answer", "14")
    assert done.code == 1
    assert "ignored_padding" in done.out


@pytest.mark.parametrize("answer", ["4", "4x4", "(7+2-3)/2+1"])
def test_a_right_answer(answer):
    assert run("ask", QUESTION, "--answer", answer) == (0, " ✓ output size is 4\n", "")


def test_several_answers_stand_between_semicolons():
    question = "3x28x28 input, 6 5x5 filters: output size and weights?"
    done = run("ask", question, "--answer", "24; 75", "-f", "json")
    assert done.code == 1
    assert done.json["score"] == {"right": 1, "wrong": 1, "unreadable": 0, "unanswered": 0, "total": 2}
    assert run("ask", question, "--answer", "24").code == 2


def test_an_answer_in_the_question_is_judged_below_the_derivation():
    done = run("ask", "输入7，卷积核3，步长2，填充1，我算的是3，对吗")
    assert done.code == 1
    assert done.out.index("= 4") < done.out.index("✗ output size is 4, not 3") < done.out.index("dropped_plus_one")
    assert run("ask", "为什么是4？输入7，k=3 s=2 p=1").out.endswith(" ✓ output size is 4\n")


def test_a_doubted_answer_is_explained_and_is_no_mistake():
    done = run("ask", "why is it 4 and not 3? input 7, k=3 s=2 p=1", "-f", "json")
    assert done.code == 0
    assert done.json["score"] == {"right": 1, "wrong": 1, "unreadable": 0, "unanswered": 0, "total": 2}
    assert done.json["answers"][0]["value"] == 4


def test_a_shipped_network_is_answered_by_its_name():
    done = run("ask", "how many parameters does lenet5 have?")
    assert (done.code, done.err) == (0, "")
    assert "understood      lenet5" in done.out
    assert "cnncalc summary lenet5" in done.out
    assert "61,706" in done.out
    found = run("ask", "lenet5有多少参数", "-f", "json").json
    assert found["understood"] == {"network": "lenet5", "asked": ["parameters"]}
    assert found["answers"][0]["value"] == run("summary", "lenet5", "-f", "json").json["totals"]["parameters"]


def test_a_problem_points_at_the_words():
    done = run("ask", "输入7*7，卷积核3*3，香蕉5，输出多大？")
    lines = done.err.splitlines()
    assert (done.code, done.out) == (1, "")
    assert lines[0] == "error[number-not-read]: what 5 means is not clear"
    # Wide signs are two cells: 输入7*7， is 4 + 3 + 2, 卷积核3*3， is 6 + 3 + 2, 香蕉 is 4.
    assert lines[4].index("^") == len("  | ") + (4 + 3 + 2) + (6 + 3 + 2) + 4


def test_a_problem_in_json_is_an_empty_answer():
    done = run("ask", "hello", "-f", "json")
    assert done.code == 1
    assert (done.json["answers"], done.json["problems"][0]["code"]) == ([], "nothing-asked")


def test_the_question_may_come_over_standard_input():
    assert run("ask", "-", stdin=QUESTION + "\n").out == run("ask", QUESTION).out


def test_words_that_were_left_out_are_named():
    done = run("ask", "glorious 7x7 input, 3x3 kernel: output size?")
    assert done.code == 0
    assert "glorious" in done.err


def test_csv_is_a_matter_of_usage():
    assert run("ask", QUESTION, "-f", "csv").code == 2


@pytest.mark.parametrize("form", ["markdown", "latex"])
def test_other_forms(form):
    done = run("ask", QUESTION, "-f", form)
    assert (done.code, done.err) == (0, "")
    assert "4" in done.out


def test_a_question_file_may_hold_the_words(tmp_path):
    file = tmp_path / "q.yaml"
    file.write_text(f'questions:\n- {{text: "{QUESTION}", answer: 3}}\n', encoding="utf-8")
    done = run("check", file, "--format", "json")
    assert done.code == 1
    assert done.json["verdicts"][0]["expected"] == 4


def test_words_in_a_question_file_that_cannot_be_read_are_pointed_at(tmp_path):
    file = tmp_path / "q.yaml"
    file.write_text('questions:\n- {text: "7x7 input, 3x3 kernel, 5 bananas: output size?", answer: 3}\n')
    done = run("check", file)
    assert done.code == 1
    assert "number-not-read" in done.err
    assert "q.yaml:2:10" in done.err


def test_a_padding_is_called_after_the_size_that_it_gives():
    smaller = run("ask", "Input 10x10, output 5x5, kernel 3, stride 2: what padding?")
    kept = run("ask", "Input 10x10, output 10x10, kernel 3, stride 1: what padding?")
    assert "padding that gives this output" in smaller.out
    assert "keeps" not in smaller.out
    assert "padding that keeps the size" in kept.out
    assert "keeps" not in run("ask", "Input 10x10, output 5x5, kernel 3, stride 2: what padding?", "--answer", "2").out


def test_many_input_sizes_are_said_from_the_first_to_the_last():
    done = run("ask", "what input gives a 7x7 output with conv kernel 3, stride 50?")
    assert f"{6 * 50 + 3} to {6 * 50 + 3 + 49}" in done.out
