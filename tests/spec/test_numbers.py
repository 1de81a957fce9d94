"""Numbers as people state them, and how exactly they state them."""

from fractions import Fraction

import pytest

from cnncalc.spec.numbers import SIZES, Measured, Stated, measured, stated, text

STATED = [
    ("61706", 61_706, 1),
    (" 7 ", 7, 1),
    ("0", 0, 1),
    ("1,000", 1_000, 1),
    ("1,234,567", 1_234_567, 1),
    ("30k", 30_000, 1_000),
    ("30K", 30_000, 1_000),
    ("61.1M", 61_100_000, 100_000),
    ("61.10M", 61_100_000, 10_000),
    ("2G", 2 * 10**9, 10**9),
    ("2B", 2 * 10**9, 10**9),
    ("1.5T", 15 * 10**11, 10**11),
    ("138.36 万", 1_383_600, 100),
    ("1.38亿", 138_000_000, 1_000_000),
    ("1,234.5k", 1_234_500, 100),
    ("7.850k", 7_850, 1),
    ("1000000000000000", 10**15, 1),
    ("1,000T", 10**15, 10**12),
]


@pytest.mark.parametrize(("written", "value", "step"), STATED)
def test_a_stated_number_is_worth_its_digits_times_its_unit(written, value, step):
    assert stated(written) == Stated(value, step)


NOT_STATED = ["", "k", "1.5", "7.8505k", "1,00", "1,0000", "1234,567", ",100", "1.", ".5k", "-1", "+1", "1e3", "1_000"]
NOT_STATED += ["1  k", "1kk", "1x", "1 m", "１", "1000000000000001", "1001T", "1" * 19]


@pytest.mark.parametrize("written", NOT_STATED)
def test_what_is_no_whole_number_up_to_ten_to_the_fifteenth_is_not_stated(written):
    assert stated(written) is None


FITTING = [
    (61_049_999, False),
    (61_050_000, True),  # half a step below rounds up
    (61_100_000, True),
    (61_199_999, True),  # cut off
    (61_200_000, False),
]


@pytest.mark.parametrize(("actual", "fits"), FITTING)
def test_a_stated_number_fits_what_rounds_or_is_cut_off_to_it(actual, fits):
    assert Stated(61_100_000, 100_000).fits(actual) is fits


MEASURED = [
    ("5.6", None, Fraction(28, 5), Fraction(1, 10)),
    ("5", None, Fraction(5), Fraction(1)),
    ("1,024.25", None, Fraction(4097, 4), Fraction(1, 100)),
    (" 5 ", SIZES, Fraction(5), Fraction(1)),
    ("5 B", SIZES, Fraction(5), Fraction(1)),
    ("2kB", SIZES, Fraction(2_000), Fraction(1_000)),
    ("2 KB", SIZES, Fraction(2_000), Fraction(1_000)),
    ("2 MB", SIZES, Fraction(2 * 10**6), Fraction(10**6)),
    ("2 GB", SIZES, Fraction(2 * 10**9), Fraction(10**9)),
    ("2 TB", SIZES, Fraction(2 * 10**12), Fraction(10**12)),
    ("241 KiB", SIZES, Fraction(241 * 1024), Fraction(1024)),
    ("1.5 MiB", SIZES, Fraction(3 * 2**19), Fraction(2**20, 10)),
    ("1 GiB", SIZES, Fraction(2**30), Fraction(2**30)),
    ("1 TiB", SIZES, Fraction(2**40), Fraction(2**40)),
    ("1,000 TB", SIZES, Fraction(10**15), Fraction(10**12)),
]


@pytest.mark.parametrize(("written", "units", "value", "step"), MEASURED)
def test_a_measured_number_may_be_broken(written, units, value, step):
    assert measured(written, units) == Measured(value, step)


NOT_MEASURED = [(written, None) for written in ("", "5 B", "5 kB", "-5", "1,00", "5.", "1000000000000001")]
NOT_MEASURED += [(written, SIZES) for written in ("5 kiB", "5 iB", "5 k", "5  B", "5 bytes", "1,001 TB")]


@pytest.mark.parametrize(("written", "units"), NOT_MEASURED)
def test_what_is_no_number_with_a_known_unit_is_not_measured(written, units):
    assert measured(written, units) is None


WRITTEN = [
    (61_706, "61,706"),
    (0, "0"),
    (-1_234, "-1,234"),
    (Fraction(61_706), "61,706"),
    (Fraction(28, 5), "5.6"),
    (Fraction(112, 3), "37.33"),
    (Fraction(200, 3), "66.67"),
    (Fraction(1, 20), "0.05"),
    (Fraction(1, 200), "0.01"),  # half a hundredth is rounded up
    (Fraction(1, 201), "0"),
    (Fraction(123_455, 100), "1,234.55"),
    (Fraction(19_999, 200), "100"),  # 99.995
    (Fraction(10_001, 100), "100.01"),
]


@pytest.mark.parametrize(("number", "written"), WRITTEN)
def test_a_number_is_written_with_two_decimals_at_most(number, written):
    assert text(number) == written
