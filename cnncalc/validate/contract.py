"""The contract of a spec, and the budgets of the configuration: what does not hold, as findings."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from cnncalc import shape as shapes
from cnncalc.engine.expectations import judge
from cnncalc.engine.measures import ADDED, of_layer
from cnncalc.harmless import harmless
from cnncalc.problem import Finding
from cnncalc.result import COUNTS, Judgement, Result, bounded
from cnncalc.spec.network import Expectation, Network
from cnncalc.spec.numbers import text
from cnncalc.validate.problems import ExpectationMissed, ExpectationUnknown

MOST_NAMED = 3
LEAST_PERCENT = 1
_SHOWN = 60


def broken(network: Network, result: Result, budgets: list[tuple[str, Expectation]]) -> Iterator[Finding]:
    """A finding for each line that does not hold, and for each that could not be checked."""
    for judged in result.expectations:
        if not judged.met:
            yield Finding(_problem(judged, result, ""), network.source, judged.place, _layer(judged))
    for pattern, line in budgets:
        for judged in judge((line,), result):
            if not judged.met:
                yield Finding(_problem(judged, result, harmless(pattern, _SHOWN)), network.source, None, _layer(judged))


def _layer(judged: Judgement) -> str | None:
    return None if judged.layer is None else harmless(judged.layer, 256)


def _problem(judged: Judgement, result: Result, budget: str) -> ExpectationMissed | ExpectationUnknown:
    layer, expected = harmless(judged.layer or "", _SHOWN), harmless(judged.expected, _SHOWN)
    if judged.met is None:
        several = judged.name == "output" and judged.layer is None and len(result.outputs) > 1
        names = [harmless(name, _SHOWN) for name, _shape in result.outputs]
        open_ = next((harmless(one.name, _SHOWN) for one in result.layers if one.status != "complete"), "")
        return ExpectationUnknown(judged.name, expected, layer, budget, tuple(names) if several else (), open_)
    heaviest = tuple(_heaviest(judged, result)) if judged.layer is None else ()
    actual = bounded(_written(judged.actual), judged.status)
    return ExpectationMissed(judged.name, expected, actual, judged.off_by, heaviest, budget, layer, judged.missed)


def _written(actual: Any) -> str:
    if isinstance(actual, list):
        sides = [Fraction(side) for side in actual]
        return shapes.text(tuple(actual)) if all(side == int(side) for side in sides) else "×".join(map(text, sides))
    return f"{actual:,}"


def _heaviest(judged: Judgement, result: Result) -> Iterator[tuple[str, str]]:
    """The layers that hold most of a sum, with their shares; those with less than one percent are not worth a word."""
    if judged.name not in (*COUNTS, *ADDED) or not judged.actual:
        return
    held = [(of_layer(judged.name, layer, result) or 0, layer.name) for layer in result.layers]
    total = sum(count for count, _name in held)
    for count, name in sorted(held, key=lambda one: -one[0])[:MOST_NAMED]:
        percent = count * 100 // total
        if percent >= LEAST_PERCENT:
            yield harmless(name, _SHOWN), f"{percent} %"
