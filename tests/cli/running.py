"""The command line, run: in this process where it may be fast, in one of its own where faults need one."""

import json
import os
import subprocess
import sys
from contextlib import chdir
from importlib import import_module
from pathlib import Path
from typing import NamedTuple
from unittest.mock import patch

from typer.main import get_command
from typer.testing import CliRunner

import cnncalc as package
from cnncalc import translation
from cnncalc.cli import app

ROOT = Path(package.__file__).parent.parent
EXPECTED = Path(__file__).parent / "expected"
PLAIN = {
    "CNNCALC_LANG": "en",
    "COLUMNS": "80",
    "NO_COLOR": "",
    "FORCE_COLOR": "",
    "CLICOLOR_FORCE": "",
    "TERM": "xterm",
}

for command in app.COMMANDS:
    import_module(f"cnncalc.cli.{command}").add_to(app.app)
LOADED = get_command(app.app)
"""All commands, built once: building them takes ten times as long as most runs."""


class Ran(NamedTuple):
    code: int
    out: str
    err: str

    @property
    def json(self):
        return json.loads(self.out)


def run(*argv, stdin=None, **env):
    """Call the command line in this process."""
    try:
        with patch("typer.testing._get_command", return_value=LOADED):
            done = CliRunner().invoke(app.app, list(map(str, argv)), input=stdin, env=PLAIN | env, prog_name="cnncalc")
    finally:
        translation.speak("en")  # after --lang the next call starts in English again
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return Ran(done.exit_code, done.stdout, done.stderr)


def environment(**changes):
    """The variables of a process of its own; None takes one away."""
    wanted = os.environ | PLAIN | {"PYTHONPATH": str(ROOT)} | changes
    return {name: value for name, value in wanted.items() if value is not None}


def process(*argv, stdin=b"", flags=(), cwd=None, stdout=subprocess.PIPE, stderr=subprocess.PIPE, **env):
    """Run `python -m cnncalc` as a process of its own; what it writes comes back as bytes."""
    line = [sys.executable, *flags, "-m", "cnncalc", *map(str, argv)]
    return subprocess.run(line, input=stdin, stdout=stdout, stderr=stderr, cwd=cwd, env=environment(**env), timeout=60)


def scripted(code, *argv, cwd=None, **env):
    """Run some lines of Python in a process of its own, and the command line behind them."""
    line = [sys.executable, "-c", f"{code}\nfrom cnncalc.__main__ import main\nmain()", *map(str, argv)]
    return subprocess.run(line, capture_output=True, cwd=cwd, env=environment(**env), timeout=60)


def page(name):
    """A page as it was drawn by hand."""
    return (EXPECTED / f"{name}.txt").read_text(encoding="utf-8")


def rows(text):
    """The words of each line, whatever the columns' widths."""
    return [line.split() for line in text.splitlines()]


def cnncalc(*words, cwd=None, stdin="", columns=80):
    """Call the command line in this process, from another folder."""
    with chdir(cwd or "."):
        return run(*words, stdin=stdin, COLUMNS=str(columns), NO_COLOR="1")
