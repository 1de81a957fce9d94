"""Grading: the verdicts on all answers, the share right and the commonest slip of each question, scores of students."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any, NamedTuple

from cnncalc.record import Record
from cnncalc.teach import report
from cnncalc.teach.check import Verdict
from cnncalc.teach.questions import Question
from cnncalc.teach.roster import Roster


class Graded(NamedTuple):
    """A verdict with the question that it answers and the student who gave it (nobody for a single file)."""

    id: str
    verdict: Verdict
    student: str | None = None


class Score(NamedTuple):
    """How many answers are right."""

    right: int
    total: int

    def to_dict(self) -> dict[str, int]:
        """The score as it stands in a JSON document."""
        return {"right": self.right, "wrong": self.total - self.right, "total": self.total}


class Tally(NamedTuple):
    """What became of one question: its score, and how often each slip was made, the commonest first."""

    id: str
    ask: str
    score: Score
    slips: tuple[tuple[str, int], ...]


class Report(Record):
    """A graded file or class. `doubtful` are questions whose own answer in the file is wrong, graded by the truth."""

    name: str
    graded: tuple[Graded, ...]
    questions: tuple[Tally, ...]
    students: tuple[tuple[str, Score], ...] = ()
    ignored: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    doubtful: tuple[str, ...] = ()
    texts: tuple[tuple[str, str], ...] = ()

    @property
    def score(self) -> Score:
        """All answers together."""
        return _score([one.verdict for one in self.graded])

    def to_dict(self) -> dict[str, Any]:
        """The report as it stands in the JSON document."""
        verdicts = []
        for one in self.graded:
            verdict = report.verdict(one.verdict, one.id)
            verdicts.append(verdict if one.student is None else {**verdict, "student": one.student})
        document: dict[str, Any] = {"schema_version": 1, "verdicts": verdicts, "score": self.score.to_dict()}
        document["questions"] = [
            {"id": tally.id, "ask": tally.ask, **tally.score.to_dict(), "slips": dict(tally.slips)}
            for tally in self.questions
        ]
        if self.students:
            document["students"] = [{"student": name, **score.to_dict()} for name, score in self.students]
            document["ignored_columns"] = list(self.ignored)
            document["missing_questions"] = list(self.missing)
        return document


def file(name: str, questions: Sequence[Question]) -> Report:
    """The answers that stand beside the questions."""
    graded = tuple(Graded(question.id, question.mark(question.answer)) for question in questions)
    return Report(name, graded, _tallies(questions, graded), texts=_texts(questions))


def alone(name: str, verdict: Verdict) -> Report:
    """The verdict on a single answer."""
    score = _score([verdict])
    return Report(name, (Graded(verdict.ask, verdict),), (Tally(verdict.ask, verdict.ask, score, ()),))


def class_(name: str, questions: Sequence[Question], roster: Roster) -> Report:
    """The answers of a class to the questions that it was asked."""
    asked = [question for question in questions if question.id not in roster.missing]
    graded = tuple(
        Graded(question.id, question.mark(sheet.answers[question.id]), sheet.student)
        for sheet in roster.sheets
        for question in asked
    )
    width = len(asked)
    students = tuple(
        (sheet.student, _score([one.verdict for one in graded[row * width : (row + 1) * width]]))
        for row, sheet in enumerate(roster.sheets)
    )
    doubtful = tuple(one.id for one in asked if one.answer and not one.mark(one.answer).right)
    tallies = _tallies(asked, graded)
    return Report(name, graded, tallies, students, roster.ignored, roster.missing, doubtful, _texts(asked))


def _texts(questions: Sequence[Question]) -> tuple[tuple[str, str], ...]:
    return tuple((question.id, question.text) for question in questions if question.text)


def _score(verdicts: Sequence[Verdict]) -> Score:
    return Score(sum(verdict.right for verdict in verdicts), len(verdicts))


def _tallies(questions: Sequence[Question], graded: Sequence[Graded]) -> tuple[Tally, ...]:
    verdicts: dict[str, list[Verdict]] = {question.id: [] for question in questions}
    for one in graded:
        verdicts[one.id].append(one.verdict)
    tallies = []
    for question in questions:
        own = verdicts[question.id]
        # Of slips that lead to the same number, the commonest stands first and counts; two slips together are a guess.
        firsts = [verdict.slips[0] for verdict in own if verdict.ruling == "wrong" and verdict.slips]
        slips = Counter(slip.code for slip in firsts if not slip.second)
        tallies.append(Tally(question.id, question.ask, _score(own), tuple(slips.most_common())))
    return tuple(tallies)
