"""Help: short, with examples that can be copied, in 80 columns."""

import re
import shlex
import subprocess

import pytest

from cnncalc.cli import app
from tests.cli.running import run

COMMON = "--format --output-file --color --ascii --lang"
PLAIN = {"init": "--lang", "schema": "--output-file --lang", "quiz": "--lang"}
"""These write a file, and no table; a quiz is exported, not written."""
OPTIONS = {
    "summary": "--columns --all-rows --set --semantics --depth --batch --input --dtype --watch --units -o -b",
    "compare": "--mlp --set --input --units -o",
    "layer": "--detail --blank --key",
    "check": "--ask --answer --answers --encoding",
    "explain": "--detail --receptive-field --blank --key --input --set",
    "solve": "--keep-size --mirror --input-between --set",
    "trace": "--set --example --matrix --image --random --kernel --at --step --layer",
    "validate": "--select --ignore --fail-on --config --baseline --write-baseline --fix --jobs --set --watch",
    "diff": "--exit-code --set --units -o",
    "expand": "--set --semantics",
    "rules": "",
    "init": "--schema --no-schema --force",
    "schema": "-o",
    "specs": "--units",
    "ask": "--answer",
    "quiz": "--topic --level --questions --seed --export --format --key --color --ascii --lang -t -l -n -f",
}


def examples(text):
    """The lines of the examples in a docstring."""
    return [line.strip() for line in re.findall(r"```\n(.*?)```", text, re.S)[0].splitlines() if line.strip()]


def docstring(command):
    return next(one.callback.__doc__ for one in app.app.registered_commands if one.callback.__name__ == command)


def commit(folder):
    """Make a repository of the folder, all of it in one commit."""
    who = ["-c", "user.name=a", "-c", "user.email=a@b", "-c", "commit.gpgsign=false"]
    for words in (["init"], ["add", "."], [*who, "commit", "-m", "first"]):
        subprocess.run(["git", *words], cwd=folder, check=True, capture_output=True)


@pytest.mark.parametrize("argv", [["--help"], ["-h"], *([command, "--help"] for command in app.COMMANDS)])
def test_help_is_no_error_and_fits_into_80_columns(argv):
    done = run(*argv)
    assert (done.code, done.err) == (0, "")
    assert max(map(len, done.out.splitlines())) <= 80


def test_without_arguments_there_is_help():
    done = run()
    assert "cnncalc summary vgg16" in done.out + done.err


@pytest.mark.parametrize("command", app.COMMANDS)
def test_every_command_shows_examples_in_unbroken_lines(command):
    shown = [line.strip() for line in run(command, "--help").out.splitlines()]
    found = examples(docstring(command))
    assert found
    for example in found:
        assert example.startswith(f"cnncalc {command}")
        assert example in shown


def test_the_first_page_shows_examples_in_unbroken_lines():
    shown = [line.strip() for line in run("--help").out.splitlines()]
    for example in examples(app.app.registered_callback.callback.__doc__):
        assert example in shown


@pytest.mark.parametrize("command", app.COMMANDS)
def test_every_example_can_be_run(command, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "specs").mkdir()
    for name in ["net.yaml", "specs/net.yaml", "old.yaml", "new.yaml", "my.yaml"]:
        (tmp_path / name).write_text("input: [3, 32, 32]\nlayers:\n- conv2d: {out_channels: 8, kernel_size: 3}\n")
    question = "questions:\n- {id: a, kind: conv2d, given: {n: 7, k: 3, p: 1, s: 2}, ask: output_size, answer: 4}\n"
    (tmp_path / "questions.yaml").write_text(question)
    (tmp_path / "class.csv").write_text("student,a\nLi,4\n")
    if "git:" in docstring(command):
        commit(tmp_path)
    for example in examples(docstring(command)):
        argv = shlex.split(re.split(r"\s{2,}", example)[0])[1:]
        assert run(*argv).code == (1 if "14" in argv else 0), example


@pytest.mark.parametrize("command", app.COMMANDS)
def test_every_option_is_named(command):
    out = run(command, "--help", COLUMNS="120").out
    for option in [*PLAIN.get(command, COMMON).split(), *OPTIONS[command].split()]:
        assert re.search(rf"(?<![-\w]){option}(?![-\w])", out), option


@pytest.mark.parametrize("command", app.COMMANDS)
def test_every_command_has_one_line_in_the_list(command):
    first = docstring(command).splitlines()[0]
    listed = " ".join(run("--help", COLUMNS="100").out.split())
    assert first in listed
    assert first.endswith((".", "?"))
