"""Checking a file of questions, alone or with the answers of a class."""

from __future__ import annotations

import os
from collections.abc import Sequence

import typer

from cnncalc import collector
from cnncalc.cli.nets import code, fail
from cnncalc.cli.options import CheckFormat, Format
from cnncalc.cli.output import Output
from cnncalc.harmless import harmless
from cnncalc.language import _
from cnncalc.problem import Finding
from cnncalc.source import Source
from cnncalc.teach.grade import Report

ENDINGS = (".yaml", ".yml", ".json", ".csv")


def file(written: str) -> str | None:
    """The question file that is meant: an existing path, `-`, or a set that comes along; None for a kind's name."""
    from cnncalc.kinds import find
    from cnncalc.spec import shipped

    if written == "-" or os.path.lexists(written):
        return written
    if find(written) is not None:
        return None
    own = shipped.questions(written)
    return None if own is None else str(own)


def looks_like_a_file(written: str) -> bool:
    """Whether a name that is no existing file was meant as one."""
    return "/" in written or os.sep in written or written.lower().endswith(ENDINGS)


def missing(written: str) -> typer.Exit:
    """Say that there is no such file; the exception to raise."""
    return fail(_("{file}: no such file").format(file=harmless(written)))


@collector.paused()
def check(path: str, shown: str, answers: str | None, encoding: str | None, format: CheckFormat, out: Output) -> bool:
    """Grade a file of questions, or a class's answers to them; whether all is right.

    Raises:
        typer.Exit: a file cannot be read, or something in it is wrong; it was said.
    """
    from cnncalc.spec.read import STDIN_NAME
    from cnncalc.teach import grade, questions, roster

    ending = questions.ending_of(path)
    source = _source(path, STDIN_NAME if path == "-" else shown, encoding if ending == ".csv" else None, out)
    asked, findings = questions.read(source, folder="" if path == "-" else os.path.dirname(path), ending=ending)
    _stop_at_errors(findings, out)
    if answers is None:
        done = grade.file(shown, asked)
    else:
        table = _source(answers, STDIN_NAME if answers == "-" else answers, encoding, out)
        found, findings = roster.read(table, [question.id for question in asked])
        _stop_at_errors(findings, out)
        if found is None:
            raise typer.Exit(1)
        done = grade.class_(answers, asked, found)
    show(done, format, out)
    return done.score.right == done.score.total


def show(done: Report, format: CheckFormat, out: Output) -> None:
    """Write a report in the format that was asked for."""
    from cnncalc.views import grading

    if format is CheckFormat.JSON:
        out.json(done)
    elif format is CheckFormat.CSV:
        from cnncalc.render import csv

        out.put(csv.table(grading.rows(done)))
    elif format is CheckFormat.JUNIT:
        from cnncalc.render import junit

        out.put(junit.render(done.name, grading.cases(done)))
    else:
        out.show(grading.grading(done))


def _source(path: str, shown: str, encoding: str | None, out: Output) -> Source:
    """A file's text. The encoding is UTF-8 unless another one is named."""
    from cnncalc.record import changed
    from cnncalc.spec.read import decode, read_bytes

    try:
        data, findings = read_bytes(path)
    except OSError as error:
        raise fail(f"{harmless(shown)}: {error.strerror or error}") from None
    _stop_at_errors(findings, out)
    if encoding is not None:
        return _decoded(data or b"", shown, encoding, out)
    source, findings = decode(data or b"", shown)
    # A UTF-16 file begins with its mark; the sentence is the same for both.
    own = "utf-16" if (data or b"")[:2] in (b"\xff\xfe", b"\xfe\xff") else "gb18030"
    hint = _("or say in which encoding it is: --encoding gb18030").replace("gb18030", own)
    _stop_at_errors([changed(one, help=(*one.help, hint)) if one.code == "not-utf8" else one for one in findings], out)
    return source or Source(shown, "")


def _decoded(data: bytes, shown: str, encoding: str, out: Output) -> Source:
    from cnncalc.teach.question_problems import WrongEncoding

    try:
        return Source(shown, data.decode(encoding).lstrip("\ufeff"))
    except LookupError:
        said = _("there is no encoding {name}; try utf-8, gb18030, utf-16").format(name=harmless(repr(encoding), 40))
        raise typer.BadParameter(said, param_hint="--encoding") from None
    except UnicodeDecodeError as error:
        _stop_at_errors([Finding(WrongEncoding(harmless(encoding, 40), error.start), Source(shown, ""))], out)
        raise
    except (UnicodeError, ValueError):
        _stop_at_errors([Finding(WrongEncoding(harmless(encoding, 40), 0), Source(shown, ""))], out)
        raise


def _stop_at_errors(findings: Sequence[Finding], out: Output) -> None:
    """Say what was found, and stop when there is an error among it."""
    from cnncalc.views.problems import problems

    if not findings:
        return
    bad = any(finding.severity == "error" for finding in findings)
    if bad and out.format is Format.JSON:
        out.json({"schema_version": 1, "problems": [finding.to_dict() for finding in findings]})
    else:
        out.complain(problems(findings))
    if bad:
        raise typer.Exit(code(findings))
