"""Questions about one layer on the command line: reading them, and saying what is wrong with them."""

from __future__ import annotations

from collections.abc import Sequence

import typer

from cnncalc.cli.options import Format
from cnncalc.cli.output import Output
from cnncalc.language import _
from cnncalc.problem import Finding, Problem
from cnncalc.record import changed
from cnncalc.spec.problems import MissingField, WrongValue
from cnncalc.teach.given import Given, NotUnderstood, read
from cnncalc.views.problems import problems

ASSIGNED = {
    "kernel_size": ("k=3", "k=3x5"),
    "stride": ("s=2", "s=2x1"),
    "padding": ("p=1", "p=same"),
    "dilation": ("d=2", "d=2x1"),
    "output_padding": ("op=1", "op=1x0"),
    "groups": ("g=2",),
    "bias": ("bias=true", "bias=false"),
    "out_channels": ("out_channels=10",),
    "in_channels": ("in_channels=3",),
    "out_features": ("out_features=10",),
    "in_features": ("in_features=784",),
    "output_size": ("output_size=7", "output_size=7x5"),
}
"""How fields are written as words of a command."""


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


def check_key(key: str | None, blank: bool, output_file: str | None) -> None:
    """Refuse a file for the answers without a worksheet, or the worksheet's own.

    Raises:
        typer.BadParameter: it is one of these.
    """
    if key is not None and not blank:
        raise typer.BadParameter(_("the answers are apart only with --blank"), param_hint="--key")
    if key is not None and key == output_file:
        raise typer.BadParameter(_("the answers need a file of their own"), param_hint="--key")


def report(found: Sequence[Problem], layer: str | None, out: Output) -> typer.Exit:
    """Say what is wrong, as JSON where that was asked for; the exception to raise."""
    findings = [Finding(_in_words(problem), layer=layer) for problem in found]
    if out.format is Format.JSON:
        out.json({"schema_version": 1, "problems": [finding.to_dict() for finding in findings]})
    else:
        out.complain(problems(findings))
    return typer.Exit(1)


def _in_words(problem: Problem) -> Problem:
    """The problem with advice on how to write the words of a command, where it has advice for a spec or none."""
    if isinstance(problem, MissingField):
        return changed(problem, assigned=True)
    if isinstance(problem, WrongValue) and not problem.hint and problem.field in ASSIGNED:
        examples = _(" or ").join(f"`{example}`" for example in ASSIGNED[problem.field])
        return changed(problem, hint=_("write for example {examples}").format(examples=examples))
    return problem
