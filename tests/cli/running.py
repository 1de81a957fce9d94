"""The command line as a user runs it."""

import json
import os
import subprocess
import sys
from typing import NamedTuple


class Run(NamedTuple):
    code: int
    out: str
    err: str

    @property
    def json(self):
        return json.loads(self.out)


def cnncalc(*words, cwd=None, stdin="", columns=80):
    """One run of the program."""
    environment = {**os.environ, "COLUMNS": str(columns), "PYTHONIOENCODING": "utf-8", "NO_COLOR": "1"}
    done = subprocess.run(
        [sys.executable, "-m", "cnncalc", *words],
        capture_output=True,
        encoding="utf-8",
        cwd=cwd,
        env=environment,
        input=stdin,
        check=False,
    )
    assert "Traceback" not in done.stderr
    return Run(done.returncode, done.stdout, done.stderr)
