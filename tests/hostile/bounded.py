"""The command line, run with limits on time and memory, and what every run must keep, whatever it is given."""

import atexit
import json
import os
import re
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path
from typing import NamedTuple
from unicodedata import category

from tests.cli.running import environment

MEBIBYTE = 1024 * 1024
ADDRESSES = 1024 * MEBIBYTE
"""No run gets more memory than this; what it used at most is measured besides."""


class Done(NamedTuple):
    code: int
    out: str
    err: str
    seconds: float
    mebibytes: float

    @property
    def problems(self):
        """The problems in a JSON document."""
        return json.loads(self.out)["problems"]


@cache
def cradle():
    """The process that forks, started once for all tests of this process."""
    line = [sys.executable, "-m", "tests.hostile.cradle"]
    running = subprocess.Popen(line, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment(), text=True)
    atexit.register(running.communicate)
    return running


@cache
def floor():
    """What a run that does nothing needs of memory: the program itself, as it was loaded."""
    return limited("rules", "no-spec").mebibytes


def limited(*argv, stdin=b"", cwd=None, seconds=10, memory=ADDRESSES, files=None, first=(), **env):
    """One run of the command line, in a process of its own that is killed beyond its limits."""
    limits = {"cpu": seconds + 1, "memory": memory} | ({"files": files} if files else {})
    with tempfile.TemporaryDirectory() as folder:
        paths = {name: os.path.join(folder, name) for name in ("stdin", "stdout", "stderr")}
        Path(paths["stdin"]).write_bytes(stdin.encode() if isinstance(stdin, str) else stdin)
        job = paths | {
            "argv": list(map(str, argv)),
            "cwd": str(cwd or folder),
            "env": {"PYTHONIOENCODING": "utf-8"} | env,
            "limits": limits,
            "first": list(first),
            "wall": 8 * seconds + 60,
        }
        running = cradle()
        print(json.dumps(job), file=running.stdin, flush=True)
        measured = json.loads(running.stdout.readline())
        out, err = (Path(paths[name]).read_bytes().decode() for name in ("stdout", "stderr"))
    return Done(measured["code"], out, err, measured["seconds"], measured["mebibytes"])


_COMMANDS = re.compile(r"^[ │]*::|##[A-Za-z]*\[", re.M)


def assert_inert(text):
    """Nothing in it acts on a terminal, and no line begins like a command to the machine that reads a log."""
    assert [sign for sign in text if not (sign == "\n" or sign.isprintable() or category(sign) == "Zs")] == []
    assert _COMMANDS.search(text) is None
    assert "Traceback" not in text


def bounded(*argv, seconds=1.0, mebibytes=60.0, **options):
    """A run that ends by itself, within its bounds, as no bug of ours, and writes nothing that acts.

    Processor time grows when a neighbour shares the core; a run that took too long is given two more chances.
    """
    for _chance in range(3):
        done = limited(*argv, seconds=max(10, int(3 * seconds)), **options)
        if done.seconds <= seconds:
            break
    assert done.code in (0, 1, 2, 4), (done.code, done.err[-2000:])
    assert_inert(done.out)
    assert_inert(done.err)
    assert done.seconds <= seconds, f"{done.seconds:.2f} s"
    assert done.mebibytes - floor() <= mebibytes, f"{done.mebibytes - floor():.0f} MiB"
    return done
