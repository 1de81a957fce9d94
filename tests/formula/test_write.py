"""What is written is what was calculated: every text, read back by somebody else, comes to the same number."""

import itertools
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cnncalc.formula import rules
from cnncalc.formula.expression import Constant, NotExact, Symbol, as_expression, evaluate, traced
from cnncalc.formula.letters import C_IN, C_OUT, D, K, M, N, P, S
from cnncalc.formula.write import latex, lines, number, steps, text
from tests.formula.every_rule import RULES, numbers, symbolic
from tests.formula.reading import balanced, value_of_latex, value_of_text
from tests.formula.trees import TREES

POSITIVE = st.integers(1, 3000)


@st.composite
def traced_rules(draw):
    """A rule's expression with numbers in it, small and large."""
    rule = RULES[draw(st.sampled_from(sorted(RULES)))]
    return as_expression(rule(**symbolic(draw(numbers(rule, POSITIVE)))))


def value_or_none(expression):
    try:
        return evaluate(expression)
    except NotExact:
        return None


@given(expression=traced_rules())
@settings(max_examples=300, deadline=None)
def test_a_rule_with_its_numbers_reads_back_as_its_value(expression):
    if (value := value_or_none(expression)) is not None:
        assert value_of_text(text(expression, values=True)) == value
        assert value_of_latex(latex(expression, values=True)) == value


@given(expression=TREES)
@settings(max_examples=600, deadline=None)
def test_any_expression_with_its_numbers_reads_back_as_its_value(expression):
    assert value_of_text(text(expression, values=True)) == evaluate(expression)


@given(expression=TREES)
@settings(max_examples=400, deadline=None)
def test_any_expression_in_latex_reads_back_as_its_value(expression):
    assert value_of_latex(latex(expression, values=True)) == evaluate(expression)


@given(expression=st.one_of(TREES, traced_rules()), values=st.booleans())
@settings(max_examples=300, deadline=None)
def test_latex_closes_what_it_opens(expression, values):
    assert balanced(latex(expression, values=values))


@given(expression=TREES)
@settings(max_examples=300, deadline=None)
def test_every_step_has_the_value_of_the_whole(expression):
    for step in steps(expression):
        assert evaluate(step) == evaluate(expression)
        assert value_of_text(text(step, values=True)) == evaluate(expression)


@given(expression=st.one_of(TREES, traced_rules().filter(lambda one: value_or_none(one) is not None)))
@settings(max_examples=200, deadline=None)
def test_the_last_step_is_a_number_and_the_last_line_is_it(expression):
    assert text(steps(expression)[-1], values=True) == number(evaluate(expression))
    assert lines(expression)[-1] == number(evaluate(expression))


@given(expression=TREES)
@settings(max_examples=200, deadline=None)
def test_no_line_of_a_derivation_repeats_the_one_above(expression):
    written = lines(expression)
    assert all(line != above for above, line in itertools.pairwise(written))


def window(n, p, k, s, d=1):
    kernel = traced(K, k) if d == 1 else rules.effective_kernel(traced(K, k), traced(D, d))
    return rules.window_size(traced(N, n), rules.symmetric_padding(traced(P, p)), kernel, traced(S, s))


DERIVATIONS = [
    (
        window(7, 1, 3, 2),
        ["⌊(n + 2p − k)/s⌋ + 1", "⌊(7 + 2·1 − 3)/2⌋ + 1", "⌊6/2⌋ + 1", "3 + 1", "4"],
    ),
    (
        window(25, 0, 2, 2),
        ["⌊(n + 2p − k)/s⌋ + 1", "⌊(25 + 2·0 − 2)/2⌋ + 1", "⌊23/2⌋ + 1", "11 + 1", "12"],
    ),
    (
        rules.convolution_weights(traced(C_IN, 3), traced(C_OUT, 10), (traced(K, 3), traced(K, 3))),
        ["C_in · C_out · k · k", "3·10·3·3", "270"],
    ),
    (
        rules.outputs_times(
            rules.values_of(traced(C_OUT, 10), (traced(M, 4), traced(M, 4))),
            rules.products_per_output(traced(C_IN, 3), (traced(K, 3), traced(K, 3))),
        ),
        ["C_out·m·m · C_in·k·k", "10·4·4 · 3·3·3", "160 · 27", "4,320"],
    ),
]


@pytest.mark.parametrize(("expression", "derivation"), DERIVATIONS)
def test_a_derivation_goes_from_the_formula_to_the_result_line_by_line(expression, derivation):
    assert lines(expression) == derivation


def test_dilation_shows_in_the_formula_only_where_there_is_some():
    assert text(window(9, 0, 3, 1)) == "⌊(n + 2p − k)/s⌋ + 1"
    assert text(window(9, 0, 3, 1, d=2)) == "⌊(n + 2p − (d(k − 1) + 1))/s⌋ + 1"


def test_the_window_rule_in_latex():
    assert latex(window(7, 1, 3, 2)) == r"\left\lfloor \frac{n + 2p - k}{s} \right\rfloor + 1"


NUMBERS = [
    (0, "0"),
    (1234567, "1,234,567"),
    (-1234, "−1,234"),
    (Fraction(7, 2), "3.5"),
    (Fraction(-1, 8), "−0.125"),
    (Fraction(7, 3), "7/3"),
    (Fraction(-7, 3), "−7/3"),
    (Fraction(6, 3), "2"),
    (Fraction(24691, 20), "1,234.55"),
]


@pytest.mark.parametrize(("value", "written"), NUMBERS)
def test_a_number_is_written_exactly(value, written):
    assert number(value) == written


def test_a_negative_value_inside_a_formula_stands_in_parentheses():
    assert text(Symbol(N, 5) - Symbol(K, -3), values=True) == "5 − (−3)"
    assert text(Constant(-2) * Symbol(N, 5), values=True) == "(−2)·5"
