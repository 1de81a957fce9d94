import pytest

from cnncalc.render.cells import cells, shortened, wrapped


@pytest.mark.parametrize(("text", "width"), [("conv", 4), ("卷积", 4), ("6×28", 4), ("é", 1), ("e\u0301", 1), ("", 0)])
def test_width_in_cells(text, width):
    assert cells(text) == width


def test_a_long_name_loses_its_middle():
    assert shortened("encoder.block.attention.output", 11) == "encod…utput"


def test_a_wide_character_is_never_cut_in_half():
    assert cells(shortened("卷积" * 100, 24)) <= 24


def test_lines_break_at_spaces_and_never_in_a_number():
    assert wrapped("one two 1,234,567,890", 8) == ["one two", "1,234,567,890"]


def test_chinese_breaks_between_characters_but_not_before_a_comma():
    assert wrapped("每个权重，只乘一次", 8) == ["每个权", "重，只乘", "一次"]


def test_a_percent_sign_stays_with_its_number():
    assert wrapped("it is (+13 %), or 5 %", 9) == ["it is", "(+13 %),", "or 5 %"]
