"""`$name` and `$(expression)` in the values of a spec: replaced by what they stand for.

out_channels: $width                    the variable itself, whatever it is
out_channels: $(width * 2)              arithmetic, exact; a whole result is an integer, 7/2 is the decimal 3.5
name: enc$i                             inside a text the value is put in as text; $$ is a dollar sign
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction
from functools import lru_cache
from itertools import islice
from typing import Any

from cnncalc.arithmetic import NotCalculable, value_of
from cnncalc.arithmetic_problems import UnknownNameInExpression, WrongOperand
from cnncalc.arithmetic_syntax import Node, parsed
from cnncalc.harmless import harmless
from cnncalc.problem import Report
from cnncalc.record import changed
from cnncalc.source import Place, PlacedList, PlacedMapping, value_place
from cnncalc.spec.language_problems import (
    MOST_NAMED,
    BracedVariable,
    UnclosedExpression,
    UnknownVariable,
    ValueTooLarge,
)
from cnncalc.suggest import nearest

Scope = Mapping[str, Any]
"""What the names stand for."""

NO_VARIABLES: Scope = {}

LONGEST_MADE, MOST_MADE = 10_000, 1_000
"""How many characters, and values, a text or a list may have that variables are put into: each could double it."""

_SIGN = re.compile(r"\$(?:(?P<name>[^\W\d]\w*)|(?P<open>\()|(?P<brace>\{)|(?P<dollar>\$))")
_PARENTHESIS = re.compile(r"""[()]|"[^"]*"|'[^']*'""")


class Unknown:
    """Stands for a value that could not be worked out; why has been reported."""


UNKNOWN = Unknown()


def mentions(value: Any) -> bool:
    """Whether there is a dollar sign anywhere in a value."""
    if isinstance(value, str):
        return "$" in value
    if isinstance(value, dict):
        return any(map(mentions, value.values()))
    return isinstance(value, list) and any(map(mentions, value))


def mentioned_beside(mapping: Mapping[str, Any], left: tuple[str, ...]) -> bool:
    """Whether there is a dollar sign in a value of the mapping that is not under one of the keys `left`."""
    # This is asked of every layer, and most values are whole numbers.
    return any(type(value) is not int and key not in left and mentions(value) for key, value in mapping.items())


def resolved(value: Any, scope: Scope, place: Place | None, report: Report) -> Any:
    """The value with all variables replaced; the value itself where there are none, UNKNOWN where one is wrong."""
    if isinstance(value, str):
        return _text(value, scope, place, report) if "$" in value else value
    if not isinstance(value, dict | list) or not mentions(value):
        return value
    if isinstance(value, dict):
        made = resolved_entries(value, scope, report)
        if any(inner is UNKNOWN for inner in made.values()):
            return UNKNOWN
    else:
        items = [resolved(inner, scope, value_place(value, index), report) for index, inner in enumerate(value)]
        if any(inner is UNKNOWN for inner in items):
            return UNKNOWN
        made = copied(value, items)
    if extent(made, MOST_MADE) > MOST_MADE:
        report(ValueTooLarge(LONGEST_MADE, MOST_MADE), place)
        return UNKNOWN
    return made


def extent(value: Any, most: int) -> int:
    """How many values a value holds, itself counted, if it is not more than `most`; what is shared counts each time."""
    found, waiting = 0, [value]
    while waiting and found <= most:
        one = waiting.pop()
        found += 1
        if isinstance(one, dict):
            waiting += one.values()
        elif isinstance(one, list):
            waiting += one
    return found


def resolved_entries(
    mapping: Mapping[str, Any], scope: Scope, report: Report, left: tuple[str, ...] = ()
) -> Mapping[str, Any]:
    """The mapping with the variables in its values replaced, each on its own; those under the keys `left` are left."""
    made = {
        key: inner if key in left else resolved(inner, scope, value_place(mapping, key), report)
        for key, inner in mapping.items()
    }
    return copied(mapping, made)  # type: ignore[no-any-return]


def without(mapping: Mapping[str, Any], keys: tuple[str, ...]) -> Mapping[str, Any]:
    """The mapping without some keys."""
    if mapping.keys().isdisjoint(keys):
        return mapping
    return copied(mapping, {key: value for key, value in mapping.items() if key not in keys})  # type: ignore[no-any-return]


def copied(original: Any, values: Any) -> Any:
    """Other values that stand where those of the original stand."""
    if isinstance(original, PlacedMapping):
        mapping = PlacedMapping(original.place)
        mapping.keys_at, mapping.values_at = original.keys_at, original.values_at
        mapping.update(values)
        return mapping
    if isinstance(original, PlacedList):
        items = PlacedList(original.place)
        items.items_at = original.items_at
        items.extend(values)
        return items
    return values


