"""What is asked of one layer: the layer is put together, and the quantity is read off its kind's own rules."""

from __future__ import annotations

from typing import Any

from cnncalc.formula import rules
from cnncalc.formula.expression import Expression, evaluate
from cnncalc.kinds._contract import Role
from cnncalc.language import _, mark
from cnncalc.problem import Finding, Problem
from cnncalc.record import Record, changed
from cnncalc.shape import Shape
from cnncalc.shape import text as shape_text
from cnncalc.teach.ask.layers import Said
from cnncalc.teach.ask.problems import NoSuchSetting, NotRead, OutputNotAsSaid
from cnncalc.teach.derived import WORDS, derived
from cnncalc.teach.given import Given, NoInput, NotUnderstood
from cnncalc.teach.given import given as put_together
from cnncalc.teach.quantities import NAMES, NotDetermined, expressions
from cnncalc.teach.solving import FIELDS, alike, input_sizes_behind, solve

LETTERS = {"stride": "s", "padding": "p", "kernel_size": "k", "dilation": "d"}
SETTINGS = {
    "stride": mark("stride"),
    "padding": mark("padding"),
    "kernel_size": mark("kernel size"),
    "dilation": mark("dilation"),
    "input_size": mark("input size"),
}
GIVES_OUTPUT = mark("padding that gives this output")
WITHOUT_SIZE = (
    *("weights", "biases", "parameters", "padding", "receptive_field", "separate_kernels", "weights_per_neuron"),
)
"""What needs no input size."""

LEARNED = ("weights", "biases", "parameters")

SHAPES = ("output_size", "output_shape")


class Answer(Record):
    """What is asked, its value, and the expressions it comes from; `reading` says what was taken where more was open.

    `settings` are all values that solve a question for a stride or the like. The layers before the last are `way`. The
    numbers of a whole network have no layer that is given.
    """

    ask: str
    value: tuple[int, ...]
    truth: tuple[Expression, ...]
    given: Given | None
    reading: dict[str, Any]
    settings: tuple[Any, ...] = ()
    way: tuple[tuple[Given, tuple[Expression, ...]], ...] = ()


def name_of(ask: str) -> str:
    """A quantity in words."""
    return _(NAMES.get(ask) or WORDS.get(ask) or SETTINGS[ask])


def label_of(one: Answer) -> str:
    """What is answered, in words; of a padding, whether it keeps the size or gives another."""
    if one.ask == "padding" and one.settings and one.given is not None:
        sizes = one.given.inputs[0][-one.given.kind.rank :]
        if tuple(map(int, map(evaluate, one.truth))) not in (sizes, sizes[:1]):
            return _(GIVES_OUTPUT)
    return name_of(one.ask)


def of_layer(layer: Said, ask: str, label: dict[str, Any]) -> Answer:
    """What is asked of one layer.

    Raises:
        NotRead, NotUnderstood, Refused: its numbers do not determine it, or contradict each other.
    """
    if ask == "input_size":
        return _arrived(layer, label)
    if ask in LETTERS and (ask != "padding" or layer.output is not None or layer.fields.get("stride", 1) != 1):
        return _solved(layer, ask, label)
    given = given_of(layer, ask)
    if ask == "output_shape" and not given.countable:
        ask = "output_size"
    truth = _truth(given, ask)
    if layer.output is not None and layer.inputs and ask != "padding":
        computed = tuple(given.kind.output(given.inputs))[1:]
        if computed != layer.output:
            raise NotRead(Finding(OutputNotAsSaid(shape_text(layer.output), shape_text(computed))))
    return Answer(ask, value_of(truth), truth, given, label)


def value_of(truth: tuple[Expression, ...]) -> tuple[int, ...]:
    """The value of each expression."""
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


def fields_of(layer: Said, ask: str) -> dict[str, Any]:
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


def given_of(layer: Said, ask: str) -> Given:
    """The layer with its input; where no size is needed, with one that suits."""
    fields = fields_of(layer, ask)
    inputs = layer.inputs
    if layer.kind.rank == 0 and inputs and len(inputs[0]) == 2 and Role.POOLING in layer.kind.roles:
        raise NotUnderstood(NotDetermined("output_shape", _("the number of input channels")))
    if not inputs and layer.kind.rank and ask in WITHOUT_SIZE:
        inputs = (_suiting(layer, fields),)
    if ask == "biases" and "kernel_size" in layer.kind.model_fields and "bias" in layer.kind.model_fields:
        fields.setdefault("kernel_size", 1)
    if ask in LEARNED and pools(layer):
        # A pooling learns nothing, however large its window is.
        fields.setdefault("kernel_size", 1)
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
    sided = all(len(one) <= layer.kind.rank for one in inputs)
    if channels is None and sided and ask in LEARNED and pools(layer):
        channels = 1
    values = dict(fields)
    if channels is not None and layer.kind.rank:
        values["c_in"] = channels
    return put_together(layer.kind, inputs[:1], values)


def pools(layer: Said) -> bool:
    """Whether the layer is a pooling with a window."""
    return Role.POOLING in layer.kind.roles and "kernel_size" in layer.kind.model_fields


def _suiting(layer: Said, fields: dict[str, Any]) -> Shape:
    """An input as large as the kernel covers."""
    kernel, dilation = fields.get("kernel_size", 1), fields.get("dilation", 1)
    sides = []
    for axis in range(layer.kind.rank):
        k, d = (one[axis] if isinstance(one, list) and axis < len(one) else one for one in (kernel, dilation))
        sides.append(int(rules.effective_kernel(k, d)) if isinstance(k, int) and isinstance(d, int) else 1)
    return tuple(max(side, 1) for side in sides)


def _arrived(layer: Said, label: dict[str, Any]) -> Answer:
    """The input sizes from which the layer gives the output."""
    fields = fields_of(layer, "output_size")
    if layer.output is None or "output_size" in layer.kind.model_fields:
        raise NotUnderstood(NoInput(layer.kind.name))
    given = given_of(changed(layer, inputs=(_suiting(layer, fields),), output=None), "output_size")
    solutions = input_sizes_behind(given.kind, layer.output, given.stated).solutions
    if not solutions:
        raise NotUnderstood(NoSuchSetting(name_of("input_size")))
    found = tuple(alike(one.n) for one in solutions)
    best = solutions[0]
    solved = Given(best.kind, given.inputs, given.stated, given.channels, given.outputs)
    value = best.n if isinstance(found[0], list) else best.n[:1]
    return Answer("input_size", value, tuple(dict.fromkeys(best.sizes())), solved, label, found)


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
    given = given_of(first, "output_size")
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
