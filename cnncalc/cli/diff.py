"""`cnncalc diff OLD NEW`: what changed between two networks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from cnncalc.cli import completing, options
from cnncalc.cli.options import Color, Format, Units
from cnncalc.language import _

if TYPE_CHECKING:
    from cnncalc.result import Result
    from cnncalc.spec.network import Network


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command(rich_help_panel=_("Design"))(diff)


def diff(
    old: Annotated[
        str,
        typer.Argument(
            metavar="OLD", autocompletion=completing.nets, help=_("A file, `-`, a shipped name, or git:REV:PATH.")
        ),
    ],
    new: Annotated[
        str, typer.Argument(metavar="NEW", autocompletion=completing.nets, help=_("The same for what it is now."))
    ],
    exit_code: Annotated[
        bool, typer.Option("--exit-code", help=_("Exit with 1 when there is a difference, as git does."))
    ] = False,
    set: options.Settings = None,
    units: options.UnitsOption = Units.EXACT,
    format: options.FormatOption = Format.TERMINAL,
    output_file: options.OutputFile = None,
    color: options.ColorOption = Color.AUTO,
    ascii: options.Ascii = False,
    lang: options.Lang = None,
) -> None:
    """What changed between two networks, in total and layer by layer.

    ```
    cnncalc diff old.yaml new.yaml
    cnncalc diff lenet5 my.yaml                 against a shipped one
    cnncalc diff git:HEAD:net.yaml net.yaml     since the last commit
    cnncalc diff old.yaml new.yaml -f markdown  for a pull request
    cnncalc diff mobilenet mobilenet_v2 --set width=0.5
    ```

    Layers belong together by name and place: one more layer does not make all below it new. In `git:REV:PATH` the path
    counts from the root of the repository, `./PATH` from here.

    Exit codes: 0 compared, 1 a problem in one of the specs (what could be compared is shown), or with `--exit-code` a
    difference, 2 usage, 4 cannot read or write.
    """
    from cnncalc.analysis import diff as analysis
    from cnncalc.cli.nets import code, keep, settings
    from cnncalc.cli.output import Output
    from cnncalc.views import diff as view
    from cnncalc.views.problems import problems

    if old == new == "-":
        raise typer.BadParameter(_("standard input can be read only once; write `-` once"), param_hint="OLD NEW")
    out = Output(format, output_file, color, ascii)
    for one in (old, new):
        keep(one, output_file)
    variables = settings(set)
    both = _calculated(old, variables), _calculated(new, variables)
    families = [_variants(net, network, variables) for net, (network, _result) in zip((old, new), both, strict=True)]
    found = analysis.diff(*both, analysis.families(*families) if all(families) else ())
    if format is Format.JSON:
        out.json(found)
    elif format is Format.CSV:
        from cnncalc.render import csv

        out.put(csv.table(analysis.rows(found)))
    elif format is Format.MARKDOWN:
        from cnncalc.render import markdown

        details = view.details(found, units.value)
        out.put(markdown.folded(view.totals(found, units.value), view.summary(found), details))
    else:
        out.show(view.diff(found, units.value))
    if format is not Format.JSON:
        out.complain(problems(found.problems), below=True)
    if wrong := code(found.problems):
        raise typer.Exit(wrong)
    if exit_code and found.differs:
        raise typer.Exit(1)


def _variants(net: str, network: Network, variables: dict[str, Any]) -> dict[str, tuple[Network, Result]]:
    """Every variant of a family of which none was chosen, by its name."""
    from cnncalc.spec.load import variants

    if network.choice.variant is not None or net == "-":
        return {}
    return {name: _calculated(f"{net}@{name}", variables) for name in variants(network)}


def _calculated(net: str, variables: dict[str, Any]) -> tuple[Network, Result]:
    from cnncalc.cli import nets, revisions
    from cnncalc.engine.walk import analyze

    read = revisions.load if net.startswith(revisions.PREFIX) else nets.load
    network = read(net, variables)
    unreadable = [one for one in network.problems if nets.code([one]) == nets.CANNOT_READ]
    if unreadable:
        raise nets.fail(unreadable[0].problem.message())
    return network, analyze(network)
