"""What arithmetic with symbols builds, what it comes to, and how its parts are reached and replaced."""

from fractions import Fraction

import pytest

from cnncalc.formula.expression import (
    Constant,
    Expression,
    Group,
    Larger,
    NotExact,
    Product,
    Quotient,
    Sum,
    Symbol,
    alternatives,
    as_expression,
    ceil_divide,
    divide,
    evaluate,
    exact_divide,
    group,
    larger,
    part_of,
    parts,
    plain,
    product,
    rebuild,
    replace,
    sides,
    symbols,
    traced,
)
from cnncalc.formula.letters import K, N, P, S

A, B, C = Symbol(N, 7), Symbol(K, 3), Symbol(S, 2)
ONE, TWO = Constant(1), Constant(2)

BUILT = [
    (A + B, Sum(((1, A), (1, B))), 10),
    (A + 1, Sum(((1, A), (1, ONE))), 8),
    (1 + A, Sum(((1, ONE), (1, A))), 8),
    (A - B, Sum(((1, A), (-1, B))), 4),
    (1 - A, Sum(((1, ONE), (-1, A))), -6),
    (A - B + C, Sum(((1, A), (-1, B), (1, C))), 6),
    (A + (B - C), Sum(((1, A), (1, B), (-1, C))), 8),
    (A - (B - C), Sum(((1, A), (-1, Sum(((1, B), (-1, C)))))), 6),
    (A * B, Product((A, B)), 21),
    (A * 2, Product((A, TWO)), 14),
    (2 * A, Product((TWO, A)), 14),
    (A * B * C, Product((A, B, C)), 42),
    (A * (B * C), Product((A, B, C)), 42),
    (A // C, Quotient(A, C, "floor"), 3),
    (A // 2, Quotient(A, TWO, "floor"), 3),
    (2 // B, Quotient(TWO, B, "floor"), 0),
    (A / C, Quotient(A, C, "fraction"), Fraction(7, 2)),
    (2 / B, Quotient(TWO, B, "fraction"), Fraction(2, 3)),
    (ceil_divide(A, C), Quotient(A, C, "ceil"), 4),
    (ceil_divide(A, 2), Quotient(A, TWO, "ceil"), 4),
    (ceil_divide(1, C), Quotient(ONE, C, "ceil"), 1),
    (exact_divide(A, 1), Quotient(A, ONE, "exact"), 7),
    (exact_divide(2, C), Quotient(TWO, C, "exact"), 1),
    (part_of(A, 2), Quotient(A, TWO, "fraction"), Fraction(7, 2)),
    (part_of(1, C), Quotient(ONE, C, "fraction"), Fraction(1, 2)),
    (larger(A, 1), Larger(A, ONE), 7),
    (larger(1, C), Larger(ONE, C), 2),
    (group(A), Group(A), 7),
    (group(A * B), Group(Product((A, B))), 21),
    (group(A + B), Sum(((1, A), (1, B))), 10),
    (product((A, B, 2)), Product((A, B, TWO)), 42),
    (product((A,)), A, 7),
    (product((2, A)), Product((TWO, A)), 14),
    (as_expression(A), A, 7),
    (as_expression(2), TWO, 2),
]


@pytest.mark.parametrize(("built", "expected", "value"), BUILT)
def test_arithmetic_with_symbols_is_kept_as_it_was_written(built, expected, value):
    assert built == expected
    assert evaluate(built) == value


def test_the_same_functions_calculate_with_integers():
    assert (ceil_divide(7, 2), ceil_divide(-7, 2), ceil_divide(6, 2)) == (4, -3, 3)
    assert (exact_divide(6, 2), part_of(1, 2), part_of(4, 2)) == (3, Fraction(1, 2), 2)
    assert (larger(2, 5), larger(5, 2), group(5)) == (5, 5, 5)
    assert (product(()), product((2,)), product((2, 3, 4))) == (1, 2, 24)


DIVIDED = [
    (7, 2, "floor", 3),
    (-7, 2, "floor", -4),
    (7, 2, "ceil", 4),
    (-7, 2, "ceil", -3),
    (6, 2, "exact", 3),
    (6, 2, "fraction", 3),
    (7, 2, "fraction", Fraction(7, 2)),
    (Fraction(7, 2), Fraction(1, 2), "exact", 7),
]


@pytest.mark.parametrize(("dividend", "divisor", "rounding", "quotient"), DIVIDED)
def test_a_division_is_rounded_as_it_says(dividend, divisor, rounding, quotient):
    found = divide(dividend, divisor, rounding)
    assert (found, type(found)) == (quotient, type(quotient))


@pytest.mark.parametrize("refuse", [lambda: divide(7, 2, "exact"), lambda: exact_divide(7, 2)])
def test_an_exact_division_refuses_a_remainder(refuse):
    with pytest.raises(NotExact, match=r"^7 is not a multiple of 2$") as refusal:
        refuse()
    assert (refusal.value.dividend, refusal.value.divisor) == (7, 2)


def test_what_is_no_arithmetic_has_no_value():
    with pytest.raises(TypeError, match="Expression"):
        evaluate(Expression())


INSIDE = [
    (A, ()),
    (ONE, ()),
    (A - B, (A, B)),
    (A * B, (A, B)),
    (A // B, (A, B)),
    (ceil_divide(A, B), (A, B)),
    (group(A), (A,)),
    (larger(A, B), (A, B)),
]


@pytest.mark.parametrize(("expression", "inside"), INSIDE)
def test_an_expression_is_made_of_its_parts(expression, inside):
    assert parts(expression) == inside
    assert rebuild(expression, inside) == expression
    other = tuple(Constant(10 * place) for place in range(1, len(inside) + 1))
    assert parts(rebuild(expression, other)) == other


def test_a_replacement_is_tried_outermost_first():
    whole = (A + B) * C
    assert replace(whole, lambda part: TWO if part == A + B else None) == Product((TWO, C))
    assert replace(whole, lambda part: ONE if part == whole else None) == ONE
    assert replace(whole, lambda part: {A: ONE, B: TWO}.get(part)) == Product((Sum(((1, ONE), (1, TWO))), C))


def test_what_no_replacement_meets_stays_the_same_object():
    whole = (A + B) * C
    assert replace(whole, lambda part: None) is whole
    assert replace(whole, lambda part: ONE if part == C else None).factors[0] is whole.factors[0]


def test_symbols_come_in_the_order_of_writing_and_as_often_as_they_are_written():
    assert list(symbols(larger(A * B - A, group(C) // B))) == [A, B, A, C, B]


def test_alternatives_of_a_largest_value_are_flat():
    assert list(alternatives(larger(larger(A, B), larger(C, 1)))) == [A, B, C, ONE]
    assert list(alternatives(A + B)) == [A + B]


def test_a_name_gives_the_value_or_a_symbol_that_carries_it():
    assert plain(P, 3, "h") == 3
    assert traced(P, 3) == Symbol(P, 3, "")
    assert traced(P, 3, "h") == Symbol(P, 3, "h")


SIDES = [
    ((3,), ("",)),
    ((3, 3), ("", "")),
    ((3, 3, 3), ("", "", "")),
    ((3, 5), ("h", "w")),
    ((1, 3, 3), ("d", "h", "w")),
    ((1, 2, 3, 4), ("1", "2", "3", "4")),
    ((), ()),
]


@pytest.mark.parametrize(("values", "axes"), SIDES)
def test_sides_that_differ_are_told_apart_by_their_axis(values, axes):
    assert sides(plain, K, values) == values
    assert sides(traced, K, values) == tuple(Symbol(K, value, axis) for value, axis in zip(values, axes, strict=True))
