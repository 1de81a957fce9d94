"""The formats of many findings: what their readers make of them, whatever the names are."""

import json
import re
from hashlib import sha256
from io import StringIO
from time import process_time
from urllib.parse import unquote_to_bytes
from xml.etree import ElementTree

import pytest

from cnncalc.findings import FileFindings, Findings
from cnncalc.harmless import harmless
from cnncalc.problem import Finding, Mark
from cnncalc.record import changed
from cnncalc.render import markdown, reports, terminal
from cnncalc.render.reports._files import fingerprinted, from_root
from cnncalc.source import Edit, Place, Source
from cnncalc.views.validate import comment, validate
from tests.findings import Doubtful, InFeaturesMismatch, Said
from tests.render import reading_reports as reading

NASTY = [
    "a\nb",
    "a\r\nb",
    "\n::error::x",
    "::error::x",
    " ::error file=a,line=1::x",
    "a ::warning ::" * 9,
    "::add-mask::a",
    "x##[error]y",
    "##vso[task.setvariable variable=a]b",
    "]]>",
    "\x1b[31mred",
    "\x1b]0;title\x07",
    "\x9b2J",
    "[red]x[/red]",
    "**bold** _it_ `code`",
    "[x](javascript:y)",
    "[[x](y)](z)",
    "=cmd()",
    "</failure>",
    "<script>alert(1)</script>",
    '" onload="x',
    "a|b",
    "50%0A%25 100 %",
    "a:b,c=d",
    "\ud800",
    "\udcff.yaml",
    "\u202egnp.exe",
    "\u2028x",
    "@someone #1",
    "&amp;&lt;",
    "{0} {{1}}",
    "\\[x\\](y)",
    "\ufffe\x00",
]
CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\ud800-\udfff\ufffe]")
TEXTS = ("concise", "github")
PROGRAMS = reports.formats()
TAME = "tame"


@pytest.fixture(params=NASTY, ids=ascii)
def name(request):
    return request.param


@pytest.fixture(autouse=True)
def nowhere(monkeypatch):
    """No build server says where the project lies."""
    for variable in ("GITHUB_WORKSPACE", "CI_PROJECT_DIR"):
        monkeypatch.delenv(variable, raising=False)


def finding(words, place=None, kind=Said, **more):
    return Finding(kind(words), Source(words, f"{words}\n{words}\n"), place, layer=words, **more)


def named(name):
    """A file of this name, with two findings that say it wherever something can be said."""
    first = finding(name, Place(1, 1, 1, 2), help=(f"{name}\n{name}",), marks=(Mark(Place(2, 1, 2, 2), name),))
    second = finding(name, kind=Doubtful, edits=(Edit(Place(1, 1, 1, 1), "", name),))
    return Findings((FileFindings(name, "findings", (first, second)), FileFindings("fine.yaml", "clean")))


def shown(document):
    page = StringIO()
    terminal.write(document, page, width=80)
    return page.getvalue()


def every_text(name):
    found = named(name)
    yield "terminal", shown(validate(found))
    yield "markdown", markdown.render(comment(found))
    for format in PROGRAMS:
        yield format, reports.render(format, found)


def test_nothing_acts(name):
    for format, text in every_text(name):
        assert not CONTROL.search(text), format
        assert text.encode("utf-8")
        assert "##[" not in text
        assert "##vso[" not in text


def test_nothing_is_obeyed_but_our_own_annotations(name):
    for format, text in every_text(name):
        assert [command.name for command in reading.obeyed(text)] == (
            ["error", "warning"] if format == "github" else []
        )


@pytest.mark.parametrize("format", TEXTS)
def test_no_name_makes_a_line(format, name):
    expected = reports.render(format, named(TAME)).count("\n")
    assert reports.render(format, named(name)).count("\n") == expected


def test_an_annotation_says_what_was_found(name):
    error, warning = reading.obeyed(reports.render("github", named(name)))
    help = "\n  ".join(map(harmless, f"{name}\n{name}".split("\n")))
    assert error.data == f"{harmless(name)}\nhelp: {help}"
    assert error.properties == {
        "file": harmless(from_root(name)),
        "line": "1",
        "endLine": "1",
        "col": "1",
        "endColumn": "1",
        "title": "cnncalc said",
    }
    assert warning.properties.keys() == {"file", "title"}


def test_json_is_exact(name):
    document = json.loads(reports.render("json", named(name)))
    first, second = document["files"][0]["findings"]
    assert (document["files"][0]["file"], first["layer"], first["message"]) == (name, name, name)
    assert (first["fixable"], second["fixable"]) == (False, True)


