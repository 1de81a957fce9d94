"""Which slips lead to an answer: single ones first, two together only when no single one does."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from functools import cache

from cnncalc.formula import rules
from cnncalc.formula.expression import Expression, NotExact, Value, evaluate, traced
from cnncalc.formula.letters import C_IN, C_OUT, K, N, S
from cnncalc.formula.slips import SLIPS, Slip, off_by_power_of_ten, slips
from cnncalc.kinds._contract import Role
from cnncalc.record import changed
from cnncalc.teach.answer import Answer
from cnncalc.teach.given import Given, NotUnderstood
from cnncalc.teach.quantities import expressions

SIBLINGS = {
    ("multiplications", "flops"): "macs_as_flops",
    ("macs", "flops"): "macs_as_flops",
    ("flops", "macs"): "macs_as_flops",
    ("parameters", "weights"): "forgot_bias",
    ("weights", "parameters"): "counted_bias",
    ("multiplications", "weights"): "weights_as_multiplications",
    ("macs", "weights"): "weights_as_multiplications",
    ("weights", "multiplications"): "multiplications_as_weights",
}
"""Quantities that are taken for each other: (asked, answered) → slip."""

MOST_PAIRS = 3
"""Two slips together explain much that nobody did, so no more than this are named."""

_ORDER = list(SLIPS)

Fitting = Callable[[Answer], tuple[Slip, ...]]


def alone(given: Given | None, ask: str, truth: tuple[Expression, ...]) -> list[list[Slip]]:
    """Every single slip on a quantity, for each of its numbers."""
    return [list(_of_axis(given, ask, expression, axis)) for axis, expression in enumerate(truth)]


def fitting(given: Given | None, ask: str, truth: tuple[Expression, ...]) -> Fitting:
    """What finds the slips that give an answer, the commonest first. The slips themselves are worked out once."""
    values = tuple(map(evaluate, truth))

    @cache
    def single() -> list[list[Slip]]:
        return alone(given, ask, truth)

    @cache
    def double() -> list[list[Slip]]:
        return [list(_on_top(found, value)) for found, value in zip(single(), values, strict=True)]

    def fits(answer: Answer) -> tuple[Slip, ...]:
        readings = [reading for reading in _readings(answer, given, len(truth)) if len(reading) == len(values)]
        for numbers in readings:
            found = _agreeing(answer, numbers, values, single())
            if found:
                return tuple(found)
        if (ten := _power(answer, truth, values)) is not None:
            return (ten,)
        for numbers in readings:
            found = _agreeing(answer, numbers, values, double())
            if found:
                return tuple(found[:MOST_PAIRS])
        return ()

    return fits


def _readings(answer: Answer, given: Given | None, axes: int) -> Iterator[tuple[Value, ...]]:
    """The answer's readings, with one number for equal sides, and a size without the channels in front of it."""
    for reading in answer.readings:
        yield reading
        if len(reading) > axes == 1:
            sides = reading[1:] if given is not None and len(reading) == given.kind.rank + 1 else reading
            if len(set(sides)) == 1:
                yield sides[:1]


def _agreeing(
    answer: Answer, numbers: Sequence[Value], values: Sequence[Value], slips_: list[list[Slip]]
) -> list[Slip]:
    """The slips that explain every number that is not right, one for each code (or pair of codes)."""
    wrong = [axis for axis, number in enumerate(numbers) if not answer.says(number, values[axis])]
    found: dict[tuple[str, ...], Slip] = {}
    explained: dict[tuple[str, ...], set[int]] = {}
    for axis in wrong:
        for slip in slips_[axis]:
            if answer.says(numbers[axis], slip.value):
                found.setdefault(slip.codes, slip)
                explained.setdefault(slip.codes, set()).add(axis)
    whole = [slip for codes, slip in found.items() if explained[codes] == set(wrong)]
    return sorted(whole, key=lambda slip: [_ORDER.index(code) for code in slip.codes])


def _on_top(found: list[Slip], truth: Value) -> Iterator[Slip]:
    """A second slip on top of each one, each pair in one order."""
    done: set[str] = set()
    for first in found:
        # Either order gives the same, so those that were the first one are no second one any more.
        done.add(first.code)
        for second in slips(first.expression, done):
            if second.value != truth:
                yield changed(first, expression=second.expression, value=second.value, second=second.code)


def _of_axis(given: Given | None, ask: str, truth: Expression, axis: int) -> Iterator[Slip]:
    """Every slip on one number of the answer."""
    for slip in slips(truth):
        yield changed(slip, axis=axis) if axis else slip
    if given is not None:
        value = evaluate(truth)
        for code, expression in _besides(given, ask, axis):
            try:
                other = evaluate(expression)
            except (NotExact, ZeroDivisionError):
                continue
            if other != value:
                yield Slip(code, expression, other, axis=axis)


def _besides(given: Given, ask: str, axis: int) -> Iterator[tuple[str, Expression]]:
    """Other calculations that are taken for this one: another quantity, without biases, another kind's rule."""
    for (asked, answered), code in SIBLINGS.items():
        if asked == ask:
            for expression in _expressions(given, answered):
                yield code, expression
    if "bias" in type(given.kind).model_fields and ask in ("parameters", "weights", "additions", "flops"):
        has_bias = getattr(given.kind, "bias", False)
        other = changed(given, kind=given.kind.model_copy(update={"bias": not has_bias}))
        for expression in _expressions(other, ask):
            yield "forgot_bias" if has_bias else "counted_bias", expression
    if ask == "output_size":
        yield from _other_rules(given, axis)
    if ask == "output_shape":
        yield from _other_rules(given, axis - 1) if axis else _other_channels(given)


def _expressions(given: Given, ask: str) -> tuple[Expression, ...]:
    try:
        return expressions(given, ask)
    except NotUnderstood:
        return ()


def _other_rules(given: Given, axis: int) -> Iterator[tuple[str, Expression]]:
    """The size rule of the other kind of window: n/s for a convolution, n − k + 1 for a pooling."""
    geometry = given.kind.geometry(given.inputs)
    if geometry is None:
        return
    n, k, s = given.inputs[0][1 + axis], geometry.kernel[axis], geometry.stride[axis]
    if Role.POOLING in given.kind.roles:
        yield "convolution_rule", rules.valid_size(traced(N, n), traced(K, k))
    else:
        yield "pooling_rule", rules.divided_size(traced(N, n), traced(S, s))


def _other_channels(given: Given) -> Iterator[tuple[str, Expression]]:
    """What is taken for the number of output channels of a convolution."""
    if Role.CONVOLUTION in given.kind.roles:
        c_in, c_out = given.inputs[0][0], given.kind.output(given.inputs)[0]
        yield "swapped_channels", traced(C_IN, c_in)
        yield "multiplied_channels", traced(C_IN, c_in) * traced(C_OUT, c_out)


def _power(answer: Answer, truth: tuple[Expression, ...], values: tuple[Value, ...]) -> Slip | None:
    """The right digits with another power of ten, exactly or as far as the answer states them."""
    if len(values) != 1:
        return None
    for reading in answer.readings:
        if len(reading) != 1:
            continue
        if off_by_power_of_ten(reading[0], values[0]):
            return Slip("power_of_ten", truth[0], reading[0])
        tens = [Fraction(10) ** power for power in (*range(-9, 0), *range(1, 10))]
        shifted = [Fraction(values[0]) * ten for ten in tens]
        if answer.rounded is not None and any(answer.rounded.fits(round(one)) for one in shifted if one >= 1):
            return Slip("power_of_ten", truth[0], reading[0])
    return None
