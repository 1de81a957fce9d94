"""Expressions as text, as LaTeX, and step by step with the numbers in them."""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple

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
    alternatives,
    evaluate,
    parts,
    rebuild,
)

SUM, PRODUCT, ATOM = 1, 2, 3
ONE = Constant(1)


def number(value: Value) -> str:
    """An exact number with commas; a fraction as a decimal where that is exact (`3.5`), else as `7/3`."""
    if isinstance(value, int):
        return f"{value:,}".replace("-", "−")
    if value.denominator == 1:
        return number(value.numerator)
    denominator = value.denominator
    for prime in (2, 5):
        while denominator % prime == 0:
            denominator //= prime
    if denominator != 1:
        return f"{number(value.numerator)}/{value.denominator:,}"
    digits = 1
    while (value * 10**digits).denominator != 1:
        digits += 1
    whole, rest = divmod(abs(value.numerator * 10**digits // value.denominator), 10**digits)
    return f"{'−' if value < 0 else ''}{whole:,}.{rest:0{digits}}"


def text(expression: Expression, *, values: bool = False) -> str:
    """The formula: `⌊(n + 2p − k)/s⌋ + 1`; with `values` the numbers stand in it: `⌊(7 + 2·1 − 3)/2⌋ + 1`."""
    return _Text(values).write(expression, outermost=True)


def latex(expression: Expression, *, values: bool = False) -> str:
    r"""The formula as LaTeX: `\left\lfloor \frac{n + 2p - k}{s} \right\rfloor + 1`."""
    return _Latex(values).write(expression, outermost=True)


class Formula(NamedTuple):
    """An expression as it is written somewhere: with its letters, or with the numbers in it."""

    expression: Expression
    values: bool = False

    def text(self) -> str:
        """The formula as text."""
        return text(self.expression, values=self.values)

    def latex(self) -> str:
        """The same as LaTeX."""
        return latex(self.expression, values=self.values)


class Letters(NamedTuple):
    """What a formula is for, as it stands left of the equals sign: `m`, `p₁ + p₂`."""

    written: str

    def latex(self) -> str:
        """The letters as LaTeX."""
        return " + ".join(_Latex(values=False).letter(name, "") for name in self.written.split(" + "))


class _Text:
    r"""Writes an expression as plain text; `_Latex` changes the signs and the divisions."""

    minus, times, spaced = " − ", "·", " · "

    def __init__(self, values: bool) -> None:
        self.values = values

    def write(self, expression: Expression, within: int = 0, *, outermost: bool = False) -> str:
        """The expression, in parentheses where `within` (how tightly its surroundings bind) asks for them."""
        match expression:
            case Constant(value):
                return self.value(value, within)
            case Symbol(letter, value, axis):
                return self.value(value, within) if self.values else self.letter(letter.name, axis)
            case Sum(terms):
                return self.enclosed(self.sum(terms), SUM, within)
            case Product(factors):
                return self.enclosed(self.product(factors, spaced=outermost and not self.values), PRODUCT, within)
            case Quotient(dividend, divisor, rounding):
                return self.quotient(dividend, divisor, rounding, within)
            case Group(inner):
                return self.write(inner, within)
            case Larger():
                return self.largest(", ".join(map(self.write, alternatives(expression))))
        raise TypeError(type(expression).__name__)

    def value(self, value: Value, within: int) -> str:
        written = self.number(value)
        binds = ATOM if value >= 0 and (isinstance(value, int) or "/" not in written) else SUM
        return self.enclosed(written, binds, within)

    def number(self, value: Value) -> str:
        return number(value)

    def letter(self, name: str, axis: str) -> str:
        return f"{name}_{axis}" if axis else name

    def enclosed(self, written: str, binds: int, within: int) -> str:
        return f"({written})" if binds < within else written

    def sum(self, terms: tuple[tuple[int, Expression], ...]) -> str:
        written = ""
        for position, (sign, term) in enumerate(terms):
            # A sum behind a minus, and a negative value anywhere but in front, need their parentheses.
            inner = self.write(term, PRODUCT if sign < 0 or position else SUM)
            if position:
                written += (self.minus if sign < 0 else " + ") + inner
            else:
                written = (self.minus.strip() if sign < 0 else "") + inner
        return written

    def product(self, factors: tuple[Expression, ...], *, spaced: bool) -> str:
        if len(factors) == 1:
            return self.write(factors[0], PRODUCT)
        grouped = any(isinstance(factor, Group) for factor in factors)
        written = ""
        for position, factor in enumerate(factors):
            inner = self.write(factor, PRODUCT if isinstance(factor, Group) else ATOM)
            if not position:
                written = inner
            elif grouped or spaced:
                written += self.spaced + inner
            else:
                written += ("" if self.adjoins(factors[position - 1], factor) else self.times) + inner
        return written

    def adjoins(self, left: Expression, right: Expression) -> bool:
        """Whether a product is written without a sign, as in 2p and d(k − 1)."""
        if self.values:
            return False
        if isinstance(left, Constant):
            return isinstance(right, Symbol)
        return isinstance(left, Symbol) and len(left.letter.name) == 1 and isinstance(right, Sum)

    def quotient(self, dividend: Expression, divisor: Expression, rounding: str, within: int) -> str:
        # a·b/c reads the same with and without parentheses around a·b; a sum and another division do not.
        above = self.write(dividend, ATOM if isinstance(dividend, Quotient) else PRODUCT)
        written = f"{above}/{self.write(divisor, ATOM)}"
        if divisor == ONE:  # a product that is rounded: ⌊n·factor⌋
            written = self.write(dividend)
        if rounding == "floor":
            return f"⌊{written}⌋"
        if rounding == "ceil":
            return f"⌈{written}⌉"
        return self.enclosed(written, PRODUCT, within)

    def largest(self, alternatives: str) -> str:
        return f"max({alternatives})"


class _Latex(_Text):
    minus, times, spaced = " - ", r" \cdot ", r" \times "

    def number(self, value: Value) -> str:
        if isinstance(value, Fraction) and value.denominator != 1 and "/" in number(value):
            return rf"\frac{{{value.numerator}}}{{{value.denominator}}}"
        return number(value).replace("−", "-").replace(",", "{,}")

    def letter(self, name: str, axis: str) -> str:
        head, _, below = name.replace("₁", "_1").replace("₂", "_2").partition("_")
        head = rf"\mathrm{{{head}}}" if len(head) > 1 else head
        below = ",".join(filter(None, (below, axis)))
        below = rf"\mathrm{{{below}}}" if below and not below.isdigit() else below
        return f"{head}_{{{below}}}" if below else head

    def enclosed(self, written: str, binds: int, within: int) -> str:
        return rf"\left({written}\right)" if binds < within else written

    def quotient(self, dividend: Expression, divisor: Expression, rounding: str, within: int) -> str:
        written = rf"\frac{{{self.write(dividend)}}}{{{self.write(divisor)}}}"
        if divisor == ONE:
            written = self.write(dividend)
        if rounding == "floor":
            return rf"\left\lfloor {written} \right\rfloor"
        if rounding == "ceil":
            return rf"\left\lceil {written} \right\rceil"
        return written

    def largest(self, alternatives: str) -> str:
        return rf"\max\left({alternatives}\right)"


def steps(expression: Expression) -> list[Expression]:
    """The calculation from the substituted formula to its value, everything that is ready collapsing at each step.

    `⌊(7 + 2·1 − 3)/2⌋ + 1`, `⌊6/2⌋ + 1`, `3 + 1`, `4`: the first is the expression itself, the last a constant.
    """
    done = [expression]
    while not _is_number(done[-1]):
        done.append(_collapse(done[-1]))
    return done


def _collapse(expression: Expression) -> Expression:
    if _is_number(expression):
        return expression
    if isinstance(expression, Group) and _ready(expression.inner):
        # Still a group: `160 · 27` keeps its two halves apart.
        return Group(Constant(evaluate(expression)))
    if _ready(expression):
        return Constant(evaluate(expression))
    return rebuild(expression, tuple(_collapse(part) for part in parts(expression)))


def _ready(expression: Expression) -> bool:
    """Whether one step may finish this: all parts are numbers, or, in a sum, numbers and products of numbers."""
    if isinstance(expression, Sum):
        return all(_is_number(term) or (isinstance(term, Product) and _ready(term)) for _, term in expression.terms)
    if isinstance(expression, Larger):
        return all(map(_is_number, alternatives(expression)))
    inside = parts(expression)
    return bool(inside) and all(map(_is_number, inside))


def _is_number(expression: Expression) -> bool:
    return isinstance(expression.inner if isinstance(expression, Group) else expression, (Constant, Symbol))


def derivation(expression: Expression) -> list[Formula]:
    """The derivation: the formula, the formula with the values in it, each step, the result.

    A line that reads like the one above it is left out.
    """
    found: list[Formula] = []
    for line in (Formula(expression), *(Formula(step, values=True) for step in steps(expression))):
        if not found or line.text() != found[-1].text():
            found.append(line)
    return found


def short(expression: Expression) -> list[Formula]:
    """The derivation without its steps: the formula with the values in it, and the result."""
    calculation, result = Formula(expression, values=True), Formula(Constant(evaluate(expression)), values=True)
    return [calculation] if calculation.text() == result.text() else [calculation, result]


def lines(expression: Expression) -> list[str]:
    """The derivation as lines of text."""
    return [line.text() for line in derivation(expression)]


def in_one_line(expression: Expression) -> str:
    """The calculation with the values: `⌊(7 + 2·1 − 3)/2⌋ + 1 = ⌊6/2⌋ + 1 = 3 + 1 = 4`."""
    written = lines(expression)
    return " = ".join(written[1:] or written)


def in_short(expression: Expression, left: str = "") -> str:
    """The calculation without its steps: `m = ⌊(7 + 2·1 − 3)/2⌋ + 1 = 4`."""
    return " = ".join(([left] if left else []) + [one.text() for one in short(expression)])
