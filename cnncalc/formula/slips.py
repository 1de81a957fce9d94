"""Slips: the ways in which people miscalculate a formula, applied to the formula itself.

A slip is the same expression with a letter at its neutral value, one structural rewrite, or two channels swapped, so
that both calculations can be written out side by side.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from functools import cached_property
from typing import NamedTuple

from cnncalc.formula.expression import Expression, NotExact, Value
from cnncalc.formula.forms import Calculation, calculation, filled, form, key
from cnncalc.formula.rewrites import rewrites
from cnncalc.formula.slip_words import ORDER, SLIPS
from cnncalc.language import _
from cnncalc.record import Record


class Slip(Record):
    """One miscalculation: its code, the expression that was calculated, and what comes out.

    `second` is the code of another slip made on top of it, `axis` the number of a shape that it concerns; `shown` is
    what came out where that is no expression (a matrix).
    """

    code: str
    expression: Expression
    value: Value
    second: str = ""
    axis: int = 0
    shown: str = ""

    @property
    def codes(self) -> tuple[str, ...]:
        """The slip's code, and that of the second one."""
        return (self.code, self.second) if self.second else (self.code,)

    def sentence(self) -> str:
        """What was done, in whole sentences."""
        return " ".join(_(SLIPS[code].sentence) for code in self.codes)

    def short(self) -> str:
        """What was done, in a few words."""
        if self.second:
            said = _("{first}, and {second}")
            return said.format(first=_(SLIPS[self.code].short), second=_(SLIPS[self.second].short))
        return _(SLIPS[self.code].short)


class Outcome(NamedTuple):
    """What comes out of one slip or of two together. The expression is put together when it is asked for."""

    codes: tuple[str, ...]
    value: Value
    form: Expression
    values: tuple[Value, ...]

    def slip(self, axis: int = 0) -> Slip:
        """The same as a slip."""
        return Slip(self.codes[0], filled(self.form, self.values), self.value, "".join(self.codes[1:]), axis)


Wrong = tuple[tuple[str, ...], Expression, Calculation]
"""Codes, the form that is calculated instead, and the calculation."""


class _Family:
    """All slips on the formulas of one form."""

    def __init__(self, form_: Expression) -> None:
        self.form = form_
        self.right = calculation(form_)

    @cached_property
    def single(self) -> list[Wrong]:
        found = [((code,), bent, calculation(bent)) for code, bent in rewrites(self.form)]
        return sorted(found, key=lambda wrong: ORDER[wrong[0][0]])

    @cached_property
    def double(self) -> list[Wrong]:
        # Either order gives the same, so the second slip is one that stands behind the first in the list.
        return [
            ((*first, code), bent, calculation(bent))
            for first, other, _own in self.single
            for code, bent in rewrites(other)
            if ORDER[code] > ORDER[first[0]]
        ]


_MOST_FAMILIES = 512
_families: dict[object, _Family] = {}


def _family(expression: Expression) -> tuple[_Family, tuple[Value, ...]]:
    values: list[Value] = []
    known = key(expression, values)
    family = _families.get(known)
    if family is None:
        if len(_families) >= _MOST_FAMILIES:
            _families.clear()
        family = _families[known] = _Family(form(expression))
    return family, tuple(values)


def _outcomes(wrong: Iterable[Wrong], values: tuple[Value, ...]) -> Iterator[Outcome]:
    for codes, bent, calculate in wrong:
        try:
            value = calculate(values)
        except (NotExact, ZeroDivisionError):
            continue
        yield Outcome(codes, value, bent, values)


def outcomes(expression: Expression) -> list[Outcome]:
    """What comes out of every single slip on this expression, where it differs from the truth; the commonest first."""
    family, values = _family(expression)
    truth = family.right(values)
    found: dict[tuple[tuple[str, ...], Value], Outcome] = {}
    for one in _outcomes(family.single, values):
        if one.value != truth:
            found.setdefault((one.codes, one.value), one)
    return list(found.values())


def pairs(expression: Expression) -> list[Outcome]:
    """What comes out of two slips together, where neither the truth nor either of them alone gives it."""
    family, values = _family(expression)
    alone: dict[str, set[Value]] = {}
    for one in _outcomes(family.single, values):
        alone.setdefault(one.codes[0], set()).add(one.value)
    truth, none = family.right(values), frozenset[Value]()
    return [
        one
        for one in _outcomes(family.double, values)
        if one.value != truth and not any(one.value in alone.get(code, none) for code in one.codes)
    ]


def on_top(code: str, expression: Expression) -> list[Outcome]:
    """What comes out of each slip on an expression that is itself what the slip `code` calculates."""
    return [one._replace(codes=(code, *one.codes)) for one in outcomes(expression) if one.codes[0] != code]


def slips(expression: Expression) -> list[Slip]:
    """Every single slip on this expression whose result differs from the truth, the commonest first."""
    return [one.slip() for one in outcomes(expression)]


def off_by_power_of_ten(answer: Value, truth: Value) -> bool:
    """Whether an answer has the right digits and the wrong power of ten."""
    if not answer or not truth or answer == truth:
        return False
    if isinstance(answer, int) and isinstance(truth, int):
        return str(answer).rstrip("0") == str(truth).rstrip("0")
    ratio = Fraction(answer) / Fraction(truth)
    if ratio < 0:
        return False
    tens = ratio.numerator if ratio.denominator == 1 else ratio.denominator if ratio.numerator == 1 else 0
    return tens > 1 and set(str(tens)[1:]) == {"0"} and str(tens)[0] == "1"
