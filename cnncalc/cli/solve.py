"""`cnncalc solve …`: which kernel, stride, padding, dilation or input size gives this?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from cnncalc.cli import completing, options
from cnncalc.cli.options import Color, Format
from cnncalc.language import _

if TYPE_CHECKING:
    from cnncalc.cli.output import Output
    from cnncalc.problem import Problem
    from cnncalc.spec.network import Network
    from cnncalc.teach.asked import Question

USAGE = 2


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command(rich_help_panel=_("Learn"))(solve)


def solve(
    what: Annotated[
        str,
        typer.Argument(
            metavar="KIND | NET",
            autocompletion=completing.kinds_and_nets,
            help=_("conv2d, max_pool2d …; or a network."),
        ),
    ],
    words: Annotated[
        list[str] | None,
        typer.Argument(metavar="key=value …", help=_("What is known: n=224 m=112 k=7; the rest is looked for.")),
    ] = None,
    input_between: Annotated[
        tuple[int, int] | None,
        typer.Option(
            "--input-between", metavar="LOW HIGH", help=_("Which input sizes pass the network without dropping a row?")
        ),
    ] = None,
    keep_size: Annotated[
        bool, typer.Option("--keep-size", help=_("Which padding keeps the size, for k = 3, 5, 7 or the given k?"))
    ] = False,
    mirror: Annotated[
        bool, typer.Option("--mirror", help=_("Which layer maps the sizes back, with its output padding?"))
    ] = False,
    set: options.Settings = None,
    format: options.FormatOption = Format.TERMINAL,
    output_file: options.OutputFile = None,
    color: options.ColorOption = Color.AUTO,
    ascii: options.Ascii = False,
    lang: options.Lang = None,
) -> None:
    """Which kernel, stride, padding, dilation or input size gives this output size?

    ```
    cnncalc solve conv2d n=224 m=112 k=7          all s, p and d that do
    cnncalc solve conv2d m=4 k=3 s=2 p=1          which n?
    cnncalc solve max_pool2d n=55 m=27            k and s of a pooling
    cnncalc solve conv_transpose2d n=7 m=14 k=3   with output padding
    cnncalc solve conv2d --keep-size              same padding for k = 3, 5, 7
    cnncalc solve conv2d n=224 k=3 s=2 p=1 --mirror
    cnncalc solve vgg16 --input-between 200 260   no row dropped
    ```

    Exit codes: 0 solved, 1 no solution or a problem in the spec, 2 usage, 4 cannot read or write.
    """
    from cnncalc.cli.nets import settings
    from cnncalc.cli.output import Output

    if format is Format.CSV:
        raise typer.BadParameter(_("csv is for summary and compare"), param_hint="--format")
    out = Output(format, output_file, color, ascii)
    if input_between is not None:
        if words or keep_size or mirror:
            raise typer.BadParameter(_("it takes a network and nothing else"), param_hint="--input-between")
        _passing(what, settings(set), input_between, out)
    elif keep_size and mirror:
        raise typer.BadParameter(_("ask for one of --keep-size and --mirror"), param_hint="--mirror")
    else:
        question = _question(what, words or [], keep_size, out)
        if keep_size:
            _keeping(question, out)
        elif mirror:
            _mirrored(question, out)
        else:
            _solved(question, out)


def _question(kind: str, words: list[str], any_kernel: bool, out: Output) -> Question:
    from cnncalc.spec import shipped
    from cnncalc.teach.asked import read
    from cnncalc.teach.given import NotUnderstood

    try:
        return read(kind, words, any_kernel)
    except NotUnderstood as error:
        if shipped.find(kind) is not None or kind.endswith(shipped.ENDINGS):
            raise typer.BadParameter(
                _("of a network it is asked which sizes pass: --input-between 200 260"), param_hint="NET"
            ) from None
        _misunderstood(error.problems, out)


def _misunderstood(problems: tuple[Problem, ...], out: Output) -> NoReturn:
    """Say what is wrong with the question, which is a matter of usage."""
    from cnncalc.cli.questions import report

    report(problems, None, out)
    raise typer.Exit(USAGE)


def _solved(question: Question, out: Output) -> None:
    from cnncalc.teach.asked import SizeMissing
    from cnncalc.teach.mirroring import adapted
    from cnncalc.teach.solving import input_sizes_behind, solve
    from cnncalc.views import solve as view

    if question.m is None:
        _misunderstood((SizeMissing("m"),), out)
    if question.adaptive:
        found = adapted(question.template, question.n, question.m)
        document = view.adapted
    else:
        document = view.solved
        if question.n is None:
            found = input_sizes_behind(question.template, question.m, question.stated)
        else:
            found = solve(question.template, question.unknown, question.n, question.m)
    if out.format is Format.JSON:
        out.json(found)
    else:
        out.show(document(question, found))
    if not found.solutions:
        raise typer.Exit(1)


def _keeping(question: Question, out: Output) -> None:
    from cnncalc.teach.asked import NothingToSolve
    from cnncalc.teach.mirroring import USUAL_KERNELS, keeping
    from cnncalc.teach.solving import FIELDS
    from cnncalc.views.solve import keeping as view

    if question.adaptive:
        _misunderstood((NothingToSolve(type(question.template).name),), out)
    if set(getattr(question.template, FIELDS["s"], None) or (1,)) != {1} and "s" in question.stated:
        raise typer.BadParameter(
            _("padding keeps the size at stride 1 alone; leave the stride out"), param_hint="--keep-size"
        )
    given = getattr(question.template, FIELDS["k"])
    usual = [(k,) * question.template.rank for k in USUAL_KERNELS]
    found = keeping(question.template, [given] if "k" in question.stated else usual, question.n)
    if out.format is Format.JSON:
        out.json(found)
    else:
        out.show(view(question, found))
    if not found.solutions:
        raise typer.Exit(1)


def _mirrored(question: Question, out: Output) -> None:
    from cnncalc.problem import Problem
    from cnncalc.teach.asked import SizeMissing
    from cnncalc.teach.mirroring import mirrored
    from cnncalc.teach.solving import Solution, sized, solve
    from cnncalc.views.solve import mirrored as view

    kind = question.template
    if not type(kind).mirror:
        raise typer.BadParameter(
            _("{kind} has no mirror; convolutions and transposed convolutions have one").format(kind=type(kind).name),
            param_hint="--mirror",
        )
    if question.n is None:
        _misunderstood((SizeMissing("n"),), out)
    if question.m is not None:
        first = solve(kind, question.unknown, question.n, question.m)
        if not first.solutions:
            _solved(question, out)
            return
        there = next((one for one in first.solutions if one.usual), first.solutions[0])
    else:
        m = sized(kind, question.n)
        if isinstance(m, Problem):
            from cnncalc.cli.questions import refused

            raise refused(m, type(kind).name, out)
        there = Solution(kind, question.n, m)
    found = mirrored(there.kind, there.n)
    if found is None:
        raise typer.Exit(1)
    if out.format is Format.JSON:
        out.json(found)
    else:
        out.show(view(there, found))
    if not found.solutions:
        raise typer.Exit(1)


def _passing(net: str, variables: dict[str, Any], bounds: tuple[int, int], out: Output) -> None:
    from cnncalc.cli.nets import load
    from cnncalc.cli.progress import progress
    from cnncalc.teach import passing
    from cnncalc.views.passing import passing as view
    from cnncalc.views.problems import problems

    low, high = bounds
    if not 0 < low <= high:
        raise typer.BadParameter(_("two sizes from 1 up, the smaller one first"), param_hint="--input-between")
    network = load(net, variables)
    if any(finding.severity == "error" for finding in network.problems):
        if out.format is Format.JSON:
            from cnncalc.findings import listed

            out.json({"schema_version": 1, "problems": [finding.to_dict() for finding in listed(network.problems)]})
        else:
            out.complain(problems(network.problems))
        raise typer.Exit(1)
    shapes = [shape for _name, shape in network.inputs]
    shape = shapes[0] if len(shapes) == 1 else None
    if shape is None or len(shape) < 2:
        raise typer.BadParameter(
            _("the network needs exactly one input, with channels and space"), param_hint="--input-between"
        )
    most = passing.most_sizes(network)
    if high + 1 - low > most:
        raise typer.BadParameter(_too_many(network, low, high, most), param_hint="--input-between")
    with progress(high + 1 - low, out.ascii) as seen:
        sizes: list[int] = []
        for size in range(low, high + 1):
            sizes += passing.passing(network, shape, [size])
            seen()
    near = [] if sizes else passing.nearest(network, shape, low, high)
    if out.format is Format.JSON:
        out.json(
            {
                "schema_version": 1,
                "name": network.name,
                "solutions": [{"input": list(passing.square(shape, size))} for size in sizes],
                "count": len(sizes),
                "nearest": [{"input": list(passing.square(shape, size))} for size in near],
            }
        )
    else:
        first = None if sizes else passing.dropped(network, passing.square(shape, low))
        out.show(view(network.name, shape, bounds, sizes, near, first))
    if not sizes:
        raise typer.Exit(1)


def _too_many(network: Network, low: int, high: int, most: int) -> str:
    """Why so many sizes are not tried, and which can be."""
    return _("{sizes} sizes are too many for {layers} layers; at most {most} are tried, as in {low} {high}").format(
        sizes=f"{high + 1 - low:,}",
        layers=f"{len(network.layers):,}",
        most=f"{most:,}",
        low=low,
        high=low + most - 1,
    )
