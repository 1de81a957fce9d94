"""One network under the rules of two frameworks: which layers differ, and in what."""

from __future__ import annotations

from typing import NamedTuple

from cnncalc.result import LayerResult, Result
from cnncalc.shape import Shape


class Difference(NamedTuple):
    """A layer that two frameworks see differently: each a pair, here and there."""

    layer: str
    outputs: tuple[Shape | None, Shape | None]
    paddings: tuple[tuple[tuple[int, int], ...] | None, tuple[tuple[int, int], ...] | None]
    parameters: tuple[int | None, int | None]
    follows: bool = False
    """Whether it is so because what arrives differs already."""


def differences(here: Result, there: Result) -> list[Difference]:
    """The layers whose size, padding or number of parameters differs, in order."""
    found = []
    for one, other in zip(here.layers, there.layers, strict=True):
        difference = Difference(
            one.name,
            (one.output_shape, other.output_shape),
            (_padding(one), _padding(other)),
            (one.parameters, other.parameters),
            one.input_shapes != other.input_shapes,
        )
        if any(first != second for first, second in difference[1:4]):
            found.append(difference)
    return found


def _padding(layer: LayerResult) -> tuple[tuple[int, int], ...] | None:
    return None if layer.geometry is None else layer.geometry.padding
