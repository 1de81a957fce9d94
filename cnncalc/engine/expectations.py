"""The contract of a spec: what `expect` says, held against what came out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from math import ceil
from typing import Any

from cnncalc.engine.measures import DTYPE, Measure, of_layer, of_network
from cnncalc.language import _
from cnncalc.result import Judgement, LayerResult, Result
from cnncalc.spec.bounds import MEMORY, PER_AXIS
from cnncalc.spec.network import Expectation
from cnncalc.spec.numbers import text
from cnncalc.spec.patterns import matching

MOST_MISSED = 10_000
"""More judgements of layers than this help nobody; the rest of a pattern's layers is left out then."""


def judge(expect: tuple[Expectation, ...], result: Result) -> tuple[Judgement, ...]:
    """Each line of `expect`, met or not, and by how much it is missed."""
    if not expect:
        return ()
    layers = {layer.name: layer for layer in result.layers} if any(line.layer for line in expect) else {}
    found: list[Judgement] = []
    for line in expect:
        if line.layer is None:
            found.append(_judged(line, of_network(line.name, result, line.dtype or DTYPE), None))
        elif len(found) < MOST_MISSED:
            found += _of_layers(line, layers, result)
    return tuple(found)


def _of_layers(line: Expectation, layers: Mapping[str, LayerResult], result: Result) -> Iterator[Judgement]:
    met: list[Judgement] = []
    missed = 0
    for name in matching(line.layer or "", layers):
        value = of_layer(line.name, layers[name], result, line.dtype or DTYPE)
        judgement = _judged(line, Measure(value, "unknown" if value is None else "complete"), name)
        if judgement.met:
            met.append(judgement)
        elif missed < MOST_MISSED:
            missed += 1
            yield judgement
    if met and not missed:
        largest = max((one.actual for one in met), key=lambda actual: (str(type(actual)), actual))
        yield Judgement(line.name, line.written, largest, True, "", line.layer, line.place)
    elif not met and not missed and line.name == "output":
        # An output of the network may be an input of it, too, or a further output of a layer.
        ends = {**dict(result.inputs), **dict(result.outputs)}
        if line.layer in ends:
            shape = ends[line.layer]
            yield _judged(line, Measure(shape, "unknown" if shape is None else "complete"), line.layer)


def _judged(line: Expectation, measure: Measure, layer: str | None) -> Judgement:
    def said(met: bool | None) -> Judgement:
        return Judgement(line.name, line.written, _listed(measure.value), met, "", layer, line.place)

    def missed(number: int | Fraction) -> Judgement:
        by = _missed(number, line)
        off = _off(by, number, line)
        if measure.status == "lower_bound":
            off = _("at least {off}").format(off=off)
        return said(False)._replace(off_by=off, missed=ceil(by), status=measure.status)

    actual = measure.value
    if actual is None:
        return said(None)
    if line.exact is not None:
        # One number for the receptive field means every axis; an output must have the very shape.
        alike = line.name in PER_AXIS and len(line.exact) == 1
        wanted = line.exact * len(actual) if alike else line.exact
        return said(tuple(actual) == wanted)
    sides = actual if isinstance(actual, tuple) else (actual,)
    least, most = min(sides), max(sides)
    too_few = line.low is not None and least < line.low
    too_many = line.high is not None and most > line.high
    if measure.status != "complete":
        # A lower bound that is too large already cannot become right; any other answer is open.
        return missed(most) if too_many else said(None)
    if too_many:
        return missed(most)
    return missed(least) if too_few else said(True)


def _listed(value: Any) -> Any:
    """The value as JSON writes it; a ratio that is not whole as a text, 28/5."""
    return [side if isinstance(side, int) else str(side) for side in value] if isinstance(value, tuple) else value


def _missed(actual: int | Fraction, line: Expectation) -> int | Fraction:
    """How far it is from the bound that it does not keep."""
    if line.high is not None and actual > line.high:
        return actual - line.high
    return (line.low or 0) - actual


def _off(missed: int | Fraction, actual: int | Fraction, line: Expectation) -> str:
    """How far off: as a number, and as a share of the bound."""
    many = line.high is not None and actual > line.high
    bound = (line.high if many else line.low) or 0
    if line.name == MEMORY:
        words = _("{missed} bytes too many") if many else _("{missed} bytes too few")
    else:
        words = _("{missed} too many") if many else _("{missed} too few")
    said = words.format(missed=text(missed))
    if not bound:
        return said
    tenths = int(missed * 1000 // bound)
    if not tenths:
        return f"{said} (<0.1 %)"
    return f"{said} ({'+' if many else '−'}{tenths // 10:,}.{tenths % 10} %)"
