"""`cnncalc compare NET …`: against fully connected layers, or against each other."""

from __future__ import annotations

from typing import Annotated

import typer

from cnncalc.cli import completing, options
from cnncalc.cli.options import Color, Format, Units
from cnncalc.language import _


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command(rich_help_panel=_("Calculate"))(compare)


def compare(
    nets: Annotated[
        list[str],
        typer.Argument(metavar="NET", autocompletion=completing.nets, help=_("A file, `-`, or a shipped name.")),
    ],
    mlp: Annotated[
        str | None,
        typer.Option(metavar="512,512", help=_("Also a perceptron with these hidden layers on the flattened input.")),
    ] = None,
    input: options.Inputs = None,
    set: options.Settings = None,
    units: options.UnitsOption = Units.EXACT,
    format: options.FormatOption = Format.TERMINAL,
    output_file: options.OutputFile = None,
    color: options.ColorOption = Color.AUTO,
    ascii: options.Ascii = False,
    lang: options.Lang = None,
) -> None:
    """A network against fully connected layers, or networks side by side.

    ```
    cnncalc compare lenet5                     three ways to connect its maps
    cnncalc compare lenet5 --mlp 512,512       and against a perceptron
    cnncalc compare alexnet vgg16 resnet18     networks side by side
    ```
    """
    from cnncalc.analysis import compare as analysis
    from cnncalc.cli.nets import code, load_all, settings, shapes
    from cnncalc.cli.output import Output
    from cnncalc.engine.walk import analyze
    from cnncalc.harmless import harmless
    from cnncalc.views import compare as view
    from cnncalc.views.problems import marked, problems

    out = Output(format, output_file, color, ascii)
    hidden = None if mlp is None else _hidden(mlp)
    networks = load_all(nets, output_file, with_gaps=format is Format.JSON, variables=settings(set))
    try:
        results = [analyze(network, inputs=shapes(input)) for network in networks]
        found = [analysis.compare(result, hidden) for result in results]
    except ValueError as error:
        raise typer.BadParameter(harmless(str(error))) from None
    shown = None
    if len(found) == 1:
        if format is Format.JSON:
            out.json(found[0])
        elif format is Format.CSV:
            from cnncalc.render import csv

            out.put(csv.table(analysis.rows(found[0])))
        elif results[0].layers or hidden is not None:
            shown = view.compare(found[0], units.value)
    elif format is Format.JSON:
        out.json(analysis.side_by_side(found))
    elif format is Format.CSV:
        from cnncalc.render import csv

        out.put(csv.table(map(analysis.totals, results)))
    else:
        shown = view.side_by_side(results, units.value)
    if shown is not None:
        out.show(shown)
    findings = [finding for result in results for finding in result.problems]
    if format is not Format.JSON:
        out.complain(problems(findings, partial=shown is not None and marked(shown)), below=shown is not None)
    if wrong := code(findings):
        raise typer.Exit(wrong)


def _hidden(written: str) -> list[int]:
    sizes = written.split(",") if written else []
    if not sizes or not all(size.strip().isascii() and size.strip().isdigit() for size in sizes):
        raise typer.BadParameter(_("write the sizes of the hidden layers, as in 512,512"), param_hint="--mlp")
    found = [int(size) for size in sizes if len(size) < 17]
    if len(found) < len(sizes) or min(found) < 1:
        raise typer.BadParameter(_("layer sizes are whole numbers from 1 up"), param_hint="--mlp")
    return found
