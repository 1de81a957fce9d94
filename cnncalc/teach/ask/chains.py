"""What is asked of layers that follow each other: sizes behind them, what they see, what all learn and cost."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import reduce
from math import prod
from operator import add
from typing import Any

from cnncalc.formula.expression import Constant, Expression, evaluate
from cnncalc.kinds._contract import Role
from cnncalc.problem import Finding
from cnncalc.record import changed
from cnncalc.shape import Shape
from cnncalc.shape import text as shape_text
from cnncalc.teach.ask.layers import Said
from cnncalc.teach.ask.one_layer import LEARNED, SHAPES, Answer, given_of, value_of
from cnncalc.teach.ask.problems import NotRead, OnlySizesOfChains, OutputNotAsSaid, SaidTwice
from cnncalc.teach.given import Given, NoInput, NotUnderstood
from cnncalc.teach.quantities import expressions
from cnncalc.teach.sight import through_layers

SIGHT = "receptive_field"

SUMMED = (*LEARNED, "multiplications", "additions", "macs", "flops")
"""What all layers together have."""


def of_chain(asks: Sequence[str], layers: Sequence[Said], label: dict[str, Any], sole: bool) -> Iterator[Answer]:
    """The answers; `sole` says that the question asks for one of the layers.

    Raises:
        NotRead, NotUnderstood, Refused: the layers do not fit together, or what is asked is not known of several.
    """
    for ask in asks:
        if ask not in (*SHAPES, *SUMMED, SIGHT) or (sole and ask in SUMMED):
            raise NotUnderstood(OnlySizesOfChains())
        given = list(_in_turn(layers, ask))
        last = given[-1]
        if ask in SUMMED:
            way = tuple((one, expressions(one, ask)) for one in given)
            terms = [truth[0] for _one, truth in way if evaluate(truth[0])]
            yield Answer(ask, *_total(terms), last, label, (), way)
        elif ask == SIGHT:
            fields = through_layers(given)
            seen = tuple(zip(given, fields, strict=True))
            yield Answer(ask, value_of(fields[-1]), fields[-1], last, label, (), seen[:-1])
        else:
            own = ask if last.countable else "output_size"
            truth = expressions(last, own)
            sizes = tuple((one, expressions(one, "output_size")) for one in given[:-1])
            yield Answer(own, value_of(truth), truth, last, label, (), sizes)


def total(answer: Answer) -> Expression:
    """What the layers have, added up: `156 + 2,416 + 48,120`."""
    numbers = [Constant(evaluate(truth[0])) for _given, truth in answer.way]
    return reduce(add, [one for one in numbers if one.value] or [Constant(0)])


def _total(terms: Sequence[Expression]) -> tuple[tuple[int, ...], tuple[Expression, ...]]:
    truth = (reduce(add, terms) if terms else Constant(0),)
    return value_of(truth), truth


def _in_turn(layers: Sequence[Said], ask: str) -> Iterator[Given]:
    """Each layer with what arrives at it. Without any size, what needs none can still be counted."""
    first = _beginning(layers)
    arriving: Shape | None = None
    sized, known = bool(first), True
    for layer in layers:
        inputs, channels = first, layer.channels
        if arriving is not None:
            inputs, channels = _arriving(layer, arriving, sized, known)
        quantity = ask if ask in (*LEARNED, SIGHT) else "output_size"
        given = given_of(changed(layer, inputs=inputs, channels=channels, output=None, batch=None), quantity)
        arriving = tuple(given.kind.output(given.inputs))
        if sized and layer.output is not None and arriving[1:] != layer.output:
            raise NotRead(Finding(OutputNotAsSaid(shape_text(layer.output), shape_text(arriving[1:]))))
        known = given.countable
        yield given


def _beginning(layers: Sequence[Said]) -> tuple[Shape, ...]:
    """The input of the first layer, which may be said with a later one: `… then pooling on 28×28`."""
    if layers[0].inputs or Role.LINEAR in layers[0].kind.roles:
        return layers[0].inputs
    return next((one.inputs for one in layers if one.inputs and Role.LINEAR not in one.kind.roles), ())


def _arriving(layer: Said, arriving: Shape, sized: bool, known: bool) -> tuple[tuple[Shape, ...], int | None]:
    """The input of a later layer, and the channels that stand beside it."""
    rank = layer.kind.rank
    if known and rank and layer.channels is not None and len(arriving) > 1 and layer.channels != arriving[0]:
        raise NotRead(Finding(SaidTwice("in_channels", str(arriving[0]), str(layer.channels))))
    if Role.LINEAR in layer.kind.roles:
        if not sized and len(arriving) > 1:
            if not layer.inputs:
                raise NotUnderstood(NoInput(layer.kind.name))
            return layer.inputs, None
        values = (prod(arriving),)
        if known and layer.inputs and values not in layer.inputs:
            raise NotRead(Finding(SaidTwice("in_features", str(values[0]), str(layer.inputs[0][0]))))
        return (values,), None
    if not sized:
        if not rank:
            raise NotUnderstood(NoInput(layer.kind.name))
        return (), arriving[0] if known else layer.channels
    if known or not rank:
        return (arriving,), None
    return (arriving[-rank:],), layer.channels
