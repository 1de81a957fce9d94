"""`cnncalc quiz`: practise in the terminal, or put the questions into a file."""

from __future__ import annotations

import os
import re
from typing import Annotated

import typer

from cnncalc.cli import options
from cnncalc.cli.options import Color
from cnncalc.language import _

MOST_QUESTIONS = 500
LIST = ("list", "列表")
"""Words for all topics that there are."""


FORMATS = {
    "markdown": "markdown",
    "md": "markdown",
    "json": "json",
    "gift": "gift",
    "txt": "gift",
    "xml": "moodle",
    "moodle": "moodle",
    "tsv": "anki",
    "anki": "anki",
}
"""The words for each format, which are also the endings of files."""

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
        str | None,
        typer.Option(
            "--format", "-f", metavar="FORMAT", help=_("markdown, json, gift, xml or tsv."), rich_help_panel=EXPORT
        ),
    ] = None,
    key: Annotated[
        str | None,
        typer.Option(
            metavar="FILE", help=_("The answers into a file of their own (Markdown, JSON)."), rich_help_panel=EXPORT
        ),
    ] = None,
    color: options.ColorOption = Color.AUTO,
    ascii: options.Ascii = False,
    lang: options.Lang = None,
) -> None:
    """Practise: questions with hints, and wrong answers traced to their slip.

    ```
    cnncalc quiz                                    ten easy questions
    cnncalc quiz --topic pooling --level 2          one topic, harder
    cnncalc quiz --topic 池化,感受野                the same in Chinese
    cnncalc quiz --topic list                       what there is
    cnncalc quiz --seed 7 --questions 5             the same five again
    cnncalc quiz --seed 7 --export quiz.md          a worksheet with its key
    cnncalc quiz --seed 7 --export quiz.xml         for Moodle
    cnncalc quiz --seed 7 --export quiz.json        for cnncalc check
    cnncalc quiz --export quiz.json --key key.json  sheet and key apart
    ```

    While it runs: `?` gives a hint, `s` skips, `q` ends with the score so far. Answers may also come over a pipe.
    Exported are Markdown, JSON, Moodle's GIFT and XML, Anki's TSV. Wrong options are what slips lead to.
    A class that answers by numbers or letters: `cnncalc check key.json --answers class.csv`.
    Exit codes: 0 fine, 2 usage, 4 a file that cannot be written.
    """
    from cnncalc.cli.nets import say
    from cnncalc.cli.output import Output
    from cnncalc.teach.practice.quiz import quiz

    out = Output(color=color, ascii=ascii)
    if any(one in LIST for one in topic or ()):
        from cnncalc.views.quiz import topics

        out.show(topics())
        return
    topic = [name for one in topic or () for name in re.split("[,，、]", one)]
    wanted = _topics(topic)
    how = None if export is None else _format(export, format, key)
    if key is not None and key == export:
        raise typer.BadParameter(_("the answers need a file of their own"), param_hint="--key")
    if export is None and (format is not None or key is not None):
        raise typer.BadParameter(_("this belongs to --export FILE"), param_hint="--format" if format else "--key")
    made = quiz(wanted, level, questions, _seed() if seed is None else seed)
    if len(made.questions) < questions:
        said = _("there are {count} different questions on this, no more")
        say(said.format(count=len(made.questions)))
    if export is not None and how is not None:
        from cnncalc.cli.quiz_files import write

        if seed is None:
            say(_("the seed of this quiz is {seed}").format(seed=made.seed))
        write(made, how, export, key, out)
        return
    from cnncalc.cli.quizzing import run

    run(made, _again(topic, level, questions, made.seed), out)


def _topics(asked: list[str]) -> list[str]:
    """The topics that are asked for; all of them when none is."""
    from cnncalc.suggest import did_you_mean, nearest
    from cnncalc.teach.practice.topics import TOPICS, WORDS, topic_called

    found = []
    for name in asked:
        topic = topic_called(name)
        if topic is None:
            others = [word for words in WORDS.values() for word in words.split("|")]
            near = nearest(name.replace("_", "-"), TOPICS) or nearest(name, others)
            hint = "".join(did_you_mean(near)) or ", ".join(TOPICS)
            raise typer.BadParameter(
                _("{name} is no topic; {hint}").format(name=repr(name), hint=hint), param_hint="--topic"
            )
        found.append(topic)
    return list(dict.fromkeys(found or TOPICS))


def _seed() -> int:
    """A seed nobody asked for: short, because it is to be typed again."""
    return int.from_bytes(os.urandom(4), "big") % 10_000


def _format(file: str, format: str | None, key: str | None) -> str:
    """The format of a file: what is asked for, or what its name ends with."""
    from cnncalc.suggest import did_you_mean, nearest

    ending = os.path.splitext(file)[1].lower().removeprefix(".")
    if format is not None and format not in FORMATS:
        near = nearest(format, FORMATS)
        hint = "".join(did_you_mean(near)) or ", ".join(FORMATS)
        said = _("{name} is no format; {hint}").format(name=repr(format), hint=hint)
        raise typer.BadParameter(said, param_hint="--format")
    if format is None and ending not in FORMATS:
        said = _("{file} does not say in which format; end it with {endings}, or give --format")
        endings = ".md .json .gift .xml .tsv"
        raise typer.BadParameter(said.format(file=repr(file), endings=endings), param_hint="--export")
    how = FORMATS[format or ending]
    if key is not None and how not in ("markdown", "json"):
        said = _("in {format} the answers stand beside the questions").format(format=format or ending)
        raise typer.BadParameter(said, param_hint="--key")
    return how


def _again(topic: list[str], level: int, questions: int, seed: int) -> str:
    """The command that asks the same questions."""
    words = "".join(f" --topic {one}" for one in topic)
    if level != 1:
        words += f" --level {level}"
    if questions != 10:
        words += f" --questions {questions}"
    return f"cnncalc quiz{words} --seed {seed}"
