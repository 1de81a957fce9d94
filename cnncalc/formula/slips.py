"""Slips: the ways in which people miscalculate a formula, applied to the formula itself.

A slip is the same expression with a letter at its neutral value, one structural rewrite, or two channels swapped, so
that both calculations can be written out side by side.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from functools import cached_property
from typing import NamedTuple

from cnncalc.formula.expression import Expression, NotExact, Value
from cnncalc.formula.forms import Calculation, calculation, filled, form, key
from cnncalc.formula.rewrites import rewrites
from cnncalc.formula.slip_words import ORDER, SLIPS
from cnncalc.language import _, in_a_row
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
        return in_a_row([_(SLIPS[code].sentence) for code in self.codes])

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


class Miscalculated:
    """An expression with all that comes out of it when slips are made, calculated when it is asked for."""

    def __init__(self, expression: Expression) -> None:
        values: list[Value] = []
        known = key(expression, values)
        family = _families.get(known)
        if family is None:
            if len(_families) >= _MOST_FAMILIES:
                _families.clear()
            family = _families[known] = _Family(form(expression))
        self._family, self._values = family, tuple(values)
        self.truth = family.right(values)
        self._alone: dict[str, set[Value]] = {}

    @cached_property
    def single(self) -> list[Outcome]:
        """What comes out of every single slip, where it differs from the truth; the commonest first."""
        found = []
        for one in self._outcomes(self._family.single):
            (code,) = one.codes
            before = self._alone.setdefault(code, {self.truth})
            if one.value not in before:
                before.add(one.value)
                found.append(one)
        return found

    @cached_property
    def double(self) -> list[Outcome]:
        """What comes out of two slips together, where neither the truth nor either of them alone gives it."""
        alone = self._alone if self.single else {}
        none = {self.truth}
        return [
            one
            for one in self._outcomes(self._family.double)
            if one.value not in alone.get(one.codes[0], none) and one.value not in alone.get(one.codes[1], none)
        ]

    def on_top_of(self, code: str) -> list[Outcome]:
        """What comes out of a second slip, where the expression is itself what the slip `code` calculates."""
        return [one._replace(codes=(code, *one.codes)) for one in self.single if one.codes[0] != code]

    def _outcomes(self, wrong: list[Wrong]) -> Iterator[Outcome]:
        values = self._values
        for codes, bent, calculate in wrong:
            try:
                yield Outcome(codes, calculate(values), bent, values)
            except (NotExact, ZeroDivisionError):
                continue


def slips(expression: Expression) -> list[Slip]:
    """Every single slip on this expression whose result differs from the truth, the commonest first."""
    return [one.slip() for one in Miscalculated(expression).single]


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
