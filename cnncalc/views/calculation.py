"""A formula as a calculation: in steps for a derivation, or in one line."""

from __future__ import annotations

from collections.abc import Sequence

from cnncalc.document import EQUALS, Phrase, Span, Step, Style, Text, words
from cnncalc.formula import write
from cnncalc.formula.expression import Expression
from cnncalc.formula.write import Formula, Letters


def stepwise(way: Sequence[Formula], left: str = "", note: str = "") -> tuple[Step, ...]:
    """A derivation: the formula, the formula with the values, each step, and the result in bold with a note behind it.

    Without `left` the formula itself stands in front, and the equals signs begin below it.
    """
    *lines, result = way
    if not lines:
        return (Step((said(result, "bold"),), left, note=note),)
    first = Step((said(lines[0]),), left, equals=bool(left))
    return (first, *(Step((said(line),)) for line in lines[1:]), Step((said(result, "bold"),), note=note))


def said(formula: Formula, style: Style = "") -> Span:
    """The formula as a stretch of text that knows what it is."""
    return Span(formula.text(), style, formula)


def in_line(formulas: Sequence[Formula], left: str = "", style: Style = "") -> Phrase:
    """The formulas with equals signs between them, the last one in the style: `m = ⌊(7 − 3)/2⌋ + 1 = 3`."""
    *before, result = formulas
    spans = [*([Span(left, "", Letters(left))] if left else []), *map(said, before), said(result, style)]
    joined = [part for span in spans for part in (Span(EQUALS), span)]
    return tuple(joined[1:])


def in_short(expression: Expression, left: str = "") -> Phrase:
    """The calculation without its steps."""
    return in_line(write.short(expression), left)


def cell(phrase: Phrase) -> Text:
    """A calculation as a cell of a table."""
    return Text(words(phrase), phrase=phrase)
