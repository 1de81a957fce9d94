"""The line that says how far a long run is: on a terminal only, and gone at the end."""

import os
import pty
import re
import subprocess
import sys
from io import StringIO

import pytest

from cnncalc.cli.progress import progress
from tests.cli.running import environment


class Terminal(StringIO):
    encoding = "utf-8"

    def isatty(self):
        return True


class Ascii(Terminal):
    encoding = "ascii"


def clock():
    """Each look at it is a second later."""
    seconds = iter(range(10_000))
    return lambda: next(seconds)


def written(monkeypatch, stream, total=40, columns=80, out=None):
    monkeypatch.setattr(sys, "stderr", stream)
    monkeypatch.setattr(sys, "stdout", out or Terminal())
    with progress(total, environ={"COLUMNS": str(columns)}, clock=clock()) as seen:
        for _ in range(total):
            seen()
    return stream.getvalue()


def screen(text):
    """What is left on a line after carriage returns."""
    shown = ""
    for part in text.split("\r"):
        shown = part + shown[len(part) :]
    return shown


def test_it_counts_and_leaves_nothing(monkeypatch):
    text = written(monkeypatch, Terminal())
    steps = text.split("\r")[1:-2]
    assert steps[0] == "  1/40 " + "█" + "░" * 39
    assert steps[19] == " 20/40 " + "█" * 20 + "░" * 20
    assert steps[39] == " 40/40 " + "█" * 40
    assert screen(text).strip() == ""


@pytest.mark.parametrize("columns", [20, 30, 80])
def test_it_is_narrower_than_the_terminal(monkeypatch, columns):
    text = written(monkeypatch, Terminal(), columns=columns)
    assert max(map(len, text.split("\r"))) < columns


def test_a_terminal_without_the_signs(monkeypatch):
    assert written(monkeypatch, Ascii()).isascii()


@pytest.mark.parametrize(("stream", "out"), [(StringIO(), None), (Terminal(), StringIO())])
def test_there_is_none_without_a_terminal(monkeypatch, stream, out):
    assert written(monkeypatch, stream, out=out) == ""


def test_a_short_run_has_none(monkeypatch):
    assert written(monkeypatch, Terminal(), total=19) == ""


def test_it_is_gone_after_an_error(monkeypatch):
    stream = Terminal()
    monkeypatch.setattr(sys, "stderr", stream)
    monkeypatch.setattr(sys, "stdout", Terminal())

    def fail():
        with progress(40, environ={}, clock=clock()) as seen:
            seen()
            raise OSError("full")

    with pytest.raises(OSError, match="full"):
        fail()
    assert "1/40" in stream.getvalue()
    assert screen(stream.getvalue()).strip() == ""


IMPATIENT = (
    "from cnncalc.cli import progress; progress.PATIENCE = progress.PACE = 0; from cnncalc.__main__ import main; main()"
)


def command(folder):
    for number in range(30):
        (folder / f"net{number}.yaml").write_text(
            "input: [1, 4, 4]\nlayers:\n- conv2d: {out_channels: 2, kernel_size: 3}\n- relu\n", encoding="utf-8"
        )
    return [sys.executable, "-c", IMPATIENT, "validate", str(folder)]


def test_in_a_real_terminal(tmp_path):
    ours, theirs = pty.openpty()
    with subprocess.Popen(command(tmp_path), stdout=theirs, stderr=theirs, stdin=theirs, env=environment()) as running:
        os.close(theirs)
        read = b""
        while True:
            try:
                part = os.read(ours, 65536)
            except OSError:  # the other side is closed
                break
            if not part:
                break
            read += part
    os.close(ours)
    assert running.returncode == 0
    text = re.sub(r"\x1b\[[0-9;]*m", "", read.decode())
    assert " 30/30 " in text
    lines = [screen(line).rstrip() for line in text.split("\n")]
    assert lines == [" ✓ 30 specs, all clean", ""]


def test_none_in_a_pipe(tmp_path):
    done = subprocess.run(command(tmp_path), capture_output=True, env=environment(), timeout=60)
    assert (done.stdout.decode(), done.stderr) == (" ✓ 30 specs, all clean\n", b"")
