"""Text from outside can't act on a terminal or fake a line of a report."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cnncalc.harmless import harmless


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("conv2d", "conv2d"),
        ("卷积 × 3", "卷积 × 3"),
        ("\x1b[31m", "\\x1b[31m"),
        ("a\nb", "a\\nb"),
        ("a\r\tb", "a\\r\\tb"),
        ("\x9b", "\\x9b"),
        ("\u202eabc", "\\u202eabc"),
        ("a\u200bb", "a\\u200bb"),
        ("\ud800", "\\ud800"),
        ("\U000e0041", "\\U000e0041"),
        ("[red]x[/red]", "[red]x[/red]"),
        ("!::c", "!\\x3a:c"),  # "::c " it is in a sentence that goes on
        ("aten::relu", "aten::relu"),
        ("##[error]x", "\\x23#[error]x"),
        ("##VSO[task.complete]", "\\x23#VSO[task.complete]"),
        ("## a heading", "## a heading"),
        ("aten::relu::x", "aten\\x3a:relu::x"),
        ("a::Error::x", "a\\x3a:Error::x"),
        ("a::add-mask::x", "a\\x3a:add-mask::x"),
        ("a::B c", "a\\x3a:B c"),
        ("a:: b", "a:: b"),
        ("a:::: b", "a:::: b"),
        ("!::Error", "!\\x3a:Error"),
        ("!::add-mask", "!\\x3a:add-mask"),
        ("!::", "!::"),
    ],
)
def test_what_acts_is_escaped_and_the_rest_is_kept(text, shown):
    assert harmless(text) == shown


UNSEEN = [0x00, 0x1F, 0x7F, 0x9F, 0xAD, 0x61C, 0x180E, 0x200B, 0x200F, 0x2028, 0x202E, 0x2060, 0x206F, 0xFEFF, 0xFFF9]
UNSEEN += [0xFFFB, 0xFFFE, 0xFFFF, 0xD800, 0xDFFF, 0xE0000, 0xE007F]


@pytest.mark.parametrize("code", UNSEEN, ids=hex)
def test_what_is_unseen_or_no_character_is_written_as_its_code(code):
    escape = harmless(f"a{chr(code)}b").removeprefix("a").removesuffix("b")
    assert escape == repr(chr(code))[1:-1] == ascii(chr(code))[1:-1]


def test_a_long_text_is_cut_in_the_middle():
    assert harmless("abcdefghij", 5) == "ab…ij"


def test_a_text_of_exactly_the_limit_is_whole():
    assert harmless("abcde", 5) == "abcde"


def test_five_hundred_characters_are_shown_unless_told_otherwise():
    assert harmless("a" * 500) == "a" * 500
    assert harmless("a" * 501) == "a" * 250 + "…" + "a" * 249


def test_what_is_counted_is_what_is_shown():
    assert harmless("\n\n", 4) == "\\n\\n"
    assert harmless("\n\n", 3) == "\\…n"


def test_a_very_long_text_keeps_both_ends():
    assert harmless("a" * 10**6 + "z", 4) == "aa…z"


@given(st.text(st.characters(), max_size=60), st.integers(0, 20))
def test_the_result_is_printable_and_within_the_limit(text, limit):
    shown = harmless(text, limit)
    assert len(shown) <= limit
    assert not set(shown) & set("\n\r\t\x1b\x00\u202e")
    shown.encode("utf-8")


@pytest.mark.parametrize("character", "\u034f\u115f\u1160\u17b4\u3164\uffa0")
def test_letters_that_show_nothing_are_escaped(character):
    assert harmless(f"a{character}b") == f"a\\u{ord(character):04x}b"
