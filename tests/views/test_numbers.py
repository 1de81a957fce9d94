from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cnncalc.document import Count
from cnncalc.result import Quantity
from cnncalc.views.numbers import STEPS, count, quantity, ratio, share, significant, storage, written


@pytest.mark.parametrize(
    ("number", "si", "zh"),
    [
        (0, "0", "0"),
        (999, "999", "999"),
        (2_416, "2.42 k", "2,416"),
        (61_706, "61.7 k", "6.17 万"),
        (416_520, "417 k", "41.7 万"),
        (999_499, "999 k", "99.9 万"),
        (999_500, "1.00 M", "100 万"),
        (12_345_678, "12.3 M", "1,235 万"),
        (99_999_999, "100 M", "1.00 亿"),
        (138_357_544, "138 M", "1.38 亿"),
        (15_470_264_320, "15.5 G", "155 亿"),
        (5 * 10**15, "5,000 T", "5,000 万亿"),
    ],
)
def test_shortened_numbers_keep_three_digits(number, si, zh):
    assert written(number, "si") == si
    assert written(number, "zh") == zh


def test_exact_numbers_have_commas_however_large():
    assert written(10**21 + 1) == "1,000,000,000,000,000,000,001"


@given(st.integers(1, 10**20), st.sampled_from(["si", "zh"]))
def test_a_shortened_number_is_within_half_a_percent(number, units):
    digits, _, sign = written(number, units).partition(" ")
    unit = next((size for size, name in STEPS[units] if name == sign), 1)
    assert abs(Fraction(digits.replace(",", "")) * unit - number) * 200 <= number


@given(st.integers(1, 10**9), st.integers(1, 10**9))
def test_a_ratio_is_within_half_a_percent_and_never_in_powers_of_ten(part, whole):
    text = ratio(part, whole)
    assert "e" not in text
    assert abs(Fraction(text.replace(",", "")) * whole - part) * 200 <= part


@pytest.mark.parametrize(
    ("part", "whole", "text"),
    [
        (3_687_936, 117_600, "31.4"),
        (1_881_600, 240_000, "7.84"),
        (117_600, 150, "784"),
        (117_600, 117_600, "1"),
        (5_628_456, 61_470, "91.6"),
        (668_672, 416_520, "1.61"),
        (24_586 * 3 + 1, 3, "24,586"),
        (9_999, 1_000, "10.0"),
        (1, 3, "0.333"),
        (0, 3, "0"),
    ],
)
def test_ratios(part, whole, text):
    assert ratio(part, whole) == text


def test_a_negative_number_keeps_its_sign():
    assert significant(-31, 10) == "-3.10"


@pytest.mark.parametrize(
    ("part", "whole", "text"),
    [
        (0, 10, ""),
        (None, 10, ""),
        (5, None, ""),
        (1, 1000, "<1 %"),
        (28, 100, "28 %"),
        (999, 1000, ">99 %"),
        (1000, 1000, "100 %"),
    ],
)
def test_shares(part, whole, text):
    assert share(part, whole) == text


@pytest.mark.parametrize(
    ("values", "dtype", "text"),
    [
        (100, "float32", "400 B"),
        (61_706, "float32", "241.0 KiB"),
        (138_357_544, "float32", "527.8 MiB"),
        (138_357_544, "int8", "131.9 MiB"),
        (10**13, "float64", "72.8 TiB"),
    ],
)
def test_storage(values, dtype, text):
    assert storage(values, dtype) == text


def test_lower_bounds_and_unknown_numbers_say_so():
    assert count(None) == Count(None, "unknown", "?")
    assert quantity(Quantity(2572, "lower_bound")) == Count(2572, "lower_bound", "≥ 2,572")
    assert quantity(Quantity(None, "unknown")) == Count(None, "unknown", "?")
