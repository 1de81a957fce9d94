"""The wrong answers to a question that a slip leads to, each to one slip alone: they become distractors."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from cnncalc.formula.expression import Expression, Value, symbols
from cnncalc.formula.slip_words import SLIPS
from cnncalc.formula.slips import Outcome
from cnncalc.formula.write import number
from cnncalc.teach import hand
from cnncalc.teach.check import Mark
from cnncalc.teach.fitting import Fitting
from cnncalc.teach.given import Given

MOST = 3
"""So many wrong options stand beside the right one."""


class Wrong(NamedTuple):
    """A wrong answer as it is written, and the code of the slip that leads to it."""

    written: str
    code: str


def of_quantity(given: Given | None, ask: str, truth: tuple[Expression, ...], expected: Sequence[Value]) -> list[Wrong]:
    """What each slip on a quantity gives. In a shape a slip is made on every side that it concerns."""
    found: dict[str, list[dict[int, Outcome]]] = {}
    for axis, slips in enumerate(Fitting(given, ask, truth).single):
        for slip in slips:
            several = found.setdefault(slip.codes[0], [])
            free = next((one for one in several if axis not in one), None)
            if free is None:
                several.append(free := {})
            free[axis] = slip
    wrong = []
    for code in SLIPS:
        for by_axis in found.get(code, ()):
            values = [by_axis[axis].value if axis in by_axis else value for axis, value in enumerate(expected)]
            wrong.append(Wrong(written(values), code))
    return wrong


def of_matrix(question: hand.Hand) -> list[Wrong]:
    """What each slip in a calculation by hand gives."""
    return [Wrong(plain(slip.shown), slip.code) for slip, _values in hand.slips_of(question, hand.computed(question))]


def written(values: Sequence[Value]) -> str:
    """A number or a shape as an answer: `400`, `10×4×4`."""
    return "×".join(plain(number(value)) for value in values)


def plain(text: str) -> str:
    """The text without commas in its numbers, and with the minus of a keyboard."""
    return text.replace(",", "").replace("−", "-")


SAME_CALCULATION = ({"ignored_stride", "convolution_rule"},)
"""Slips that cannot be told apart where nothing is padded: either leads to n − k + 1."""


def clash(wrong: Sequence[Wrong]) -> bool:
    """Whether two different slips give one answer."""
    codes: dict[str, set[str]] = {}
    for one in wrong:
        codes.setdefault(one.written, set()).add(one.code)
    return any(len(several) > 1 and several not in SAME_CALCULATION for several in codes.values())


def unpunished(truth: Sequence[Expression], row: Mapping[str, Any], wrong: Sequence[Wrong]) -> bool:
    """Whether a letter of the formula could be left out and the answer would still be right."""
    codes = {one.code for one in wrong}
    if row.get("given", {}).get("ceil_mode") and "rounded_down" not in codes and wrong:
        return True
    found = {symbol.letter.ignored for one in truth for symbol in symbols(one) if symbol.value != symbol.letter.neutral}
    return bool(found - codes - {""})


def distractors(wrong: Sequence[Wrong], mark: Mark) -> Iterator[Wrong]:
    """Those of the wrong answers that are marked wrong with their one slip, each answer once."""
    seen: set[Any] = set()
    for one in wrong:
        verdict = mark(one.written)
        if verdict.ruling == "wrong" and [slip.codes for slip in verdict.slips] == [(one.code,)]:
            if one.written not in seen:
                yield one
            seen.add(one.written)
