"""A formula as a calculation: in steps for a derivation, or in one line."""

from __future__ import annotations

from cnncalc.document import Step, bold, plain
from cnncalc.formula import write
from cnncalc.formula.expression import Expression


def stepwise(expression: Expression, left: str = "", note: str = "", *, equals: bool = True) -> tuple[Step, ...]:
    """The formula, the formula with the values, each step, and the result in bold with a note behind it.

    Without `left` the formula itself stands in front, and the equals signs begin below it.
    """
    *lines, result = write.lines(expression)
    if not lines:
        return (Step(bold(result), left, note=note),)
    first = Step(plain(lines[0]), left, equals=bool(left) and equals)
    return (first, *(Step(plain(line)) for line in lines[1:]), Step(bold(result), note=note))
