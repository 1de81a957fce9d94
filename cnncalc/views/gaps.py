"""The gaps of a worksheet: where a result is left out, and what belongs there."""

from __future__ import annotations

from cnncalc.document import Document, Fact, Facts, Heading, Phrase, bold, plain
from cnncalc.formula.expression import Expression, Value
from cnncalc.formula.write import number
from cnncalc.language import _
from cnncalc.record import Record
from cnncalc.views.calculation import in_short

GAP = "____"


class Answer(Record):
    """What belongs into a gap: its layer, the quantity in words, how it is calculated, and its value."""

    layer: str
    what: str
    calculation: Phrase
    value: Value | tuple[Value, ...]


class Gaps:
    """The gaps left so far, numbered from 1; `layer` is the one that is being written."""

    def __init__(self) -> None:
        self.answers: list[Answer] = []
        self.layer = ""

    def leave(self, what: str, expression: Expression, value: Value, left: str = "") -> str:
        """Leave a gap; the number that stands beside it."""
        calculation = in_short(expression, left)
        self.answers.append(Answer(self.layer, what, calculation, value))
        return f"({len(self.answers)})"

    def leave_number(self, what: str, value: Value) -> str:
        """Leave a gap for a number without a calculation of its own."""
        self.answers.append(Answer(self.layer, what, plain(number(value)), value))
        return f"({len(self.answers)})"


def key(gaps: Gaps) -> Document:
    """The answers by the numbers of their gaps."""
    facts = []
    for position, answer in enumerate(gaps.answers, 1):
        head = f"{answer.layer}, {answer.what}: " if answer.layer else f"{answer.what}: "
        *before, result = answer.calculation
        facts.append(Fact(f"({position})", (*plain(head), *before, result._replace(style="bold"))))
    return Document((Heading(bold(_("answers"))), Facts(tuple(facts))))