def _text(text: str, scope: Scope, place: Place | None, report: Report) -> Any:
    """A text with its variables replaced. One that is nothing but a variable or an expression becomes its value."""
    pieces: list[Any] = []
    at = 0
    while sign := _SIGN.search(text, at):
        pieces.append(text[at : sign.start()])
        start, at = sign.span()
        if sign["dollar"]:
            pieces.append("$")
            continue
        if sign["brace"]:
            name, closed, _rest = text[at:].partition("}")
            where = _within(place, text, start, len(text) if not closed else at + len(name) + 1)
            report(BracedVariable(harmless(name.strip(), 60) if closed else ""), where)
            return UNKNOWN
        if sign["open"]:
            end = _closing(text, at)
            if end is None:
                report(UnclosedExpression(harmless(text[start:], 60)), _within(place, text, start, len(text)))
                return UNKNOWN
            value = _calculated(text[at:end], scope, text, at, place, report)
            at = end + 1
        elif sign["name"] in scope:
            value = scope[sign["name"]]
        else:
            report(unknown_variable(sign["name"], scope), _within(place, text, start, at))
            value = UNKNOWN
        if value is UNKNOWN or (start == 0 and at == len(text)):
            return value
        pieces.append(value)
    pieces.append(text[at:])
    if any(isinstance(piece, list) and extent(piece, MOST_MADE) > MOST_MADE for piece in pieces):
        report(ValueTooLarge(LONGEST_MADE, MOST_MADE), place)
        return UNKNOWN
    made = list(map(_written, pieces))
    if sum(map(len, made)) > max(LONGEST_MADE, len(text)):
        report(ValueTooLarge(LONGEST_MADE, MOST_MADE), place)
        return UNKNOWN
    return "".join(made)


def _written(value: Any) -> str:
    """A value as it stands inside a text."""
    return ("true" if value else "false") if isinstance(value, bool) else str(value)


def _closing(text: str, at: int) -> int | None:
    """Where the parenthesis that was opened before `at` is closed; quotes hide parentheses."""
    depth = 1
    for found in _PARENTHESIS.finditer(text, at):
        depth += {"(": 1, ")": -1}.get(found[0], 0)
        if not depth:
            return found.start()
    return None


def _calculated(expression: str, scope: Scope, text: str, at: int, place: Place | None, report: Report) -> Any:
    """The value of an expression that stands at `at` in a text."""
    try:
        return as_written(value_of(_tree(expression), scope))
    except NotCalculable as refusal:
        problem: Any = refusal.problem
        if isinstance(problem, WrongOperand) and UNKNOWN in scope.values():
            return UNKNOWN
    start = at + problem.column - 1
    if isinstance(problem, UnknownNameInExpression) and expression[problem.column - 1 :].startswith(problem.name):
        end = start + len(problem.name)
        where = _within(place, text, start, end)
        problem = problem if "(" in expression[end - at : end - at + 1] else unknown_variable(problem.name, scope)
    else:
        where = _within(place, text, min(start, len(text) - 1), min(start, len(text) - 1) + 1)
    # The column in the message is that of the line, where the ^ stands.
    if hasattr(problem, "column") and where is not None:
        problem = changed(problem, column=where.column)
    report(problem, where)
    return UNKNOWN


@lru_cache(maxsize=1024)
def _tree(expression: str) -> Node:
    """The tree of an expression: the same few recur in every layer of a block."""
    return parsed(expression, False)


def as_written(value: Any) -> Any:
    """A result as a value of a spec: what is not whole is a decimal number."""
    if isinstance(value, Fraction):
        return float(value)
    return [as_written(item) for item in value] if isinstance(value, list) else value


def unknown_variable(name: str, scope: Scope) -> UnknownVariable:
    """The problem of a variable that is not there, with those that may be meant."""
    known = tuple(harmless(one, 40) for one in islice(scope, MOST_NAMED + 1))
    return UnknownVariable(harmless(name, 60), tuple(harmless(one, 60) for one in nearest(name, scope)), known)


def _within(place: Place | None, text: str, start: int, end: int) -> Place | None:
    """The place of a part of a text; of the whole where it is not written as it reads (escapes, several lines)."""
    if place is None or place.line != place.end_line:
        return place
    quote = {len(text): 0, len(text) + 2: 1}.get(place.end_column - place.column)
    if quote is None:
        return place
    first = place.column + quote
    return Place(place.line, first + start, place.line, first + end)
