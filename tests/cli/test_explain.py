"""`cnncalc explain` as a user runs it: what it says, its worksheets, its formats and its exit codes."""

import re

import pytest

from tests.cli.running import cnncalc

BROKEN = "input: [1, 28, 28]\nlayers:\n- max_pool2d: {kernel_size: 40}\n- relu\n"


@pytest.fixture(scope="module")
def tinyvgg():
    return cnncalc("explain", "tinyvgg", "conv2d_1").out


@pytest.mark.parametrize(
    "line",
    [
        "separate kernels       C_in · C_out = 3·10 = 30",
        "weights per neuron     C_in · k · k = 3·3·3 = 27",
        "= 62",
        "= 270",
        "parameters             270 + 10 = 280",
        "= 38,440 · 27",
        "= 1 + (3 − 1)·1",
    ],
)
def test_a_layer_is_derived_with_its_own_numbers(tinyvgg, line):
    assert line in tinyvgg


def test_the_share_a_pooling_drops_is_said():
    assert "75 % of the values" in cnncalc("explain", "tinyvgg", "max_pool2d_1").out


def test_the_lectures_rule_stands_beside_the_general_one():
    run = cnncalc("explain", "filter-demo", "max_pool2d_1")
    assert "m = ⌊(25 + 2·0 − 2)/2⌋ + 1" in run.out.replace("    = ", "m = ")
    assert "m = n/s, which is 25/2 = 12.5 here: rounded down" in run.out
    assert "row 25 and column 25 are dropped" in run.out


def test_a_whole_network_is_explained_layer_by_layer():
    run = cnncalc("explain", "lenet5", "--detail", "short")
    assert run.code == 0
    heads = [line.split()[0] for line in run.out.splitlines() if "→" in line]
    assert heads[:3] == ["conv2d_1", "avg_pool2d_1", "conv2d_2"]


def test_a_layer_with_nothing_to_calculate_takes_one_line():
    lines = cnncalc("explain", "lenet5").out.splitlines()
    assert [line for line in lines if line.startswith(" tanh_1")] == [
        " tanh_1 · 6×28×28 · nothing is learned, exponentials and the like 4,704"
    ]


def test_the_receptive_field_is_a_table_of_calculations():
    rows = [line.split() for line in cnncalc("explain", "alexnet", "--receptive-field").out.splitlines()]
    assert ["max_pool2d_1", "3", "2", "11", "+", "(3", "−", "1)·4", "19", "4·2", "8"] in rows


@pytest.mark.parametrize("detail", ["short", "steps", "why"])
@pytest.mark.parametrize("columns", [80, 120])
def test_every_detail_fits_the_width(detail, columns):
    run = cnncalc("explain", "tinyvgg", "conv2d_2", "--detail", detail, columns=columns)
    assert max(map(len, run.out.splitlines())) <= columns


def test_the_reason_stands_below_when_it_is_asked_for():
    run = cnncalc("explain", "tinyvgg", "conv2d_1", "--detail", "why")
    assert "The first window takes 3 and leaves 61." in " ".join(run.out.split())


class TestWorksheets:
    def test_results_are_gaps_and_the_answers_stand_at_the_end(self):
        sheet, answers = cnncalc("explain", "tinyvgg", "conv2d_1", "--blank").out.split(" answers\n")
        assert "C_in · C_out = ____" in sheet
        assert not any(number in sheet for number in ("270", "280", "×62", "1,037,880"))
        assert "conv2d_1, parameters: 270 + 10 = 280" in answers

    def test_every_gap_has_its_answer(self):
        sheet, answers = cnncalc("explain", "tinyvgg", "--blank").out.split(" answers\n")
        gaps = [int(number) for number in re.findall(r"____ +\(([0-9]+)\)", sheet)]
        assert gaps == list(range(1, len(gaps) + 1))
        assert [int(number) for number in re.findall(r"^ \(([0-9]+)\)", answers, re.MULTILINE)] == gaps

    def test_a_layer_below_does_not_tell_the_answer_of_the_one_above(self):
        sheet = cnncalc("explain", "tinyvgg", "--blank").out.split(" answers\n")[0]
        assert not {"×62", "×60", "1690", "1,690"} & set(sheet.replace("×", " ×").split())

    def test_the_key_goes_to_its_own_file(self, tmp_path):
        key = tmp_path / "key.txt"
        run = cnncalc("explain", "tinyvgg", "conv2d_1", "--blank", "--key", str(key))
        assert "answers" not in run.out
        assert "conv2d_1, parameters: 270 + 10 = 280" in key.read_text(encoding="utf-8")

    def test_json_has_no_numbers_and_the_answers_apart(self):
        found = cnncalc("explain", "tinyvgg", "conv2d_1", "--blank", "--format", "json").json
        assert {quantity["value"] for quantity in found["layers"][0]["quantities"]} == {None}
        answers = {answer["name"]: answer["value"] for answer in found["answers"]}
        assert (answers["parameters"], answers["output_size"]) == (3 * 10 * 3 * 3 + 10, 64 - 3 + 1)

    def test_the_receptive_field_has_gaps_too(self):
        sheet, answers = cnncalc("explain", "alexnet", "--receptive-field", "--blank").out.split(" answers\n")
        assert "r + (k − 1)·jump" in sheet
        assert "195" not in sheet
        assert "max_pool2d_3, receptive field: 163 + (3 − 1)·16 = 195" in answers


class TestFormats:
    def test_json_holds_every_quantity_with_its_steps(self):
        found = cnncalc("explain", "tinyvgg", "conv2d_1", "--format", "json").json
        (layer,) = found["layers"]
        quantities = {quantity["name"]: quantity for quantity in layer["quantities"]}
        assert found["schema_version"] == 1
        assert quantities["separate_kernels"]["value"] == 30
        assert quantities["separate_kernels"]["derivations"][0]["steps"] == ["C_in · C_out", "3·10", "30"]

    @pytest.mark.parametrize(
        ("format", "sign"),
        [("markdown", "## conv2d"), ("latex", r"\begin{tabular}"), ("html", '<div class="cnncalc">')],
    )
    def test_it_is_written_for_papers_and_pages(self, format, sign):
        run = cnncalc("explain", "tinyvgg", "conv2d_1", "--format", format)
        assert (run.code, sign in run.out) == (0, True)

    def test_a_derivation_is_no_csv(self):
        assert cnncalc("explain", "tinyvgg", "--format", "csv").code == 2


class TestFaults:
    def test_an_unknown_layer_is_a_matter_of_usage_and_the_near_ones_are_named(self):
        run = cnncalc("explain", "tinyvgg", "conv2d_9")
        assert run.code == 2
        assert "did you mean `conv2d_" in " ".join(run.err.replace("│", " ").split())

    def test_an_unknown_network_cannot_be_read(self):
        run = cnncalc("explain", "tinyvg")
        assert (run.code, "did you mean `tinyvgg" in run.err) == (4, True)

    def test_a_key_needs_gaps(self):
        assert cnncalc("explain", "tinyvgg", "--key", "key.txt").code == 2

    def test_a_problem_in_the_spec_is_said_and_the_rest_explained(self):
        run = cnncalc("explain", "-", stdin=BROKEN)
        assert run.code == 1
        assert "kernel-exceeds-input" in run.err
        assert "max_pool2d_1: not known" in run.out

    def test_another_input_may_be_given(self):
        run = cnncalc("explain", "tinyvgg", "conv2d_1", "--input", "3x32x32", "--detail", "short")
        assert "⌊(32 + 2·0 − 3)/1⌋ + 1 = 30" in run.out
