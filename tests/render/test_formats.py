"""The formats beside the terminal."""

import csv as reader
import json as parser
from io import StringIO

import pytest

from cnncalc.document import Derivation, Document, Entry, Found, Heading, Paragraph, Step, Verdict, bold, dim, plain
from cnncalc.render import csv, html, json, latex, markdown
from cnncalc.result import COUNTS
from cnncalc.views.summary import summary
from tests.findings import mismatch
from tests.networks import Net, broken, lenet

STEPS = Derivation((Entry("output size", (Step(plain("⌊6/2⌋ + 1"), "m"), Step(bold("4"), note="alike"))),))


def test_csv_has_a_row_for_every_layer_and_every_count():
    rows = list(reader.DictReader(StringIO(csv.render(lenet()))))
    assert len(rows) == 12
    assert rows[0]["output_shapes"] == "6×28×28"
    assert [int(rows[0][count]) for count in COUNTS[:3]] == [150, 6, 156]
    assert rows[0]["receptive_field"] == "5×5"


def test_csv_columns_are_the_names_of_json():
    (names,) = reader.reader(csv.render(lenet()).splitlines()[:1])
    before = ["name", "kind", "inputs", "input_shapes", "output_shapes"]
    assert names == [*before, *COUNTS, "receptive_field", "jump", "status", "line", "column"]


def test_csv_parts_several_inputs_and_leaves_unknown_shapes_empty():
    net = Net("n", (1, 9, 9))
    net.add("relu", None)
    net.add("add", (1, 9, 9), inputs=("input", "relu_1"))
    row = list(reader.DictReader(StringIO(csv.render(net.result()))))[1]
    assert (row["inputs"], row["input_shapes"], row["output_shapes"]) == ("input; relu_1", "1×9×9; ", "1×9×9")


def test_csv_marks_the_axis_whose_field_is_unknown():
    net = Net("n", (1, 9, 9))
    net.add("relu", (1, 9, 9), receptive_field=(3, None), jump=(None, None))
    (row,) = reader.DictReader(StringIO(csv.render(net.result())))
    assert (row["receptive_field"], row["jump"]) == ("3×?", "")


def test_csv_pieces_are_one_page():
    net = Net("n", (1, 9, 9))
    for _ in range(csv.TOGETHER):
        net.add("relu", (1, 9, 9))
    first, second = csv.pieces(net.result())
    assert csv.render(net.result()) == first + second
    assert (first.count("\n"), second.count("\n")) == (csv.TOGETHER, 1)  # a line of names stands before the layers


def test_a_csv_table_has_a_column_for_every_value_inside():
    row = {"name": "a", "totals": {"weights": 3, "none": None}, "shape": [3, 64, 64], "shapes": [(1, 2), (3,)]}
    page = "name,totals.weights,totals.none,shape,shapes\na,3,,3×64×64,1×2; 3\n"
    assert csv.table([row]) == page
    assert csv.table([row, row]) == page + page.splitlines(keepends=True)[1]
    assert csv.table([]) == "\n"


def test_csv_lines_end_numbers_empty():
    rows = list(reader.DictReader(StringIO(csv.render(broken()))))
    assert rows[-1]["parameters"] == ""
    assert rows[-1]["status"] == "unknown"


def test_csv_lines_end_in_a_line_feed():
    assert "\r" not in csv.render(lenet())


class Listed:
    def __init__(self, value):
        self.value = value

    def to_dict(self):
        return {"value": self.value}


@pytest.mark.parametrize(
    "value",
    [
        10**40,
        [],
        {},
        [[3, 64, 64]],
        [{"a": [1]}, {}],
        {"a": {"b": None}},
        "卷积\u2028\x9b\ud800",
        True,
        [[], [1]],
        [None],
    ],
)
def test_json_says_what_it_was_given(value):
    text = json.render(Listed(value))
    assert parser.loads(text) == {"value": value}
    assert text.encode("utf-8")


def test_json_is_the_result():
    assert parser.loads(json.render(lenet())) == lenet().to_dict()


def test_json_is_indented_by_two_and_keeps_shapes_in_one_line():
    assert '\n      "output_shapes": [[6, 28, 28]],\n' in json.render(lenet())


def test_json_escapes_what_an_encoding_cannot_carry():
    text = json.render(Listed("卷积"), encoding="cp1252")
    assert text.isascii()
    assert parser.loads(text) == {"value": "卷积"}
    assert "卷积" in json.render(Listed("卷积"), encoding="gbk")


def test_markdown_is_a_pipe_table_and_a_list():
    lines = markdown.render(summary(lenet(), columns=["k", "output", "params"])).split("\n")
    assert lines[0] == "## LeNet-5 · 1×28×28 → 10"
    assert lines[2] == "*one image, forward pass*"
    assert lines[4:6] == ["| layer | k | output | parameters |  |", "| --- | ---: | --- | ---: | ---: |"]
    assert lines[7] == "| conv2d_1 + tanh | 5 | 6×28×28 | 156 | &lt;1 % |"
    assert "| **total** |  |  | **61,706** |  |" in lines
    assert "- **parameters**: 61,470 weights + 236 biases, 241.0 KiB as float32" in lines


def test_latex_is_a_tabular_without_packages():
    text = latex.render(summary(lenet(), columns=["k", "output", "params"]))
    assert r"layer & k & output & parameters &  \\ \hline" in text
    assert r"conv2d\_1 + tanh & 5 & 6$\times$28$\times$28 & 156 & $<$1 \% \\" in text
    assert r"\textbf{total} &  &  & \textbf{61,706} &  \\" in text


def test_html_carries_the_exact_numbers_of_rounded_ones():
    text = html.render(summary(lenet(), units="si"))
    assert 'title="61,706">61.7 k</td>' in text


def test_a_derivation_in_every_format():
    document = Document((STEPS,))
    assert "\n".join(
        ["     output size   m = ⌊6/2⌋ + 1", "                     = 4          alike"]
    ) in markdown.render(document)
    assert r"output size & $m$ & $=$ $\lfloor$6/2$\rfloor$ + 1 \\" in latex.render(document)
    assert "output size   m = ⌊6/2⌋ + 1" in html.render(document)


@pytest.mark.parametrize("format", [markdown, latex, html])
def test_every_block_has_a_form(format):
    document = Document(
        (Heading(bold("x")), Verdict(True, "4"), Paragraph((*plain("a\n"), *bold("b"), *dim("c"))), Found(mismatch()))
    )
    text = format.render(document)
    assert "must be 256" in text.replace("~", " ")
