"""Slips: what people do wrong, as calculations of their own; each comes to another number than the truth."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cnncalc.formula import letters, rules
from cnncalc.formula.expression import NotExact, as_expression, evaluate, traced
from cnncalc.formula.letters import C_IN, C_OUT, F_IN, F_OUT, OP, D, G, K, M, N, P, S
from cnncalc.formula.slip_words import SLIPS
from cnncalc.formula.slips import off_by_power_of_ten, slips
from cnncalc.formula.write import text
from tests.formula.every_rule import RULES, numbers, symbolic


def window(n, p, k, s, d=1):
    kernel = traced(K, k) if d == 1 else rules.effective_kernel(traced(K, k), traced(D, d))
    return rules.window_size(traced(N, n), rules.symmetric_padding(traced(P, p)), kernel, traced(S, s))


def weights(c_in, c_out, k):
    return rules.convolution_weights(traced(C_IN, c_in), traced(C_OUT, c_out), (traced(K, k), traced(K, k)))


def codes(expression, answer):
    """The slips that lead to an answer, in the order in which they are reported."""
    return list(dict.fromkeys(slip.code for slip in slips(expression) if slip.value == answer))


@pytest.mark.parametrize("name", RULES)
@given(data=st.data())
@settings(max_examples=25, deadline=None)
def test_each_slip_differs_from_the_truth_and_has_a_sentence(name, data):
    expression = as_expression(RULES[name](**symbolic(data.draw(numbers(RULES[name], st.integers(1, 60))))))
    try:
        truth = evaluate(expression)
    except NotExact:
        return
    for slip in slips(expression):
        assert slip.value != truth
        assert evaluate(slip.expression) == slip.value
        assert slip.code in SLIPS
        assert slip.sentence().endswith(".")


@given(n=st.integers(1, 60), p=st.integers(0, 4), k=st.integers(1, 9), s=st.integers(1, 5), d=st.integers(1, 3))
@settings(max_examples=100, deadline=None)
def test_slips_are_reported_in_the_order_of_their_list(n, p, k, s, d):
    found = [list(SLIPS).index(slip.code) for slip in slips(window(n, p, k, s, d))]
    assert found == sorted(found)


WINDOWS = [
    # ⌊(32 + 2·2 − 5)/2⌋ + 1 = 16
    ((32, 2, 5, 2), (32 - 5) // 2 + 1, ["ignored_padding"]),
    ((32, 2, 5, 2), 15, ["padding_once", "dropped_plus_one"]),
    ((32, 2, 5, 2), -(-(32 + 4 - 5) // 2) + 1, ["rounded_up"]),
    ((32, 2, 5, 2), Fraction(31, 2) + 1, ["not_rounded_down"]),
    ((32, 2, 5, 2), 32 + 4 - 5 + 1, ["ignored_stride"]),
    ((20, 0, 3, 1, 4), 20 - 3 + 1, ["ignored_dilation"]),
]


@pytest.mark.parametrize(("case", "answer", "expected"), WINDOWS)
def test_a_wrong_size_is_traced_to_the_slip(case, answer, expected):
    assert codes(window(*case), answer) == expected


def test_the_right_answer_is_no_slip():
    assert codes(window(32, 2, 5, 2), 16) == []


def test_forgotten_input_channels():
    assert codes(weights(4, 10, 3), 10 * 9) == ["forgot_input_channels"]


def test_three_channels_and_a_kernel_of_three_cannot_be_told_apart():
    assert codes(weights(3, 10, 3), 10 * 9) == ["forgot_input_channels", "kernel_side_once"]


def test_forgotten_output_channels():
    assert codes(weights(3, 10, 3), 3 * 9) == ["forgot_output_channels"]


def test_a_side_of_the_kernel_counted_once():
    assert codes(weights(3, 10, 5), 3 * 10 * 5) == ["kernel_side_once"]


def test_the_number_of_inputs_multiplied_in_twice():
    expression = rules.linear_weights(traced(F_IN, 784), traced(F_OUT, 512))
    assert codes(expression, 784 * 784 * 512) == ["squared_inputs"]
    assert 784 * 784 * 512 == 314_703_872


def test_a_slip_in_the_weights_is_found_behind_the_biases():
    expression = rules.parameters(weights(4, 10, 3), traced(C_OUT, 10))
    assert codes(expression, 10 * 9 + 10) == ["forgot_input_channels"]


def test_forgotten_input_channels_in_a_product_of_groups():
    expression = rules.outputs_times(
        rules.values_of(traced(C_OUT, 10), (traced(M, 4), traced(M, 4))),
        rules.products_per_output(traced(C_IN, 4), (traced(K, 3), traced(K, 3))),
    )
    assert codes(expression, 160 * 9) == ["forgot_input_channels"]


def test_ignored_groups():
    c_in = rules.channels_per_group(traced(C_IN, 8), traced(G, 4))
    expression = rules.convolution_weights(c_in, traced(C_OUT, 12), (traced(K, 3), traced(K, 3)))
    assert codes(expression, 8 * 12 * 9) == ["ignored_groups"]


def test_ignored_output_padding():
    size = rules.transposed_size(traced(N, 7), rules.symmetric_padding(traced(P, 1)), traced(K, 3), traced(S, 2))
    assert codes(size + traced(OP, 1), 6 * 2 - 2 + 3) == ["ignored_output_padding"]


def test_ceil_mode_rounded_down_is_as_much_as_without_the_plus_one():
    expression = rules.window_size_ceil(traced(N, 25), 0, traced(K, 2), traced(S, 2))
    assert codes(expression, 12) == ["dropped_plus_one", "rounded_down"]


def test_two_calculations_of_one_slip_are_written_as_the_same_formula():
    (slip,) = [slip for slip in slips(window(32, 2, 5, 2)) if slip.code == "ignored_padding"]
    assert text(slip.expression, values=True) == "⌊(32 + 2·0 − 5)/2⌋ + 1"


def test_swapped_channels_where_they_stand_for_different_numbers():
    expression = rules.parameters(weights(3, 10, 3), traced(C_OUT, 10))
    assert codes(expression, 10 * 3 * 9 + 3) == ["swapped_channels"]


def test_every_slip_that_a_letter_names_is_explained():
    named = {
        code
        for letter in vars(letters).values()
        if isinstance(letter, letters.Letter)
        for code in (letter.ignored, letter.forgotten, letter.repeated)
        if code
    }
    assert named <= set(SLIPS)


@pytest.mark.parametrize(
    ("answer", "truth", "off"),
    [(2700, 270, True), (27, 270, True), (270, 270, False), (540, 270, False), (0, 5, False)],
)
def test_right_digits_with_the_wrong_power_of_ten(answer, truth, off):
    assert off_by_power_of_ten(answer, truth) is off
