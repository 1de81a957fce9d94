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
    ],
)
def test_what_acts_is_escaped_and_the_rest_is_kept(text, shown):
    assert harmless(text) == shown


def test_a_long_text_is_cut_in_the_middle():
    assert harmless("abcdefghij", 5) == "ab…ij"


def test_a_text_of_exactly_the_limit_is_whole():
    assert harmless("abcde", 5) == "abcde"


def test_a_very_long_text_keeps_both_ends():
    assert harmless("a" * 10**6 + "z", 4) == "aa…z"


@given(st.text(st.characters(), max_size=60), st.integers(0, 20))
def test_the_result_is_printable_and_within_the_limit(text, limit):
    shown = harmless(text, limit)
    assert len(shown) <= limit
    assert not set(shown) & set("\n\r\t\x1b\x00\u202e")
    shown.encode("utf-8")
