"""Plain words that nobody meant: which sign is named, and where it stands."""

import pytest

from cnncalc.spec.yaml_problems import FullWidthPunctuation, JoinedLines, MissingSpace, OddSpace
from cnncalc.spec.yaml_words import misread_line, misread_word, sign_within

DIGITS = dict(zip("０１２３４５６７８９", "0123456789", strict=True))
ODD_SPACES = "\u00a0\u1680\u2000\u2005\u200a\u202f\u205f\u3000"


def full(sign, plain, at):
    return FullWidthPunctuation(sign, plain), at, at + 1


@pytest.mark.parametrize(("sign", "plain"), list(DIGITS.items()))
def test_every_digit_of_another_width_is_named(sign, plain):
    assert misread_word(sign, "value") == full(sign, plain, 0)
    assert misread_word(f"-1{sign}", "item") == full(sign, plain, 2)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("3，64", full("，", ",", 1)),
        ("3、64", full("、", ",", 1)),
        ("0．5", full("．", ".", 1)),
        ("－3", full("－", "-", 0)),
        ("-0．5", full("．", ".", 2)),
        ("+0．5", full("．", ".", 2)),
        ("－0．5", full("－", "-", 0)),
        ("0.5，1", full("，", ",", 3)),
        ("1,000，1", full("，", ",", 5)),
        ("3 ，64", full("，", ",", 2)),
        ("3、64，1", full("、", ",", 1)),
        ("1．5．2", full("．", ".", 1)),
        ("3×3，64", full("，", ",", 3)),
        ("［3", full("［", "[", 0)),
        ("｛k: 3", full("｛", "{", 0)),
    ],
)
def test_the_first_sign_of_another_width_in_a_number_or_an_opening_is_named(written, expected):
    assert misread_word(written, "value") == expected


@pytest.mark.parametrize("written", ["十类，两层", "3 层，共 64 个", "a：b", "a［b"])
def test_a_text_of_ones_own_may_hold_them(written):
    assert misread_word(written, "value") is None


@pytest.mark.parametrize(("sign", "plain"), list(zip("：，｛｝［］", ":,{}[]", strict=True)))
def test_a_key_holds_none(sign, plain):
    assert misread_word(f"ab{sign}c", "key") == full(sign, plain, 2)
    assert misread_word(f"ab{sign}c", "value") is None


@pytest.mark.parametrize("space", ODD_SPACES)
def test_every_space_that_yaml_takes_for_a_letter_is_named(space):
    assert misread_word(f"{space}ab", "value") == (OddSpace(space), 0, 1)
    assert misread_word(f"ab{space}", "value") == (OddSpace(space), 2, 3)
    assert misread_word(f"a\n \t{space}b", "value") == (OddSpace(space), 4, 5)
    assert misread_word(f"a\r{space}b", "value") == (OddSpace(space), 2, 3)
    assert misread_word(f"a{space}b", "value") is None


@pytest.mark.parametrize(
    ("written", "role", "expected"),
    [
        ("k:[3]", "item", (MissingSpace(":"), 1, 2)),
        ("k:{a", "key", (MissingSpace(":"), 1, 2)),
        ('k:"a"', "item", (MissingSpace(":"), 1, 2)),
        ("k:'a'", "item", (MissingSpace(":"), 1, 2)),
        ("k:[3]", "value", None),
        ("k:3", "item", None),
        ("-relu", "item", (MissingSpace("-"), 0, 1)),
        ("relu\n  -tanh", "key", (MissingSpace("-"), 7, 8)),
        ("-relu", "value", None),
        ("-3", "item", None),
        ("relu\n  - tanh", "item", (JoinedLines(), 7, 8)),
        ("relu\r-\ttanh", "item", (JoinedLines(), 5, 6)),
        ("relu\n  - tanh", "key", None),
    ],
)
def test_a_blank_left_out_is_named(written, role, expected):
    assert misread_word(written, role) == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("  - conv2d：{k: 3}", full("：", ":", 10)),
        ("k ：3", full("：", ":", 2)),
        ("  - conv2d: ｛k: 3}", full("｛", "{", 12)),
        ("\u3000relu", (OddSpace("\u3000"), 0, 1)),
        ("  -relu: {", (MissingSpace("-"), 2, 3)),
        ("\t- k:3", (MissingSpace(":"), 4, 5)),
        ("k:3", (MissingSpace(":"), 1, 2)),
        ("http://x", None),
        ("a: b", None),
    ],
)
def test_the_same_for_a_line_that_could_not_be_read(line, expected):
    assert misread_line(line) == expected


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("out:8", (3, 4)),
        ("_k1:[", (3, 4)),
        ("a:b:c", (1, 2)),
        ("out=8", (3, 4)),
        ("out  = 8", (3, 7)),
        ("out", None),
        ("out:", None),
        ("a::b", None),
        ("a==b", None),
        ("a=", None),
        ("1:2", None),
        ("-a:b", None),
    ],
)
def test_a_key_that_holds_its_value_is_taken_apart_at_the_sign(key, expected):
    assert sign_within(key) == expected
