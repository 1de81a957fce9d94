"""`cnncalc check KIND given … --answer X`: is an answer right, and if not, what was done?"""

from __future__ import annotations

from typing import Annotated

import typer

from cnncalc.cli import options
from cnncalc.cli.options import Color, Format
from cnncalc.language import _


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command(rich_help_panel=_("Learn"))(check)


def check(
    kind: Annotated[str, typer.Argument(metavar="KIND", help=_("conv2d, max_pool2d, linear …"))],
    answer: Annotated[str, typer.Option("--answer", "-a", help=_("The answer: a number, or a shape."))],
    words: Annotated[
        list[str] | None,
        typer.Argument(metavar="key=value", help=_("What the question gives: n=7 k=3 p=1 s=2, or 3x7x7 …")),
    ] = None,
    ask: Annotated[
        str | None, typer.Option(help=_("What is asked: output_size, parameters, multiplications …"))
    ] = None,
    format: options.FormatOption = Format.TERMINAL,
    output_file: options.OutputFile = None,
    color: options.ColorOption = Color.AUTO,
    ascii: options.Ascii = False,
) -> None:
    """Is my answer right? If not, which slip leads to it?

    ```
    cnncalc check conv2d n=7 k=3 p=1 s=2 --answer 4
    cnncalc check conv2d n=32 k=5 p=2 s=2 --answer 14
    cnncalc check conv2d 1x28x28 out=6 k=5 --ask weights --answer 150
    cnncalc check linear 784 out=512 --ask parameters --answer 401408
    ```

    Without --ask it is the quantity that the givens determine: the output size where no channels are given.
    Exit codes: 0 right, 1 wrong, 2 usage.
    """
    from cnncalc.cli.output import Output
    from cnncalc.cli.questions import report, understood
    from cnncalc.formula.expression import NotExact
    from cnncalc.problem import Refused
    from cnncalc.suggest import nearest
    from cnncalc.teach import check as judge
    from cnncalc.teach.given import NotUnderstood
    from cnncalc.teach.quantities import NAMES, determined
    from cnncalc.views.check import check as view

    out = Output(format, output_file, color, ascii)
    if ask is not None and ask not in NAMES:
        near = nearest(ask, NAMES)
        hint = _("did you mean {words}?").format(words=_(" or ").join(near)) if near else ", ".join(NAMES)
        raise typer.BadParameter(_("{ask} is no quantity; {hint}").format(ask=repr(ask), hint=hint), param_hint="--ask")
    given = understood(kind, words or [], out)
    if ask is None:
        possible = determined(given)
        if len(possible) > 1:
            raise typer.BadParameter(
                _("the givens determine several quantities; say which: {names}").format(names=", ".join(possible)),
                param_hint="--ask",
            )
        ask = possible[0]
    try:
        verdict = judge.check(given, ask, answer)
    except Refused as refusal:
        raise report((refusal.problem,), given.kind.name, out) from None
    except NotUnderstood as error:
        raise report(error.problems, given.kind.name, out) from None
    except NotExact as error:
        raise typer.BadParameter(
            _("{ask} is not whole here: {error}").format(ask=_(NAMES[ask]), error=error), param_hint="--ask"
        ) from None
    right = verdict.ruling in ("right", "right_by_convention")
    if format is Format.JSON:
        from cnncalc.teach.report import verdict as as_dict

        score = {"right": int(right), "wrong": int(not right), "total": 1}
        out.json({"schema_version": 1, "verdicts": [as_dict(verdict)], "score": score})
    elif format is Format.CSV:
        raise typer.BadParameter(_("a verdict is no table; csv is for summary and compare"), param_hint="--format")
    else:
        out.show(view(verdict))
    if not right:
        raise typer.Exit(1)
