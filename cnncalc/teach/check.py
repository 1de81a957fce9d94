"""Is an answer right, and if not, what was done? The verdict names the slip, if one leads to the answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from cnncalc.formula.expression import Expression, Value, evaluate
from cnncalc.formula.slips import Slip
from cnncalc.record import Record
from cnncalc.teach.answer import Answer, normal, read
from cnncalc.teach.fitting import Fitting
from cnncalc.teach.given import Given
from cnncalc.teach.quantities import SIZES, expressions

Ruling = Literal["right", "right_by_convention", "wrong", "unreadable", "unanswered"]

CONVENTIONS = ("forgot_bias", "counted_bias")
"""Slips that are none as long as the question does not say whether there are biases."""

FRAMEWORKS = ("one_bias_vector",)
"""Slips that are none, because frameworks differ."""


class Verdict(Record):
    """What is said about an answer. `slips` are the slips that lead to it, the commonest first.

    A matrix is `expected` row by row, with its number of `columns`; of a choice the right `letter` is, `shown` with its
    words. Where the truth is no expression, `derivation` says how it comes about.
    """

    ask: str
    ruling: Ruling
    answer: str
    given: Answer | None
    expected: tuple[Value, ...]
    truth: tuple[Expression, ...]
    slips: tuple[Slip, ...] = ()
    columns: int = 0
    letter: str = ""
    shown: str = ""
    derivation: str = ""

    @property
    def right(self) -> bool:
        """Whether the answer counts as right."""
        return self.ruling in ("right", "right_by_convention")


def without_reading(written: str) -> Ruling:
    """What is said about a text in which no answer can be read: is there none, or must somebody look?"""
    return "unreadable" if normal(written) else "unanswered"


Mark = Callable[[str], Verdict]
"""What turns an answer to one question, as it is written, into a verdict."""


def check(given: Given, ask: str, written: str) -> Verdict:
    """The verdict on an answer.

    Raises:
        Refused, NotUnderstood, NotExact: the question has no answer; see `quantities.expressions`.
    """
    return marker(ask, expressions(given, ask), given)(written)


def marker(ask: str, truth: tuple[Expression, ...], given: Given | None) -> Mark:
    """What marks answers to a question about a layer, or (without one) about numbers that were computed before.

    Raises:
        NotExact: the truth has no whole value.
    """
    expected = tuple(map(evaluate, truth))
    count = ask not in SIZES and ask != "output_shape"
    fitting = Fitting(given, ask, truth)
    known: dict[str, Verdict] = {}

    def mark(written: str) -> Verdict:
        # A class gives few different answers to a question.
        if written not in known:
            known[written] = judged(written)
        return known[written]

    def judged(written: str) -> Verdict:
        answer = read(written, count=count)
        if answer is None:
            return Verdict(ask, without_reading(written), written, None, expected, truth)
        if any(answer.is_(value) for value in _accepted(ask, expected, given)):
            return Verdict(ask, "right", written, answer, expected, truth)
        if ask == "output_shape" and len(expected) > 1 and answer.is_((*expected[1:], expected[0])):
            last = Slip("channels_last", truth[0], expected[0])
            return Verdict(ask, "right_by_convention", written, answer, expected, truth, (last,))
        found = fitting.leading_to(answer)
        open_ = (*FRAMEWORKS, *(CONVENTIONS if _leaves_bias_open(given) else ()))
        chosen = tuple(slip for slip in found if slip.code in open_ and not slip.second)
        if chosen:
            return Verdict(ask, "right_by_convention", written, answer, expected, truth, chosen)
        return Verdict(ask, "wrong", written, answer, expected, truth, found)

    return mark


def _leaves_bias_open(given: Given | None) -> bool:
    return given is not None and "bias" in type(given.kind).model_fields and "bias" not in given.stated


def _accepted(ask: str, expected: tuple[Value, ...], given: Given | None) -> list[tuple[Value, ...]]:
    """The right answer in all its forms: a size per axis or once for all, with the channels; a shape with its batch."""
    if ask == "output_shape":
        return [expected, (1, *expected)] if len(expected) > 1 else [expected]
    if given is None or ask != "output_size":
        rank = given.kind.rank if given is not None else 0
        return [expected, expected * rank] if rank > 1 and len(expected) == 1 and ask in SIZES else [expected]
    sides = expected * given.kind.rank if len(expected) == 1 and given.kind.rank > 1 else expected
    channels = given.kind.output(given.inputs)[0] if given.countable else None
    return [expected, sides, *([] if channels is None else [(channels, *sides)])]
