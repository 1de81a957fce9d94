"""Questions about one layer on the command line: reading them, and saying what is wrong with them."""

from __future__ import annotations

from collections.abc import Sequence

import typer

from cnncalc.cli.options import Format
from cnncalc.cli.output import Output
from cnncalc.problem import Finding, Problem
from cnncalc.teach.given import Given, NotUnderstood, read
from cnncalc.views.problems import problems


def understood(kind: str, words: Sequence[str], out: Output) -> Given:
    """The layer that the words describe.

    Raises:
        typer.Exit: they cannot be understood; the problems were said.
    """
    try:
        return read(kind, words)
    except NotUnderstood as error:
        raise report(error.problems, None, out) from None


def refused(problem: Problem, kind: str, out: Output) -> typer.Exit:
    """Say why a layer does not take its input; the exception to raise."""
    return report((problem,), kind, out)


def report(found: Sequence[Problem], layer: str | None, out: Output) -> typer.Exit:
    """Say what is wrong, as JSON where that was asked for; the exception to raise."""
    findings = [Finding(problem, layer=layer) for problem in found]
    if out.format is Format.JSON:
        out.json({"schema_version": 1, "problems": [finding.to_dict() for finding in findings]})
    else:
        out.complain(problems(findings))
    return typer.Exit(1)
