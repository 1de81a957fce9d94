"""`cnncalc layer KIND INPUT key=value …`: one layer, no file."""

from __future__ import annotations

from typing import Annotated

import typer

from cnncalc.cli import options
from cnncalc.cli.options import Color, Detail, Format
from cnncalc.language import _


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command(rich_help_panel=_("Calculate"))(layer)


def layer(
    kind: Annotated[str, typer.Argument(metavar="KIND", help=_("conv2d, max_pool2d, linear …"))],
    words: Annotated[
        list[str] | None,
        typer.Argument(metavar="INPUT key=value", help=_("3x7x7, or 7x7 or n=7 without channels; and the fields.")),
    ] = None,
    detail: Annotated[Detail, typer.Option(help=_("A line each, every step, or with the reason."))] = Detail.STEPS,
    format: options.FormatOption = Format.TERMINAL,
    output_file: options.OutputFile = None,
    color: options.ColorOption = Color.AUTO,
    ascii: options.Ascii = False,
    lang: options.Lang = None,
) -> None:
    """One layer, step by step: output size, weights, multiplications.

    ```
    cnncalc layer conv2d 3x7x7 out_channels=10 k=3 p=1 s=2
    cnncalc layer conv2d n=7 k=3 s=2          sizes only
    cnncalc layer max_pool2d 4x25x25 k=2      a row is dropped
    cnncalc layer linear 784 out=512
    cnncalc layer conv2d 7x7 k=3 p=1 s=2 --detail why
    cnncalc layer conv2d                      what it is, and its fields
    ```

    Short names: k kernel, s stride, p padding, d dilation, g groups, n size, c_in, c_out. 步长, 填充 and the like work
    too.
    """
    from cnncalc.cli.output import Output
    from cnncalc.cli.questions import refused, understood
    from cnncalc.problem import Refused
    from cnncalc.views.layer import layer as view

    out = Output(format, output_file, color, ascii)
    if not words and format is not Format.JSON:
        from cnncalc.kinds import find
        from cnncalc.views.kind import kind as page

        found = find(kind)
        if found is not None:
            out.show(page(found))
            return
    given = understood(kind, words or [], out)
    try:
        if format is Format.JSON:
            from cnncalc.teach.report import layer as report

            out.json(report(given))
        elif format is Format.CSV:
            raise typer.BadParameter(
                _("a derivation is no table; csv is for summary and compare"), param_hint="--format"
            )
        else:
            out.show(view(given, detail.value))
    except Refused as refusal:
        raise refused(refusal.problem, given.kind.name, out) from None
