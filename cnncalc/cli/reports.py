"""The formats of `validate`, several of them in one run, each to standard output or to a file of its own."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import typer

from cnncalc.cli.options import Color
from cnncalc.cli.output import Output
from cnncalc.findings import Findings
from cnncalc.language import _
from cnncalc.record import Record
from cnncalc.suggest import nearest

FORMATS = ("terminal", "json")
LONG = 20
"""From so many files on a run on a terminal shows how far it is."""


class Wanted(Record):
    """What to write: formats with their files (None: standard output), and how."""

    formats: tuple[tuple[str, str | None], ...]
    out: Output


def wanted(formats: list[str] | None, output_file: str | None, color: Color, ascii: bool) -> Wanted:
    """The formats that the options name. `--output-file` is where the one without a file goes."""
    found: list[tuple[str, str | None]] = []
    for written in formats or ["terminal"]:
        name, _sep, file = written.partition("=")
        if name not in FORMATS:
            near = nearest(name, FORMATS)
            more = _("did you mean {words}?").format(words=_(" or ").join(near)) if near else ", ".join(FORMATS)
            said = _("{name} is no format; {more}").format(name=repr(name), more=more)
            raise typer.BadParameter(said, param_hint="--format")
        found.append((name, file or output_file))
    files = [file for _name, file in found]
    if len(set(files)) < len(files):
        raise typer.BadParameter(
            _("each format needs a place of its own: --format sarif=out.sarif"), param_hint="--format"
        )
    return Wanted(tuple(found), Output(color=color, ascii=ascii))


def write(found: Findings, wanted: Wanted, fixed: int) -> None:
    """Write every format that is wanted; files first, so that what is read on the terminal is true."""
    for name, file in sorted(wanted.formats, key=lambda one: one[1] is None):
        out = Output(file=file, color=wanted.out.color, ascii=wanted.out.ascii)
        if name == "terminal":
            from cnncalc.views.validate import validate

            out.show(validate(found, fixed))
        else:
            out.json(found)


def code(found: Findings, fail_on: str) -> int:
    """The exit code: 4 where a file could not be read, 1 where something is as bad as `fail_on` says."""
    if any(file.status == "unreadable" for file in found.files):
        return 4
    counts = found.counts()
    bad = counts["error"] if fail_on == "error" else counts["error"] + counts["warning"]
    return 1 if bad and fail_on != "never" else 0


@contextmanager
def progress(total: int) -> Iterator[Callable[[], None]]:
    """What is called after each file: on a terminal, in a long run, a line says how far it is."""
    if total < LONG or sys.stderr is None or not sys.stderr.isatty() or not sys.stdout.isatty():
        yield lambda: None
        return
    done = 0

    def seen() -> None:
        nonlocal done
        done += 1
        sys.stderr.write(f"\r {done}/{total} {'━' * (done * 40 // total):40}")
        sys.stderr.flush()

    try:
        yield seen
    finally:
        sys.stderr.write("\r" + " " * 60 + "\r")
