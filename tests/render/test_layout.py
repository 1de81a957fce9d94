import pytest

from cnncalc.document import BLANK, Bar, Column, Document, ShapeCell, Table, Text
from cnncalc.render.layout import bar
from cnncalc.render.terminal import render


@pytest.mark.parametrize(
    ("value", "longest", "width", "drawn"),
    [
        (240_000, 240_000, 5, "█████"),
        (117_600, 240_000, 5, "██▌"),  # 19.6 of 40 eighths
        (86_400, 153_600, 5, "██▊"),  # 22.5 of 40 eighths
        (840, 240_000, 5, "▏"),
        (0, 240_000, 5, ""),
        (0, 0, 5, ""),
    ],
)
def test_bars_are_drawn_in_eighths(value, longest, width, drawn):
    assert bar(Bar(value, longest), width) == drawn


def lines(*tables, width=80):
    return render(Document(tables), width).rstrip("\n").split("\n")


def test_shapes_line_up_at_the_first_sign():
    column = Column("shape", "output", "shape")
    table = Table((column,), tuple((ShapeCell(shape),) for shape in [(1, 28, 28), (400,), (16, 5), None]))
    assert lines(table)[2:] == ["   1×28×28", " 400", "  16×5", "   ?"]


def test_heads_of_several_lines_stand_on_the_rule():
    table = Table(
        (Column("a", "fully\nconnected", "right"), Column("b", "weights", "right")), ((Text("1"), Text("2")),)
    )
    assert lines(table) == ["     fully", " connected  weights", " " + "─" * 18, "         1        2"]


def test_tables_with_the_same_columns_share_their_widths():
    heads = [(Column("name", "weights"), Column("n", "", "right"))] * 2
    short, long = (Table(head, ((Text(name), Text("1")),)) for head, name in zip(heads, ["a", "a" * 12], strict=True))
    assert lines(short, long)[2] == " a             1"


def test_a_column_of_another_group_stands_further_off_while_there_is_room():
    columns = (Column("a", "a"), Column("b", "b", group="x"), Column("c", "c", group="x"))
    table = Table(columns, ((Text("1"), Text("2"), BLANK),))
    assert lines(table)[0] == " a   b  c"
    assert lines(table, width=8)[0] == " a  b  c"


def test_the_lowest_goes_first_and_a_name_becomes_shorter_in_between():
    columns = (Column("a", shorten=2), Column("b", drop=1), Column("c", drop=3))
    table = Table(columns, ((Text("long name", ("name",)), Text("bb"), Text("cc")),))
    shown = {width: lines(table, width=width)[-1] for width in (18, 17, 14, 13, 9, 8)}
    assert shown == {
        18: " long name  bb  cc",
        17: " long name  cc",
        14: " long name  cc",
        13: " name  cc",
        9: " name  cc",
        8: " name",
    }


def test_only_the_rows_that_do_not_fit_become_shorter():
    columns = (Column("a", shorten=1), Column("b"))
    names = [Text("one + two", ("one +1",)), Text("twelve + thirteen", ("twelve +1", "twelve"))]
    table = Table(columns, tuple((name, Text("7")) for name in names))
    assert lines(table, width=15)[2:] == [" one + two  7", " twelve +1  7"]
    assert lines(table, width=12)[2:] == [" one +1  7", " twelve  7"]


def test_a_name_that_is_too_long_for_any_table_takes_its_first_form_that_is_not():
    table = Table((Column("a"), Column("b")), ((Text("a" * 50, ("b" * 40, "c" * 30)), Text("7")),))
    assert lines(table)[2] == f" {'c' * 30}  7"
