"""`cnncalc check …`: is an answer right, and if not, what was done? One question, a file of them, or a whole class."""

from __future__ import annotations

import os
from typing import Annotated

import typer

from cnncalc.cli import completing, options
from cnncalc.cli.options import CheckFormat, Color
from cnncalc.cli.output import Output
from cnncalc.language import _


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command(rich_help_panel=_("Learn"))(check)


def check(
    kind: Annotated[
        str,
        typer.Argument(
            metavar="KIND|FILE",
            autocompletion=completing.kinds_and_files,
            help=_("conv2d, max_pool2d, linear …; or a file of questions."),
        ),
    ],
    words: Annotated[
        list[str] | None,
        typer.Argument(metavar="key=value", help=_("What the question gives: n=7 k=3 p=1 s=2, or 3x7x7 …")),
    ] = None,
    answer: Annotated[
        str | None, typer.Option("--answer", "-a", help=_("The answer: a number, a shape, or arithmetic."))
    ] = None,
    ask: Annotated[
        str | None, typer.Option(help=_("What is asked: output_size, parameters, multiplications …"))
    ] = None,
    answers: Annotated[
        str | None,
        typer.Option(metavar="CSV", help=_("The answers of a class: a row for each student, a column for each id.")),
    ] = None,
    encoding: Annotated[
        str | None, typer.Option(help=_("How CSV files are encoded, such as gb18030; UTF-8 when left out."))
    ] = None,
    format: Annotated[
        CheckFormat, typer.Option("--format", "-f", help=_("What to write."), rich_help_panel=options.OUTPUT)
    ] = CheckFormat.TERMINAL,
    output_file: options.OutputFile = None,
    color: options.ColorOption = Color.AUTO,
    ascii: options.Ascii = False,
    lang: options.Lang = None,
) -> None:
    """Is my answer right? If not, which slip leads to it?

    ```
    cnncalc check conv2d n=7 k=3 p=1 s=2 --answer 4
    cnncalc check conv2d n=32 k=5 p=2 s=2 --answer 14
    cnncalc check conv2d 1x28x28 out=6 k=5 --ask weights --answer 150
    cnncalc check questions.yaml                       a file of questions
    cnncalc check questions.yaml --answers class.csv   a whole class
    cnncalc check lectures                             those that come along
    ```

    Without --ask it is the quantity that the givens determine: the output size where no channels are given. An answer
    such as 6x24x24 is a shape, and is held against that of the output.
    A question file is YAML, JSON or CSV; an existing file wins over a kind, and `-` is standard input.
    Exit codes: 0 all right, 1 some wrong or not answered, or an error in the file, 2 usage, 4 a file that cannot be
    read.
    """
    from cnncalc.cli import check_files

    out = Output(_shown(format), output_file, color, ascii)
    file = check_files.file(kind)
    if file is None:
        if answers is not None:
            raise typer.BadParameter(_("{kind} is no file of questions").format(kind=kind), param_hint="--answers")
        if answer is None and check_files.looks_like_a_file(kind):
            raise check_files.missing(kind)
        if answer is None:
            raise typer.BadParameter(_("what is the answer?"), param_hint="--answer")
        right = _one(kind, words or [], ask, answer, format, out)
    else:
        for option, value in (("--answer", answer), ("--ask", ask), ("key=value", words)):
            if value:
                raise typer.BadParameter(_("a file of questions says this itself"), param_hint=option)
        right = check_files.check(file, kind, answers, encoding, format, out)
    if not right:
        raise typer.Exit(1)


def _shown(format: CheckFormat) -> options.Format:
    """The format in which documents are shown and problems are reported."""
    return options.Format.TERMINAL if format is CheckFormat.JUNIT else options.Format(format.value)


def _one(kind: str, words: list[str], ask: str | None, answer: str, format: CheckFormat, out: Output) -> bool:
    """Say whether the answer to one question is right."""
    from cnncalc.cli.questions import report, understood
    from cnncalc.formula.expression import NotExact
    from cnncalc.problem import Refused
    from cnncalc.suggest import did_you_mean, nearest
    from cnncalc.teach import check as judge
    from cnncalc.teach.given import NotUnderstood
    from cnncalc.teach.quantities import NAMES, determined, shaped
    from cnncalc.views.check import check as view

    if ask is not None and ask not in NAMES:
        near = nearest(ask, NAMES)
        hint = "".join(did_you_mean(near)) or ", ".join(NAMES)
        raise typer.BadParameter(_("{ask} is no quantity; {hint}").format(ask=repr(ask), hint=hint), param_hint="--ask")
    given = understood(kind, words, out)
    if ask is None:
        possible = determined(given)
        if len(possible) > 1:
            possible = shaped(given, answer) or possible
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
    if format is CheckFormat.JSON:
        from cnncalc.teach.grade import score
        from cnncalc.teach.report import verdict as as_dict

        out.json({"schema_version": 1, "verdicts": [as_dict(verdict)], "score": score([verdict]).to_dict()})
    elif format in (CheckFormat.CSV, CheckFormat.JUNIT):
        from cnncalc.cli.check_files import show
        from cnncalc.teach.grade import alone

        show(alone(os.path.basename(kind), verdict), format, out)
    else:
        out.show(view(verdict))
    return verdict.right
