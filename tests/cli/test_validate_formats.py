"""`validate` in each format as a whole, several at once, and what a step of GitHub Actions gets besides."""

import json
from hashlib import sha256

import pytest

from cnncalc.cli.reporting import FORMATS
from cnncalc.version import __version__
from tests.cli.running import EXPECTED, run
from tests.render import reading_reports as reading

SMALL = """\
name: Small
input: [3, 32, 32]
layers:
- conv2d: {out_channels: 8, kernel_size: 3}
- batch_norm2d
- max_pool2d: {kernel_size: 4}
- flatten
- linear: {in_features: 400, out_features: 10}
"""
FINE = """\
name: Fine
input: [1, 4, 4]
layers:
- conv2d: {out_channels: 2, kernel_size: 3}
- relu
"""
ABOUT = {
    "bias-before-norm": ("conv2d_1", "batch_norm2d_1"),
    "window-drops-places": ("max_pool2d_1", ""),
    "in-features-mismatch": ("linear_1", ""),
}
"""Of each finding, its layer and its problem's first field, where that is a word."""


@pytest.fixture(autouse=True)
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for variable in ("GITHUB_WORKSPACE", "CI_PROJECT_DIR", "GITHUB_STEP_SUMMARY"):
        monkeypatch.delenv(variable, raising=False)
    (tmp_path / "small.yaml").write_text(SMALL, encoding="utf-8")
    (tmp_path / "fine.yaml").write_text(FINE, encoding="utf-8")
    return tmp_path


def expected(format):
    """The golden report, with the version, and the fingerprints worked out."""
    text = (EXPECTED / f"validate.{format}").read_text(encoding="utf-8").replace("VERSION", __version__)
    for code, (layer, about) in ABOUT.items():
        word = sha256("\0".join(["small.yaml", code, layer, about, "0"]).encode()).hexdigest()[:32]
        text = text.replace(f"FINGERPRINT OF {code}", word)
    return text


@pytest.mark.parametrize("format", FORMATS)
def test_golden(format):
    done = run("validate", "small.yaml", "fine.yaml", "-f", format)
    assert (done.code, done.err) == (1, "")
    assert done.out == expected(format)


def test_the_promised_keys_of_json_in_their_order():
    document = run("validate", "small.yaml", "-f", "json").json
    assert document.keys() >= {"schema_version", "files", "summary"}
    wanted = ["code", "severity", "message", "hint", "line", "column", "end_line", "end_column", "layer", "fixable"]
    for file in document["files"]:
        assert file.keys() >= {"file", "status", "findings"}
        for finding in file["findings"]:
            assert [key for key in finding if key in wanted] == wanted
    assert document["summary"].keys() >= {"files", "errors", "warnings", "advice"}


def test_several_formats_in_one_run(here):
    done = run("validate", "small.yaml", "fine.yaml", "-f", "concise", "-f", "sarif=out.sarif", "-f", "json=out.json")
    assert done.out == expected("concise")
    assert (here / "out.sarif").read_text(encoding="utf-8") == expected("sarif")
    assert json.loads((here / "out.json").read_text(encoding="utf-8"))["summary"]["errors"] == 1


def test_the_format_without_a_place_goes_to_the_output_file(here):
    done = run("validate", "small.yaml", "fine.yaml", "-f", "gitlab", "-f", "junit=out.xml", "-o", "quality.json")
    assert done.out == ""
    assert (here / "quality.json").read_text(encoding="utf-8") == expected("gitlab")
    assert (here / "out.xml").read_text(encoding="utf-8") == expected("junit")


@pytest.mark.parametrize(
    "options",
    [
        ["-f", "terminal", "-f", "json"],
        ["-f", "json=a", "-f", "sarif=a"],
        ["-f", "json=a", "-f", "sarif=./a"],
        ["-f", "json", "-f", "sarif=a", "-o", "a"],
    ],
)
def test_two_formats_in_one_place_are_refused(options):
    done = run("validate", "small.yaml", *options)
    assert done.code == 2
    assert "place of its own" in done.err


def test_a_format_that_is_none():
    done = run("validate", "small.yaml", "-f", "serif")
    assert done.code == 2
    assert "did you mean `sarif`?" in done.err


def test_a_report_that_cannot_be_written():
    assert run("validate", "small.yaml", "-f", "sarif=nowhere/out.sarif").code == 4


def test_the_help_names_every_format():
    out = " ".join(run("validate", "--help", COLUMNS="200").out.split())
    for format in FORMATS:
        assert format in out


def test_a_step_of_github_gets_a_summary(here):
    summary = here / "summary.md"
    summary.write_text("before\n", encoding="utf-8")
    done = run("validate", "small.yaml", "fine.yaml", "-f", "github", GITHUB_STEP_SUMMARY=str(summary))
    assert done.out == expected("github")
    assert summary.read_text(encoding="utf-8") == "before\n" + expected("markdown") + "\n"


def test_a_summary_is_never_too_large(here):
    summary = here / "summary.md"
    summary.write_bytes(b"x" * (2**20 - 100))
    assert run("validate", "small.yaml", GITHUB_STEP_SUMMARY=str(summary)).code == 1
    assert summary.stat().st_size == 2**20 - 100


def test_a_summary_that_cannot_be_written_changes_nothing(here):
    for summary in (here, here / "nowhere" / "summary.md"):
        done = run("validate", "fine.yaml", GITHUB_STEP_SUMMARY=str(summary))
        assert (done.code, done.err) == (0, "")


def test_the_order_is_that_of_the_arguments_whatever_the_number_of_jobs(here):
    names = [f"net{number}.yaml" for number in range(12)]
    for name in names:
        (here / name).write_text(SMALL, encoding="utf-8")
    alone = run("validate", *names, "-f", "concise").out
    assert run("validate", *names, "-f", "concise", "-j", "2").out == alone
    assert [line.split(":")[0] for line in alone.splitlines()[::3]] == names


def test_the_fix_that_sarif_tells_is_the_one_that_is_made(here):
    run("validate", "small.yaml", "-f", "sarif=out.sarif")
    result = reading.sarif((here / "out.sarif").read_text(encoding="utf-8"))["runs"][0]["results"][0]
    change = result["fixes"][0]["artifactChanges"][0]["replacements"][0]
    where, lines = change["deletedRegion"], SMALL.splitlines(keepends=True)
    line = lines[where["startLine"] - 1]
    assert where["endLine"] == where["startLine"]
    new = change["insertedContent"]["text"]
    lines[where["startLine"] - 1] = line[: where["startColumn"] - 1] + new + line[where["endColumn"] - 1 :]
    run("validate", "small.yaml", "--fix")
    assert (here / "small.yaml").read_text(encoding="utf-8") == "".join(lines)
    assert "kernel_size: 3, bias: false}" in lines[3]
