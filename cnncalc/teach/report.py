"""Answers about one layer as plain mappings, for JSON."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from cnncalc.formula.expression import Value, evaluate
from cnncalc.formula.slip_words import SLIPS
from cnncalc.formula.write import in_one_line, latex, lines
from cnncalc.language import _
from cnncalc.teach.check import Verdict
from cnncalc.teach.derived import derived
from cnncalc.teach.explanation import quantities
from cnncalc.teach.given import Given, NotUnderstood
from cnncalc.teach.quantities import NAMES, expressions


def worksheet(given: Given) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """The same with the formulas alone, and apart what belongs into the gaps.

    Raises:
        Refused: the layer does not take its input.
    """
    whole = layer(given)
    answers = [{"ask": one["ask"], "value": one["value"]} for one in whole["answers"]]
    blank = [
        {
            "ask": one["ask"],
            "value": None,
            "derivations": [{**way, "steps": way["steps"][:1]} for way in one["derivations"]],
        }
        for one in whole["answers"]
    ]
    return {**whole, "output": None, "answers": blank}, answers


def layer(given: Given) -> dict[str, Any]:
    """Every quantity that the givens determine, with formula, steps and value.

    Raises:
        Refused: the layer does not take its input.
    """
    output = given.kind.output(given.inputs)
    found = []
    for ask in NAMES:
        try:
            traced = expressions(given, ask)
            values = [int(evaluate(expression)) for expression in traced]
        except (NotUnderstood, ArithmeticError):
            continue
        found.append(
            {
                "ask": ask,
                "value": values[0] if len(values) == 1 else values,
                "derivations": [{"steps": lines(expression), "latex": latex(expression)} for expression in traced],
            }
        )
    others = quantities(one for one in derived(given) if one.name not in NAMES)
    found += ({"ask": one.pop("name"), **one} for one in others)
    return {
        "schema_version": 1,
        "kind": given.kind.name,
        "inputs": [list(shape) if given.channels else [None, *shape[1:]] for shape in given.inputs],
        "output": list(output) if given.countable or len(output) == 1 else [None, *output[1:]],
        "answers": found,
        "problems": [],
    }


def verdict(judged: Verdict, name: str | None = None) -> dict[str, Any]:
    """A verdict, as it stands in a list of verdicts; `name` is the question's id.

    Two slips together stand as two slips with the same number under `together`.
    """
    slips: list[dict[str, Any]] = []
    for index, slip in enumerate(judged.slips, 1):
        for code in slip.codes:
            together = {"together": index} if slip.second else {}
            slips.append({"code": code, "message": _(SLIPS[code].sentence), **together})
    return {
        "id": judged.ask if name is None else name,
        "verdict": judged.ruling,
        "expected": expected(judged),
        "given_answer": judged.answer,
        "slips": slips,
        "derivation": derivation(judged),
    }


def expected(judged: Verdict) -> Any:
    """What is right: a number, a list for a shape, a list of rows for a matrix, or a letter."""
    if judged.letter:
        return judged.letter
    values = list(map(_number, judged.expected))
    if judged.columns:
        return [values[start : start + judged.columns] for start in range(0, len(values), judged.columns)]
    return values[0] if len(values) == 1 else values


def _number(value: Value) -> int | float | str:
    """A whole number, a fraction as it is, or a decimal where a function has no exact value."""
    exact = Fraction(value)
    if exact.denominator == 1:
        return exact.numerator
    return str(exact) if exact.denominator < 10**9 else float(exact)


def derivation(judged: Verdict) -> str:
    """How the right answer comes about, in one line."""
    return judged.derivation.replace("\n", " ; ") or " ; ".join(
        in_one_line(expression) for expression in dict.fromkeys(judged.truth)
    )
