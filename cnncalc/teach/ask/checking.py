"""Verdicts on answers to a question in words."""

from __future__ import annotations

from cnncalc.formula.expression import evaluate
from cnncalc.formula.slips import Slip
from cnncalc.record import changed
from cnncalc.teach.answer import Answer as Said
from cnncalc.teach.answer import read
from cnncalc.teach.ask.answering import Answered
from cnncalc.teach.ask.answering import answer as answered
from cnncalc.teach.ask.chains import SUMMED, total
from cnncalc.teach.ask.one_layer import Answer, label_of, name_of
from cnncalc.teach.ask.problems import NotRead
from cnncalc.teach.ask.report import derivation
from cnncalc.teach.check import Mark, Ruling, Verdict, marker, without_reading
from cnncalc.teach.given import NotUnderstood
from cnncalc.teach.quantities import ASKS, expressions
from cnncalc.teach.question_problems import AskMissing
from cnncalc.teach.solving import sized


def verdicts(done: Answered, written: str) -> list[Verdict] | None:
    """A verdict for each thing that is asked; None when there are more or fewer answers than questions.

    Where several readings are open, an answer that suits one of them is right.
    """
    asks = list(dict.fromkeys(one.ask for one in done.answers))
    parts = [written] if len(asks) == 1 else [part.strip() for part in written.replace("；", ";").split(";")]
    if len(parts) != len(asks):
        return None
    return [
        _best([_verdict(one, part) for one in done.answers if one.ask == ask])
        for ask, part in zip(asks, parts, strict=True)
    ]


def claimed(done: Answered) -> list[Verdict]:
    """The verdicts on what a question claims: on its answer, then on one that it doubts."""
    claim = done.understood.claim
    said = [] if claim is None else [one for one in (claim.answer, claim.doubted) if one]
    return [_best([_verdict(one, written) for one in done.answers]) for written in said]


def _best(found: list[Verdict]) -> Verdict:
    return next((one for one in found if one.right), found[0])


def _verdict(one: Answer, written: str) -> Verdict:
    if one.settings or one.ask not in ASKS:
        ask = one.ask if one.ask in ASKS and label_of(one) == name_of(one.ask) else "values"
        answer = read(written)
        values = [tuple(v) if isinstance(v, list) else (v,) for v in one.settings] or [one.value]
        right = answer is not None and (any(answer.is_(value) for value in values) or _arrives(one, answer))
        ruling: Ruling = "right" if right else without_reading(written) if answer is None else "wrong"
        return Verdict(ask, ruling, written, answer, one.value, (), derivation=derivation(one))
    if one.way and one.ask in SUMMED:
        return _of_all(one, written)
    return marker(one.ask, one.truth, one.given)(written)


def _arrives(one: Answer, said: Said) -> bool:
    """Whether an input size whose sides differ gives the output as well; only those alike are listed."""
    if one.ask != "input_size" or one.given is None or not said.readings:
        return False
    kind = one.given.kind
    sizes = tuple(int(side) for side in said.numbers if type(side) is int and side > 0)
    known = one.value * kind.rank if len(one.value) == 1 else one.value
    return len(sizes) == len(said.numbers) == kind.rank and sized(kind, sizes) == sized(kind, known)


def _of_all(one: Answer, written: str) -> Verdict:
    """The verdict on a total. The slips of a single layer do not count; without any bias it may be right."""
    verdict = marker(one.ask, one.truth, None)(written)
    layers = [given for given, _truth in one.way]
    if verdict.ruling != "wrong" or one.ask != "parameters" or any("bias" in given.stated for given in layers):
        return verdict
    weights = total(changed(one, way=tuple((given, expressions(given, "weights")) for given in layers)))
    value = evaluate(weights)
    if verdict.given is None or not verdict.given.is_((value,)):
        return verdict
    return changed(verdict, ruling="right_by_convention", slips=(Slip("forgot_bias", weights, value),))


def marked(text: str, ask: str | None) -> tuple[str, Mark]:
    """What a question in words asks for (`ask`, where it asks for several things), and what marks its answers.

    Raises:
        NotUnderstood: it cannot be read, or it asks for several things and nobody says which is meant.
    """
    try:
        done = answered(text, "text")
    except NotRead as error:
        raise NotUnderstood(*(finding.problem for finding in error.findings)) from None
    asks = list(dict.fromkeys(one.ask for one in done.answers))
    if ask is None and len(asks) == 1:
        ask = asks[0]
    if ask not in asks:
        raise NotUnderstood(AskMissing(tuple(asks)))
    own = [one for one in done.answers if one.ask == ask]
    return ask if ask in ASKS else "values", lambda written: _best([_verdict(one, written) for one in own])