def test_sarif_says_it_as_text(name):
    run = reading.sarif(reports.render("sarif", named(name)))["runs"][0]
    first, second = run["results"]
    assert not re.search(r"(?<!\\)\[[^\[\]]*\]\(", first["message"]["text"])
    where = first["locations"][0]["physicalLocation"]["artifactLocation"]
    if name.isprintable() and not name.startswith(" "):
        assert unquote_to_bytes(where["uri"]) == name.encode()
    assert second["fixes"][0]["artifactChanges"][0]["replacements"][0]["insertedContent"]["text"] == name


def test_gitlab_says_it_as_text(name):
    first, _second = reading.gitlab(reports.render("gitlab", named(name)))
    assert first["description"] == harmless(name)


def test_junit_says_it_as_text(name):
    cases = reading.junit(ElementTree.fromstring(reports.render("junit", named(name))))
    assert [case.get("name") for case in cases] == ["said:1:1", "doubtful", "all holds"]
    assert cases[0][0].get("message") == harmless(name)


def test_markdown_says_it_as_text(name):
    rows = [line for line in markdown.render(comment(named(name))).split("\n") if line.startswith("|")]
    assert len(rows) == 4
    assert {len(re.findall(r"(?<!\\)\|", row)) for row in rows} == {6}
    assert not re.search(r"(?<!\\)`|<|(?<!\\)\]\(|@|(?<!\\)\*", "".join(rows))


def test_no_line_of_a_terminal_begins_with_a_name(name):
    ours = re.compile(r"error\[said\]: |warning\[doubtful\]: |[ 0-9.]*(-->|\|)|  = (help|more): |    | ✗ |$")
    plain = shown(validate(named(TAME))).split("\n")
    lines = shown(validate(named(name))).split("\n")
    assert all(ours.match(line) for line in lines)
    assert sum(line.startswith(("error[", "warning[")) for line in lines) == 2
    assert len(plain) <= len(lines)


def findings(*found, failing=("error",), file="net.yaml", status="findings"):
    return Findings((FileFindings(file, status, found),), failing=failing)


def test_the_runner_gets_columns_within_one_line_only():
    over_two = findings(finding("a", Place(1, 3, 2, 5)))
    assert reading.obeyed(reports.render("github", over_two))[0].properties == {
        "file": "net.yaml",
        "line": "1",
        "endLine": "2",
        "title": "cnncalc said",
    }


@pytest.mark.parametrize(
    ("severity", "github", "gitlab", "sarif"),
    [
        ("error", "error", "major", "error"),
        ("warning", "warning", "minor", "warning"),
        ("advice", "notice", "info", "note"),
        ("note", "notice", "info", "note"),
    ],
)
def test_severities_in_the_words_of_each_format(severity, github, gitlab, sarif):
    found = findings(finding("a", graded=severity))
    assert reading.obeyed(reports.render("github", found))[0].name == github
    assert reading.gitlab(reports.render("gitlab", found))[0]["severity"] == gitlab
    assert reading.sarif(reports.render("sarif", found))["runs"][0]["results"][0]["level"] == sarif


@pytest.mark.parametrize(
    ("failing", "tags"),
    [
        ((), ["system-out", "system-out", "system-out"]),
        (("error",), ["failure", "system-out", "system-out"]),
        (("error", "warning"), ["failure", "failure", "system-out"]),
    ],
)
def test_junit_fails_where_the_run_fails(failing, tags):
    three = [finding(severity, graded=severity) for severity in ("error", "warning", "advice")]
    cases = reading.junit(ElementTree.fromstring(reports.render("junit", findings(*three, failing=failing))))
    assert [case[0].tag for case in cases] == tags


def test_a_file_that_cannot_be_read_is_an_error_of_junit_and_an_unsuccessful_run_of_sarif():
    found = findings(finding("no such file"), status="unreadable")
    assert reading.junit(ElementTree.fromstring(reports.render("junit", found)))[0][0].tag == "error"
    assert not reading.sarif(reports.render("sarif", found))["runs"][0]["invocations"][0]["executionSuccessful"]


def test_nothing_found():
    clean = Findings((FileFindings("net.yaml", "clean"),))
    assert reports.render("concise", clean) == reports.render("github", clean) == ""
    assert json.loads(reports.render("gitlab", clean)) == []
    assert reading.sarif(reports.render("sarif", clean))["runs"][0]["results"] == []
    assert "| severity" not in markdown.render(comment(clean))


