"""The one evaluator: small exact arithmetic as people type it, bounded in every way, without Python's own `eval`.

    calculate("6*(25+1)")                           156
    calculate("$width if n > 7 else 2", …)          a problem that points at the `$`
    calculate("3×3·64·128 + 128", loose=True)       73856

Numbers are whole or fractions, never floats, so nothing is lost. It knows `+ - * // / % **`, comparisons, `and or not`,
`x if c else y`, names, texts in quotes, lists, indexing, `true false null`, and `min max abs round ceil floor len
make_divisible`.

`loose` reads what a student writes: `·`, `×`, `÷`, `−`, an `x` between two factors, `^` and raised digits as powers,
full-width signs, and commas between thousands (not in lists and calls, where commas separate).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from fractions import Fraction
from typing import Any

from cnncalc.arithmetic_problems import (
    DividedByZero,
    NoSuchItem,
    NotCalculable,
    ResultTooLarge,
    TooManyItems,
    UnknownNameInExpression,
    WrongOperand,
    refuse,
)
from cnncalc.arithmetic_syntax import LONGEST, Node, parsed

__all__ = ["FUNCTIONS", "LARGEST", "MOST_ITEMS", "NotCalculable", "bounded", "calculate", "value_of"]

MOST_ITEMS, LARGEST = 1000, 10**40
MOST_GONE_THROUGH = 1_000_000
"""So many items of lists may be gone through by all the expressions of one spec: some 1 s."""

_left: ContextVar[list[int] | None] = ContextVar("left", default=None)


@contextmanager
def bounded() -> Iterator[None]:
    """Inside, all expressions together go through so many items of lists, and are refused when they are used up."""
    before = _left.set([MOST_GONE_THROUGH])
    try:
        yield
    finally:
        _left.reset(before)


def _go_through(items: int, column: int) -> None:
    left = _left.get()
    if left is not None:
        left[0] -= items
        if left[0] < 0:
            refuse(TooManyItems(column, MOST_GONE_THROUGH))


Result = Any
"""A bool, an int, a Fraction that is not whole, a str, None, or a list of results."""


def calculate(text: str, names: Mapping[str, Any] | None = None, *, loose: bool = False) -> Result:
    """The value of an expression.

    Raises:
        NotCalculable: it is none, or too long, too deep, too large; the problem in it says where.
    """
    return value_of(parsed(text, loose), {} if names is None else names)


def value_of(tree: Node, names: Mapping[str, Any]) -> Result:
    """The value of an expression that was parsed before.

    Raises:
        NotCalculable: it has none.
    """
    return _value(tree, names)


def _value(node: Node, names: Mapping[str, Any]) -> Result:
    what, column, parts = node
    match what:
        case "number":
            return _bounded(_number(parts[0], column), column)
        case "text" | "value":
            return parts[0]
        case "name":
            if parts[0] not in names:
                refuse(UnknownNameInExpression(column, parts[0], tuple(names)))
            return _bounded(_exact(names[parts[0]], column), column)
        case "group":
            return _value(parts[0], names)
        case "list":
            return _bounded([_value(part, names) for part in parts], column)
        case "if":
            return _value(parts[1] if _truth(parts[0], names) else parts[2], names)
        case "compare":
            return _compared(parts, names)
        case "not":
            return not _truth(parts[0], names)
        case "and":
            return _truth(parts[0], names) and _truth(parts[1], names)
        case "or":
            return _truth(parts[0], names) or _truth(parts[1], names)
    values = [_value(part, names) for part in parts if isinstance(part, Node)]
    if what == "call":
        return _bounded(_called(parts[0], values, column), column)
    return _bounded(_operated(what, values, column), column)


def _number(text: str, column: int) -> int | Fraction:
    if text.isdigit():
        return int(text)
    digits, _, exponent = text.lower().partition("e")
    if len(exponent) > 4 or abs(int(exponent or "0")) > LONGEST:
        refuse(ResultTooLarge(column))
    return _plain(Fraction(digits) * Fraction(10) ** int(exponent or "0"))


def _exact(value: Any, column: int) -> Result:
    """A value from outside, without floats in it."""
    if isinstance(value, float):
        if value != value or value in (float("inf"), float("-inf")):
            refuse(ResultTooLarge(column))
        return _plain(Fraction(str(value)))
    if isinstance(value, list | tuple):
        return value if isinstance(value, list) else list(value)  # its items are looked at when one is taken out
    if value is None or isinstance(value, int | Fraction | str):
        return value
    refuse(WrongOperand(column, type(value).__name__))


def _all_exact(value: Result, column: int, room: list[None]) -> Result:
    """A value with everything in it exact; `room` has an item for each value that there may be."""
    if not isinstance(value, list):
        return _exact(value, column)
    if len(value) > len(room):
        refuse(ResultTooLarge(column))
    del room[: len(value)]
    _go_through(len(value), column)
    return [_all_exact(item, column, room) for item in value]


def _plain(value: int | Fraction) -> int | Fraction:
    return value.numerator if value.denominator == 1 else value


def _bounded(value: Result, column: int) -> Result:
    if isinstance(value, list) and len(value) > MOST_ITEMS:
        refuse(ResultTooLarge(column))
    if isinstance(value, int | Fraction):
        number: int | Fraction = value
        if not -LARGEST <= number <= LARGEST or number.denominator > LARGEST:
            refuse(ResultTooLarge(column))
    return value


_COMPARE: dict[str, Callable[[Any, Any], bool]] = {
    "<": lambda a, b: bool(a < b),
    ">": lambda a, b: bool(a > b),
    "<=": lambda a, b: bool(a <= b),
    ">=": lambda a, b: bool(a >= b),
    "==": lambda a, b: bool(a == b),
    "!=": lambda a, b: bool(a != b),
}


def _compared(parts: Sequence[Any], names: Mapping[str, Any]) -> bool:
    left = _value(parts[0], names)
    for sign, part in zip(parts[1::2], parts[2::2], strict=True):
        right = _value(part, names)
        if sign.text not in ("==", "!=") and not (_is_number(left) and _is_number(right)):
            refuse(WrongOperand(sign.column, sign.text))
        sides = [_all_exact(side, sign.column, [None] * MOST_ITEMS) for side in (left, right)]
        if not _COMPARE[sign.text](*sides):
            return False
        left = right
    return True


def _truth(node: Node, names: Mapping[str, Any]) -> bool:
    """What a condition says: true, false, or a number that is 0 or not."""
    value = _value(node, names)
    if not isinstance(value, int | Fraction):
        refuse(WrongOperand(node.column, "if"))
    return bool(value)


def _is_number(value: Result) -> bool:
    return isinstance(value, int | Fraction) and not isinstance(value, bool)


def _operated(what: str, values: list[Result], column: int) -> Result:
    left, right = values[0], values[-1]
    if what == "item":
        if not isinstance(left, list | str) or type(right) is not int:
            refuse(WrongOperand(column, "[ ]"))
        if not -len(left) <= right < len(left):
            refuse(NoSuchItem(column, right, len(left)))
        return _exact(left[right], column)
    if what == "+" and isinstance(left, list) and isinstance(right, list):
        _go_through(len(left) + len(right), column)
        return left + right
    if not all(map(_is_number, values)):
        refuse(WrongOperand(column, what.removeprefix("unary ")))
    if what in ("/", "//", "%") and not right:
        refuse(DividedByZero(column))
    match what:
        case "unary -":
            return -left
        case "unary +":
            return left
        case "+":
            return _plain(left + right)
        case "-":
            return _plain(left - right)
        case "*":
            return _plain(left * right)
        case "/":
            return _plain(Fraction(left) / right)
        case "//":
            return left // right
        case "%":
            return _plain(left % right)
    return _raised(left, right, column)


def _raised(base: int | Fraction, exponent: int | Fraction, column: int) -> int | Fraction:
    if type(exponent) is not int:
        refuse(WrongOperand(column, "**"))
    if not base and exponent < 0:
        refuse(DividedByZero(column))
    # How large it becomes is known before it is computed: n bits to the power of e are more than (n − 1)·e bits.
    bits = max(abs(base.numerator).bit_length(), base.denominator.bit_length()) - 1
    if bits * abs(exponent) > LARGEST.bit_length():
        refuse(ResultTooLarge(column))
    if abs(base) == 1 or not base:
        return base ** (exponent % 2) if base < 0 else base ** bool(exponent)
    return _plain(Fraction(base) ** exponent)


def _called(name: str, values: list[Result], column: int) -> Result:
    if name not in FUNCTIONS:
        refuse(UnknownNameInExpression(column, name, tuple(FUNCTIONS)))
    if name in ("min", "max") and len(values) == 1 and isinstance(values[0], list):
        _go_through(len(values[0]), column)
        values = [_exact(item, column) for item in values[0]]
    least, most = FUNCTIONS[name]
    numeric = name != "len"
    if not least <= len(values) <= most or (numeric and not all(map(_is_number, values))):
        refuse(WrongOperand(column, name))
    match name:
        case "len":
            if not isinstance(values[0], list | str):
                refuse(WrongOperand(column, name))
            return len(values[0])
        case "min":
            return min(values)
        case "max":
            return max(values)
        case "abs":
            return abs(values[0])
        case "floor":
            return values[0].__floor__()
        case "ceil":
            return values[0].__ceil__()
        case "round":
            return _rounded(values, column)
    return _made_divisible(values, column)


FUNCTIONS = {
    "min": (1, MOST_ITEMS),
    "max": (1, MOST_ITEMS),
    "abs": (1, 1),
    "round": (1, 2),
    "ceil": (1, 1),
    "floor": (1, 1),
    "len": (1, 1),
    "make_divisible": (1, 3),
}
"""Every function that can be called, with how many values it takes: at least, at most."""


def _rounded(values: list[Any], column: int) -> int | Fraction:
    """Rounded half to even, as Python and the IEEE standard do; to a number of decimals if one is given."""
    if len(values) == 1:
        return round(Fraction(values[0]))
    if type(values[1]) is not int or abs(values[1]) > 40:
        refuse(WrongOperand(column, "round"))
    return _plain(round(Fraction(values[0]), values[1]))


def _made_divisible(values: list[Any], column: int) -> int:
    """The multiple of the divisor (8) nearest to a width, but not below nine tenths of it (MobileNet's rule)."""
    width, divisor = values[0], values[1] if len(values) > 1 else 8
    if type(divisor) is not int or divisor < 1:
        refuse(WrongOperand(column, "make_divisible"))
    least = values[2] if len(values) > 2 else divisor
    nearest = (Fraction(width) + Fraction(divisor, 2)) // divisor * divisor
    made = nearest if nearest > least else Fraction(least)
    if made < Fraction(9, 10) * width:
        made += divisor
    return int(made)
