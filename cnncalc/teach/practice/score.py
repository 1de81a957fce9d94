"""How a quiz went: what was right, and what to look at again."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from cnncalc.record import Record
from cnncalc.teach.check import Verdict
from cnncalc.teach.practice.quiz import Posed


class Answered(NamedTuple):
    """A question and the verdict on its answer; None for one that was skipped."""

    question: Posed
    verdict: Verdict | None


class Revise(NamedTuple):
    """A topic in which something was wrong, how often, out of how many, and the slips, the commonest first."""

    topic: str
    wrong: int
    asked: int
    slips: tuple[tuple[str, int], ...]


class Outcome(Record):
    """The score: skipped questions are neither right nor wrong."""

    right: int
    wrong: int
    skipped: int
    revise: tuple[Revise, ...]


def outcome(answered: list[Answered]) -> Outcome:
    """The score of the questions that were seen, with the weakest topics first."""
    missed = [one for one in answered if one.verdict is not None and not one.verdict.right]
    right = sum(one.verdict is not None and one.verdict.right for one in answered)
    wrong = Counter(one.question.topic for one in missed)
    revise = []
    for topic, count in wrong.most_common():
        slips = Counter(
            " + ".join(slip.codes)
            for one in missed
            if one.question.topic == topic and one.verdict is not None
            for slip in one.verdict.slips
        )
        asked = sum(one.question.topic == topic and one.verdict is not None for one in answered)
        revise.append(Revise(topic, count, asked, tuple(slips.most_common(3))))
    return Outcome(right, len(missed), len(answered) - right - len(missed), tuple(revise))
