"""A process in which the program is loaded already, and which forks one bounded run of it after another.

Starting Python and importing takes ten times as long as most runs. A fork has limits, files and an end of its own.
Read one JSON object a line, answer one a line; see `bounded.py`.
"""

import io
import json
import os
import resource
import signal
import sys
import traceback
from importlib import import_module

LIMITS = {"cpu": resource.RLIMIT_CPU, "memory": resource.RLIMIT_AS, "files": resource.RLIMIT_NOFILE}


def child(job):
    """Become the program, as it is called on a command line."""
    os.setsid()
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        flags = os.O_RDONLY if number == 0 else os.O_WRONLY | os.O_CREAT | os.O_TRUNC
        os.dup2(os.open(job[name], flags, 0o600), number)
    encoding = job["env"].get("PYTHONIOENCODING", "utf-8")
    sys.stdin = io.TextIOWrapper(open(0, "rb", closefd=False), "utf-8")
    sys.stdout = io.TextIOWrapper(open(1, "wb", closefd=False), encoding)
    sys.stderr = io.TextIOWrapper(open(2, "wb", closefd=False), encoding, "backslashreplace", line_buffering=True)
    os.chdir(job["cwd"])
    os.environ.update(job["env"])
    sys.argv = ["cnncalc", *job["argv"]]
    for what, most in job["limits"].items():
        resource.setrlimit(LIMITS[what], (most, most))
    for line in job["first"]:
        exec(line, {})
    code = 0
    try:
        from cnncalc.__main__ import main

        main()
    except SystemExit as stop:
        code = stop.code if isinstance(stop.code, int) else 1 if stop.code else 0
    except BaseException:
        traceback.print_exc()
        code = 99
    try:
        sys.stdout.flush()
    finally:
        os._exit(code)


def serve():
    """Answer every line on standard input."""
    from cnncalc.cli import app

    for command in app.COMMANDS:
        import_module(f"cnncalc.cli.{command}")
    for module in (
        "spec.load",
        "spec.json_text",
        "spec.yaml_text",
        "spec.yaml_syntax",
        "render.terminal",
        "engine.walk",
    ):
        import_module(f"cnncalc.{module}")
    for line in sys.stdin:
        job = json.loads(line)
        if not (number := os.fork()):
            child(job)
        signal.signal(signal.SIGALRM, lambda *_event, number=number: os.killpg(number, signal.SIGKILL))
        signal.alarm(job["wall"])
        _, status, used = os.wait4(number, 0)
        signal.alarm(0)
        done = {
            "code": os.waitstatus_to_exitcode(status),
            "seconds": used.ru_utime + used.ru_stime,
            "mebibytes": used.ru_maxrss / 1024,
        }
        print(json.dumps(done), flush=True)


if __name__ == "__main__":
    serve()
