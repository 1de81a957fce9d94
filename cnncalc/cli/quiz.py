"""`cnncalc quiz`: practise in the terminal, or put the questions into a file."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from cnncalc.cli import options
from cnncalc.cli.options import Color
from cnncalc.language import _

MOST_QUESTIONS = 500
LIST = "list"


class QuizFormat(StrEnum):
    """In which form a quiz is exported."""

    MARKDOWN = "markdown"
    JSON = "json"
    GIFT = "gift"
    MOODLE = "moodle"
    ANKI = "anki"


EXPORT = _("Export")


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command(rich_help_panel=_("Learn"))(quiz)


def quiz(
    topic: Annotated[
        list[str] | None, typer.Option("--topic", "-t", help=_("What to practise; again for more; list shows all."))
    ] = None,
    level: Annotated[int, typer.Option("--level", "-l", min=1, max=3, help=_("1 easy, 2 usual, 3 everything."))] = 1,
    questions: Annotated[
        int, typer.Option("--questions", "-n", metavar="N", min=1, max=MOST_QUESTIONS, help=_("How many questions."))
    ] = 10,
    seed: Annotated[
        int | None, typer.Option(min=0, max=10**9, help=_("The same number gives the same questions."))
    ] = None,
    export: Annotated[
        str | None,
        typer.Option(
            metavar="FILE", help=_("Into a file: .md .json .gift .xml .tsv; `-` shows it."), rich_help_panel=EXPORT
        ),
    ] = None,
    format: Annotated[
        QuizFormat | None,
        typer.Option("--format", "-f", help=_("Its format, where the name does not say it."), rich_help_panel=EXPORT),
    ] = None,
    key: Annotated[
        str | None,
        typer.Option(
            metavar="FILE", help=_("The answers into a file of their own (Markdown, JSON)."), rich_help_panel=EXPORT
        ),
    ] = None,
    color: options.ColorOption = Color.AUTO,
    ascii: options.Ascii = False,
) -> None:
    """Practise: questions with hints, and wrong answers traced to their slip.

    ```
    cnncalc quiz                                    ten easy questions
    cnncalc quiz --topic pooling --level 2          one topic, harder
    cnncalc quiz --topic list                       what there is
    cnncalc quiz --seed 7 --questions 5             the same five again
    cnncalc quiz --seed 7 --export quiz.md          a worksheet with its key
    cnncalc quiz --seed 7 --export quiz.xml         for Moodle
    cnncalc quiz --seed 7 --export quiz.json        for cnncalc check
    ```

    While it runs: `?` gives a hint, `s` skips, `q` ends with the score so far. Answers may also come over a pipe.
    Exported are Markdown, JSON, Moodle's GIFT and XML, Anki's TSV. Wrong options are what slips lead to.
    Exit codes: 0 fine, 2 usage, 4 a file that cannot be written.
    """
    from cnncalc.cli.output import Output
    from cnncalc.teach import practice

    out = Output(color=color, ascii=ascii)
    if LIST in (topic or ()):
        from cnncalc.views.quiz import topics

        out.show(topics())
        return
    wanted = _topics(topic)
    how = None if export is None else _format(export, format, key)
    if export is None and (format is not None or key is not None):
        raise typer.BadParameter(_("this belongs to --export FILE"), param_hint="--format" if format else "--key")
    made = practice.quiz(wanted, level, questions, _seed() if seed is None else seed)
    if export is not None and how is not None:
        from cnncalc.cli.quiz_files import write

        write(made, how.value, export, key, out)
        return
    from cnncalc.cli.quizzing import run

    run(made, _again(topic, level, questions, made.seed), out)


def _topics(asked: list[str] | None) -> list[str]:
    """The topics that are asked for; all of them when none is."""
    from cnncalc.suggest import nearest
    from cnncalc.teach.practice_topics import TOPICS

    for name in asked or ():
        if name not in TOPICS:
            near = nearest(name.replace("_", "-"), TOPICS)
            hint = _("did you mean {words}?").format(words=_(" or ").join(near)) if near else ", ".join(TOPICS)
            raise typer.BadParameter(_("{name} is no topic; {hint}").format(name=repr(name), hint=hint))
    return list(dict.fromkeys(asked or TOPICS))


def _seed() -> int:
    """A seed nobody asked for: short, because it is to be typed again."""
    import os

    return int.from_bytes(os.urandom(4), "big") % 10_000


def _format(file: str, format: QuizFormat | None, key: str | None) -> QuizFormat:
    """The format of a file: what is asked for, or what its name ends with."""
    endings = {
        ".md": QuizFormat.MARKDOWN,
        ".markdown": QuizFormat.MARKDOWN,
        ".json": QuizFormat.JSON,
        ".gift": QuizFormat.GIFT,
        ".txt": QuizFormat.GIFT,
        ".xml": QuizFormat.MOODLE,
        ".tsv": QuizFormat.ANKI,
    }
    how = format or next((one for ending, one in endings.items() if file.lower().endswith(ending)), None)
    if how is None:
        said = _("{file} does not say in which format; end it with {endings}, or give --format")
        raise typer.BadParameter(said.format(file=repr(file), endings=" ".join(endings)), param_hint="--export")
    if key is not None and how not in (QuizFormat.MARKDOWN, QuizFormat.JSON):
        said = _("in {format} the answers belong to the questions").format(format=how.value)
        raise typer.BadParameter(said, param_hint="--key")
    return how


def _again(topic: list[str] | None, level: int, questions: int, seed: int) -> str:
    """The command that asks the same questions."""
    words = "".join(f" --topic {one}" for one in topic or ())
    if level != 1:
        words += f" --level {level}"
    if questions != 10:
        words += f" --questions {questions}"
    return f"cnncalc quiz{words} --seed {seed}"
