from time import process_time

from cnncalc.document import Document, Found
from cnncalc.problem import Finding, Mark
from cnncalc.render.cells import cells
from cnncalc.render.terminal import render
from cnncalc.source import Place, Source
from tests.findings import Said, at


def shown(finding, width=80):
    return render(Document((Found(finding),)), width).split("\n")


def test_the_caret_stands_under_the_value_behind_wide_characters():
    lines = shown(at("名字: {k: 五, s: 0}", Place(1, 15, 1, 16)))
    assert lines[3] == "1 | 名字: {k: 五, s: 0}"
    assert lines[4] == "  | " + " " * (14 + 3) + "^"  # 名, 字 and 五 take two cells each


def test_a_tab_before_the_caret_is_as_wide_as_it_is_shown():
    lines = shown(at("\tk: 0", Place(1, 5, 1, 6)))
    assert lines[3] == "1 |     k: 0"
    assert lines[4] == "  |        ^"


def test_control_characters_before_the_caret_are_counted_as_they_are_shown():
    lines = shown(at("\x1b[2J k: 0", Place(1, 9, 1, 10)))
    assert lines[3] == "1 | \\x1b[2J k: 0"
    assert lines[4] == "  |            ^"


def test_only_what_ends_a_line_for_an_editor_ends_one_here():
    text = "a: \f1\x0b\x1c\r\nb: \u2028 2\rc: 3"
    assert shown(at(text, Place(3, 4, 3, 5)))[3:5] == ["3 | c: 3", "  |    ^"]


def test_a_long_line_is_cut_around_the_mark():
    text = "{" + "a: 1, " * 3000 + "bad: 7, " + "b: 2, " * 3000 + "}"
    column = text.index("7") + 1
    lines = shown(at(text, Place(1, column, 1, column + 1)))
    assert max(map(len, lines[:5])) <= 80
    assert lines[3][lines[4].index("^")] == "7"
    assert lines[3].startswith("1 | …")
    assert lines[3].endswith("…")


def test_a_long_line_with_two_marks_is_cut_around_each():
    text = "{first: 1, " + "a: 1, " * 3000 + "second: 2}"
    places = [Place(1, text.index(word) + 1, 1, text.index(word) + 1 + len(word)) for word in ("first", "second")]
    lines = shown(at(text, places[1], marks=(Mark(places[0], "before"),)))
    for row, sign, word in ((3, "-", "first"), (5, "^", "second")):
        line, marks = lines[row], lines[row + 1]
        assert line[marks.index(sign) :][: marks.count(sign)] == word


def test_a_line_of_a_whole_file_is_not_gone_through():
    """A minified file of megabytes with a hundred problems: each takes what is near its mark."""
    text = '{"k": 0, ' + "x" * 8_000_000 + "}"
    before = process_time()
    for _again in range(100):
        shown(at(text, Place(1, 7, 1, 8)))
    assert process_time() - before < 10


def test_lines_between_two_marks_are_left_out():
    lines = shown(at("a\nb\nc\nd\n", Place(4, 1, 4, 2), marks=(Mark(Place(1, 1, 1, 2), "here"),)))
    assert lines[2:] == [
        "  |",
        "1 | a",
        "  | - here",
        "...",
        "4 | d",
        "  | ^",
        "  |",
        "  = more: cnncalc rules said",
        "",
    ]


def test_a_mark_over_several_lines_is_drawn_to_the_end_of_the_first():
    assert shown(at("abc: [\n1]", Place(1, 6, 2, 3)))[4] == "  |      ^"


def test_an_empty_place_still_gets_a_caret():
    assert shown(at("", Place(1, 1, 1, 1)))[3:5] == ["1 | ", "  | ^"]


def test_a_problem_without_a_file():
    assert shown(Finding(Said("there is no such file"))) == [
        "error[said]: there is no such file",
        "  = more: cnncalc rules said",
        "",
    ]


def test_a_message_cannot_fake_a_line():
    assert shown(Finding(Said("name is 'x\nerror: all is well'")))[0].endswith("'x\\nerror: all is well'")


LONG = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen"


def test_a_long_message_goes_on_in_the_next_line_set_in_further_than_the_place_below():
    first, more, place = shown(Finding(Said(LONG), Source("net.yaml", "abc"), Place(1, 1, 1, 2)), 60)[:3]
    assert (first, more) == (
        "error[said]: one two three four five six seven eight nine",
        "    ten eleven twelve thirteen fourteen",
    )
    assert place.startswith(" -->")


def test_a_message_that_just_fits_is_not_broken():
    line = f"error[said]: {LONG}"
    assert shown(Finding(Said(LONG)), len(line) + 1)[0] == line
    assert shown(Finding(Said(LONG)), len(line))[1] == "    fourteen"


def test_long_help_goes_on_below_its_beginning():
    lines = shown(Finding(Said("no"), help=(f"{LONG}\n{LONG}",)), 60)
    assert lines[1:5] == [
        "  = help: one two three four five six seven eight nine ten",
        "          eleven twelve thirteen fourteen",
        "            one two three four five six seven eight nine",
        "            ten eleven twelve thirteen fourteen",
    ]


def test_a_long_chinese_message_is_broken_between_characters():
    lines = shown(Finding(Said("卷" * 60)), 60)
    assert [cells(line) <= 59 for line in lines] == [True] * len(lines)
    assert "".join(line.strip() for line in lines[:3]) == "error[said]: " + "卷" * 60
