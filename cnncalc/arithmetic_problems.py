"""What can be wrong with an expression; every problem knows the column."""

from __future__ import annotations

from typing import NoReturn

from cnncalc.language import _
from cnncalc.problem import Problem
from cnncalc.suggest import did_you_mean, nearest


class NotArithmetic(Problem):
    """An expression has something in it that does not belong there, or ends too early.

    It may hold numbers, names, texts in quotes, lists, `+ - * // / % **`, comparisons, `and or not`, `x if c else y`
    and calls of min, max, abs, round, ceil, floor, len and make_divisible; nothing else.
    """

    column: int
    found: str

    def message(self) -> str:
        if not self.found:
            return _("column {column}: the expression ends too early").format(column=self.column)
        found = ascii(self.found[:20])[1:-1] if not self.found.isprintable() else self.found[:20]
        return _("column {column}: `{found}` does not belong here").format(column=self.column, found=found)


class ExpressionTooLong(Problem):
    """An expression has more characters than are read. Split it, or write the number."""

    column: int
    length: int
    limit: int

    def message(self) -> str:
        return _("the expression has {length} characters; at most {limit} are read").format(
            length=self.length, limit=self.limit
        )


class ExpressionTooDeep(Problem):
    """An expression has too many parentheses, signs or powers inside each other."""

    column: int
    limit: int

    def message(self) -> str:
        return _("column {column}: more than {limit} parentheses or signs inside each other").format(
            column=self.column, limit=self.limit
        )


class ResultTooLarge(Problem):
    """A number in an expression grows beyond 10⁴⁰, a fraction gets a divisor beyond that, or a list over 1000 items.

    It is refused before it is computed, so that no short text can keep the program busy.
    """

    column: int

    def message(self) -> str:
        return _("column {column}: the result is too large; numbers go up to 10⁴⁰, lists to 1000 items").format(
            column=self.column
        )


class DividedByZero(Problem):
    """An expression divides by zero, takes a remainder by zero, or raises zero to a negative power."""

    column: int

    def message(self) -> str:
        return _("column {column}: this divides by zero").format(column=self.column)


_SAME = {"int": "floor", "trunc": "floor", "ceiling": "ceil", "divisible": "make_divisible"}
"""What functions of other languages are called here."""


class UnknownNameInExpression(Problem):
    """An expression uses a name or calls a function that does not exist."""

    column: int
    name: str
    known: tuple[str, ...] = ()

    def message(self) -> str:
        return _("column {column}: `{name}` is not known here").format(column=self.column, name=self.name[:60])

    def hints(self) -> tuple[str, ...]:
        if near := [_SAME[self.name]] if _SAME.get(self.name) in self.known else nearest(self.name, self.known):
            return did_you_mean(near)
        return (_("known are {names}").format(names=", ".join(self.known[:20])),) if self.known else ()


class WrongOperand(Problem):
    """An operator or function in an expression is given what it does not take: another type, or another number of them.

    Arithmetic takes numbers, `**` whole exponents, indexing a list and a whole number. True and false are no numbers.
    """

    column: int
    what: str

    def message(self) -> str:
        return _("column {column}: `{what}` does not take this").format(column=self.column, what=self.what)


class NoSuchItem(Problem):
    """An expression asks a list for an item behind its end. Items are counted from 0; −1 is the last one."""

    column: int
    index: int
    length: int

    def message(self) -> str:
        return _("column {column}: there is no item {index} in a list of {length}").format(
            column=self.column, index=self.index, length=self.length
        )


class TooManyItems(Problem):
    """The expressions of a spec go through more than a million items of lists: with `min`, `max`, `+`, a comparison.

    What is worked out again in each round of a repetition can be a variable, which is worked out once.
    """

    column: int
    most: int

    def message(self) -> str:
        return _("column {column}: all expressions together go through more than {most} items of lists").format(
            column=self.column, most=f"{self.most:,}"
        )


class NotCalculable(ValueError):
    """Raised for a text that has no value; carries the problem, which knows the column."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message())
        self.problem = problem


def refuse(problem: Problem) -> NoReturn:
    """Give up for this reason."""
    raise NotCalculable(problem)
