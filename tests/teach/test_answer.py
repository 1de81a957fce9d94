"""Answers as people write them: every accepted form, and that no text is a crash."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cnncalc.teach import written_matrix as matrix
from cnncalc.teach.answer import read

NUMBERS = [
    ("156", 156),
    ("１２", 12),
    ("1,234", 1234),
    ("12 345", 12345),
    ("3*3*64*128+128", 3 * 3 * 64 * 128 + 128),
    ("6*(25+1)", 156),
    ("6*25 + 6 = 156", 156),
    ("m = 4", 4),
    ("3x3x64", 576),
    ("3.5", Fraction(7, 2)),
    ("7/2", Fraction(7, 2)),
    ("-4", -4),
]


@pytest.mark.parametrize(("text", "value"), NUMBERS)
def test_a_number_of_things(text, value):
    assert read(text, count=True).is_((value,))


@pytest.mark.parametrize("text", ["9.2e7", "9.2*10^7", "9.2·10⁷", "92.1M", "92.2M", "9.2×10^7", "≈ 9.2e7", "9216万"])
def test_a_rounded_number_is_right_when_rounding_or_cutting_off_gives_it(text):
    assert read(text, count=True).is_((92_160_000,))


@pytest.mark.parametrize("text", ["9e8", "9.3e7", "92.3M", "9·10⁸"])
def test_and_wrong_when_not(text):
    assert not read(text, count=True).is_((92_160_000,))


SHAPES = ["10x62x62", "10×62×62", "10*62*62", "[10, 62, 62]", "(10,62,62)", "(N, 10, 62, 62)", "（Ｎ，10，62，62）"]


@pytest.mark.parametrize("text", SHAPES)
def test_a_shape(text):
    assert read(text).is_((10, 62, 62))


def test_one_number_stands_for_equal_sides():
    assert read("62").is_((62, 62))
    assert not read("62").is_((62, 61))


@pytest.mark.parametrize(
    "text", ["", " ", "1e999", "abc", "12_3", "nan", "inf", "9**9**9", "1/0", "1" * 300, "3 = x y"]
)
def test_what_cannot_be_read(text):
    assert read(text) is None


@pytest.mark.parametrize(
    "text",
    [
        *(
            "1792 parameters",
            "1792 params",
            "1792个",
            "1792 个参数",
            "一千七百九十二",
            "= 1792",
            "1'792",
            "1_792",
            "64(27+1)",
        ),
        *("(27+1)(64)", "1,792 weights", "1.792k params"),
    ],
)
def test_a_number_as_people_write_it(text):
    answer = read(text, count=True)
    assert answer is not None
    assert answer.is_((1792,))


def test_a_shape_as_code_prints_it():
    answer = read("torch.Size([1, 10, 62, 62])")
    assert answer is not None
    assert (1, 10, 62, 62) in answer.readings


@pytest.mark.parametrize(
    ("numeral", "value"),
    [("十", 10), ("十六", 16), ("二百零五", 205), ("六万一千七百零六", 61706), ("一亿三千八百万", 138_000_000)],
)
def test_a_chinese_numeral(numeral, value):
    answer = read(numeral, count=True)
    assert answer is not None
    assert answer.is_((value,))


MATRICES = [
    "14 19 / 14 15",
    "[[14,19],[14,15]]",
    "14 19; 14 15",
    "14 19\n14 15",
    "１４，１９／１４，１５",
    "[14 19] [14 15]",
]


@pytest.mark.parametrize("text", MATRICES)
def test_a_matrix(text):
    assert [[entry.value for entry in row] for row in matrix.read(text)] == [[14, 19], [14, 15]]


@pytest.mark.parametrize("text", ["", "a b", "1 2 / 3", "[[1,2],3]", "/"])
def test_no_matrix(text):
    assert matrix.read(text) is None


def test_a_decimal_in_a_matrix_says_how_exact_it_is():
    ((entry,),) = matrix.read("2.7")
    assert entry.says(Fraction(11, 4))
    assert not entry.says(Fraction(14, 5))


@given(st.text(max_size=60) | st.text("0123456789.,/*x×^·()[]NeE+-= M万", max_size=40), st.booleans())
@settings(max_examples=1500, deadline=None)
def test_no_text_is_a_crash(text, count):
    answer = read(text, count=count)
    assert answer is None or answer.readings
    matrix.read(text)
