"""Forms: formulas without their numbers.

Many questions have one formula with other numbers in it. What can be done wrong depends on the formula alone, so it is
worked out once for each form, and for the numbers of a question only calculated.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import prod
from typing import Any

from cnncalc.formula.expression import (
    Constant,
    Expression,
    Group,
    Larger,
    Product,
    Quotient,
    Sum,
    Symbol,
    Value,
    divide,
    replace,
)

Calculation = Callable[[Sequence[Value]], Value]
"""What a formula comes to with these numbers."""


class Slot:
    """The place of a number that a form leaves open."""

    __slots__ = ("number",)

    def __init__(self, number: int) -> None:
        self.number = number


def key(expression: Expression, values: list[Value]) -> object:
    """What expressions of one form have in common; the numbers of this one are added to `values`, in order."""
    match expression:
        case Symbol(letter, value, axis):
            values.append(value)
            return (id(letter), axis)
        case Constant(value):
            return value
        case Sum(terms):
            return (Sum, *[(sign, key(term, values)) for sign, term in terms])
        case Product(factors):
            return (Product, *[key(factor, values) for factor in factors])
        case Quotient(dividend, divisor, rounding):
            return (rounding, key(dividend, values), key(divisor, values))
        case Group(inner):
            return (Group, key(inner, values))
        case Larger(first, second):
            return (Larger, key(first, values), key(second, values))
    raise TypeError(type(expression).__name__)


def form(expression: Expression) -> Expression:
    """The expression with slots for the numbers of its symbols, in the order of `key`."""
    found = 0

    def opened(part: Expression) -> Expression | None:
        nonlocal found
        if not isinstance(part, Symbol):
            return None
        slot: Any = Slot(found)
        found += 1
        return Symbol(part.letter, slot, part.axis)

    return replace(expression, opened)


def filled(form_: Expression, values: Sequence[Value]) -> Expression:
    """The form with numbers in its slots."""

    def closed(part: Expression) -> Expression | None:
        if isinstance(part, Symbol) and isinstance(part.value, Slot):
            return Symbol(part.letter, values[part.value.number], part.axis)
        return None

    return replace(form_, closed)


def calculation(form_: Expression) -> Calculation:
    """The form as a function of the numbers in its slots.

    The function raises what `evaluate` raises.
    """
    match form_:
        case Symbol(_, Slot() as slot, _):
            number = slot.number
            return lambda values: values[number]
        case Symbol(_, value, _) | Constant(value):
            return lambda values: value
        case Sum(terms):
            signed = [(sign, calculation(term)) for sign, term in terms]
            return lambda values: sum([sign * term(values) for sign, term in signed])
        case Product(factors):
            each = [calculation(factor) for factor in factors]
            return lambda values: prod([factor(values) for factor in each])
        case Quotient(dividend, divisor, rounding):
            above, below = calculation(dividend), calculation(divisor)
            return lambda values: divide(above(values), below(values), rounding)
        case Group(inner):
            return calculation(inner)
        case Larger(first, second):
            one, other = calculation(first), calculation(second)
            return lambda values: max(one(values), other(values))
    raise TypeError(type(form_).__name__)
