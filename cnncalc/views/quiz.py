"""A quiz in the terminal: its beginning, a question, a hint, the score."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from cnncalc.document import Block, Column, Document, Fact, Facts, Heading, Paragraph, Table, Text, bold, dim, plain
from cnncalc.language import _, _as, plural
from cnncalc.teach.practice.quiz import Posed, Quiz
from cnncalc.teach.practice.score import Outcome
from cnncalc.teach.practice.topics import TOPICS
from cnncalc.teach.report import derivation
from cnncalc.views.check import right


def opening(quiz: Quiz) -> Document:
    """What comes, and what can be typed."""
    count = len(quiz.questions)
    said = plural("{count} question", "{count} questions", count).format(count=count)
    level = _("level {level}, seed {seed}").format(level=quiz.level, seed=quiz.seed)
    keys = _("? gives a hint, s skips, q ends")
    return Document((Heading(bold(said), level), Paragraph(dim(keys))))


def question(posed: Posed, number: int, total: int) -> Document:
    """A question with its matrices, or its options where it is answered in words."""
    head = Heading(bold(f"{number}/{total}"), _(TOPICS[posed.topic]))
    blocks: list[Block] = [head, Paragraph(plain(posed.text), indent=3)]
    if posed.words:
        blocks.append(Facts(tuple(Fact(one.letter, plain(one.text)) for one in posed.options), indent=3))
    for label, rows in matrices(posed.row):
        facts = [Fact(label if not index else " ", plain(row)) for index, row in enumerate(rows)]
        blocks.append(Facts(tuple(facts), indent=3, gap=3))
    return Document(tuple(blocks))


def matrices(row: dict[str, Any]) -> list[tuple[str, list[str]]]:
    """The matrices of a question, row by row in columns."""
    names = {"matrix": _("matrix"), "kernel": _("kernel")}
    return [(name, _columns(row[key])) for key, name in names.items() if key in row]


def _columns(matrix: Sequence[Sequence[int]]) -> list[str]:
    width = max(len(str(value)) for row in matrix for value in row)
    return [" ".join(str(value).rjust(width) for value in row) for row in matrix]


def hint(posed: Posed, given: int) -> Document:
    """The next hint, where `given` were given before."""
    if given >= len(posed.hints):
        return Document((Paragraph(dim(_("There is no further hint; s skips the question.")), indent=3),))
    label = _("hint {number}").format(number=given + 1)
    return Document((Facts((Fact(label, plain(posed.hints[given])),), indent=3, gap=3),))


def skipped(posed: Posed) -> Document:
    """The answer to a question that was skipped, and how it comes about."""
    verdict = posed.mark(posed.answer)
    said = _("skipped; the answer is {answer}").format(answer=right(verdict))
    way = derivation(verdict)
    shown = (
        (Facts((Fact(_as("calculation", "right"), plain(way)),), indent=3, gap=3),)
        if way not in ("", right(verdict))
        else ()
    )
    return Document((Paragraph(plain(said), indent=3), *shown))


def unreadable(posed: Posed) -> Document:
    """What an answer to this question looks like, after one that cannot be read."""
    if posed.words:
        said = _("that cannot be read; one of the letters is asked for")
    elif posed.ask == "values":
        said = _("that cannot be read; rows of numbers are asked for, such as 1 2 / 3 4")
    elif posed.ask == "output_shape":
        said = _("that cannot be read; a shape is asked for, such as 10x4x4")
    else:
        said = _("that cannot be read; a number is asked for, or arithmetic such as 3*3*8 + 8")
    return Document((Paragraph(plain(said), indent=3),))


def score(outcome: Outcome, again: str) -> Document:
    """How it went, what to look at again, and how to have the same questions again."""
    answered = outcome.right + outcome.wrong
    said = plural("{right} of {total} answer right", "{right} of {total} answers right", answered)
    skipped = plural("{count} skipped", "{count} skipped", outcome.skipped).format(count=outcome.skipped)
    said = said.format(right=outcome.right, total=answered) if answered else _("nothing answered")
    head = Heading(bold(said), skipped if outcome.skipped else "")
    facts = []
    for index, one in enumerate(outcome.revise):
        slips = ", ".join(code if times == 1 else f"{code} ({times}×)" for code, times in one.slips)
        told = _("{topic}: {wrong} of {asked} wrong").format(
            topic=_(TOPICS[one.topic]), wrong=one.wrong, asked=one.asked
        )
        facts.append(Fact(" " if index else _("to revise"), plain(told)))
        if slips:
            facts.append(Fact(" ", dim(_("slips: {codes}").format(codes=slips))))
    facts.append(Fact(_("once more"), plain(again)))
    return Document((head, Facts(tuple(facts), gap=3)))


def topics() -> Document:
    """The topics that can be asked for."""
    columns = (Column("topic", _("topic")), Column("about", _("what it is about"), whole=True))
    return Document((Table(columns, tuple((Text(name), Text(_(about))) for name, about in TOPICS.items())),))
