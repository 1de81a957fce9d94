"""Is an answer right, and if not, what was done? The verdict names the slip, if one leads to the answer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from cnncalc.formula import rules
from cnncalc.formula.expression import Expression, Value, evaluate, traced
from cnncalc.formula.letters import K, N, S
from cnncalc.formula.slips import SLIPS, Slip, off_by_power_of_ten, slips
from cnncalc.kinds._contract import Role
from cnncalc.record import Record
from cnncalc.teach.answer import Answer, read
from cnncalc.teach.given import Given, NotUnderstood
from cnncalc.teach.quantities import expressions

Ruling = Literal["right", "right_by_convention", "wrong", "unreadable"]

SIBLINGS = {
    ("parameters", "weights"): "forgot_bias",
    ("weights", "parameters"): "counted_bias",
    ("multiplications", "flops"): "macs_as_flops",
    ("macs", "flops"): "macs_as_flops",
    ("flops", "macs"): "flops_as_macs",
    ("multiplications", "weights"): "weights_as_multiplications",
    ("macs", "weights"): "weights_as_multiplications",
    ("weights", "multiplications"): "multiplications_as_weights",
}
"""Quantities that are taken for each other: (asked, answered) → slip."""

CONVENTIONS = ("forgot_bias", "counted_bias")
"""Slips that are none as long as the question does not say whether there are biases."""


class Verdict(Record):
    """What is said about an answer. `slips` are the single slips that lead to it, the commonest first."""

    ask: str
    ruling: Ruling
    answer: str
    given: Answer | None
    expected: tuple[Value, ...]
    truth: tuple[Expression, ...]
    slips: tuple[Slip, ...] = ()


def check(given: Given, ask: str, written: str) -> Verdict:
    """The verdict on an answer.

    Raises:
        Refused, NotUnderstood: the question has no answer; see `quantities.expressions`.
    """
    truth = expressions(given, ask)
    expected = tuple(evaluate(expression) for expression in truth)
    answer = read(written)
    if answer is None:
        return Verdict(ask, "unreadable", written, None, expected, truth)
    if answer.is_(expected):
        return Verdict(ask, "right", written, answer, expected, truth)
    found = tuple(_fitting(given, ask, truth, answer))
    if "bias" not in given.stated and any(slip.code in CONVENTIONS for slip in found):
        chosen = tuple(slip for slip in found if slip.code in CONVENTIONS)
        return Verdict(ask, "right_by_convention", written, answer, expected, truth, chosen)
    return Verdict(ask, "wrong", written, answer, expected, truth, found)


def _fitting(given: Given, ask: str, truth: tuple[Expression, ...], answer: Answer) -> list[Slip]:
    """The slips that give the answer, one for each code, the commonest first."""
    found: dict[str, Slip] = {}
    for slip in _all(given, ask, truth):
        if slip.code not in found and answer.is_((slip.value,)):
            found[slip.code] = slip
    order = list(SLIPS)
    return sorted(found.values(), key=lambda slip: order.index(slip.code))[:3] or list(_power(truth, answer))


def _all(given: Given, ask: str, truth: tuple[Expression, ...]) -> Iterator[Slip]:
    for expression in dict.fromkeys(truth):
        yield from slips(expression)
    for (asked, answered), code in SIBLINGS.items():
        if asked == ask:
            try:
                for expression in expressions(given, answered):
                    yield Slip(code, expression, evaluate(expression))
            except NotUnderstood:
                continue
    if ask == "output_size":
        yield from _other_rules(given)


def _other_rules(given: Given) -> Iterator[Slip]:
    """The size rule of the other kind of window: n/s for a convolution, n − k + 1 for a pooling."""
    geometry = given.kind.geometry(given.inputs)
    if geometry is None:
        return
    for n, k, s in zip(given.inputs[0][1:], geometry.kernel, geometry.stride, strict=True):
        if Role.POOLING in given.kind.roles:
            expression = rules.valid_size(traced(N, n), traced(K, k))
            code = "convolution_rule"
        else:
            expression = rules.divided_size(traced(N, n), traced(S, s))
            code = "pooling_rule"
        yield Slip(code, expression, evaluate(expression))


def _power(truth: tuple[Expression, ...], answer: Answer) -> Iterator[Slip]:
    if len(truth) == 1 and len(answer.numbers) == 1:
        value = answer.numbers[0]
        if off_by_power_of_ten(value, evaluate(truth[0])):
            yield Slip("power_of_ten", truth[0], value)
