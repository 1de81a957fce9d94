"""Answers about one layer as plain mappings, for JSON."""

from __future__ import annotations

from typing import Any

from cnncalc.formula.expression import evaluate
from cnncalc.formula.write import in_one_line, latex, lines
from cnncalc.teach.check import Verdict
from cnncalc.teach.derived import derived
from cnncalc.teach.explanation import quantities
from cnncalc.teach.given import Given, NotUnderstood
from cnncalc.teach.quantities import NAMES, expressions


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


def verdict(judged: Verdict) -> dict[str, Any]:
    """A verdict, as it stands in a list of verdicts."""
    expected = [int(value) for value in judged.expected]
    return {
        "id": judged.ask,
        "verdict": judged.ruling,
        "expected": expected[0] if len(expected) == 1 else expected,
        "given_answer": judged.answer,
        "slips": [{"code": slip.code, "message": slip.sentence()} for slip in judged.slips],
        "derivation": " ; ".join(in_one_line(expression) for expression in dict.fromkeys(judged.truth)),
    }
