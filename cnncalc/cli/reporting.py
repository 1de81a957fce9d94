"""The formats of `validate`, several of them in one run, each to standard output or to a file of its own."""

from __future__ import annotations

import os
import sys

import typer

from cnncalc.cli.options import Color, Format
from cnncalc.cli.output import Output
from cnncalc.findings import Findings
from cnncalc.language import _
from cnncalc.record import Record
from cnncalc.render import reports
from cnncalc.suggest import did_you_mean, nearest

LARGEST_SUMMARY = 1024 * 1024
"""GitHub refuses the summary of a step that is larger."""

FORMATS = ("terminal", "markdown", *reports.formats())
"""The names of the formats: for people, then those found by looking."""


class Wanted(Record):
    """What to write: formats with their files (None: standard output), and how."""

    formats: tuple[tuple[str, str | None], ...]
    out: Output


def wanted(written: list[str] | None, output_file: str | None, color: Color, ascii: bool) -> Wanted:
    """The formats that the options name. `--output-file` is where the one without a file goes."""
    found = [_one(one, output_file) for one in written or ["terminal"]]
    files = [file if file is None else os.path.realpath(file) for _name, file in found]
    if len(set(files)) < len(files):
        raise typer.BadParameter(
            _("each format needs a place of its own: --format sarif=out.sarif"), param_hint="--format"
        )
    return Wanted(tuple(found), Output(color=color, ascii=ascii))


def _one(written: str, output_file: str | None) -> tuple[str, str | None]:
    name, _sep, file = written.partition("=")
    if name not in FORMATS:
        near = nearest(name, FORMATS)
        more = "".join(did_you_mean(near)) or ", ".join(FORMATS)
        said = _("{name} is no format; {more}").format(name=repr(name), more=more)
        raise typer.BadParameter(said, param_hint="--format")
    return name, file or output_file


def write(found: Findings, wanted: Wanted, fixed: int) -> None:
    """Write every format that is wanted; files first, so that what is read on the terminal is true."""
    _summarize(found, fixed)
    for name, file in sorted(wanted.formats, key=lambda one: one[1] is None):
        _write(name, found, fixed, Output(file=file, color=wanted.out.color, ascii=wanted.out.ascii))


def _write(name: str, found: Findings, fixed: int, out: Output) -> None:
    from cnncalc.record import changed
    from cnncalc.views import validate

    if name == "terminal":
        out.show(validate.validate(found, fixed))
    elif name == "markdown":
        changed(out, format=Format.MARKDOWN).show(validate.comment(found, fixed))
    else:
        encoding = None if out.file or sys.stdout is None else sys.stdout.encoding
        out.put(reports.render(name, found, encoding, out.ascii))


def _summarize(found: Findings, fixed: int) -> None:
    """Under GitHub Actions, append to the summary of the step; one that cannot be written is no reason to fail."""
    file = os.environ.get("GITHUB_STEP_SUMMARY")
    if not file:
        return
    from cnncalc.render import markdown
    from cnncalc.views.validate import comment

    text = (markdown.render(comment(found, fixed)) + "\n").encode("utf-8", "backslashreplace")
    try:
        with open(file, "ab") as summary:
            if summary.tell() + len(text) <= LARGEST_SUMMARY:
                summary.write(text)
    except (OSError, ValueError):
        return


def code(found: Findings) -> int:
    """The exit code: 4 where a file could not be read, 1 where something is so bad that the run fails."""
    if any(file.status == "unreadable" for file in found.files):
        return 4
    return 1 if found.failed() else 0
