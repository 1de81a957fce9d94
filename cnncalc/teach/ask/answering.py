"""Answers to a question in words: its layers are put together, and every quantity is read off the kinds' own rules."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice, product
from typing import Any

from cnncalc.formula.expression import Constant, NotExact
from cnncalc.kinds._contract import Role
from cnncalc.problem import Finding, Refused
from cnncalc.record import Record
from cnncalc.teach.ask import networks
from cnncalc.teach.ask.chains import of_chain
from cnncalc.teach.ask.layers import Said
from cnncalc.teach.ask.one_layer import WITHOUT_SIZE, Answer, fields_of, name_of, of_layer
from cnncalc.teach.ask.pointing import point
from cnncalc.teach.ask.problems import NotRead, OnlyTotalsOfNetworks
from cnncalc.teach.ask.reading import Understood, read
from cnncalc.teach.given import NotUnderstood
from cnncalc.teach.question_problems import NotWhole

MOST_READINGS = 8


class Answered(Record):
    """A question with its answers, and what they take for granted."""

    understood: Understood
    answers: tuple[Answer, ...]
    assumed: dict[str, Any]


def answer(written: str, name: str) -> Answered:
    """The answers to a question in words.

    Raises:
        NotRead: it cannot be read, or its numbers do not determine what is asked; carries the findings.
    """
    understood = read(written, name)
    if understood.network:
        return _of_network(understood)
    try:
        answers = [one for reading in _readings(understood) for one in _answers(understood, *reading)]
        return Answered(understood, _merged(answers), _assumed(understood, answers))
    except NotUnderstood as error:
        raise NotRead(*_placed(understood, error.problems)) from None
    except Refused as refusal:
        raise NotRead(*_placed(understood, (refusal.problem,))) from None
    except NotExact as error:
        raise NotRead(*_placed(understood, (NotWhole(name_of(understood.asks[0].name), str(error)),))) from None
    except NotRead as error:
        raise NotRead(*_placed(understood, [finding.problem for finding in error.findings])) from None


def _of_network(understood: Understood) -> Answered:
    found = networks.result(understood.network)
    answers = []
    for one in understood.asks:
        if one.name == networks.SHAPE:
            value = found.outputs[0][1] if len(found.outputs) == 1 else None
        else:
            total = found.totals[one.name]
            value = None if total.value is None or total.status != "complete" else (total.value,)
        if value is None:
            raise NotRead(point(understood.source, OnlyTotalsOfNetworks(understood.network)))
        answers.append(Answer(one.name, value, tuple(map(Constant, value)), None, {}))
    return Answered(understood, tuple(answers), {"input": [list(shape) for _name, shape in found.inputs]})


def _placed(understood: Understood, problems: Any) -> list[Finding]:
    return [point(understood.source, problem) for problem in problems]


def _merged(answers: list[Answer]) -> tuple[Answer, ...]:
    """Readings that agree on a value are one answer."""
    kept: dict[tuple[Any, ...], Answer] = {}
    open_ = {(one.ask, one.value) for one in answers}
    several = {ask for ask, _value in open_ if len([1 for other, _v in open_ if other == ask]) > 1}
    for one in answers:
        key = (one.ask, one.value) if one.ask not in several else (one.ask, one.value, str(one.reading))
        if key not in kept:
            reading = one.reading if one.ask in several else {}
            kept[key] = Answer(one.ask, one.value, one.truth, one.given, reading, one.settings, one.way)
    return tuple(kept.values())


def _readings(understood: Understood) -> Iterator[tuple[list[Said], dict[str, Any]]]:
    """Every way to read what the question leaves open, with what was taken."""
    choices: list[list[tuple[int, str, Any]]] = []
    for index, layer in enumerate(understood.layers):
        if len(layer.inputs) > 1:
            choices.append([(index, "input", shape) for shape in layer.inputs])
        choices += [[(index, field, value) for value in values] for field, values in layer.open.items()]
    for taken in islice(product(*choices), MOST_READINGS):
        layers = list(understood.layers)
        label: dict[str, Any] = {}
        for index, field, value in taken:
            layer = layers[index]
            label[field] = list(value) if field == "input" else value
            inputs = (value,) if field == "input" else layer.inputs
            fields = layer.fields if field == "input" else {**layer.fields, field: value}
            layers[index] = Said(
                layer.kind, inputs, layer.channels, fields, {}, layer.output, layer.batch, layer.keeps, layer.assumed
            )
        yield layers, label


def _answers(understood: Understood, layers: list[Said], label: dict[str, Any]) -> Iterator[Answer]:
    if len(layers) > 1:
        yield from of_chain([one.name for one in understood.asks], layers, label, understood.sole)
        return
    for asked in understood.asks:
        yield of_layer(layers[0], asked.name, label)


def _assumed(understood: Understood, answers: list[Answer]) -> dict[str, Any]:
    """What the answers depend on and nobody said; of several layers by their kinds."""
    chained = len(understood.layers) > 1
    found = [_assumed_of(layer, {one.ask for one in answers}, chained) for layer in understood.layers]
    if len(found) == 1:
        return found[0]
    return {
        f"{index} {layer.kind.name}": one
        for index, (layer, one) in enumerate(zip(understood.layers, found, strict=True), 1)
        if one
    }


def _assumed_of(layer: Said, asks: set[str], chained: bool) -> dict[str, Any]:
    known = layer.kind.model_fields
    fields = fields_of(layer, next(iter(asks), ""))
    said = layer.fields | layer.open
    found: dict[str, Any] = dict(layer.assumed)
    sized = asks - {*WITHOUT_SIZE} | asks & {"padding"}
    if "kernel_size" in fields and "kernel_size" not in said:
        found["kernel_size"] = fields["kernel_size"]
    strides = sized or (chained and "receptive_field" in asks)
    if strides and not asks & {"stride"} and "stride" in known and "stride" not in said:
        found["stride"] = 1 if Role.POOLING not in layer.kind.roles else fields.get("kernel_size")
    if sized and not asks & {"padding"} and "padding" in known and "padding" not in said:
        found["padding"] = fields.get("padding", 0)
    if asks & {"parameters", "additions", "flops", "biases"} and "bias" in known and "bias" not in said:
        found["bias"] = True
    if layer.batch is not None and sized - {"output_size", "padding"}:
        found["images"] = 1
    return found
