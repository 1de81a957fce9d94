"""Names and arguments that would act on a terminal, a log or a spreadsheet are shown and do nothing."""

import json

import pytest

from tests.cli.running import run

EVIL = "\x1b[31mred\x1b]8;;http://x\x1b\\\n::error::boom\u202e[red]x[/red]\x9b"
QUOTED = json.dumps(EVIL)
SPEC = f"""\
name: {QUOTED}
input: [1, 8, 8]
layers:
- conv2d: {{out_channels: 2, kernel_size: 3}}
- conv2d: {{name: "[red]x[/red][/]", out_channels: 2, kernel_size: 3}}
- conv2d: {{name: "=cmd|x", out_channels: 2, kernel_size: 30}}
- conv2d: {{name: {QUOTED}, out_channels: 2, kernel_size: 3}}
- {QUOTED}
- {QUOTED}: {{{QUOTED}: {QUOTED}}}
expect: {{{QUOTED}: 3}}
"""
FORMATS = ["terminal", "json", "csv", "markdown", "latex"]


def inert(text):
    """Nothing in it acts, and no line begins like a command to the machine that reads the log."""
    assert not [character for character in text if character != "\n" and not character.isprintable()]
    assert not [line for line in text.splitlines() if line.lstrip(" │").startswith(("::", "##vso["))]
    assert "Traceback" not in text


def runs(*argv, **options):
    done = run(*argv, **options)
    assert done.code in (0, 1, 2, 4)
    inert(done.out)
    inert(done.err)
    return done


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize(
    "argv", [["summary", "-"], ["compare", "-"], ["summary", "-", "lenet5"], ["compare", "-", "lenet5"]]
)
def test_names_in_a_spec(argv, format):
    assert runs(*argv, "--format", format, stdin=SPEC).code == 1


def test_a_name_that_looks_like_markup_is_shown_as_it_is():
    out = runs("summary", "-", "--color", "never", stdin=SPEC).out
    assert "\n [red]x[/red][/] " in out


def test_colours_are_ours_and_a_name_adds_none():
    out = run("summary", "-", "--color", "always", stdin=SPEC).out
    assert "\x1b[31m" not in out
    assert "\x1b]" not in out


def test_json_keeps_the_name_and_writes_it_in_escapes():
    assert json.loads(runs("summary", "-", "--format", "json", stdin=SPEC).out)["name"] == EVIL


def test_csv_takes_no_name_for_a_formula():
    assert "\n'=cmd|x," in runs("summary", "-", "--format", "csv", stdin=SPEC).out


@pytest.mark.parametrize("format", ["terminal", "json"])
def test_the_name_of_a_file(tmp_path, monkeypatch, format):
    monkeypatch.chdir(tmp_path)
    name = EVIL.replace("/", "") + ".yaml"
    (tmp_path / name).write_text("input: [1]\nlayers:\n- linear: {out_features: 0}\n")
    assert runs("summary", name, "--format", format).code == 1


@pytest.mark.parametrize(
    "argv",
    [
        [EVIL],
        [f"--{EVIL}"],
        ["summary", EVIL],
        ["summary", "lenet5", "--columns", EVIL],
        ["summary", "lenet5", "--dtype", EVIL],
        ["summary", "lenet5", "--input", EVIL],
        ["summary", "lenet5", "--input", f"{EVIL}=3x3x3"],
        ["summary", "lenet5", "--batch", EVIL],
        ["summary", "lenet5", "--units", EVIL],
        ["summary", "lenet5", "--format", EVIL],
        ["summary", "lenet5", "--output-file", f"/nowhere/{EVIL}"],
        ["compare", "lenet5", "--mlp", EVIL],
        ["compare", "lenet5", "--input", f"{EVIL}=3x3x3"],
        ["layer", EVIL],
        ["layer", "conv2d", EVIL],
        ["layer", "conv2d", f"{EVIL}=3"],
        ["layer", "conv2d", "n=7", f"k={EVIL}"],
        ["check", EVIL, "--answer", "1"],
        ["check", "conv2d", "n=7", "k=3", "--answer", EVIL],
        ["check", "conv2d", "n=7", "k=3", "--answer", "5", "--ask", EVIL],
        ["rules", EVIL],
        ["specs", EVIL],
        ["specs", "show", EVIL],
    ],
)
def test_arguments(argv):
    runs(*argv)
