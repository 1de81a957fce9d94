"""Hostile names are text in every format, and nothing else."""

import csv as reader
import json as parser
import re
from html.parser import HTMLParser
from io import StringIO

import pytest

from cnncalc.document import Document, Paragraph, plain
from cnncalc.render import csv, html, json, latex, markdown, terminal
from cnncalc.views.summary import overview, summary
from tests.networks import Net

HOSTILE = [
    "\x1b]0;title\x07",
    "\x1b[31mred",
    "\x9b2J",
    "a\nerror: fake",
    "a\r\nb",
    "\u202egnp.exe",
    "\u2028x",
    "[red]x[/red]",
    "[/]",
    ":warning:",
    "=cmd()",
    "+1",
    "-1",
    "@SUM(A1)",
    "＝1",
    "\t=1",
    "a|b",
    "<script>alert(1)</script>",
    '"><img src=x onerror=y>',
    "]]>",
    "`code`",
    "**bold**",
    "@someone",
    "[x](javascript:y)",
    "\\input{secret}",
    "$x$ & 50% _#{}~^",
    "\ud800",
    "::error::x",
]
CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e]")


def hostile(name):
    net = Net(name, (1, 9, 9))
    net.add("relu", (1, 9, 9), name=name)
    net.add("add", (1, 9, 9), inputs=(name, name), elementwise=True)
    return net.result()


@pytest.fixture(params=HOSTILE, ids=ascii)
def name(request):
    return request.param


def test_terminal(name):
    colored = terminal.by_rich(terminal.lay_out(summary(hostile(name)), 120, terminal.speaker()))
    text = re.sub(r"\x1b\[[0-9;]*m", "", colored)
    assert not CONTROL.search(text)
    assert len(text.split("\n")) == len(terminal.render(summary(hostile("tame"))).split("\n"))
    if name.isprintable() and "::" not in name:
        assert name in text


def test_no_line_begins_with_a_name(name):
    for document in (summary(hostile(name)), overview([hostile(name)])):
        assert all(line.startswith(" ") for line in terminal.render(document).split("\n") if line)


def test_a_view_that_forgets_is_still_harmless(name):
    assert not CONTROL.search(terminal.render(Document((Paragraph(plain(name)),))))


def test_markdown(name):
    lines = markdown.render(summary(hostile(name))).split("\n")
    assert not CONTROL.search("".join(lines))
    rows = [line for line in lines if line.startswith("|")]
    assert len({len(re.findall(r"(?<!\\)\|", row)) for row in rows}) == 1
    assert not re.search(r"(?<!\\)`|<(?!br)|(?<!\\)\]\(|@", "".join(rows))


def test_latex(name):
    text = latex.render(summary(hostile(name)))
    assert not CONTROL.search(text)
    assert "\\input" not in text
    assert len(re.findall(r"(?<!\\)\{", text)) == len(re.findall(r"(?<!\\)\}", text))
    assert len(re.findall(r"(?<!\\)\$", text)) % 2 == 0


class Tags(HTMLParser):
    def __init__(self):
        super().__init__()
        self.tags = set()

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        assert not any(key.startswith("on") or key in ("src", "href") for key, _ in attrs)


def test_html(name):
    page = html.render(summary(hostile(name)))
    tags = Tags()
    tags.feed(page)
    assert tags.tags <= {
        "div",
        "style",
        "p",
        "b",
        "span",
        "table",
        "thead",
        "tbody",
        "tfoot",
        "tr",
        "th",
        "td",
        "meter",
    }
    assert not CONTROL.search(page)
    assert "http" not in page


def test_csv(name):
    rows = list(reader.reader(StringIO(csv.render(hostile(name)))))
    assert len(rows) == 3
    assert len({len(row) for row in rows}) == 1
    assert not any(cell.startswith(tuple("=+-@\t\r＝")) for row in rows for cell in row)
    assert name in rows[1][0] or not name.isprintable() or "::" in name


@pytest.mark.parametrize("sign", "=+-@\t\r＝＋－＠")
def test_a_csv_cell_is_never_a_formula(sign):
    formula = sign + "1+1"
    shown = "'" + formula.replace("\t", "\\t").replace("\r", "\\r")
    assert csv.inert(formula) == shown
    assert csv.inert("1" + formula) == "1" + shown[1:]
    page = csv.table([{"text": formula, "list": [formula, "b"], "inside": {"text": formula}}])
    assert list(reader.reader(StringIO(page)))[1] == [shown, shown + "; b", shown]


def test_json(name):
    text = json.render(hostile(name))
    assert text.encode("utf-8")
    assert not CONTROL.search(text.replace("\n", ""))
    assert parser.loads(text)["layers"][0]["name"] == name
