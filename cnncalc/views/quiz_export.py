"""A quiz for others: as cards for learning platforms, as a worksheet with its key, as a file of questions."""

from __future__ import annotations

import re
from typing import Any

from cnncalc.document import Block, Document, Fact, Facts, Heading, Paragraph, bold, plain
from cnncalc.formula.slip_words import SLIPS
from cnncalc.language import _, plural
from cnncalc.render.cards import Card, Choice
from cnncalc.teach.practice.quiz import Posed, Quiz
from cnncalc.teach.practice.topics import TOPICS
from cnncalc.teach.report import derivation
from cnncalc.views.quiz import matrices


def cards(quiz: Quiz) -> list[Card]:
    """Every question as a card."""
    return [_card(quiz, posed, number) for number, posed in enumerate(quiz.questions, 1)]


def _card(quiz: Quiz, posed: Posed, number: int) -> Card:
    right = posed.mark(posed.answer)
    numeric = posed.answer.isdigit()
    typed = [one.written for one in posed.wrong if not numeric or re.fullmatch(r"[0-9.]+", one.written)]
    choices = tuple(
        Choice(one.text, posed.answer in (one.letter, one.text), _done(one.code) if one.code else "")
        for one in posed.options
    )
    return Card(
        name=f"{number:03} {posed.topic}",
        text=posed.text,
        answers=_ways(posed.answer),
        solution=derivation(right),
        tags=("cnncalc", posed.topic, f"level-{quiz.level}", f"seed-{quiz.seed}"),
        drawn=tuple((label, tuple(rows)) for label, rows in matrices(posed.row)),
        choices=choices,
        numeric=numeric,
        foreseen=() if choices else tuple((wrong, _done(code)) for wrong, code in posed.wrong if wrong in typed),
    )


def _ways(answer: str) -> tuple[str, ...]:
    """The ways in which a typed answer may be written; a platform compares texts."""
    typed = answer.replace("×", "x")
    return tuple(dict.fromkeys((answer, typed, typed.replace(" / ", "/"))))


def worksheet(quiz: Quiz) -> Document:
    """The questions to be printed."""
    count = len(quiz.questions)
    said = plural("{count} question on convolutional networks", "{count} questions on convolutional networks", count)
    level = _("level {level}, seed {seed}").format(level=quiz.level, seed=quiz.seed)
    blocks: list[Block] = [Heading(bold(said.format(count=count)), level)]
    for number, posed in enumerate(quiz.questions, 1):
        blocks += [Heading(bold(f"{number}"), _(TOPICS[posed.topic])), Paragraph(plain(posed.text))]
        for label, rows in matrices(posed.row):
            facts = [Fact(label if not index else " ", plain(row)) for index, row in enumerate(rows)]
            blocks.append(Facts(tuple(facts), aligned=True))
        if posed.options:
            blocks.append(Facts(tuple(Fact(one.letter, plain(one.text)) for one in posed.options)))
    return Document(tuple(blocks))


def answers(quiz: Quiz) -> Document:
    """The key to the worksheet: the answers, how they come about, and what led to the wrong options."""
    blocks: list[Block] = [Heading(bold(_("Answers")), _("seed {seed}").format(seed=quiz.seed))]
    for number, posed in enumerate(quiz.questions, 1):
        said, way = _said(posed), derivation(posed.mark(posed.answer))
        blocks += [Heading(bold(f"{number}"), _(TOPICS[posed.topic])), Paragraph(bold(said))]
        facts = [Fact("", plain(way))] if way not in ("", said) else []
        for one in posed.options:
            if one.code:
                told = _("{letter}: {slip} ({code})").format(
                    letter=one.letter, slip=_(SLIPS[one.code].short), code=one.code
                )
                facts.append(Fact("", plain(told)))
        blocks += [Facts(tuple(facts))] if facts else []
    return Document(tuple(blocks))


def _said(posed: Posed) -> str:
    """The right answer, with its letter where there are options."""
    right = next((one for one in posed.options if posed.answer in (one.letter, one.text)), None)
    return posed.answer if right is None else f"{right.letter}: {right.text}"


def questions(quiz: Quiz, solved: bool) -> dict[str, Any]:
    """The quiz as a file of questions that `cnncalc check` reads; when it is `solved`, with its answers apart."""
    rows = []
    apart = ("text", "answer") if solved else ("text", "answer", "model")
    for number, posed in enumerate(quiz.questions, 1):
        row = {key: value for key, value in posed.row.items() if key not in apart}
        text = posed.row.get("text", posed.text)
        if posed.options and not posed.words:
            row["options"] = {one.letter: one.text for one in posed.options}
        rows.append({"id": _id(posed, number), "text": text, **row})
    document = {"schema_version": 1, "level": quiz.level, "seed": quiz.seed, "questions": rows}
    return {**document, "answers": _answers(quiz)} if solved else document


def _answers(quiz: Quiz) -> dict[str, Any]:
    """The answers by the questions' ids: whole numbers as such, all else as it is written."""
    return {
        _id(posed, number): int(posed.answer) if re.fullmatch("[0-9]+", posed.answer) else posed.answer
        for number, posed in enumerate(quiz.questions, 1)
    }


def _id(posed: Posed, number: int) -> str:
    return f"{posed.topic}-{number}"


def _done(code: str) -> str:
    """What was done, in words, where this slip was made."""
    return _(SLIPS[code].sentence)
