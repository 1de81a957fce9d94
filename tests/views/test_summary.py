"""The summary as it is drawn. The expected pages are written by hand; the program did not make them."""

from pathlib import Path

import pytest

from cnncalc import translation
from cnncalc.document import Bar, Count, Table, Text, words
from cnncalc.record import changed
from cnncalc.render.terminal import render
from cnncalc.result import Judgement, Quantity
from cnncalc.source import Place
from cnncalc.views.columns import UnknownColumn
from cnncalc.views.summary import overview, summary
from tests.networks import Net, broken, lenet, residual, vgg16

EXPECTED = Path(__file__).parent / "expected"


def page(name):
    return (EXPECTED / f"{name}.txt").read_text(encoding="utf-8")


def table(document):
    return next(block for block in document.blocks if isinstance(block, Table))


def names(document):
    return [row[0].text for row in table(document).rows]


def footer(document):
    return {fact.label: words(fact.value) for fact in document.blocks[-1].facts}


def test_lenet_at_80_columns():
    assert render(summary(lenet()), 80) == page("lenet_at_80")


def test_lenet_at_120_columns():
    assert render(summary(lenet()), 120) == page("lenet_at_120")


def test_vgg16_fills_80_columns_exactly():
    text = render(summary(vgg16()), 80)
    assert text.startswith(page("vgg16_at_80"))
    assert max(map(len, page("vgg16_at_80").split("\n"))) == 80


def test_branches_at_80_columns():
    assert_begins(render(summary(residual()), 80), page("residual_at_80"))


def test_a_partial_table():
    assert render(summary(broken()), 80).startswith(page("broken_at_80"))


def assert_begins(text, expected):
    """All rows of the excerpt; it shows no first line."""
    assert text.split("\n")[2 : 2 + expected.count("\n")] == expected.rstrip("\n").split("\n")


@pytest.fixture
def chinese():
    translation.speak("zh")
    yield
    translation.speak("en")


@pytest.mark.usefixtures("chinese")
def test_lenet_in_chinese_is_aligned_by_cells():
    assert render(summary(lenet()), 80) == page("lenet_in_chinese")


def test_all_rows_gives_every_layer_its_own_row():
    assert len(names(summary(lenet()))) == 1 + 8
    assert len(names(summary(lenet(), all_rows=True))) == 1 + 12


def test_a_layer_of_its_own_name_folds_under_it():
    net = Net("n", (1, 4, 4))
    net.conv(1, 1)
    net.add("relu", net.last, name="squash", elementwise=True)
    assert names(summary(net.result())) == ["input", "conv2d_1 + squash"]


def test_a_layer_whose_input_is_used_twice_does_not_fold():
    net = Net("n", (1, 4, 4))
    first = net.conv(1, 1)
    net.act("relu")
    net.add("add", net.last, inputs=("relu_1", first))
    assert names(summary(net.result())) == ["input", "conv2d_1", "relu_1", "add_1 ← conv2d_1"]


def test_a_layer_does_not_fold_when_a_shown_count_is_not_zero():
    net = Net("n", (1, 4, 4))
    net.conv(1, 1)
    net.add("relu", net.last, elementwise=True, comparisons=16)
    result = net.result()
    assert names(summary(result)) == ["input", "conv2d_1 + relu"]
    assert names(summary(result, columns=["comparisons"])) == ["input", "conv2d_1", "relu_1"]


def test_an_arrow_names_the_row_that_holds_the_input():
    net = Net("n", (1, 4, 4))
    net.conv(1, 1)
    net.act("relu")
    net.conv(1, 1)
    net.act("relu")
    net.shapes["relu_1:0"] = net.shapes["relu_1"]
    net.add("add", net.last, inputs=("relu_2", "relu_1:0"))
    assert names(summary(net.result(), all_rows=True))[-1] == "add_1 ← relu_1"
    net.layers[2] = net.layers[2]._replace(inputs=("conv2d_1",))
    assert names(summary(net.result()))[1:] == ["conv2d_1", "relu_1", "conv2d_2 + relu ← conv2d_1", "add_1 ← relu_1"]


def test_dilation_and_groups_are_columns_only_where_they_are_used():
    keys = [column.key for column in table(summary(lenet())).columns]
    assert "d" not in keys
    assert "g" not in keys
    net = Net("n", (4, 8, 8))
    net.conv(4, 3, groups=2)
    net.conv(4, 3, dilation=2)
    shown = table(summary(net.result()))
    keys = [column.key for column in shown.columns]
    assert [row[keys.index("d")].text for row in shown.rows[1:]] == ["1", "2"]
    assert [row[keys.index("g")].text for row in shown.rows[1:]] == ["2", "1"]


