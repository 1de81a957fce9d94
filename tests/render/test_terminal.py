import re
import subprocess
import sys
from io import BytesIO, StringIO, TextIOWrapper

import pytest

from cnncalc.render import terminal
from cnncalc.render.signs import speaker
from cnncalc.views.problems import problems
from cnncalc.views.summary import summary
from tests.findings import mismatch
from tests.networks import Net, broken, lenet, residual, vgg16

NETWORKS = [lenet, vgg16, residual, broken]
ESCAPE = re.compile(r"\x1b\[[0-9;]*m")


def written(document, **more):
    out = StringIO()
    terminal.write(document, out, environ={}, **more)
    return out.getvalue()


@pytest.mark.parametrize("network", NETWORKS)
def test_both_writers_write_the_same(network):
    lines = terminal.lay_out(summary(network()), 120, speaker())
    assert terminal.by_hand(lines, color=True) == terminal.by_rich(lines)


@pytest.mark.parametrize("document", [summary(lenet()), problems([mismatch()])])
def test_without_colours_the_text_is_the_same_without_escapes(document):
    colored = written(document, color="always", width=80)
    plain = written(document, color="never", width=80)
    assert "\x1b" not in plain
    assert ESCAPE.sub("", colored) == plain
    assert colored != plain


def test_zeros_are_dim_and_totals_bold():
    text = written(summary(lenet()), color="always", width=80)
    total = next(line for line in text.split("\n") if "total" in line)
    pool = next(line for line in text.split("\n") if "avg_pool2d_1" in line)
    assert total.startswith("\x1b[1m total")
    assert total.endswith("416,520\x1b[0m")
    assert pool.count("\x1b[2m0\x1b[0m") == 2


def test_more_than_300_rows_are_written_without_rich_and_alike():
    net = Net("deep", (1, 9, 9))
    for _ in range(400):
        net.conv(1, 3, p=1)
    document = summary(net.result())
    lines = terminal.lay_out(document, 80, speaker())
    assert written(document, width=80, color="always") == terminal.by_rich(lines)


@pytest.mark.parametrize("network", NETWORKS)
@pytest.mark.parametrize("width", [20, 40, 60, 80, 100, 120, 200])
def test_no_width_cuts_a_number(network, width):
    result = network()
    text = terminal.render(summary(result), width)
    for layer in result.layers:
        for count in (layer.parameters, layer.multiplications):
            assert count is None or re.search(rf"(?<![0-9,]){count:,}(?![0-9,])", text)


@pytest.mark.parametrize("network", NETWORKS)
@pytest.mark.parametrize("width", [60, 80, 100, 120, 200])
def test_tables_keep_within_the_width(network, width):
    assert max(map(len, terminal.render(summary(network()), width).split("\n"))) <= width


def test_more_width_never_shows_less():
    heads = [terminal.render(summary(lenet()), width).split("\n")[2].split() for width in range(20, 160)]
    heads = [[head for head in line if head != "one"] for line in heads if "layer" in line]
    assert [len(line) for line in heads] == sorted(len(line) for line in heads)


@pytest.mark.parametrize("encoding", ["gbk", "ascii", "cp1252", "cp437", "utf-16", "utf-8"])
def test_every_stream_can_carry_the_summary(encoding):
    page = BytesIO()
    out = TextIOWrapper(page, encoding=encoding, newline="\n")
    terminal.write(summary(lenet("卷积 é")), out, environ={})
    text = page.getvalue().decode(encoding)
    assert "61,706" in text
    assert not re.search(r"\\u(?!5377|79ef)|\\x(?!e9)", text)


def test_ascii_on_request():
    assert written(summary(lenet()), ascii=True).isascii()


def test_chinese_names_leave_the_columns_straight():
    net = Net("网络", (1, 9, 9))
    net.add("relu", (1, 9, 9), name="第一层")
    net.conv(1, 3)
    rows = terminal.render(summary(net.result()), 60).split("\n")
    first, second = (next(row for row in rows if name in row) for name in ("第一层", "conv2d_1"))
    assert len(first) + 3 == len(second)  # three characters of two cells


def test_a_very_long_name_is_shortened_and_the_numbers_stay():
    net = Net("n", (1, 9, 9))
    net.add("relu", (1, 9, 9), name="层" * 256)
    row = next(row for row in terminal.render(summary(net.result()), 80).split("\n") if "层" in row)
    assert "…" in row
    assert row.endswith(" 0")


def test_laying_out_does_not_import_rich():
    code = "import cnncalc.document, cnncalc.render.layout, cnncalc.render.terminal, sys; print('rich' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout == "False\n"
