"""Which slips lead to an answer: single ones first, two together only when no single one does."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import cached_property

from cnncalc.formula import rules
from cnncalc.formula.expression import Constant, Expression, NotExact, Value, as_expression, evaluate, traced
from cnncalc.formula.letters import C_IN, C_OUT, K, N, P, S
from cnncalc.formula.slip_words import ORDER
from cnncalc.formula.slips import Miscalculated, Outcome, Slip, off_by_power_of_ten
from cnncalc.kinds._contract import Role
from cnncalc.record import changed
from cnncalc.teach.answer import Answer
from cnncalc.teach.derived import extent, slides
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


class Fitting:
    """What finds the slips that lead to answers to one question; they are worked out once, when they are needed."""

    def __init__(self, given: Given | None, ask: str, truth: tuple[Expression, ...]) -> None:
        self.given, self.ask, self.truth = given, ask, truth
        self.values = tuple(map(evaluate, truth))

    @cached_property
    def calculated(self) -> list[Miscalculated]:
        """The right calculations, one for each number of the answer."""
        return list(map(Miscalculated, self.truth))

    @cached_property
    def beside(self) -> list[list[tuple[str, Miscalculated, Outcome]]]:
        """Other calculations that are taken for each of the right ones, with the slip's code."""
        return [list(_besides(self.given, self.ask, axis, value)) for axis, value in enumerate(self.values)]

    @cached_property
    def single(self) -> list[list[Outcome]]:
        """What comes out of one slip, for each number of the answer."""
        pairs = zip(self.calculated, self.beside, strict=True)
        return [[*right.single, *(one for _code, _other, one in others)] for right, others in pairs]

    @cached_property
    def double(self) -> list[list[Outcome]]:
        """What comes out of two slips together."""
        return [
            [*right.double, *(pair for code, other, _one in others for pair in other.on_top_of(code))]
            for right, others in zip(self.calculated, self.beside, strict=True)
        ]

    def leading_to(self, answer: Answer) -> tuple[Slip, ...]:
        """The slips that give an answer, the commonest first."""
        every = _readings(answer, self.given, len(self.truth))
        readings = [reading for reading in every if len(reading) == len(self.values)]
        for numbers in readings:
            found = _agreeing(answer, numbers, self.values, self.single)
            if found:
                return tuple(found)
        if (ten := _power(answer, self.truth, self.values)) is not None:
            return (ten,)
        for numbers in readings:
            found = _agreeing(answer, numbers, self.values, self.double)
            if found:
                return tuple(found[:MOST_PAIRS])
        return ()


def _readings(answer: Answer, given: Given | None, axes: int) -> Iterator[tuple[Value, ...]]:
    """The answer's readings, with one number for equal sides, and a size without the channels in front of it."""
    for reading in answer.readings:
        yield reading
        if len(reading) > axes == 1:
            sides = reading[1:] if given is not None and len(reading) == given.kind.rank + 1 else reading
            if len(set(sides)) == 1:
                yield sides[:1]


def _agreeing(
    answer: Answer, numbers: Sequence[Value], values: Sequence[Value], possible: list[list[Outcome]]
) -> list[Slip]:
    """The slips that explain every number that is not right, one for each code (or pair of codes)."""
    wrong = [axis for axis, number in enumerate(numbers) if not answer.says(number, values[axis])]
    found: dict[tuple[str, ...], Slip] = {}
    explained: dict[tuple[str, ...], set[int]] = {}
    for axis in wrong:
        for one in possible[axis]:
            if one.value != values[axis] and answer.says(numbers[axis], one.value):
                if one.codes not in found:
                    found[one.codes] = one.slip(axis)
                explained.setdefault(one.codes, set()).add(axis)
    whole = [slip for codes, slip in found.items() if explained[codes] == set(wrong)]
    return sorted(whole, key=lambda slip: [ORDER[code] for code in slip.codes])


def _besides(given: Given | None, ask: str, axis: int, truth: Value) -> Iterator[tuple[str, Miscalculated, Outcome]]:
    """Other calculations that are taken for this one, with what comes out where it is something else."""
    if given is None:
        return
    for code, expression in _taken_for(given, ask, axis):
        try:
            other = Miscalculated(expression)
        except (NotExact, ZeroDivisionError):
            continue
        if other.truth != truth:
            yield code, other, Outcome((code,), other.truth, expression, ())


def _taken_for(given: Given, ask: str, axis: int) -> Iterator[tuple[str, Expression]]:
    """Other calculations: another quantity, without biases, another kind's rule, another padding."""
    for (asked, answered), code in SIBLINGS.items():
        if asked == ask:
            for expression in _expressions(given, answered):
                yield code, expression
    if "bias" in type(given.kind).model_fields and ask in ("parameters", "weights", "additions", "flops"):
        has_bias = getattr(given.kind, "bias", False)
        other = changed(given, kind=given.kind.model_copy(update={"bias": not has_bias}))
        for expression in _expressions(other, ask):
            yield "forgot_bias" if has_bias else "counted_bias", expression
    if Role.RECURRENT in given.kind.roles and ask in ("parameters", "biases"):
        yield from _one_bias_vector(given, ask)
    if ask == "padding":
        yield "valid_for_same", Constant(0)
    if ask == "output_size":
        yield from _other_rules(given, axis)
    if ask == "output_shape":
        yield from _other_rules(given, axis - 1) if axis else _other_channels(given)


def _one_bias_vector(given: Given, ask: str) -> Iterator[tuple[str, Expression]]:
    """A recurrent layer whose sums for input and memory share their biases, where there are any."""
    learned = given.kind.weights(given.inputs, traced)
    if learned.biases:
        half = learned.biases / 2
        yield "one_bias_vector", as_expression(half if ask == "biases" else rules.parameters(learned.weights, half))


def _expressions(given: Given, ask: str) -> tuple[Expression, ...]:
    try:
        return expressions(given, ask)
    except NotUnderstood:
        return ()


def _other_rules(given: Given, axis: int) -> Iterator[tuple[str, Expression]]:
    """The size rule of the other kind of window: n/s for a convolution, n − k + 1 for a pooling; `same` for `valid`."""
    geometry = slides(given)
    if geometry is None:
        return
    n, k, d, s = given.inputs[0][1 + axis], geometry.kernel[axis], geometry.dilation[axis], geometry.stride[axis]
    if Role.POOLING in given.kind.roles:
        yield "convolution_rule", rules.valid_size(traced(N, n), traced(K, k))
        return
    half = rules.same_padding_total(rules.effective_kernel(k, d))
    if half and half % 2 == 0:
        both = rules.symmetric_padding(traced(P, half // 2))
        yield "same_for_valid", rules.window_size(traced(N, n), both, extent(k, d), traced(S, s))
    if s > 1:
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
        if answer.rounded is not None and any(map(answer.rounded.fits, _shifted(values[0]))):
            return Slip("power_of_ten", truth[0], reading[0])
    return None


def _shifted(value: Value) -> Iterator[int]:
    """The number with its decimal point up to nine places away, as far as whole numbers are left."""
    for power in range(1, 10):
        yield round(value * 10**power)
        if abs(value) >= 10**power:
            yield round(Fraction(value) / 10**power)
