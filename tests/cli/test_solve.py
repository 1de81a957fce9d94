"""`cnncalc solve` as a user runs it: what it says, its JSON and its exit codes."""

from contextlib import contextmanager

import pytest

from cnncalc.cli import progress
from cnncalc.teach.passing import AROUND, MOST_LAYERS
from tests.cli.running import cnncalc


def rows(run):
    return [line.split() for line in run.out.splitlines()]


def test_all_choices_are_shown_and_the_usual_one_is_marked():
    run = cnncalc("solve", "conv2d", "n=224", "m=112", "k=7")
    marked = [line for line in run.out.splitlines() if line.endswith("the usual choice")]
    assert run.code == 0
    assert [line.split()[:3] for line in marked] == [["2", "3", "1"]]
    assert "m = ⌊(224 + 2·3 − 7)/2⌋ + 1 = 112" in marked[0]


def test_an_input_size_is_found_from_the_output():
    run = cnncalc("solve", "conv2d", "m=4", "k=3", "s=2", "p=1")
    assert "n is 7 or 8" in run.out
    assert "m = ⌊(7 + 2·1 − 3)/2⌋ + 1 = 4" in run.out


def test_many_solutions_are_cut_and_the_rest_is_counted():
    run = cnncalc("solve", "conv_transpose2d", "n=7", "m=14")
    found = cnncalc("solve", "conv_transpose2d", "n=7", "m=14", "--format", "json").json
    assert sum("= 14" in line for line in run.out.splitlines()) == 50
    assert f"and {found['count'] - 50} more that are not shown" in run.out
    assert len(found["solutions"]) == found["count"]


def test_keeping_the_size_takes_half_the_kernel():
    run = cnncalc("solve", "conv2d", "--keep-size")
    assert [row[:2] for row in rows(run) if row[:1] in (["3"], ["5"], ["7"])] == [["3", "1"], ["5", "2"], ["7", "3"]]
    assert "p = (k − 1)/2 = (7 − 1)/2 = 6/2 = 3" in run.out


def test_an_even_kernel_keeps_no_size():
    run = cnncalc("solve", "conv2d", "k=4", "--keep-size")
    assert run.code == 1
    assert "(k − 1)/2 is 3/2, which is not" in run.out


def test_the_mirror_gives_the_size_back():
    found = cnncalc("solve", "conv2d", "n=224", "k=3", "s=2", "p=1", "--mirror", "--format", "json").json
    (back,) = found["solutions"]
    assert (back["n"], back["m"], back["op"]) == (112, 224, 1)
    assert "transpose" in found["kind"]


def test_an_adaptive_pooling_says_its_windows():
    assert "all of 4 places" in cnncalc("solve", "adaptive_avg_pool2d", "n=24", "m=6").out


def test_input_sizes_that_pass_a_network():
    run = cnncalc("solve", "vgg16", "--input-between", "200", "260")
    assert (run.code, "2 sizes: 224, 256" in run.out) == (0, True)


def test_many_input_sizes_are_said_in_a_few_words():
    assert "every 32 from 128 to 384" in cnncalc("solve", "vgg16", "--input-between", "100", "400").out


def test_no_input_size_passes_and_the_nearest_are_named():
    run = cnncalc("solve", "vgg16", "--input-between", "225", "250")
    assert run.code == 1
    assert "At 225, max_pool2d_1 drops 1 row of 225." in run.out
    assert "The nearest that do: 224, 256." in run.out


def test_more_layers_than_can_be_gone_through_are_refused_with_what_can():
    run = cnncalc("solve", "efficientnet_b7", "--input-between", "1", "3000")
    said = " ".join(run.err.replace("│", " ").split())
    layers = 864
    most = MOST_LAYERS // (layers + AROUND)
    assert run.code == 2
    assert f"3,000 sizes are too many for {layers} layers; at most {most} are tried, as in 1 {most}" in said


def test_short_networks_may_be_asked_for_more_sizes():
    assert cnncalc("solve", "filter-demo", "--input-between", "30", str(29 + 1000)).code == 0


def test_on_a_terminal_it_is_said_how_far_it_is(monkeypatch):
    steps = []

    @contextmanager
    def counted(total, ascii=False):
        yield lambda: steps.append(total)

    monkeypatch.setattr(progress, "progress", counted)
    cnncalc("solve", "vgg16", "--input-between", "200", "230")
    assert steps == [31] * 31


def test_json_has_solutions_count_and_nearest():
    found = cnncalc("solve", "conv2d", "n=7", "m=4", "k=3", "--format", "json").json
    assert found["schema_version"] == 1
    assert {"n": 7, "m": 4, "k": 3, "s": 2, "p": 1, "d": 1, "usual": True} in found["solutions"]
    assert (found["count"], found["nearest"]) == (len(found["solutions"]), [])


def test_no_solution_says_why_with_the_numbers():
    run = cnncalc("solve", "conv_transpose2d", "m=15", "k=4", "s=2", "p=1", "op=0")
    assert run.code == 1
    assert "14 and 16 can be had, and nothing between." in run.out


def test_a_network_of_json_says_its_sizes():
    found = cnncalc("solve", "vgg16", "--input-between", "225", "250", "--format", "json")
    assert found.code == 1
    assert found.json["nearest"] == [{"input": [3, 224, 224]}, {"input": [3, 256, 256]}]


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["conv2d", "n=7", "k=3"], 2, "the size m is missing"),
        (["conv2d", "n=seven", "m=3"], 2, "n=seven"),
        (["conv2d", "m=3"], 2, "kernel_size"),
        (["convd", "n=7", "m=3"], 2, "conv"),
        (["linear", "n=7", "m=3"], 2, "has no window"),
        (["vgg16"], 2, "--input-between"),
        (["max_pool2d", "n=7", "k=2", "--mirror"], 2, "no mirror"),
        (["vgg16", "--input-between", "260", "200"], 2, "the smaller one first"),
        (["vgg16", "m=3", "--input-between", "200", "260"], 2, "nothing else"),
        (["nothing.yaml", "--input-between", "200", "260"], 4, "no such file"),
        (["conv2d", "n=7", "m=4", "--format", "csv"], 2, "csv"),
        (["conv2d", "n=2", "k=5", "--mirror"], 1, "the kernel covers 5 places"),
    ],
)
def test_what_cannot_be_asked_is_said(words, code, said):
    run = cnncalc("solve", *words)
    assert run.code == code
    assert said in " ".join(run.err.replace("│", " ").split())


def test_a_problem_in_the_spec_comes_first():
    run = cnncalc("solve", "-", "--input-between", "8", "9", stdin="input: [1, 8, 8]\nlayers: [conv2d: {}]\n")
    assert (run.code, "missing-field" in run.err) == (1, True)


def test_an_input_size_that_needs_output_padding_is_found_with_it():
    done = cnncalc("solve", "conv_transpose2d", "m=14", "k=3", "s=2", "p=1")
    assert (done.code, "m = (7 − 1)·2 − 2·1 + 3 + 1 = 14" in done.out) == (0, True)
    assert cnncalc("solve", "conv_transpose2d", "m=14", "k=3", "s=2", "p=1", "op=0").code == 1


def test_padding_that_keeps_the_size_is_asked_without_a_stride():
    done = cnncalc("solve", "conv2d", "--keep-size", "k=3", "s=2")
    assert (done.code, "stride 1" in done.err) == (2, True)
