"""Verdicts: a right answer is never called wrong, and an answer made by a slip is traced to it."""

from fractions import Fraction

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from cnncalc.formula.expression import NotExact, evaluate
from cnncalc.formula.slip_words import SLIPS
from cnncalc.formula.slips import slips
from cnncalc.problem import Refused
from cnncalc.teach import given as givens
from cnncalc.teach.check import check
from cnncalc.teach.given import NotUnderstood
from cnncalc.teach.quantities import NAMES, expressions


def judged(words, answer, ask="output_size"):
    kind, *rest = words.split()
    return check(givens.read(kind, rest), ask, answer)


def codes(words, answer, ask="output_size"):
    return [slip.codes for slip in judged(words, answer, ask).slips]


SINGLE = [
    ("conv2d n=32 k=5 p=2 s=2", "output_size", "14", "ignored_padding"),
    ("conv2d n=32 k=5 p=2 s=2", "output_size", "15", "padding_once"),
    ("conv2d n=32 k=5 p=2 s=2", "output_size", "15", "dropped_plus_one"),
    ("conv2d n=32 k=5 p=2 s=2", "output_size", "17", "rounded_up"),
    ("conv2d n=32 k=5 p=2 s=2", "output_size", "16.5", "not_rounded_down"),
    ("conv2d n=32 k=5 p=2 s=2", "output_size", "32", "ignored_stride"),
    ("conv2d n=20 k=3 d=4", "output_size", "18", "ignored_dilation"),
    ("max_pool2d n=7 k=2", "output_size", "3.5", "not_rounded_down"),
    ("max_pool2d n=7 k=2", "output_size", "7-2+1", "convolution_rule"),
    ("conv2d n=32 k=5 s=2", "output_size", "16", "pooling_rule"),
    ("conv2d 3x64x64 c_out=10 k=3 p=1", "output_shape", "10x62x62", "ignored_padding"),
    ("conv2d 3x64x64 c_out=10 k=3", "output_shape", "3x62x62", "swapped_channels"),
    ("conv2d 3x64x64 c_out=10 k=3", "output_shape", "30x62x62", "multiplied_channels"),
    ("conv2d 3x9x9 c_out=10 k=3 bias=true", "parameters", "270", "forgot_bias"),
    ("conv2d 3x9x9 c_out=10 k=3 bias=false", "parameters", "280", "counted_bias"),
    ("conv2d 3x9x9 c_out=10 k=3 bias=true", "parameters", "273", "swapped_channels"),
    ("conv2d 4x9x9 c_out=10 k=3", "weights", "90", "forgot_input_channels"),
    ("conv2d 4x9x9 c_out=10 k=3", "weights", "36", "forgot_output_channels"),
    ("conv2d 8x9x9 c_out=12 k=3 groups=4", "weights", "864", "ignored_groups"),
    ("conv2d 3x9x9 c_out=10 k=3", "macs", "26460", "macs_as_flops"),
    ("conv2d 3x9x9 c_out=10 k=3", "flops", "13230", "macs_as_flops"),
    ("linear in=784 out=512", "multiplications", "314703872", "squared_inputs"),
    ("linear in=180000 out=512", "multiplications", "1.6·10¹³", "squared_inputs"),
    ("linear in=180000 out=512", "weights", "9·10⁸", "power_of_ten"),
    ("linear in=784 out=512", "weights", "4014080", "power_of_ten"),
    ("conv2d n=19 k=5", "padding", "4", "padding_of_both_sides"),
]


ONE_VECTOR = [
    ("lstm 50x16 hidden_size=32", "parameters", 4 * 32 * (16 + 32 + 1)),
    ("lstm 50x16 hidden_size=32 bias=true", "parameters", 4 * 32 * (16 + 32 + 1)),
    ("gru 50x16 hidden_size=32", "parameters", 3 * 32 * (16 + 32 + 1)),
    ("rnn 50x16 hidden_size=32 bidirectional=true", "parameters", 2 * 32 * (16 + 32 + 1)),
    ("lstm 50x16 hidden_size=32 num_layers=2", "biases", 2 * 4 * 32),
]


@pytest.mark.parametrize(("words", "ask", "answer"), ONE_VECTOR)
def test_one_bias_vector_of_a_recurrent_layer_is_a_convention(words, ask, answer):
    verdict = judged(words, str(answer), ask)
    assert verdict.ruling == "right_by_convention"
    assert [slip.codes for slip in verdict.slips] == [("one_bias_vector",)]


def test_without_biases_there_is_no_bias_vector_either():
    verdict = judged("lstm 50x16 hidden_size=32 bias=false", str(4 * 32 * (16 + 32 + 1)), "parameters")
    assert verdict.ruling == "wrong"


