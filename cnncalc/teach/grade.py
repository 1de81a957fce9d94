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

    @property
    def posed(self) -> bool:
        """Whether the question is only put, beside no answer: then what is right stays untold."""
        return self.student is None and self.verdict.ruling == "unanswered"


class Score(NamedTuple):
    """How many of all questions were answered right, how many unreadably, and how many not at all."""

    right: int
    total: int
    unreadable: int = 0
    unanswered: int = 0

    @property
    def wrong(self) -> int:
        """How many were answered wrong."""
        return self.total - self.right - self.unreadable - self.unanswered

    def to_dict(self) -> dict[str, int]:
        """The score as it stands in a JSON document."""
        return {
            "right": self.right,
            "wrong": self.wrong,
            "unreadable": self.unreadable,
            "unanswered": self.unanswered,
            "total": self.total,
        }


NOTHING = Score(0, 0)
"""The score before anything was asked."""


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
        return _sum([tally.score for tally in self.questions])

    def to_dict(self) -> dict[str, Any]:
        """The report as it stands in the JSON document."""
        verdicts = []
        for one in self.graded:
            verdict = report.verdict(one.verdict, one.id)
            if one.posed:
                verdict |= {"expected": None, "derivation": ""}
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
    tally = Tally(verdict.ask, verdict.ask, score([verdict]), ())
    return Report(name, (Graded(verdict.ask, verdict),), (tally,))


def class_(name: str, questions: Sequence[Question], roster: Roster) -> Report:
    """The answers of a class to all questions; nobody answered one that has no column."""
    asked = [question for question in questions if question.id not in roster.missing]
    graded = tuple(
        Graded(question.id, question.mark(sheet.answers[question.id]), sheet.student)
        for sheet in roster.sheets
        for question in asked
    )
    width, left_out = len(asked), _unanswered(len(roster.missing))
    students = tuple(
        (sheet.student, _sum([score([one.verdict for one in graded[row * width : (row + 1) * width]]), left_out]))
        for row, sheet in enumerate(roster.sheets)
    )
    doubtful = tuple(one.id for one in asked if one.answer and not one.mark(one.answer).right)
    tallies = _tallies(questions, graded, _unanswered(len(roster.sheets)))
    return Report(name, graded, tallies, students, roster.ignored, roster.missing, doubtful, _texts(asked))


def _texts(questions: Sequence[Question]) -> tuple[tuple[str, str], ...]:
    return tuple((question.id, question.text) for question in questions if question.text)


def score(verdicts: Sequence[Verdict]) -> Score:
    """The score of these verdicts."""
    rulings = Counter(verdict.ruling for verdict in verdicts)
    right = rulings["right"] + rulings["right_by_convention"]
    return Score(right, len(verdicts), rulings["unreadable"], rulings["unanswered"])


def _sum(scores: Sequence[Score]) -> Score:
    return Score(*map(sum, zip(NOTHING, *scores, strict=True)))


def _unanswered(count: int) -> Score:
    return Score(0, count, unanswered=count)


def _tallies(questions: Sequence[Question], graded: Sequence[Graded], left_out: Score = NOTHING) -> tuple[Tally, ...]:
    """What became of each question; `left_out` is the score of one that nobody could answer."""
    verdicts: dict[str, list[Verdict]] = {question.id: [] for question in questions}
    for one in graded:
        verdicts[one.id].append(one.verdict)
    tallies = []
    for question in questions:
        own = verdicts[question.id]
        # Of slips that lead to the same number, the commonest stands first and counts; two slips together are a guess.
        firsts = [verdict.slips[0] for verdict in own if verdict.ruling == "wrong" and verdict.slips]
        slips = Counter(slip.code for slip in firsts if not slip.second)
        made = score(own) if own else left_out
        tallies.append(Tally(question.id, question.ask, made, tuple(slips.most_common())))
    return tuple(tallies)
