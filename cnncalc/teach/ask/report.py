"""A question in words with its answers as a plain mapping, for JSON."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from cnncalc.formula.write import in_one_line
from cnncalc.problem import Finding
from cnncalc.shape import Shape
from cnncalc.teach.ask.answering import Answered
from cnncalc.teach.ask.layers import Said
from cnncalc.teach.ask.one_layer import SHAPES, Answer


def answered(done: Answered) -> dict[str, Any]:
    """What was understood and assumed, and the answers; `problems` are notes on words that were left out."""
    return {
        "schema_version": 1,
        "understood": understood(done),
        "assumed": done.assumed,
        "answers": [_answer(one) for one in done.answers],
        "problems": [finding.to_dict() for finding in done.understood.notes],
    }


def refused(findings: Sequence[Finding]) -> dict[str, Any]:
    """The same document without answers, where the question could not be read."""
    problems = [finding.to_dict() for finding in findings]
    return {"schema_version": 1, "understood": {}, "assumed": {}, "answers": [], "problems": problems}


def understood(done: Answered) -> dict[str, Any]:
    """The layers with what the question says of them, and what it asks for."""
    layers = [_layer(one) for one in done.understood.layers]
    whole: dict[str, Any] = layers[0] if len(layers) == 1 else {"layers": layers}
    if done.understood.network:
        whole = {"network": done.understood.network}
    return {**whole, "asked": [one.name for one in done.understood.asks]}


def _layer(layer: Said) -> dict[str, Any]:
    found: dict[str, Any] = {"kind": layer.kind.name}
    if layer.inputs:
        found["input"] = list(layer.inputs[0])
    elif layer.channels is not None:
        found["in_channels"] = layer.channels
    found.update(layer.fields)
    if layer.open:
        found["open"] = {field: list(values) for field, values in layer.open.items()}
    if len(layer.inputs) > 1:
        found.setdefault("open", {})["input"] = [list(shape) for shape in layer.inputs]
        del found["input"]
    if layer.output is not None:
        found["output"] = list(layer.output)
    if layer.batch is not None:
        found["batch"] = layer.batch
    return found


def value(one: Answer) -> int | list[int]:
    """The value: a list for a shape and where the axes differ, else a number."""
    shape: Shape = one.value
    return shape[0] if len(shape) == 1 and one.ask != SHAPES[1] else list(shape)


def derivation(one: Answer) -> str:
    """How a value comes about, in one line."""
    return " ; ".join(in_one_line(expression) for expression in dict.fromkeys(one.truth))


def _answer(one: Answer) -> dict[str, Any]:
    found: dict[str, Any] = {"ask": one.ask, "value": value(one), "derivation": derivation(one)}
    if one.reading:
        found["reading"] = one.reading
    if len(one.settings) > 1:
        found["values"] = list(one.settings)
    return found
