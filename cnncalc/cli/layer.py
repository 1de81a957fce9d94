"""`cnncalc layer KIND INPUT key=value …`: one layer, no file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from cnncalc.cli import completing, options
from cnncalc.cli.options import Color, Detail, Format
from cnncalc.language import _

if TYPE_CHECKING:
    from cnncalc.cli.output import Output
    from cnncalc.teach.given import Given


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command(rich_help_panel=_("Calculate"))(layer)


def layer(
    kind: Annotated[
        str, typer.Argument(metavar="KIND", autocompletion=completing.kinds, help=_("conv2d, max_pool2d, linear …"))
    ],
    words: Annotated[
        list[str] | None,
        typer.Argument(metavar="INPUT key=value", help=_("3x7x7, or 7x7 or n=7 without channels; and the fields.")),
    ] = None,
    detail: Annotated[Detail, typer.Option(help=_("A line each, every step, or with the reason."))] = Detail.STEPS,
    blank: Annotated[
        bool, typer.Option("--blank", help=_("A worksheet: gaps for the results, the answers at the end."))
    ] = False,
    key: Annotated[
        str | None, typer.Option("--key", metavar="FILE", help=_("Write the answers of the worksheet to this file."))
    ] = None,
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
    cnncalc layer conv2d 3x7x7 out=10 k=3 --blank     a worksheet
    cnncalc layer conv2d                      what it is, and its fields
    ```

    Short names: k kernel, s stride, p padding, d dilation, g groups, n size, c_in, c_out. 步长, 填充 and the like work
    too.
    """
    from cnncalc.cli.output import Output
    from cnncalc.cli.questions import check_key, refused, understood
    from cnncalc.document import Document
    from cnncalc.problem import Refused
    from cnncalc.views.gaps import Gaps
    from cnncalc.views.gaps import key as answers
    from cnncalc.views.layer import layer as view

    check_key(key, blank, output_file)
    if format is Format.CSV:
        raise typer.BadParameter(_("a derivation is no table; csv is for summary and compare"), param_hint="--format")
    out, apart = Output(format, output_file, color, ascii), Output(format, key, color, ascii)
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
            _json(given, blank, out, None if key is None else apart)
            return
        gaps = Gaps() if blank else None
        document = view(given, detail.value, gaps)
    except Refused as refusal:
        raise refused(refusal.problem, given.kind.name, out) from None
    if gaps is not None and key is None:
        document = Document((*document.blocks, *answers(gaps).blocks))
    out.show(document)
    if gaps is not None and key is not None:
        apart.show(answers(gaps))


def _json(given: Given, blank: bool, out: Output, apart: Output | None) -> None:
    """Write the layer, or its worksheet with the answers at the end or apart."""
    from cnncalc.teach.report import layer as report
    from cnncalc.teach.report import worksheet

    if not blank:
        out.json(report(given))
        return
    sheet, found = worksheet(given)
    out.json(sheet if apart is not None else {**sheet, "key": found})
    if apart is not None:
        apart.json({"schema_version": 1, "answers": found})
