"""The weights that a hand calculation uses: kernels that were chosen, else small numbers from a seed."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from math import prod
from typing import Any

from cnncalc.engine import kernels
from cnncalc.engine.kernels import KernelDoesNotFit
from cnncalc.kinds._contract import Kind, Role
from cnncalc.language import _, plural
from cnncalc.problem import Problem, Refused
from cnncalc.record import Record
from cnncalc.shape import Shape
from cnncalc.teach.seeded import integers
from cnncalc.tensor import Tensor, indices

SPREAD = 2
"""Random weights are whole numbers from −2 to 2."""


class NoConvolution(Problem):
    """A kernel was chosen, but the network has no convolution that could use it."""

    def message(self) -> str:
        return _("there is no convolution that could use the kernel")


class Chosen(Record):
    """What was chosen: kernels of the first convolution, one for each map; its biases; the seed of all the rest."""

    kernels: tuple[Tensor, ...] = ()
    biases: tuple[Any, ...] = ()
    seed: int = 0
    names: tuple[str, ...] = ()


def learned(
    kind: Kind, inputs: tuple[Shape, ...], chosen: Chosen, order: int, first: bool, layer: str = ""
) -> tuple[Mapping[str, Tensor], str]:
    """The numbers that a layer has learned, and in words where they come from; `layer` is whose own kernels these are.

    Raises:
        Refused: a chosen kernel does not fit.
    """
    shapes = kind.tensors(inputs)
    numbers = {name: _values(kind, name, shape, chosen.seed * 1_000_003 + order) for name, shape in shapes.items()}
    if not numbers:
        return numbers, ""
    if not first or not (chosen.kernels or chosen.biases):
        return numbers, _said(kind, chosen, numbers)
    weight, maps = numbers["weight"], kind.output(inputs)[0]
    kernels.check(kind, inputs, chosen.kernels, layer)
    for number, kernel in enumerate(chosen.kernels):
        _put(weight, kernels.axis_of_maps(kind, inputs), number, kernel)
    if chosen.biases and "bias" in numbers:
        biases = chosen.biases * maps if len(chosen.biases) == 1 else chosen.biases
        if len(biases) != maps:
            found = plural("{count} bias", "{count} biases", len(biases))
            raise Refused(KernelDoesNotFit(found.format(count=len(biases)), kernels.counted(maps)))
        numbers["bias"] = Tensor((maps,), list(biases))
    return numbers, _said(kind, chosen, numbers, len(chosen.kernels), maps)


ANY_NUMBERS = frozenset({Role.CONVOLUTION, Role.LINEAR, Role.ATTENTION, Role.RECURRENT, Role.EMBEDDING})
"""Kinds whose weights may be any small numbers."""


def _values(kind: Kind, name: str, shape: Shape, seed: int) -> Tensor:
    if "bias" in name:
        return Tensor(shape, [0] * prod(shape))
    if kind.roles & ANY_NUMBERS:
        numbers = integers(seed, -SPREAD, SPREAD)
        return Tensor(shape, [next(numbers) for _place in range(prod(shape))])
    if Role.NORMALISATION in kind.roles:
        numbers = integers(seed, 1, 3)
        return Tensor(shape, [next(numbers) for _place in range(prod(shape))])
    return Tensor(shape, [Fraction(1, 4)] * prod(shape))


def _put(weight: Tensor, axis: int, number: int, kernel: Tensor) -> None:
    """Lay the kernel over every slice of one map's weights; its own slices where it has several."""
    sides, channels = weight.shape[2:], weight.shape[1 - axis]
    several = len(kernel.values) > prod(sides)
    for channel in range(channels):
        start = (channel if several else 0) * prod(sides)
        for offset, tap in enumerate(indices(sides)):
            place = (number, channel) if axis == 0 else (channel, number)
            weight[(*place, *tap)] = kernel.values[start + offset]


def _said(kind: Kind, chosen: Chosen, numbers: Mapping[str, Tensor], given: int = 0, maps: int = 0) -> str:
    """Where the weights come from."""
    said = []
    if given:
        names = ", ".join(chosen.names) or _("the kernel that was given")
        said.append(names)
    if given < maps or not given:
        if kind.roles & ANY_NUMBERS:
            sentence = (
                _("the rest from −{most} to {most}, seed {seed}") if given else _("−{most} … {most}, seed {seed}")
            )
            said.append(sentence.format(most=SPREAD, seed=chosen.seed))
        elif Role.NORMALISATION in kind.roles:
            said.append(_("scales 1 … 3, seed {seed}").format(seed=chosen.seed))
        else:
            said.append(_("slope 0.25"))
    bias = numbers.get("bias")
    if bias is not None:
        same = set(bias.values)
        if same == {0}:
            said.append(_("biases 0"))
        elif len(same) == 1:
            said.append(_("biases {value}").format(value=next(iter(same))))
        else:
            said.append(_("biases as given"))
    return _(", ").join(said)
