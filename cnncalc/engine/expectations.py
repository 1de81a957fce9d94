"""The contract of a spec: what `expect` says, held against what came out."""

from __future__ import annotations

from typing import Any

from cnncalc.language import _
from cnncalc.result import Judgement, Quantity, Result
from cnncalc.spec.network import Expectation


def judge(expect: tuple[Expectation, ...], result: Result) -> tuple[Judgement, ...]:
    """Each line of `expect`, met or not, and by how much it is missed."""
    return tuple(_judged(line, _actual(line, result), result.totals) for line in expect)


def _actual(line: Expectation, result: Result) -> Any:
    match line.name:
        case "output":
            return result.outputs[0][1] if len(result.outputs) == 1 else None
        case "receptive_field":
            return result.receptive_field
        case "depth":
            return result.depth
    return result.totals[line.name].value


def _judged(line: Expectation, actual: Any, totals: dict[str, Quantity]) -> Judgement:
    if actual is None:
        return Judgement(line.name, line.written, None, None, "")
    if line.exact is not None:
        # One number for the receptive field means every axis; an output must have the very shape.
        alike = line.name == "receptive_field" and len(line.exact) == 1
        wanted = line.exact * len(actual) if alike else line.exact
        met = tuple(actual) == wanted
        return Judgement(line.name, line.written, list(actual), met, "")
    too_few = line.low is not None and actual < line.low
    too_many = line.high is not None and actual > line.high
    if line.name in totals and totals[line.name].status != "complete":
        # A lower bound that is too large already cannot become right; any other answer is open.
        met_so_far = False if too_many else None
        return Judgement(line.name, line.written, actual, met_so_far, _off(actual, line) if too_many else "")
    return Judgement(
        line.name, line.written, actual, not (too_few or too_many), _off(actual, line) if too_few or too_many else ""
    )


def _off(actual: int, line: Expectation) -> str:
    """How far off: as a number, and as a share of the bound."""
    if line.high is not None and actual > line.high:
        missed, bound = actual - line.high, line.high
        words = _("{missed:,} too many")
    else:
        bound = line.low or 0
        missed = bound - actual
        words = _("{missed:,} too few")
    said = words.format(missed=missed)
    if not bound:
        return said
    tenths = missed * 1000 // bound
    if not tenths:
        return f"{said} (<0.1 %)"
    return f"{said} ({'+' if actual > bound else '−'}{tenths // 10:,}.{tenths % 10} %)"
