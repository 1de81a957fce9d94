from io import BytesIO, StringIO, TextIOWrapper

import pytest

from cnncalc.render.stream import colored, put, width_of


class Tty(StringIO):
    def isatty(self):
        return True


@pytest.mark.parametrize(
    ("color", "environ", "tty", "wanted"),
    [
        ("auto", {}, True, True),
        ("auto", {}, False, False),
        ("auto", {"NO_COLOR": "1"}, True, False),
        ("auto", {"NO_COLOR": ""}, True, True),
        ("auto", {"FORCE_COLOR": "1"}, False, True),
        ("auto", {"FORCE_COLOR": ""}, False, False),
        ("auto", {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False, False),
        ("auto", {"CLICOLOR_FORCE": "1"}, False, True),
        ("auto", {"CLICOLOR_FORCE": "0"}, False, False),
        ("auto", {"TERM": "dumb"}, True, False),
        ("auto", {"TERM": "dumb", "FORCE_COLOR": "1"}, False, False),
        ("always", {"NO_COLOR": "1"}, False, True),
        ("never", {"FORCE_COLOR": "1"}, True, False),
    ],
)
def test_who_decides_about_colours(color, environ, tty, wanted):
    assert colored(Tty() if tty else StringIO(), color, environ) is wanted


@pytest.mark.parametrize(
    ("columns", "width"),
    [("", 80), ("40", 40), ("1", 20), ("0", 80), ("-5", 80), ("abc", 80), ("100000", 100_000), ("9" * 50, 80)],
)
def test_width_of_a_pipe(columns, width):
    assert width_of(StringIO(), {"COLUMNS": columns}) == width


def test_foreign_text_falls_back_to_escapes():
    page = BytesIO()
    stream = TextIOWrapper(page, encoding="cp1252", newline="")
    put("卷积 é\n", stream)
    assert page.getvalue() == b"\\u5377\\u79ef \xe9\n"


def test_a_lone_surrogate_does_not_break_utf8():
    page = BytesIO()
    stream = TextIOWrapper(page, encoding="utf-8")
    put("\udc80", stream)
    assert page.getvalue() == b"\\udc80"


def test_a_closed_stream_is_no_terminal():
    closed = StringIO()
    closed.close()
    assert colored(closed, "auto", {}) is False
