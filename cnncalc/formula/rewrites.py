"""What is done to a formula in a slip: a letter at its neutral value, one structural rewrite, two channels swapped."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from cnncalc.formula.expression import (
    Constant,
    Expression,
    Group,
    Product,
    Quotient,
    Sum,
    Symbol,
    parts,
    replace,
    symbols,
)
from cnncalc.formula.letters import C_IN, C_OUT


def rewrites(expression: Expression) -> Iterator[tuple[str, Expression]]:
    """Each slip's code with the formula that is calculated instead; one code may come several times.

    Numbers play no part in it: the expression may be a form.
    """
    roundings = _roundings(expression)
    done = [*_neutral(expression)]
    done += [
        (code, replace(expression, change))
        for code, (needed, change) in _REWRITES.items()
        if roundings.issuperset(needed)
    ]
    done += [*_whole(expression), *_factors(expression), *_swapped(expression)]
    return (one for one in done if one[1] is not expression)


def _neutral(expression: Expression) -> Iterator[tuple[str, Expression]]:
    """Each ignorable letter at its neutral value, everywhere in the expression at once."""
    codes = dict.fromkeys(symbol.letter.ignored for symbol in symbols(expression) if symbol.letter.ignored)
    for code in codes:

        def neutral(part: Expression, code: str = code) -> Expression | None:
            if isinstance(part, Symbol) and part.letter.ignored == code and part.letter.neutral is not None:
                return Symbol(part.letter, part.letter.neutral, part.axis)
            return None

        yield code, replace(expression, neutral)


def _roundings(expression: Expression) -> set[str]:
    """How divisions in the expression are rounded: without a floor in it, none can be rounded up."""
    found = {expression.rounding} if isinstance(expression, Quotient) else set()
    return found.union(*map(_roundings, parts(expression)))


def _whole(expression: Expression) -> Iterator[tuple[str, Expression]]:
    """What is done to a formula as a whole."""
    match expression:
        case Quotient(total, Constant(2), "exact"):
            yield "padding_of_both_sides", total


def _once(part: Expression) -> Expression | None:
    match part:
        case Product((Constant(2), Symbol() as padding)) if padding.letter.ignored == "ignored_padding":
            return padding
    return None


def _without_one(part: Expression) -> Expression | None:
    """A sum that holds a rounded division, without its + 1."""
    match part:
        case Sum(terms) if (1, Constant(1)) in terms and any(isinstance(term, Quotient) for _, term in terms):
            kept = tuple(term for term in terms if term != (1, Constant(1)))
            return kept[0][1] if len(kept) == 1 and kept[0][0] == 1 else Sum(kept)
    return None


def _rounded(before: str, after: str) -> Callable[[Expression], Expression | None]:
    def change(part: Expression) -> Expression | None:
        match part:
            case Quotient(dividend, divisor, rounding) if rounding == before:
                return Quotient(dividend, divisor, after)
        return None

    return change


_REWRITES: dict[str, tuple[tuple[str, ...], Callable[[Expression], Expression | None]]] = {
    "padding_once": ((), _once),
    "dropped_plus_one": ((), _without_one),
    "rounded_up": (("floor",), _rounded("floor", "ceil")),
    "rounded_down": (("ceil",), _rounded("ceil", "floor")),
    "not_rounded_down": (("floor",), _rounded("floor", "fraction")),
}
"""The rewrites of a formula's structure, wherever they apply, with the roundings that they need."""


def _factors(expression: Expression) -> Iterator[tuple[str, Expression]]:
    """One factor of an outermost product left out, or multiplied in twice."""
    match expression:
        case Product(factors):
            pass
        case Sum(((1, Product()), *_)):
            # weights + biases, multiplications + additions: the slip is made wherever it can be.
            inside = [dict(_factors(term)) if isinstance(term, Product) else {} for _, term in expression.terms]
            for code in dict.fromkeys(code for one in inside for code in one):
                terms = zip(inside, expression.terms, strict=True)
                yield code, Sum(tuple((sign, one.get(code, term)) for one, (sign, term) in terms))
            return
        case _:
            return
    seen: set[str] = set()
    for position, factor in enumerate(factors):
        if isinstance(factor, Group) and isinstance(factor.inner, Product):
            for code, bent in _factors(factor.inner):
                if code not in seen:
                    seen.add(code)
                    yield code, Product((*factors[:position], Group(bent), *factors[position + 1 :]))
            continue
        symbol = next(symbols(factor), None)
        if symbol is None:
            continue
        rest = factors[:position] + factors[position + 1 :]
        if symbol.letter.forgotten and rest and symbol.letter.forgotten not in seen:
            seen.add(symbol.letter.forgotten)
            yield symbol.letter.forgotten, Product(rest) if len(rest) > 1 else rest[0]
        if symbol.letter.repeated and symbol.letter.repeated not in seen:
            seen.add(symbol.letter.repeated)
            yield symbol.letter.repeated, Product((*factors[: position + 1], factor, *factors[position + 1 :]))


def _swapped(expression: Expression) -> Iterator[tuple[str, Expression]]:
    """C_in where C_out belongs and the other way round."""
    found = list(symbols(expression))
    values = {id(symbol.letter): symbol.value for symbol in found if symbol.letter is C_IN or symbol.letter is C_OUT}
    if len(values) < 2:
        return

    def swap(part: Expression) -> Expression | None:
        if isinstance(part, Symbol) and (part.letter is C_IN or part.letter is C_OUT):
            other = C_OUT if part.letter is C_IN else C_IN
            return Symbol(part.letter, values[id(other)], part.axis)
        return None

    yield "swapped_channels", replace(expression, swap)