@pytest.mark.parametrize("case", SINGLE, ids=lambda case: f"{case[3]} {case[0]}")
def test_a_slip_is_named(case):
    words, ask, answer, code = case
    verdict = judged(words, answer, ask)
    assert verdict.ruling == "wrong"
    assert (code,) in [slip.codes for slip in verdict.slips]


def test_two_slips_together_are_tried_when_no_single_one_fits():
    assert codes("conv2d n=32 k=5 p=2 s=2", "13") == [("ignored_padding", "dropped_plus_one")]


def test_at_most_three_pairs_are_named():
    for answer in range(-40, 120):
        verdict = judged("conv2d n=40 k=7 p=3 s=3 d=2", str(answer))
        assert len(verdict.slips) <= 3 or not verdict.slips[0].second


@pytest.mark.parametrize(
    ("words", "ask", "answer"),
    [
        ("conv2d 1x28x28 c_out=6 k=5", "parameters", "150"),
        ("conv2d 1x28x28 c_out=6 k=5", "weights", "156"),
        ("conv2d 1x28x28 c_out=6 k=5", "additions", str(6 * 24 * 24 * 24)),
        ("conv2d 3x64x64 c_out=10 k=3", "output_shape", "62x62x10"),
    ],
)
def test_what_the_question_leaves_open_is_right_by_convention(words, ask, answer):
    assert judged(words, answer, ask).ruling == "right_by_convention"


@pytest.mark.parametrize("answer", ["1e999", "?", "none of them"])
def test_an_answer_that_cannot_be_read_is_said_to_be(answer):
    assert judged("conv2d n=7 k=3", answer).ruling == "unreadable"


@pytest.mark.parametrize("answer", ["16", "16x16", "(N, 10, 16, 16)", "１６", "31//2+1", "16.0", "16 × 16"])
def test_a_size_may_be_written_per_axis_and_with_its_channels(answer):
    assert judged("conv2d 3x32x32 c_out=10 k=5 p=2 s=2", answer).ruling == "right"


LAYERS = st.builds(
    "{} {}x{n}x{n} {} k={} p={} s={} {}".format,
    st.just("conv2d"),
    st.sampled_from([1, 3, 4, 6, 12]),
    st.sampled_from([4, 10, 12, 16]).map("c_out={}".format),
    st.integers(1, 7),
    st.integers(0, 3),
    st.integers(1, 4),
    st.sampled_from(["", "d=2", "bias=true", "bias=false", "groups=1"]),
    n=st.integers(13, 60),
) | st.builds("linear in={} out={}".format, st.integers(2, 999), st.integers(2, 999))
POOLINGS = st.builds(
    "max_pool2d 4x{0}x{0} k={1} s={2}".format, st.integers(9, 40), st.integers(2, 5), st.integers(1, 4)
)
QUESTIONS = st.tuples(LAYERS | POOLINGS, st.sampled_from(list(NAMES)))


def truth(words, ask):
    """What is given and the true calculations; skipped where the question has no whole answer."""
    kind, *rest = words.split()
    given_ = givens.read(kind, rest)
    try:
        found = expressions(given_, ask)
        return given_, found, tuple(map(evaluate, found))
    except (NotUnderstood, Refused, NotExact):
        assume(False)


FORMS = [
    lambda values: "x".join(map(str, values)),
    lambda values: f"[{', '.join(map(str, values))}]" if len(values) > 1 else f"{values[0]:,}",
    lambda values: f"(N, {', '.join(map(str, values))})" if len(values) > 1 else f"{values[0]} + 0",
    lambda values: " × ".join(map(str, values)),
]


@given(QUESTIONS, st.sampled_from(FORMS))
@settings(max_examples=1500, deadline=None)
def test_a_right_answer_is_never_called_wrong(question, form):
    given_, _found, values = truth(*question)
    assert check(given_, question[1], form(values)).ruling == "right"


@given(QUESTIONS, st.data())
@settings(max_examples=400, deadline=None)
def test_an_answer_made_by_one_slip_is_traced_to_it_or_to_a_tie(question, data):
    given_, found, values = truth(*question)
    choices = [(axis, slip) for axis, expression in enumerate(found) for slip in slips(expression)]
    assume(choices)
    axis, slip = data.draw(st.sampled_from(choices))
    answer = [slip.value if index == axis else value for index, value in enumerate(values)]
    assume(len(answer) == 1 or all(isinstance(value, int) and value >= 0 for value in answer))
    verdict = check(given_, question[1], "x".join(map(str, answer)))
    # What another reading of the question makes right is no slip: shapes with the channels last, biases left open.
    if verdict.ruling == "wrong":
        assert slip.code in [one.code for one in verdict.slips]
        assert not any(one.second for one in verdict.slips)
    else:
        assert verdict.ruling in ("right", "right_by_convention")
        assert verdict.right or Fraction(slip.value) == values[axis]


def test_every_slip_has_a_place_in_the_order():
    assert len(SLIPS) == len(set(SLIPS))