def test_every_rule_of_sarif_carries_its_manual():
    found = findings(finding("b", kind=Doubtful), finding("a"), finding("c", kind=Doubtful))
    rules = reading.sarif(reports.render("sarif", found))["runs"][0]["tool"]["driver"]["rules"]
    assert [(rule["id"], rule["name"]) for rule in rules] == [("doubtful", "Doubtful"), ("said", "Said")]
    assert rules[0]["shortDescription"]["text"] == "A warning."
    assert rules[0]["defaultConfiguration"]["level"] == "warning"
    assert "cnncalc rules doubtful" in rules[0]["help"]["text"]


def fingerprints(*found, file="net.yaml"):
    return [word for _finding, word in fingerprinted(FileFindings(file, "findings", found))]


def test_a_fingerprint_is_made_of_file_code_layer_and_number():
    expected = sha256(b"net.yaml\0said\0conv2d_1\0wrong\0" + b"0").hexdigest()[:32]
    assert fingerprints(Finding(Said("wrong"), layer="conv2d_1")) == [expected]


def test_a_fingerprint_stays_when_lines_move_and_numbers_change():
    before = Finding(InFeaturesMismatch(400, 256, "flatten_1"), place=Place(11, 25, 11, 28), layer="linear_1")
    after = Finding(InFeaturesMismatch(500, 256, "flatten_1"), place=Place(99, 25, 99, 28), layer="linear_1")
    assert fingerprints(before) == fingerprints(after)


def test_a_fingerprint_is_unique():
    same = finding("a")
    everything = [*fingerprints(same, same, changed(same, layer="b")), *fingerprints(same, file="other.yaml")]
    assert len(set(everything)) == 4


@pytest.mark.parametrize("variable", ["GITHUB_WORKSPACE", "CI_PROJECT_DIR"])
def test_paths_begin_at_the_project(variable, tmp_path, monkeypatch):
    (tmp_path / "models").mkdir()
    monkeypatch.chdir(tmp_path / "models")
    assert from_root("net.yaml", {variable: str(tmp_path)}) == "models/net.yaml"
    assert from_root(str(tmp_path / "models" / "net.yaml"), {}) == "net.yaml"
    assert from_root("./net.yaml", {variable: "/nowhere"}) == "net.yaml"
    assert from_root("../net.yaml", {}) == (tmp_path / "net.yaml").as_posix()
    assert from_root("<stdin>", {variable: str(tmp_path)}) == "<stdin>"


def test_a_file_outside_the_project_has_a_whole_address(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    run = reading.sarif(reports.render("sarif", findings(finding("a"), file="/nets/größe 1.yaml")))["runs"][0]
    location = run["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]
    assert location == {"uri": "file:///nets/gr%C3%B6%C3%9Fe%201.yaml"}


def test_a_stream_gets_only_signs_it_carries():
    found = findings(finding("3×3 → 4"))
    assert "3x3 -> 4" in reports.render("concise", found, "ascii")
    assert "3x3 -> 4" in reports.render("github", found, "utf-8", ascii=True)
    for format in ("json", "sarif", "gitlab", "junit"):
        assert reports.render(format, found, "ascii").isascii()
    suite = ElementTree.fromstring(reports.render("junit", found, "gbk"))
    assert suite[0][0].get("message") == "3×3 → 4"


MANY = Findings(
    tuple(
        FileFindings(
            f"net{file}.yaml",
            "findings",
            tuple(
                changed(finding(f"wrong {number}", Place(1, 1, 1, 2)), source=Source(f"net{file}.yaml", "wrong\n"))
                for number in range(100)
            ),
        )
        for file in range(100)
    )
)


@pytest.mark.parametrize("format", ["terminal", "markdown", *PROGRAMS])
def test_ten_thousand_findings_are_written_in_two_seconds(format):
    begin = process_time()
    if format == "terminal":
        text = shown(validate(MANY))
    elif format == "markdown":
        text = markdown.render(comment(MANY))
    else:
        text = reports.render(format, MANY)
    assert process_time() - begin < 2
    if format in ("terminal", "markdown"):
        assert "and 9,900 more" in text
        assert text.count("wrong 5") == 1 + 10
    else:
        assert text.count("wrong 99") >= 100


def test_a_comment_is_never_larger_than_github_takes():
    worst = [finding("<" * 490 + str(number), Place(1, 1, 1, 2), help=("@" * 400,)) for number in range(200)]
    assert len(markdown.render(comment(findings(*worst, file="&" * 300)))) < 65_536
