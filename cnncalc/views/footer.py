"""The lines below the table: only what is true of this network."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from cnncalc.document import Fact, plain
from cnncalc.harmless import harmless
from cnncalc.language import _, _as, plural
from cnncalc.result import Judgement, Result, bounded
from cnncalc.shape import text
from cnncalc.views.columns import SHORT_WORDS, label
from cnncalc.views.numbers import Units, exact, quantity, ratio, storage


def footer(result: Result, dtype: str, units: Units) -> tuple[Fact, ...]:
    """The labelled lines: parameters, MACs, the fully connected equivalent, expectations."""
    lines = [*_parameters(result, dtype), *_macs(result), *_connected(result), *_expected(result.expectations)]
    if units != "exact" and result.status == "complete":
        sentence = _("{parameters} parameters, {multiplications} multiplications").format(
            parameters=exact(result.totals["parameters"].value or 0),
            multiplications=exact(result.totals["multiplications"].value or 0),
        )
        lines.insert(0, (_("exactly"), sentence))
    return tuple(Fact(name, plain(sentence)) for name, sentence in lines)


def _parameters(result: Result, dtype: str) -> Iterator[tuple[str, str]]:
    names = ("weights", "biases", "parameters", "trainable", "buffers")
    weights, biases, parameters, trainable, buffers = (result.totals[name].value for name in names)
    if result.totals["parameters"].status != "complete" or parameters is None or weights is None or biases is None:
        return
    size = storage(parameters, dtype)
    if not parameters:
        yield label("parameters"), _("none")
    elif result.totals["weights"].status != "complete" or result.totals["biases"].status != "complete":
        sentence = _("{parameters}, {size} as {dtype}; how many of them are biases is not known")
        yield label("parameters"), sentence.format(parameters=exact(parameters), size=size, dtype=dtype)
    elif biases:
        sentence = plural(
            "{weights} weights + {biases} bias, {size} as {dtype}",
            "{weights} weights + {biases} biases, {size} as {dtype}",
            biases,
        )
        written = sentence.format(weights=exact(weights), biases=exact(biases), size=size, dtype=dtype)
        yield label("parameters"), written
    else:
        sentence = _("{weights} weights, no biases, {size} as {dtype}")
        yield label("parameters"), sentence.format(weights=exact(weights), size=size, dtype=dtype)
    if trainable is not None and trainable != parameters:
        sentence = _("{trainable} of the parameters; {frozen} are frozen")
        yield label("trainable"), sentence.format(trainable=exact(trainable), frozen=exact(parameters - trainable))
    if buffers:
        sentence = plural(
            "{count} number kept beside the parameters, not learned",
            "{count} numbers kept beside the parameters, not learned",
            buffers,
        )
        yield label("buffers"), sentence.format(count=exact(buffers))


def _macs(result: Result) -> Iterator[tuple[str, str]]:
    macs, multiplications = result.totals["macs"], result.totals["multiplications"]
    shown = quantity(macs).text
    if macs.status != "complete" or multiplications.status != "complete" or not multiplications.value:
        yield label("macs"), shown
    elif macs.value == multiplications.value:
        yield label("macs"), _("{macs}, all of the multiplications").format(macs=shown)
    else:
        others = dict.fromkeys(_kind(layer.kind) for layer in result.layers if layer.macs != layer.multiplications)
        sentence = _("{macs} of the multiplications; the rest is {others}")
        yield label("macs"), sentence.format(macs=shown, others=listed(tuple(others)))


def _connected(result: Result) -> Iterator[tuple[str, str]]:
    """What the same maps would cost fully connected; networks without convolutions have nothing to compare."""
    if result.status != "complete" or not any("convolution" in layer.roles for layer in result.layers):
        return
    # Layers that are alike have their connections in common: these are worked out once.
    alike = {id(layer.connect): layer for layer in result.layers}
    times = Counter(id(layer.connect) for layer in result.layers)
    forms = [(form, times[key]) for key, layer in alike.items() if (form := layer.connections) is not None]
    full = sum(form.fully_connected.weights * count for form, count in forms)
    own = sum(form.convolution.weights * count for form, count in forms)
    if own:
        sentence = _("{weights} weights for the same maps, {ratio} × as many")
        yield _as("instead", "fully connected"), sentence.format(weights=exact(full), ratio=ratio(full, own))


def _expected(judgements: Sequence[Judgement]) -> Iterator[tuple[str, str]]:
    sentences = []
    met = [_name(line) for line in judgements if line.met]
    if met:
        sentences.append(_("{names} met").format(names=listed(met)))
    for line in judgements:
        if line.met is False:
            sentence = _("{name} not met: {actual} instead of {expected}")
            if line.off_by:
                sentence = _("{name} not met: {actual} instead of {expected}, {off_by}")
            sentences.append(
                sentence.format(
                    name=_name(line),
                    actual=bounded(_actual(line.actual), line.status),
                    expected=harmless(line.expected),
                    off_by=line.off_by,
                )
            )
    open_ones = [_name(line) for line in judgements if line.met is None]
    if open_ones:
        sentences.append(_("{names} cannot be told").format(names=listed(open_ones)))
    for index, sentence in enumerate(sentences):
        yield ("" if index else _("expected")), sentence


def _name(judgement: Judgement) -> str:
    name = label(SHORT_WORDS.get(judgement.name, harmless(judgement.name)))
    if judgement.layer is None:
        return name
    return _("{name} of {layer}").format(name=name, layer=harmless(judgement.layer, 60))


def _actual(value: Any) -> str:
    if isinstance(value, int):
        return exact(value)
    if isinstance(value, list | tuple) and all(isinstance(size, int) for size in value):
        return text(tuple(value))
    return "?" if value is None else harmless(str(value))


def listed(names: Sequence[str]) -> str:
    """The names as one reads them out: `output, parameters and MACs`."""
    if len(names) < 2:
        return "".join(names)
    return _("{others} and {last}").format(others=_(", ").join(names[:-1]), last=names[-1])


def _kind(kind: str) -> str:
    """A kind's name in words, without its number of axes."""
    return harmless(re.sub(r"[123]d$", "", kind).replace("_", " "))
