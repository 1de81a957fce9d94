"""`cnncalc ask "…"`: a question as people write it, answered with its derivation, or checked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from cnncalc.cli import options
from cnncalc.cli.options import Color, Format
from cnncalc.language import _

if TYPE_CHECKING:
    from cnncalc.cli.output import Output
    from cnncalc.teach.ask.answering import Answered
    from cnncalc.teach.check import Verdict


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command(rich_help_panel=_("Learn"))(ask)


def ask(
    question: Annotated[
        list[str], typer.Argument(metavar="QUESTION", help=_("The question in words; `-` reads standard input."))
    ],
    answer: Annotated[
        str | None,
        typer.Option("--answer", "-a", help=_("Check this answer; several are separated by `;`.")),
    ] = None,
    format: options.FormatOption = Format.TERMINAL,
    output_file: options.OutputFile = None,
    color: options.ColorOption = Color.AUTO,
    ascii: options.Ascii = False,
    lang: options.Lang = None,
) -> None:
    """A question in words, English or Chinese: the answer, and the way.

    ```
    cnncalc ask "7x7 input, 3x3 kernel, padding 1, stride 2: output size?"
    cnncalc ask "输入7*7，卷积核3*3，填充p=1，步长s=2，输出多大？"
    cnncalc ask "32x32x3 input, 10 5x5 filters, pad 2: parameters?"
    cnncalc ask "Conv2d(3, 64, kernel_size=3): how many weights?"
    cnncalc ask "What padding keeps the size for k = 3, 5, 7?"
    cnncalc ask "784 inputs, 512 neurons: weights?" --answer 401408
    cnncalc ask "为什么是4？输入7，k=3 s=2 p=1"
    cnncalc ask "Why can two 3x3 convolutions replace one 5x5?"
    cnncalc ask "How many parameters does resnet50 have?"
    ```

    It says what it understood and what it assumed. A number whose meaning is not clear is never dropped: the words
    are pointed at instead. An answer in the question (`is it 3?`, `我算的是3，对吗`) is checked. Exit codes: 0 answered
    or right, 1 wrong or not understood, 2 usage.
    """
    from cnncalc.cli.output import Output
    from cnncalc.document import Document
    from cnncalc.teach.ask import report
    from cnncalc.teach.ask.answering import answer as answered
    from cnncalc.teach.ask.checking import claimed
    from cnncalc.teach.ask.problems import NotRead
    from cnncalc.views.ask import ask as view
    from cnncalc.views.check import check
    from cnncalc.views.problems import problems

    if format is Format.CSV:
        raise typer.BadParameter(_("a derivation is no table; csv is for summary and compare"), param_hint="--format")
    out = Output(format, output_file, color, ascii)
    written, name = _question(question)
    try:
        done = answered(written, name)
    except NotRead as error:
        if format is Format.JSON:
            out.json(report.refused(error.findings))
        else:
            out.complain(problems(error.findings))
        raise typer.Exit(1) from None
    if answer is not None:
        _checked(done, answer, out)
        return
    found = claimed(done)
    if format is Format.JSON:
        out.json(report.answered(done) | (_judged(found) if found else {}))
    else:
        verdicts = tuple(block for one in found for block in check(one).blocks)
        out.show(Document((*view(done).blocks, *verdicts)))
        out.complain(problems(done.understood.notes), below=True)
    if done.understood.claim is not None and done.understood.claim.answer and not found[0].right:
        raise typer.Exit(1)


def _question(words: list[str]) -> tuple[str, str]:
    """The question and the name under which problems show it."""
    from cnncalc.cli.nets import fail
    from cnncalc.spec.read import STDIN_NAME, decode, read_bytes

    if words != ["-"]:
        return " ".join(words), _("<question>")
    data, findings = read_bytes("-")
    source = None if data is None else decode(data, STDIN_NAME)[0]
    if source is None:
        problem = findings[0].problem.message() if findings else _("it is no text")
        raise fail(_("standard input: {problem}").format(problem=problem))
    return source.text.strip(), STDIN_NAME


def _checked(done: Answered, written: str, out: Output) -> None:
    """The verdict on an answer to each thing that is asked."""
    from cnncalc.document import Document
    from cnncalc.teach.ask.checking import verdicts
    from cnncalc.views.check import check as view

    found = verdicts(done, written)
    if found is None:
        asked = len(dict.fromkeys(one.ask for one in done.answers))
        raise typer.BadParameter(
            _("{count} things are asked; separate their answers by `;`").format(count=asked), param_hint="--answer"
        )
    right = sum(one.right for one in found)
    if out.format is Format.JSON:
        from cnncalc.teach.ask.report import understood

        head = {"schema_version": 1, "understood": understood(done), "assumed": done.assumed}
        out.json(head | _judged(found))
    else:
        out.show(Document(tuple(block for one in found for block in view(one).blocks)))
    if right < len(found):
        raise typer.Exit(1)


def _judged(found: list[Verdict]) -> dict[str, Any]:
    """Verdicts and their score, for JSON."""
    from cnncalc.teach.grade import score
    from cnncalc.teach.report import verdict

    return {"verdicts": [verdict(one) for one in found], "score": score(found).to_dict()}