def test_columns_with_nothing_to_say_are_not_there():
    net = Net("mlp", (784,))
    net.linear(10)
    keys = [column.key for column in table(summary(net.result())).columns if not column.attached]
    assert keys == ["name", "output", "receptive_field", "weights", "biases", "parameters", "multiplications"]


def test_windows_with_two_sides_and_uneven_padding():
    net = Net("n", (1, 8, 8))
    net.conv(1, 3)
    geometry = net.layers[0].geometry._replace(kernel=(3, 5), padding=((0, 1), (0, 1)))
    net.layers[0] = net.layers[0]._replace(geometry=geometry)
    shown = table(summary(net.result(), columns=["k", "s", "p"]))
    assert [cell.text for cell in shown.rows[1]] == ["conv2d_1", "3×5", "1", "0/1"]


def test_columns_by_json_name_and_short_word():
    document = summary(lenet(), columns=["params", "mults", "rf", "place", "input"])
    keys = [column.key for column in table(document).columns if not column.attached]
    assert keys == ["name", "parameters", "multiplications", "receptive_field", "place", "input"]


def test_the_line_in_the_file_is_a_column():
    net = Net("n", (1, 8, 8))
    net.conv(1, 3)
    net.layers[0] = net.layers[0]._replace(place=Place(7, 3, 7, 9))
    assert table(summary(net.result(), columns=["line"])).rows[1][1] == Text("7")


def test_an_unknown_column_is_told_which_one_was_meant():
    with pytest.raises(UnknownColumn, match="did you mean `parameters`"):
        summary(lenet(), columns=["paramters"])


def test_an_unknown_column_like_no_other_lists_them_all():
    with pytest.raises(ValueError, match="there are name, kind"):
        summary(lenet(), columns=["colour"])


def test_counts_carry_their_exact_values():
    document = summary(lenet(), units="si")
    shown = table(document)
    index = [column.key for column in shown.columns].index("parameters")
    assert shown.total[index] == Count(61706, "complete", "61.7 k")
    assert shown.rows[1][index + 1] == Bar(156, 48120)
    assert footer(document)["exactly"] == "61,706 parameters, 416,520 multiplications"


def test_a_batch_is_named_in_the_heading():
    assert summary(lenet(batch=8)).blocks[0].right == "8 images, forward pass"


def test_the_rest_of_the_multiplications_is_named():
    macs = 118_013_952 + 2 * 115_605_504
    assert footer(summary(residual()))["MACs"] == f"{macs:,} of the multiplications; the rest is batch norm"


def test_frozen_parameters_and_buffers_are_said_when_there_are_any():
    assert "trainable" not in footer(summary(lenet()))
    result = lenet()
    result = changed(
        result, totals=result.totals | {"trainable": Quantity(850, "complete"), "buffers": Quantity(3, "complete")}
    )
    lines = footer(summary(result))
    assert lines["trainable"] == "850 of the parameters; 60,856 are frozen"
    assert lines["buffers"] == "3 numbers kept beside the parameters, not learned"


def test_bytes_follow_the_type():
    assert footer(summary(lenet(), dtype="float16"))["parameters"].endswith("120.5 KiB as float16")


def test_a_network_without_convolutions_has_no_fully_connected_line():
    net = Net("mlp", (784,))
    net.linear(10)
    assert "fully connected" not in footer(summary(net.result()))


def test_expectations_that_are_missed_say_by_how_much():
    judged = (
        Judgement("output", "10", (10,), True, ""),
        Judgement("params", "60,000", 61706, False, "+2.8 %"),
        Judgement("macs", "1", None, None, ""),
    )
    values = [words(fact.value) for fact in summary(changed(lenet(), expectations=judged)).blocks[-1].facts][-3:]
    assert values == [
        "output met",
        "parameters not met: 61,706 instead of 60,000, +2.8 %",
        "MACs cannot be told",
    ]


def test_several_networks_take_a_line_each():
    lines = render(overview([lenet(), broken()]), 80).rstrip("\n").split("\n")
    assert len(lines) == 2 + 2
    assert lines[2].split() == ["LeNet-5", "1×28×28", "→", "10", "61,706", "416,520", "416,520"]
    assert lines[3].endswith("≥ 2,572        ≥ 240,000  ≥ 240,000")


def test_an_empty_network_has_a_table_of_its_input():
    assert names(summary(Net("empty", (1, 2, 2)).result())) == ["input"]
