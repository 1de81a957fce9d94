"""`cnncalc expand NET`: the flat form of a spec."""

from __future__ import annotations

from typing import Annotated

import typer

from cnncalc.cli import options
from cnncalc.cli.options import Color, Format
from cnncalc.language import _


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command(rich_help_panel=_("Specs"))(expand)


def expand(
    net: Annotated[str, typer.Argument(metavar="NET", help=_("A file, `-`, or a shipped name."))],
    set: options.Settings = None,
    semantics: options.SemanticsOption = None,
    format: options.FormatOption = Format.TERMINAL,
    output_file: options.OutputFile = None,
    color: options.ColorOption = Color.AUTO,
    ascii: options.Ascii = False,
    lang: options.Lang = None,
) -> None:
    """The flat form of a spec: every layer written out.

    No variables, blocks or repetition are left. It is a spec again, of the same network: YAML, or with
    `--format json` JSON. Nothing is calculated: a layer that does not fit is written out like the others.

    ```
    cnncalc expand resnet50
    cnncalc expand mobilenet_v2 --set width=0.5 -o half.yaml
    ```

    Exit codes: 0 written, 1 the spec cannot be read as one, 2 usage, 4 cannot read or write.
    """
    from cnncalc.cli.nets import keep, load, settings
    from cnncalc.cli.output import Output
    from cnncalc.spec.dump import spec_of, text_of
    from cnncalc.spec.load import apart
    from cnncalc.views.problems import problems

    if format not in (Format.TERMINAL, Format.JSON):
        raise typer.BadParameter(_("a spec is written as YAML, or as json"), param_hint="--format")
    out = Output(format, output_file, color, ascii)
    keep(apart(net)[0], output_file)
    network = load(net, settings(set), semantics)
    if any(finding.severity == "error" for finding in network.problems):
        out.complain(problems(network.problems))
        raise typer.Exit(1)
    if format is Format.JSON:
        out.json(spec_of(network))
    else:
        out.put(text_of(network))
