"""Places from offsets: lines end with LF, CR LF or CR."""

import pytest

from cnncalc.source import Place
from cnncalc.spec.positions import line_around, place_of, place_within


@pytest.mark.parametrize(
    ("text", "index", "begin", "end"),
    [
        ("ab\ncd\nef", 0, 0, 2),
        ("ab\ncd\nef", 2, 0, 2),
        ("ab\ncd\nef", 3, 3, 5),
        ("ab\ncd\nef", 8, 6, 8),
        ("ab\rcd\ref", 4, 3, 5),
        ("ab\rcd\nef", 4, 3, 5),
        ("ab\ncd\ref", 4, 3, 5),
        ("ab\r\ncd", 5, 4, 6),
        ("\nab", 0, 0, 0),
        ("\nab", 2, 1, 3),
        ("\rab", 0, 0, 0),
        ("\rab", 2, 1, 3),
        ("ab", 1, 0, 2),
    ],
)
def test_the_line_around_an_offset(text, index, begin, end):
    assert line_around(text, index) == (begin, end)
    assert not {"\n", "\r"} & set(text[begin:end])


@pytest.mark.parametrize(
    ("text", "start", "end", "place"),
    [
        ("abc", 0, 1, (1, 1, 1, 2)),
        ("abc", 1, 3, (1, 2, 1, 4)),
        ("a\nbc", 2, 4, (2, 1, 2, 3)),
        ("a\r\nbc", 3, 5, (2, 1, 2, 3)),
        ("a\rbc", 2, 4, (2, 1, 2, 3)),
        ("a\n\rbc", 3, 4, (3, 1, 3, 2)),
        ("ab\ncd", 1, 4, (1, 2, 2, 2)),
        ("数：字", 1, 2, (1, 2, 1, 3)),
    ],
)
def test_a_place_counts_lines_and_code_points_from_one(text, start, end, place):
    assert place_of(text, start, end) == place


def test_a_text_that_begins_elsewhere_goes_on_from_there():
    assert place_within(Place(3, 5, 3, 9), "ab\ncd", 1, 2) == (3, 6, 3, 7)
    assert place_within(Place(3, 5, 3, 9), "ab\ncd", 4, 5) == (4, 2, 4, 3)
