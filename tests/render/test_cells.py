import pytest

from cnncalc.render.cells import breakable, cells, joined, shortened, wrapped
from cnncalc.render.signs import JOINTS


@pytest.mark.parametrize(("text", "width"), [("conv", 4), ("卷积", 4), ("6×28", 4), ("é", 1), ("e\u0301", 1), ("", 0)])
def test_width_in_cells(text, width):
    assert cells(text) == width


def test_a_long_name_loses_its_middle():
    assert shortened("encoder.block.attention.output", 11) == "encod…utput"


@pytest.mark.parametrize(
    ("text", "width", "short"),
    [
        ("mixed6e.conv_5.conv ← mixed6d.concat_1", 36, "mixed6e.conv_5.conv ← …ed6d.concat_1"),
        ("inception3b.branch2a.conv ← inception3a.concat_1", 36, "inception3b…2a.conv ← …on3a.concat_1"),
        ("stem ← inception3a.branch2a.concat_1", 24, "stem ← …ranch2a.concat_1"),
        ("a ← b", 36, "a ← b"),
        ("first ← second", 8, "firs…ond"),
    ],
)
def test_of_two_names_at_an_arrow_both_can_still_be_read(text, width, short):
    assert shortened(text, width, JOINTS) == short
    assert cells(short) <= width


def test_the_mark_may_be_wider():
    assert shortened("encoder.block.attention.output", 11, mark="...") == "enco...tput"


def test_a_wide_character_is_never_cut_in_half():
    assert cells(shortened("卷积" * 100, 24)) <= 24


def test_lines_break_at_spaces_and_never_in_a_number():
    assert wrapped("one two 1,234,567,890", 8) == ["one two", "1,234,567,890"]


def test_chinese_breaks_between_characters_but_not_before_a_comma():
    assert wrapped("每个权重，只乘一次", 8) == ["每个权", "重，只乘", "一次"]


def test_a_percent_sign_stays_with_its_number():
    assert wrapped("it is (+13 %), or 5 %", 9) == ["it is", "(+13 %),", "or 5 %"]


def test_what_is_made_breakable_is_the_same_when_joined_and_breaks_in_chinese():
    text = "输出大小，k = 3 时为 5。\n\n```\ncnncalc layer  一层\n```\n\nplain words"
    assert joined(breakable(text)) == text
    assert [joined(part) for part in breakable("输出大小，k = 3 时为 5。").split()] == [
        *("输", "出", "大", "小，"),
        *("k", "=", "3 时", "为 5。"),
    ]


def test_the_end_of_a_line_behind_chinese_punctuation_is_no_blank():
    assert joined(breakable("输出，\n大小")) == "输出，大小"
    assert joined(breakable("输出，\n\n大小")) == "输出，\n\n大小"
