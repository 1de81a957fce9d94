"""Answers to a question in words: its layers are put together, and every quantity is read off the kinds' own rules."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice, product
from typing import Any

from cnncalc.formula import rules
from cnncalc.formula.expression import Expression, NotExact, evaluate
from cnncalc.kinds._contract import Role
from cnncalc.language import _, mark
from cnncalc.problem import Finding, Problem, Refused
from cnncalc.record import Record
from cnncalc.shape import Shape
from cnncalc.shape import text as shape_text
from cnncalc.teach.ask.layers import Said
from cnncalc.teach.ask.problems import NoSuchSetting, NotRead, OnlySizesOfChains, OutputNotAsSaid
from cnncalc.teach.ask.reading import Understood, read
from cnncalc.teach.derived import WORDS, derived
from cnncalc.teach.given import Given, NoInput, NotUnderstood
from cnncalc.teach.given import given as put_together
from cnncalc.teach.quantities import NAMES, NotDetermined, expressions
from cnncalc.teach.question_problems import NotWhole
from cnncalc.teach.solving import FIELDS, solve

MOST_READINGS = 8
LETTERS = {"stride": "s", "padding": "p", "kernel_size": "k", "dilation": "d"}
SETTINGS = {
    "stride": mark("stride"),
    "padding": mark("padding"),
    "kernel_size": mark("kernel size"),
    "dilation": mark("dilation"),
}
WITHOUT_SIZE = (
    *("weights", "biases", "parameters", "padding", "receptive_field", "separate_kernels", "weights_per_neuron"),
)
"""What needs no input size."""

SHAPES = ("output_size", "output_shape")


class Answer(Record):
    """What is asked, its value, and the expressions it comes from; `reading` says what was taken where more was open.

    `settings` are all values that solve a question for a stride or the like. The layers before the last are `way`.
    """

    ask: str
    value: tuple[int, ...]
    truth: tuple[Expression, ...]
    given: Given
    reading: dict[str, Any]
    settings: tuple[Any, ...] = ()
    way: tuple[tuple[Given, tuple[Expression, ...]], ...] = ()


class Answered(Record):
    """A question with its answers, and what they take for granted."""

    understood: Understood
    answers: tuple[Answer, ...]
    assumed: dict[str, Any]


def name_of(ask: str) -> str:
    """A quantity in words."""
    return _(NAMES.get(ask) or WORDS.get(ask) or SETTINGS[ask])


def answer(written: str, name: str) -> Answered:
    """The answers to a question in words.

    Raises:
        NotRead: it cannot be read, or its numbers do not determine what is asked; carries the findings.
    """
    understood = read(written, name)
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


def _placed(understood: Understood, problems: Any) -> list[Finding]:
    from cnncalc.teach.ask.reading import point

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
        yield from _of_chain(understood, layers, label)
        return
    for asked in understood.asks:
        yield _of_layer(layers[0], asked.name, label)


def _of_layer(layer: Said, ask: str, label: dict[str, Any]) -> Answer:
    if ask in LETTERS and (ask != "padding" or layer.output is not None or layer.fields.get("stride", 1) != 1):
        return _solved(layer, ask, label)
    given = _given(layer, ask)
    if ask == "output_shape" and not given.countable:
        ask = "output_size"
    truth = _truth(given, ask)
    if layer.output is not None and layer.inputs and ask != "padding":
        computed = tuple(given.kind.output(given.inputs))[1:]
        if computed != layer.output:
            raise NotRead(Finding(OutputNotAsSaid(shape_text(layer.output), shape_text(computed))))
    return Answer(ask, _value(truth), truth, given, label)


def _value(truth: tuple[Expression, ...]) -> tuple[int, ...]:
    return tuple(int(evaluate(one)) for one in truth)


def _truth(given: Given, ask: str) -> tuple[Expression, ...]:
    if ask in NAMES:
        return expressions(given, ask)
    found = tuple(one.expression for one in derived(given) if one.name == ask)
    if not found:
        raise NotUnderstood(_undetermined(given, ask))
    return found


def _undetermined(given: Given, ask: str) -> Problem:
    missing = _("the number of input channels") if not given.channels else _("the number of output channels")
    return NotDetermined("weights" if ask not in NAMES else ask, missing)


def _fields(layer: Said, ask: str) -> dict[str, Any]:
    """The fields, with those that a question about them needs and nobody said."""
    fields = dict(layer.fields)
    pooling = Role.POOLING in layer.kind.roles
    if pooling and "kernel_size" in layer.kind.model_fields and "kernel_size" not in fields and "stride" in fields:
        fields["kernel_size"] = fields["stride"]
    if (
        layer.keeps
        and "padding" not in fields
        and ask not in SHAPES
        and "padding" in layer.kind.model_fields
        and not pooling
    ):
        fields["padding"] = "same"
    return fields


def _given(layer: Said, ask: str) -> Given:
    """The layer with its input; where no size is needed, with one that suits."""
    fields = _fields(layer, ask)
    inputs = layer.inputs
    if layer.kind.rank == 0 and inputs and len(inputs[0]) == 2 and Role.POOLING in layer.kind.roles:
        raise NotUnderstood(NotDetermined("output_shape", _("the number of input channels")))
    if not inputs and layer.kind.rank and ask in WITHOUT_SIZE:
        inputs = (_suiting(layer, fields),)
    if ask == "weights_per_neuron" and "out_channels" in layer.kind.model_fields:
        fields.setdefault("out_channels", 1)
    channels = layer.channels
    if (
        ask == "biases"
        and channels is None
        and layer.kind.rank
        and not any(len(one) > layer.kind.rank for one in inputs)
    ):
        channels = fields.get("groups", 1)
    values = dict(fields)
    if channels is not None and layer.kind.rank:
        values["c_in"] = channels
    return put_together(layer.kind, inputs[:1], values)


def _suiting(layer: Said, fields: dict[str, Any]) -> Shape:
    """An input as large as the kernel covers."""
    kernel, dilation = fields.get("kernel_size", 1), fields.get("dilation", 1)
    sides = []
    for axis in range(layer.kind.rank):
        k, d = (one[axis] if isinstance(one, list) and axis < len(one) else one for one in (kernel, dilation))
        sides.append(int(rules.effective_kernel(k, d)) if isinstance(k, int) and isinstance(d, int) else 1)
    return tuple(max(side, 1) for side in sides)


def _solved(layer: Said, ask: str, label: dict[str, Any]) -> Answer:
    """A stride, padding, kernel or dilation that gives the output size."""
    if not layer.inputs:
        raise NotUnderstood(NoInput(layer.kind.name))
    rank = layer.kind.rank
    sizes = layer.inputs[0][-rank:]
    wanted = layer.output or (sizes if layer.keeps else None)
    if wanted is None:
        raise NotUnderstood(NoInput(layer.kind.name))
    fields = {field: value for field, value in layer.fields.items() if field != ask}
    if ask == FIELDS["k"]:
        fields[FIELDS["k"]] = 1
    first = Said(
        layer.kind,
        ((*((layer.channels,) if layer.channels else ()), *sizes),),
        layer.channels,
        fields,
        {},
        None,
        None,
        False,
        {},
    )
    given = _given(first, "output_size")
    letter = LETTERS[ask]
    solutions = solve(given.kind, (letter,), sizes, wanted).solutions
    if not solutions:
        raise NotUnderstood(NoSuchSetting(_(SETTINGS[ask])))
    found = tuple(one.values()[letter] for one in solutions)
    best = solutions[0]
    value = found[0] if isinstance(found[0], list) else [found[0]]
    if any(isinstance(one, list) for one in value):
        value = [sum(one) for one in value]
    solved = Given(best.kind, given.inputs, given.stated | {ask}, given.channels, given.outputs)
    return Answer(ask, tuple(value), tuple(dict.fromkeys(best.sizes())), solved, label, found)


def _of_chain(understood: Understood, layers: list[Said], label: dict[str, Any]) -> Iterator[Answer]:
    """Sizes and shapes behind layers that follow each other."""
    if any(one.name not in SHAPES for one in understood.asks):
        raise NotUnderstood(OnlySizesOfChains())
    way: list[tuple[Given, tuple[Expression, ...]]] = []
    arriving: Shape | None = None
    known = True
    first = layers[0].inputs or next((layer.inputs for layer in layers if layer.inputs), ())
    for layer in layers:
        inputs, channels = first, layer.channels
        fields = dict(layer.fields)
        if arriving is not None:
            inputs = ((arriving if known or not layer.kind.rank else arriving[-layer.kind.rank :]),)
            channels = None
            if Role.LINEAR in layer.kind.roles and len(arriving) > 1:
                inputs = ((_values(arriving),),)
        given = _given(
            Said(layer.kind, inputs, channels, fields, {}, None, None, layer.keeps, layer.assumed), "output_size"
        )
        arriving = tuple(given.kind.output(given.inputs))
        known = given.countable
        way.append((given, expressions(given, "output_size")))
    last = way[-1][0]
    for asked in understood.asks:
        ask = asked.name if last.countable else "output_size"
        truth = expressions(last, ask)
        yield Answer(ask, _value(truth), truth, last, label, (), tuple(way[:-1]))


def _values(shape: Shape) -> int:
    found = 1
    for side in shape:
        found *= side
    return found


def _assumed(understood: Understood, answers: list[Answer]) -> dict[str, Any]:
    """What the answers depend on and nobody said; of several layers by their kinds."""
    found = [_assumed_of(layer, {one.ask for one in answers}) for layer in understood.layers]
    if len(found) == 1:
        return found[0]
    return {
        f"{index} {layer.kind.name}": one
        for index, (layer, one) in enumerate(zip(understood.layers, found, strict=True), 1)
        if one
    }


def _assumed_of(layer: Said, asks: set[str]) -> dict[str, Any]:
    known = layer.kind.model_fields
    fields = _fields(layer, next(iter(asks), ""))
    said = layer.fields | layer.open
    found: dict[str, Any] = dict(layer.assumed)
    sized = asks - {*WITHOUT_SIZE} | asks & {"padding"}
    if "kernel_size" in fields and "kernel_size" not in said:
        found["kernel_size"] = fields["kernel_size"]
    if sized and not asks & {"stride"} and "stride" in known and "stride" not in said:
        found["stride"] = 1 if Role.POOLING not in layer.kind.roles else fields.get("kernel_size")
    if sized and not asks & {"padding"} and "padding" in known and "padding" not in said:
        found["padding"] = fields.get("padding", 0)
    if asks & {"parameters", "additions", "flops", "biases"} and "bias" in known and "bias" not in said:
        found["bias"] = True
    if layer.batch is not None and sized - {"output_size", "padding"}:
        found["images"] = 1
    return found
