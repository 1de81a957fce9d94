"""The contract of a spec: `expect` read into what must come out, of the network and of its layers."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any, NamedTuple

from cnncalc.harmless import harmless
from cnncalc.language import _
from cnncalc.problem import Problem, Report
from cnncalc.result import COUNTS, MEASURES, SHORT
from cnncalc.source import Place, key_place, value_place
from cnncalc.spec.bounds import line, parts, wanted, wrong_part
from cnncalc.spec.describe import describe
from cnncalc.spec.network import Expectation
from cnncalc.spec.numbers import text
from cnncalc.spec.patterns import MOST_MATCHES, is_pattern, matching
from cnncalc.spec.problems import (
    EmptyBounds,
    TooManyPatterns,
    UnknownBound,
    UnknownExpectation,
    UnknownOutput,
    UnmatchedPattern,
    WrongValue,
)
from cnncalc.suggest import nearest

NAMES = ("output", *COUNTS, *MEASURES)
LAYERS = "layers"

_SHOWN = 60


class Known(NamedTuple):
    """What lines may be about: the layers by their names, and the outputs by their own names and those of blocks."""

    layers: Collection[str]
    outputs: Mapping[str, str]


def read(written: dict[str, Any] | None, report: Report, known: Known | None = None) -> tuple[Expectation, ...]:
    """The lines of `expect`; what cannot be read is reported and left out.

    Budgets hold for many specs and so have no `known`: a layer that is not there then keeps every budget.
    """
    found: list[Expectation] = []
    for key, value in (written or {}).items():
        place = value_place(written, key)
        if key == LAYERS:
            found += _of_layers(value, place, report, known)
        elif key == "output" and isinstance(value, dict) and value:
            found += _of_outputs(value, report, known)
        else:
            found += _line(written, key, None, report, (*NAMES, LAYERS))
    return tuple(found)


def _line(
    written: Any, key: str, layer: str | None, report: Report, names: tuple[str, ...] = NAMES
) -> Iterator[Expectation]:
    name, value, place = SHORT.get(key, key), written[key], value_place(written, key)
    if name not in NAMES:
        near = nearest(key, [*names, *SHORT])
        report(UnknownExpectation(harmless(key, _SHOWN), tuple(near)), key_place(written, key))
        return
    read = line(name, value, place, layer)
    if read is None:
        report(*_misunderstood(key, name, value, place))
    elif read.low is not None and read.high is not None and read.low > read.high:
        report(EmptyBounds(key, text(read.low), text(read.high)), place)
    else:
        yield read


def _misunderstood(key: str, name: str, value: Any, place: Place | None) -> tuple[Problem, Place | None]:
    """What is wrong with a value that says nothing: a part of a mapping, or all of it."""
    if not isinstance(value, dict) or name == "output":
        return WrongValue(key, describe(value), wanted(name)), place
    for part in value:
        if part not in parts(name):
            problem = UnknownBound(key, harmless(part, _SHOWN), tuple(nearest(part, parts(name))), parts(name))
            return problem, key_place(value, part) or place
    wrong = wrong_part(name, value)
    if wrong is not None:
        part, suits = wrong
        return WrongValue(f"{key}.{part}", describe(value[part]), suits), value_place(value, part) or place
    return WrongValue(key, f"{{{', '.join(f'{part}: …' for part in value)}}}", wanted(name)), place


def _of_outputs(value: dict[str, Any], report: Report, known: Known | None) -> Iterator[Expectation]:
    """`output: {logits: [10], boxes: [4]}`: the shape of each output, by its name."""
    for name, shape in value.items():
        place = value_place(value, name)
        if known is not None and name not in known.outputs:
            near = tuple(harmless(one, _SHOWN) for one in nearest(name, known.outputs))
            report(UnknownOutput(harmless(name, _SHOWN), near), key_place(value, name))
            continue
        read = line("output", shape, place, name if known is None else known.outputs[name])
        if read is None:
            report(WrongValue(harmless(name, _SHOWN), describe(shape), _("a shape such as [10]")), place)
        else:
            yield read


def _of_layers(value: Any, place: Place | None, report: Report, known: Known | None) -> Iterator[Expectation]:
    """`layers: {conv2d_1: {output: [6, 28, 28]}, "conv2d_*": {parameters: {max: 100k}}}`."""
    if not isinstance(value, dict):
        report(WrongValue(LAYERS, describe(value), _("a mapping such as {conv2d_1: {output: [6, 28, 28]}}")), place)
        return
    patterns = 0
    for name, lines in value.items():
        if not isinstance(lines, dict):
            wanted = _("a mapping such as {output: [10], params: 61706}")
            report(WrongValue(harmless(name, _SHOWN), describe(lines), wanted), value_place(value, name))
            continue
        if known is not None and next(matching(name, known.layers), None) is None:
            near = tuple(harmless(one, _SHOWN) for one in nearest(name, known.layers))
            report(UnmatchedPattern(harmless(name, _SHOWN), near), key_place(value, name))
            continue
        patterns += len(lines) * is_pattern(name) * max(1, name.count("*"))
        if known is not None and patterns * len(known.layers) > MOST_MATCHES:
            report(TooManyPatterns(patterns, len(known.layers), MOST_MATCHES), key_place(value, name))
            return
        for key in lines:
            yield from _line(lines, key, name, report)
