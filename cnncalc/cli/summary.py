"""`cnncalc summary NET`: the table of a network."""

from __future__ import annotations

from typing import Annotated

import typer

from cnncalc.cli import completing, options
from cnncalc.cli.options import Color, Format, Units
from cnncalc.language import _


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command(rich_help_panel=_("Calculate"))(summary)


def summary(
    nets: Annotated[
        list[str],
        typer.Argument(
            metavar="NET",
            autocompletion=completing.nets,
            help=_("A file, `-`, a shipped name, or a directory of specs; `FILE@*`: every variant."),
        ),
    ],
    columns: Annotated[
        str | None,
        typer.Option(help=_("Columns by JSON name, with commas: k, s, p, output, params, mults, rf …")),
    ] = None,
    all_rows: Annotated[
        bool, typer.Option("--all-rows", help=_("A row for every layer, also for those that print only zeros."))
    ] = False,
    depth: Annotated[
        int | None, typer.Option(metavar="N", min=1, max=64, help=_("Fold blocks into a row each, from this depth on."))
    ] = None,
    batch: options.Batch = 1,
    input: options.Inputs = None,
    set: options.Settings = None,
    semantics: options.SemanticsOption = None,
    dtype: Annotated[str, typer.Option(metavar="TYPE", help=_("Type of the parameters, for their bytes."))] = "float32",
    watch: options.Watch = False,
    units: options.UnitsOption = Units.EXACT,
    format: options.FormatOption = Format.TERMINAL,
    output_file: options.OutputFile = None,
    color: options.ColorOption = Color.AUTO,
    ascii: options.Ascii = False,
    lang: options.Lang = None,
) -> None:
    """Shapes, parameters and multiplications of a network, layer by layer.

    ```
    cnncalc summary vgg16
    cnncalc summary net.yaml --columns k,s,output,params,additions,rf
    cnncalc summary net.yaml --input 3x128x128 --batch 8
    cnncalc summary resnet50 --depth 1          a row for each block
    cnncalc summary mobilenet_v2 --set width=0.5
    cnncalc summary specs/ --units si           a line for each network
    cnncalc summary "net.yaml@*" -f csv         a line for each variant
    cnncalc summary net.yaml --format json -o net.json
    ```

    Exit codes: 0 calculated, 1 a problem in the spec (what could be calculated is shown), 2 usage, 4 cannot read or
    write.
    """
    if watch:
        asked = locals() | {"watch": False}
        from cnncalc.cli.watching import again

        return again(nets, lambda: summary(**asked), [output_file])

    from cnncalc.cli.nets import code, load_all, settings, shapes
    from cnncalc.cli.output import Output
    from cnncalc.engine.walk import analyze
    from cnncalc.harmless import harmless
    from cnncalc.result import BYTES
    from cnncalc.views.columns import UnknownColumn, chosen
    from cnncalc.views.problems import marked, problems

    if dtype not in BYTES:
        raise typer.BadParameter(
            _("{dtype} is none of {known}").format(dtype=repr(dtype), known=", ".join(BYTES)), param_hint="--dtype"
        )
    wanted = None if columns is None else columns.split(",")
    try:
        chosen(wanted or ())
    except UnknownColumn as error:
        raise typer.BadParameter(str(error), param_hint="--columns") from None
    if wanted is not None and format in (Format.JSON, Format.CSV):
        raise typer.BadParameter(
            _("{format} has every column; leave the option out").format(format=format.value), param_hint="--columns"
        )
    out = Output(format, output_file, color, ascii)
    networks = load_all(
        nets, output_file, with_gaps=format is Format.JSON, variables=settings(set), semantics=semantics
    )
    try:
        results = [analyze(network, batch, shapes(input)) for network in networks]
    except ValueError as error:
        raise typer.BadParameter(harmless(str(error)), param_hint="--input") from None
    findings = [finding for result in results for finding in result.problems]
    if depth is not None and format in (Format.JSON, Format.CSV):
        from cnncalc.views.depth import folded

        results = [folded(result, depth) for result in results]
    if format is Format.JSON:
        out.json(results[0] if len(results) == 1 else {"schema_version": 1, "networks": results})
    elif format is Format.CSV:
        from cnncalc.analysis.compare import totals
        from cnncalc.render import csv

        if len(results) == 1:
            out.put_pieces(csv.pieces(results[0]))
        else:
            out.put(csv.table(map(totals, results)))
        out.complain(problems(findings))
    else:
        from cnncalc.views import summary as view

        if len(results) == 1:
            document = view.summary(
                results[0], columns=wanted, all_rows=all_rows, dtype=dtype, units=units.value, depth=depth
            )
        else:
            document = view.overview(results, units=units.value)
        shown = any(result.layers for result in results)
        if shown and semantics is not None and len(results) == 1:
            from cnncalc.analysis.portability import differences
            from cnncalc.document import Document
            from cnncalc.spec.load import as_written
            from cnncalc.views.depth import folded
            from cnncalc.views.portability import portability

            own = as_written(networks[0])
            both = [analyze(own, batch, shapes(input)), results[0]]
            found = differences(*(both if depth is None else [folded(one, depth) for one in both]))
            if found or all(one.status == "complete" for one in both):  # of what is not known nothing is said
                below = portability(found, own.semantics, semantics.value, all_rows)
                document = Document((*document.blocks, *below.blocks))
        if shown:
            out.show(document)
        out.complain(problems(findings, partial=shown and marked(document)), below=shown)
    if wrong := code(findings):
        raise typer.Exit(wrong)
