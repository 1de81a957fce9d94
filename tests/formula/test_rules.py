"""Each rule, called with integers and with symbols, is one calculation; and each is the arithmetic of the textbook."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cnncalc.formula import rules
from cnncalc.formula.expression import NotExact, as_expression, evaluate
from tests.formula.every_rule import RULES, numbers, symbolic

INTEGERS = st.integers(-9, 400).filter(bool)


def outcome(calculate):
    try:
        return calculate()
    except NotExact as refusal:
        return ("not exact", refusal.dividend, refusal.divisor)


@pytest.mark.parametrize("name", RULES)
@given(data=st.data())
@settings(max_examples=60, deadline=None)
def test_the_traced_rule_has_the_value_of_the_plain_one(name, data):
    arguments = data.draw(numbers(RULES[name], INTEGERS))
    expression = RULES[name](**symbolic(arguments))
    assert outcome(lambda: evaluate(as_expression(expression))) == outcome(lambda: RULES[name](**arguments))


def test_inspection_finds_the_rules():
    assert {"window_size", "transposed_size", "convolution_weights", "receptive_field"} <= set(RULES)


@given(
    n=st.integers(1, 40), before=st.integers(0, 5), after=st.integers(0, 5), k=st.integers(1, 9), s=st.integers(1, 6)
)
@settings(max_examples=200, deadline=None)
def test_the_window_rule_counts_the_windows_that_fit(n, before, after, k, s):
    places = n + before + after
    windows = [start for start in range(0, places, s) if start + k <= places]
    assert rules.window_size(n, before + after, k, s) == len(windows) or k > places


@given(n=st.integers(1, 40), k=st.integers(1, 9), s=st.integers(1, 6))
@settings(max_examples=200, deadline=None)
def test_ceil_mode_counts_the_window_that_is_partly_filled(n, k, s):
    fitting = [start for start in range(0, n, s) if start + k <= n]
    covered = fitting[-1] + k if fitting else 0
    assert k > n or rules.window_size_ceil(n, 0, k, s) == len(fitting) + (covered < n)


@given(k=st.integers(1, 12), d=st.integers(1, 9))
def test_an_effective_kernel_reaches_from_its_first_place_to_its_last(k, d):
    places = [tap * d for tap in range(k)]
    assert rules.effective_kernel(k, d) == places[-1] - places[0] + 1


@given(n=st.integers(1, 20), p=st.integers(0, 3), k=st.integers(1, 9), s=st.integers(1, 6))
def test_a_transposed_window_reaches_as_far_as_its_last_input_value(n, p, k, s):
    written = {i * s + tap for i in range(n) for tap in range(k)}
    assert rules.transposed_size(n, 2 * p, k, s) == max(written) + 1 - 2 * p


@given(n=st.integers(1, 60), m=st.integers(1, 20))
def test_adaptive_windows_cover_every_place_from_first_to_last(n, m):
    windows = [range(rules.adaptive_start(i, n, m), rules.adaptive_end(i, n, m)) for i in range(m)]
    assert {place for window in windows for place in window} == set(range(n))
    assert all(len(window) in (n // m, n // m + 1, n // m + 2) and len(window) > 0 for window in windows)


@given(n=st.integers(1, 60), k=st.integers(1, 9), s=st.integers(1, 6))
def test_same_padding_gives_one_window_for_every_s_places(n, k, s):
    padding = rules.same_padding(n, k, s)
    assert padding >= 0
    if padding:
        assert rules.window_size(n, padding, k, s) == -(-n // s)


def test_padding_that_keeps_the_size_exists_for_odd_kernels_only():
    assert [rules.same_padding_each_side(k) for k in (1, 3, 5, 7)] == [0, 1, 2, 3]
    with pytest.raises(NotExact, match="3 is not a multiple of 2"):
        rules.same_padding_each_side(4)


def test_channels_are_never_rounded_to_groups():
    assert rules.channels_per_group(12, 4) == 3
    with pytest.raises(NotExact, match="10 is not a multiple of 4"):
        rules.channels_per_group(10, 4)


CASES = [
    ("window_size", (7, 2 * 1, 3, 2), 4),
    ("window_size", (32, 2 * 2, 5, 2), 16),
    ("window_size", (25, 0, 2, 2), 12),
    ("window_size_ceil", (25, 0, 2, 2), 13),
    ("window_size_ceil", (25, 2 * 1, 2, 3), 10),
    ("window_size_ceil_dropped", (5, 2, 2, 2), 3),
    ("last_window_start", (4, 2), 6),
    ("rows_behind", (8, 0, 3, 2, 3), 8 - (2 * 2 + 3)),
    ("rows_behind", (10, 1, 3, 4, 3), 10 - (2 * 4 - 1 + 3)),
    ("rows_behind", (7, 1, 3, 2, 4), -1),
    ("rows_between", (4, 5, 2), 3 * (5 - 2)),
    ("effective_kernel", (3, 2), 5),
    ("valid_size", (64, 3), 62),
    ("divided_size", (25, 2), 12),
    ("same_size", (25, 2), 13),
    ("same_padding", (25, 3, 2), 12 * 2 + 3 - 25),
    ("same_padding", (224, 7, 2), 5),
    ("same_padding", (8, 1, 2), 0),
    ("same_padding_total", (5,), 4),
    ("adaptive_start", (2, 7, 3), 4),
    ("adaptive_end", (1, 7, 3), 5),
    ("separate_kernels", (3, 10), 30),
    ("next_jump", (4, 2), 8),
    ("transposed_size", (7, 0, 2, 2), 14),
    ("symmetric_padding", (2,), 4),
    ("convolution_weights", (3, 10, (3, 3)), 270),
    ("convolution_weights", (3, 64, (7,)), 3 * 64 * 7),
    ("linear_weights", (784, 512), 401_408),
    ("parameters", (270, 10), 280),
    ("products_per_output", (3, (3, 3)), 27),
    ("values_of", (16, (5, 5)), 400),
    ("outputs_times", (160, 27), 4_320),
    ("additions_of_sums", (160, 27), 160 * 26),
    ("fully_connected_weights", (147, 160), 23_520),
    ("locally_connected_weights", (160, 27), 4_320),
    ("receptive_field", (3, 3, 2), 7),
    ("share_dropped", (64, 16), Fraction(3, 4)),
    ("flops", (4_320, 4_160), 8_480),
]


@pytest.mark.parametrize(("name", "arguments", "value"), CASES)
def test_a_rule_gives_the_number_worked_by_hand(name, arguments, value):
    assert RULES[name](*arguments) == value
