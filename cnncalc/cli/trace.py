"""`cnncalc trace NET`: the hand calculation, number by number."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from cnncalc.cli import completing, options
from cnncalc.cli.options import Color, Format
from cnncalc.language import _

if TYPE_CHECKING:
    from cnncalc.document import Document
    from cnncalc.teach.trace import Trace, TracedLayer
    from cnncalc.tensor import Index

INPUT, WEIGHTS, SHOW = _("What goes in"), _("Weights"), _("What is shown")


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command(rich_help_panel=_("Learn"))(trace)


def trace(
    net: Annotated[
        str | None,
        typer.Argument(
            metavar="NET",
            autocompletion=completing.nets,
            help=_("A file, `-` or a shipped name; with --example 4x4 or 5x5."),
        ),
    ] = None,
    example: Annotated[
        bool, typer.Option("--example", help=_("The lectures' matrix and kernel."), rich_help_panel=INPUT)
    ] = False,
    matrix: Annotated[
        list[str] | None,
        typer.Option(
            metavar="FILE",
            help=_("Numbers: a file, `-`, or rows 1 2 / 3 4; name=… for one of several inputs."),
            rich_help_panel=INPUT,
        ),
    ] = None,
    image: Annotated[
        list[str] | None,
        typer.Option(
            metavar="PICTURE",
            help=_("PGM or PPM; with Pillow also PNG, JPEG …; name=… for one of several inputs."),
            rich_help_panel=INPUT,
        ),
    ] = None,
    random: Annotated[
        int | None,
        typer.Option(
            metavar="SEED", min=0, max=10**9, help=_("Random digits; also seeds the weights."), rich_help_panel=INPUT
        ),
    ] = None,
    input: options.Inputs = None,
    set: options.Settings = None,
    padding: Annotated[
        int | None,
        typer.Option(min=0, max=100, help=_("Padding of the example's convolution."), rich_help_panel=WEIGHTS),
    ] = None,
    stride: Annotated[
        int | None,
        typer.Option(min=1, max=100, help=_("Stride of the example's convolution."), rich_help_panel=WEIGHTS),
    ] = None,
    padding_value: Annotated[
        str, typer.Option(metavar="VALUE", help=_("What convolutions pad with."), rich_help_panel=WEIGHTS)
    ] = "0",
    kernel: Annotated[
        list[str] | None,
        typer.Option(
            help=_("Of the first convolution: sobel_x, blur … or [[1, 0], [0, -1]]; once for each map."),
            rich_help_panel=WEIGHTS,
        ),
    ] = None,
    bias: Annotated[
        str | None,
        typer.Option(
            metavar="VALUES", help=_("Of the first convolution: one, or one for each map."), rich_help_panel=WEIGHTS
        ),
    ] = None,
    layer: Annotated[
        str | None, typer.Option(metavar="NAME", help=_("Up to this layer, and its maps."), rich_help_panel=SHOW)
    ] = None,
    at: Annotated[
        str | None,
        typer.Option(metavar="C,ROW,COL", help=_("One output value, written out; from 0."), rich_help_panel=SHOW),
    ] = None,
    step: Annotated[bool, typer.Option("--step", help=_("The window, place by place."), rich_help_panel=SHOW)] = False,
    format: options.FormatOption = Format.TERMINAL,
    output_file: options.OutputFile = None,
    color: options.ColorOption = Color.AUTO,
    ascii: options.Ascii = False,
    lang: options.Lang = None,
) -> None:
    """Do it by hand: every number of a small network, one value written out.

    ```
    cnncalc trace --example                    the lectures' 4×4 matrix
    cnncalc trace --example --padding 1 --padding-value 1
    cnncalc trace --example --stride 2 --step  the 5×5 matrix, step by step
    cnncalc trace --example --at 0,1,1         one value: window × kernel
    cnncalc trace --matrix 1,3,0/2,1,4/0,5,2 --kernel 1,0/0,-1
    cnncalc trace net.yaml --random 7 --layer conv2d_1 --at 0,0,0
    cnncalc trace lenet5 --random 7 --layer conv2d_1 -o maps.png
    ```

    Kernels: sobel_x, sobel_y, edge_horizontal, edge_vertical, blur, sharpen. Other weights are small random whole
    numbers, biases 0. Exit codes: 0 calculated, 1 a problem, 2 usage, 4 cannot read or write.
    """
    from cnncalc.cli.output import Output, replace
    from cnncalc.cli.tracing import Wishes, number, traced
    from cnncalc.render.signs import carries
    from cnncalc.views.maps import ASCII_SHADES, SHADES, matrices

    if format is Format.CSV:
        raise typer.BadParameter(_("a calculation is no table; csv is for summary and compare"), param_hint="--format")
    picture = output_file is not None and output_file.lower().endswith(".png")
    out = Output(format, None if picture else output_file, color, ascii)
    found, place = traced(
        Wishes(
            net=net,
            example=example,
            matrix=matrix,
            image=image,
            random=random,
            input=input,
            padding=padding,
            stride=stride,
            padding_value=number(padding_value),
            kernel=kernel,
            bias=bias,
            layer=layer,
            at=at,
            alone=at is not None or step or picture,
            set=set,
        ),
        out,
    )
    target = found.layer(layer)
    if picture and output_file is not None:
        from cnncalc.render import png

        replace(output_file, png.render(png.grid(matrices(target.output))))
    if format is Format.JSON:
        from cnncalc.teach.trace_report import report

        out.json(report(found, target, place))
        return
    encoding = "utf-8" if out.file is not None or sys.stdout is None else sys.stdout.encoding
    # Where parts of a block are missing, whole blocks are written as # too (render/signs.py).
    shades = SHADES if not ascii and carries(encoding, SHADES + "▏") else ASCII_SHADES
    out.show(_document(found, target, place, step, shades))


def _document(found: Trace, target: TracedLayer, place: Index | None, step: bool, shades: str) -> Document:
    """What was asked for: the steps of a window, one value written out, or the maps."""
    if step:
        from cnncalc.views.steps import steps

        if not target.windowed or not 2 <= len(target.output.shape) <= 4:
            raise typer.BadParameter(
                _("{name} has no window that moves over its input").format(name=target.name), param_hint="--step"
            )
        return steps(target)
    if place is not None:
        from cnncalc.views.written_out import written_out

        return written_out(target, place)
    from cnncalc.views.trace import trace as view

    return view(found, target.name, shades)
