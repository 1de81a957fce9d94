"""The contract of a spec, and the budgets of the configuration: what does not hold, as findings."""

from __future__ import annotations

from collections.abc import Iterator

from cnncalc import shape as shapes
from cnncalc.engine.expectations import judge
from cnncalc.harmless import harmless
from cnncalc.problem import Finding
from cnncalc.result import COUNTS, Judgement, Result
from cnncalc.spec.network import Expectation, Network
from cnncalc.validate.problems import ExpectationMissed, ExpectationUnknown

MOST_NAMED = 3


def broken(network: Network, result: Result, budgets: list[tuple[str, Expectation]]) -> Iterator[Finding]:
    """A finding for each line that does not hold, and for each that could not be checked."""
    for line, judged in zip(network.expect, result.expectations, strict=True):
        if not judged.met:
            yield Finding(_problem(judged, result, ""), network.source, line.place)
    for (pattern, _line), judged in zip(budgets, judge(tuple(line for _pattern, line in budgets), result), strict=True):
        if not judged.met:
            yield Finding(_problem(judged, result, harmless(pattern, 60)), network.source)


def _problem(judged: Judgement, result: Result, budget: str) -> ExpectationMissed | ExpectationUnknown:
    if judged.met is None:
        return ExpectationUnknown(judged.name, judged.expected)
    return ExpectationMissed(
        judged.name, judged.expected, _written(judged.actual), judged.off_by, tuple(_heaviest(judged, result)), budget
    )


def _written(actual: object) -> str:
    return shapes.text(tuple(actual)) if isinstance(actual, list) else f"{actual:,}"


def _heaviest(judged: Judgement, result: Result) -> Iterator[tuple[str, str]]:
    """The layers that hold most of a count, with their shares, where that is of use: it came out too large."""
    if judged.name not in COUNTS or "+" not in judged.off_by or not isinstance(judged.actual, int):
        return
    held = [(getattr(layer, judged.name) or 0, layer.name) for layer in result.layers]
    for count, name in sorted(held, key=lambda one: -one[0])[:MOST_NAMED]:
        if count:
            yield harmless(name, 60), f"{count:,} ({count * 100 // judged.actual} %)"
