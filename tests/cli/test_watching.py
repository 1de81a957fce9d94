"""`--watch`: again on every save, until Ctrl-C."""

import os
import signal
import subprocess
import sys
from contextlib import contextmanager
from queue import Empty, Queue
from threading import Thread
from time import monotonic, sleep

import pytest

from tests.cli.running import environment, run, scripted
from tests.cli.specs import SMALL

WIDER = SMALL.replace("out_channels: 4", "out_channels: 8")
SECONDS = 20


class Watched:
    """A process that watches, and the lines that it has written so far."""

    def __init__(self, process):
        self.process, self.lines, self.seen = process, Queue(), []
        self.reader = Thread(target=self._read, daemon=True)
        self.reader.start()

    def _read(self):
        for line in self.process.stdout:
            self.lines.put(line)

    def until(self, part):
        """Wait for a line with this part in it."""
        end = monotonic() + SECONDS
        while monotonic() < end:
            try:
                self.seen.append(self.lines.get(timeout=0.1))
            except Empty:
                continue
            if part in self.seen[-1]:
                return
        raise AssertionError((part, self.seen))

    def quiet(self, seconds=1.0):
        """Whether nothing more is written for a while."""
        sleep(seconds)
        return self.lines.empty()


@contextmanager
def watching(*argv, cwd):
    line = [sys.executable, "-u", "-m", "cnncalc", *argv, "--watch"]
    one = subprocess.PIPE
    with subprocess.Popen(
        line, stdout=one, stderr=subprocess.STDOUT, text=True, encoding="utf-8", cwd=cwd, env=environment()
    ) as process:
        watched = Watched(process)
        try:
            yield watched
        finally:
            process.kill()
            watched.reader.join(SECONDS)  # before the stream is closed under its hands


@pytest.fixture
def folder(tmp_path):
    pytest.importorskip("watchfiles")
    (tmp_path / "net.yaml").write_text(SMALL)
    return tmp_path


def saved(path, text):
    """Save as many editors do: into another file first, which then takes the place of the old one."""
    beside = path.with_suffix(".tmp")
    beside.write_text(text)
    os.replace(beside, path)


def test_a_summary_is_shown_again_when_its_file_is_saved(folder):
    with watching("summary", "net.yaml", cwd=folder) as seen:
        seen.until("2,682")  # 4 kernels: 4·27 + 4, and 256·10 + 10
        seen.until("watching")
        saved(folder / "net.yaml", WIDER)
        seen.until("5,354")  # 8 kernels: 8·27 + 8, and 512·10 + 10
        seen.until("watching")
        assert not any("\x1b" in line for line in seen.seen)


def test_ctrl_c_ends_it_with_zero(folder):
    with watching("summary", "net.yaml", cwd=folder) as seen:
        seen.until("watching")
        seen.process.send_signal(signal.SIGINT)
        assert seen.process.wait(SECONDS) == 0
        assert not any("Traceback" in line for line in seen.seen)


def test_validate_goes_on_after_a_mistake_and_sees_new_files(folder):
    with watching("validate", ".", cwd=folder) as seen:
        seen.until("1 spec")
        seen.until("watching")
        (folder / "more.yaml").write_text("input: [3, 8, 8]\nlayers: [reelu]\n")
        seen.until("unknown-kind")
        seen.until("watching")
        (folder / "more.yaml").write_text("input: [3, 8, 8]\nlayers: [relu]\n")
        seen.until("2 specs, all clean")


def test_a_change_of_the_configuration_runs_it_again(folder):
    (folder / "cnncalc.toml").write_text("")
    (folder / "below").mkdir()
    with watching("validate", "../net.yaml", cwd=folder / "below") as seen:
        seen.until("clean")
        seen.until("watching")
        (folder / "cnncalc.toml").write_text('[budgets."*.yaml"]\nparams = 3\n')
        seen.until("2,682")  # which are not 3
        seen.until("watching")
        (folder / "below" / "pyproject.toml").write_text("[tool.cnncalc]\n")  # is nearer from now on
        seen.until("clean")
        seen.until("watching")
        assert seen.quiet()


def test_a_new_baseline_runs_it_again(folder):
    assert run("validate", str(folder / "net.yaml"), "--write-baseline", str(folder / "old.json")).code == 0
    (folder / "net.yaml").write_text(SMALL + "expect: {params: 3}\n")
    with watching("validate", "net.yaml", "--baseline", "old.json", cwd=folder) as seen:
        seen.until("1 error")
        seen.until("watching")
        run("validate", str(folder / "net.yaml"), "--write-baseline", str(folder / "old.json"))
        seen.until("clean")


def test_one_network_of_a_family_is_watched_by_its_file(folder):
    family = "vars: {width: 8}\nvariants: {a: {width: 4}, b: {width: 16}}\n"
    text = SMALL.replace("out_channels: 4", "out_channels: $width") + family
    (folder / "net.yaml").write_text(text)
    with watching("summary", "net.yaml@a", cwd=folder) as seen:
        seen.until("2,682")
        seen.until("watching")
        saved(folder / "net.yaml", text.replace("width: 4", "width: 8"))
        seen.until("5,354")


def test_what_the_command_writes_does_not_start_it_again(folder):
    with watching("summary", "net.yaml", "-f", "json", "-o", "out.json", cwd=folder) as seen:
        seen.until("watching")
        assert (folder / "out.json").is_file()
        assert seen.quiet()
    with watching("validate", ".", "--format", "json=report.json", cwd=folder) as seen:
        seen.until("watching")
        assert seen.quiet()


def test_without_the_extra_one_line_says_what_to_install(tmp_path):
    (tmp_path / "net.yaml").write_text(SMALL)
    done = scripted("import sys; sys.modules['watchfiles'] = None", "summary", "net.yaml", "--watch", cwd=tmp_path)
    assert done.returncode == 2
    assert done.stderr.decode().splitlines() == ["cnncalc: --watch needs another package: pip install 'cnncalc[watch]'"]


def test_standard_input_cannot_be_watched():
    assert run("summary", "-", "--watch").code == 2


def test_a_directory_that_is_missing_is_one_line():
    pytest.importorskip("watchfiles")
    done = run("summary", "nowhere/net.yaml", "--watch")
    assert (done.code, len(done.err.splitlines())) == (4, 1)
