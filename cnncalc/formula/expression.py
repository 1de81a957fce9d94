"""Expressions: what a formula returns when it is called with symbols instead of integers.

A symbol carries its value, so one expression is both the formula and the calculation with this layer's numbers.
Arithmetic is exact: integers, and fractions where a division was left unrounded.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from math import prod
from operator import is_
from typing import Any

from cnncalc.formula.letters import Letter
from cnncalc.language import _
from cnncalc.record import Record

Value = int | Fraction


class NotExact(ArithmeticError):
    """An exact division has a remainder; it refuses instead of rounding."""

    def __init__(self, dividend: Value, divisor: Value) -> None:
        super().__init__(_("{dividend} is not a multiple of {divisor}").format(dividend=dividend, divisor=divisor))
        self.dividend, self.divisor = dividend, divisor


class Expression(Record):
    """Arithmetic over numbers and symbols, kept as it was written."""

    def __add__(self, other: Term) -> Expression:
        return _sum(self, 1, as_expression(other))

    def __radd__(self, other: Term) -> Expression:
        return _sum(as_expression(other), 1, self)

    def __sub__(self, other: Term) -> Expression:
        return _sum(self, -1, as_expression(other))

    def __rsub__(self, other: Term) -> Expression:
        return _sum(as_expression(other), -1, self)

    def __mul__(self, other: Term) -> Expression:
        return _product(self, as_expression(other))

    def __rmul__(self, other: Term) -> Expression:
        return _product(as_expression(other), self)

    def __floordiv__(self, other: Term) -> Expression:
        return Quotient(self, as_expression(other), "floor")

    def __rfloordiv__(self, other: Term) -> Expression:
        return Quotient(as_expression(other), self, "floor")

    def __truediv__(self, other: Term) -> Expression:
        return Quotient(self, as_expression(other), "fraction")

    def __rtruediv__(self, other: Term) -> Expression:
        return Quotient(as_expression(other), self, "fraction")


Term = int | Expression
Number = Any
"""What a formula takes and returns: an int, an expression, or an array. Operators are all it may use."""


class Constant(Expression):
    """A number that stands in the formula itself (the 2 and the 1 of `⌊(n + 2p − k)/s⌋ + 1`), or a finished step."""

    value: Value


class Symbol(Expression):
    """A letter with the value it has for this layer. `axis` tells sides apart that differ (`k_h`, `k_w`)."""

    letter: Letter
    value: Value
    axis: str = ""


class Sum(Expression):
    """Terms with their signs, +1 or −1."""

    terms: tuple[tuple[int, Expression], ...]


class Product(Expression):
    """Factors in the order in which they were written."""

    factors: tuple[Expression, ...]


class Quotient(Expression):
    """A division; `rounding` is floor, ceil, exact (refuses a remainder) or fraction (keeps it)."""

    dividend: Expression
    divisor: Expression
    rounding: str


class Group(Expression):
    """A part that is read as one: `C_out·m·m · C_in·k·k` is outputs times products per output."""

    inner: Expression


class Larger(Expression):
    """The larger of two values."""

    first: Expression
    second: Expression


def alternatives(expression: Expression) -> Iterator[Expression]:
    """What a largest value is chosen from: the larger of (the larger of a and b) and c is the largest of a, b, c."""
    if isinstance(expression, Larger):
        yield from alternatives(expression.first)
        yield from alternatives(expression.second)
    else:
        yield expression


def as_expression(term: Term) -> Expression:
    """The term itself, or a constant."""
    return term if isinstance(term, Expression) else Constant(term)


def _sum(left: Expression, sign: int, right: Expression) -> Expression:
    terms = left.terms if isinstance(left, Sum) else ((1, left),)
    if sign == 1 and isinstance(right, Sum):
        return Sum(terms + right.terms)
    return Sum((*terms, (sign, right)))


def _product(left: Expression, right: Expression) -> Expression:
    factors = left.factors if isinstance(left, Product) else (left,)
    return Product(factors + (right.factors if isinstance(right, Product) else (right,)))


def evaluate(expression: Expression) -> Value:
    """The expression's exact value.

    Raises:
        NotExact: an exact division has a remainder.
        ZeroDivisionError: a divisor is zero.
    """
    match expression:
        case Constant(value) | Symbol(_, value, _):
            return value
        case Sum(terms):
            return sum(sign * evaluate(term) for sign, term in terms)
        case Product(factors):
            return prod(map(evaluate, factors))
        case Quotient(dividend, divisor, rounding):
            return divide(evaluate(dividend), evaluate(divisor), rounding)
        case Group(inner):
            return evaluate(inner)
        case Larger(first, second):
            return max(evaluate(first), evaluate(second))
    raise TypeError(type(expression).__name__)


def divide(dividend: Value, divisor: Value, rounding: str) -> Value:
    """The quotient, rounded as `rounding` says."""
    if rounding == "floor":
        return dividend // divisor
    if rounding == "ceil":
        return -(-dividend // divisor)
    quotient = Fraction(dividend) / divisor
    if quotient.denominator == 1:
        return quotient.numerator
    if rounding == "exact":
        raise NotExact(dividend, divisor)
    return quotient


def parts(expression: Expression) -> tuple[Expression, ...]:
    """The expressions directly inside this one."""
    match expression:
        case Sum(terms):
            return tuple(term for _, term in terms)
        case Product(factors):
            return factors
        case Quotient(dividend, divisor, _):
            return (dividend, divisor)
        case Group(inner):
            return (inner,)
        case Larger(first, second):
            return (first, second)
    return ()


def rebuild(expression: Expression, inside: tuple[Expression, ...]) -> Expression:
    """The same expression with other parts inside; flat where `parts` gave sums in sums."""
    match expression:
        case Sum(terms):
            return Sum(tuple((sign, part) for (sign, _), part in zip(terms, inside, strict=True)))
        case Product():
            return Product(inside)
        case Quotient(_, _, rounding):
            return Quotient(inside[0], inside[1], rounding)
        case Group():
            return Group(inside[0])
        case Larger():
            return Larger(inside[0], inside[1])
    return expression


def replace(expression: Expression, change: Callable[[Expression], Expression | None]) -> Expression:
    """The expression with `change` tried on every part, outermost first; None leaves a part as it is."""
    changed = change(expression)
    if changed is not None:
        return changed
    before = parts(expression)
    inside = tuple([replace(part, change) for part in before])
    # What nothing changed in stays the very same object, so that it is known without a comparison.
    if all(map(is_, inside, before)):
        return expression
    return rebuild(expression, inside)


def symbols(expression: Expression) -> Iterator[Symbol]:
    """Every symbol, in the order of writing; one that is written twice comes twice."""
    if isinstance(expression, Symbol):
        yield expression
    for part in parts(expression):
        yield from symbols(part)


def ceil_divide(dividend: Number, divisor: Number) -> Number:
    """⌈dividend/divisor⌉ of numbers, arrays or expressions."""
    if isinstance(dividend, Expression) or isinstance(divisor, Expression):
        return Quotient(as_expression(dividend), as_expression(divisor), "ceil")
    return -(-dividend // divisor)


def exact_divide(dividend: Number, divisor: Number) -> Number:
    """dividend/divisor; refuses a remainder instead of rounding it away.

    Raises:
        NotExact: for integers with a remainder.
    """
    if isinstance(dividend, Expression) or isinstance(divisor, Expression):
        return Quotient(as_expression(dividend), as_expression(divisor), "exact")
    quotient, remainder = divmod(dividend, divisor)
    if remainder:
        raise NotExact(dividend, divisor)
    return quotient


def part_of(dividend: Number, divisor: Number) -> Number:
    """dividend/divisor kept as it is: a fraction where it is not whole."""
    if isinstance(dividend, Expression) or isinstance(divisor, Expression):
        return Quotient(as_expression(dividend), as_expression(divisor), "fraction")
    return divide(dividend, divisor, "fraction")


def larger(first: Number, second: Number) -> Number:
    """The larger of two numbers or expressions."""
    if isinstance(first, Expression) or isinstance(second, Expression):
        return Larger(as_expression(first), as_expression(second))
    return max(first, second)


def group(inner: Number) -> Number:
    """A part of a product that is read as one; a plain number is left as it is."""
    return Group(inner) if isinstance(inner, (Product, Symbol)) else inner


def product(factors: tuple[Number, ...]) -> Number:
    """The product of one factor or more, without a 1 in front of it; 1 when there is none."""
    if not factors or type(factors[0]) is int:
        return prod(factors)
    result = factors[0]
    for factor in factors[1:]:
        result = result * factor
    return result


Naming = Callable[..., Number]
"""How a formula's caller names a value: `plain` gives the value itself, `traced` a symbol that carries it."""


def plain(letter: Letter, value: int, axis: str = "") -> Number:
    """The value itself: the formula calculates."""
    return value


def traced(letter: Letter, value: int, axis: str = "") -> Number:
    """A symbol that carries the value: the formula returns an expression."""
    return Symbol(letter, value, axis)


AXES = {1: ("",), 2: ("h", "w"), 3: ("d", "h", "w")}


def sides(name: Naming, letter: Letter, values: tuple[int, ...]) -> tuple[Number, ...]:
    """One named value per axis: the same letter when all agree (`k·k`), else one per side (`k_h·k_w`)."""
    if name is plain:
        return values
    if len(set(values)) <= 1:
        return tuple(name(letter, value) for value in values)
    axes = AXES.get(len(values)) or tuple(map(str, range(1, len(values) + 1)))
    return tuple(name(letter, value, axis) for value, axis in zip(values, axes, strict=True))
