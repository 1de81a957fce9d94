"""Which part of a network is calculated by hand, how long that takes, and what to do when it takes too long."""

from __future__ import annotations

from collections.abc import Iterable

from cnncalc.engine.walk import analyze
from cnncalc.language import _
from cnncalc.problem import Problem, Refused
from cnncalc.result import LayerResult, Result
from cnncalc.shape import Shape, elements
from cnncalc.spec.network import Network

MOST_WORK = 20_000_000
"""Multiplications (or comparisons, or values) that plain loops are asked for; TinyVGG needs 5.6 million."""

DRAWING = 4
"""A random weight takes as long as so many multiplications."""


class TooLargeToTrace(Problem):
    """The network is too large to be calculated value by value.

    `trace` shows every number, so it calculates in plain loops, which take about a second for four million
    multiplications. A smaller input goes through the same layers: `--input 3x32x32`. With `--layer` only that layer and
    what leads to it is calculated.
    """

    work: int
    most: int
    layer: str | None = None
    smaller: Shape | None = None
    both: tuple[Shape, str] | None = None

    def message(self) -> str:
        return _("{work} operations are too many for plain loops; trace stops at {most}").format(
            work=f"{self.work:,}", most=f"{self.most:,}"
        )

    def hints(self) -> tuple[str, ...]:
        ways = []
        if self.smaller is not None:
            ways.append(f"--input {'x'.join(map(str, self.smaller))}")
        if self.layer is not None:
            ways.append(f"--layer {self.layer}")
        elif self.smaller is None and self.both is not None:
            shape, layer = self.both
            ways.append(f"--input {'x'.join(map(str, shape))} --layer {layer}")
        return tuple(_("{option} is small enough").format(option=way) for way in ways)


def leading_to(network: Network, name: str | None) -> set[str]:
    """The layers that are needed for one of them; all of them for None."""
    if name is None:
        return {layer.name for layer in network.layers}
    needed = {name}
    for layer in reversed(network.layers):
        if layer.name in needed:
            needed |= {source.name for source in layer.sources if source is not None}
    return needed


def work(result: Result, needed: Iterable[str]) -> int:
    """How many steps the loops take for these layers, about."""
    wanted = set(needed)
    return sum(_work(layer) for layer in result.layers if layer.name in wanted)


def _work(layer: LayerResult) -> int:
    values = sum(elements(shape) for shape in (*layer.output_shapes, *layer.input_shapes) if shape is not None)
    drawn = DRAWING * (layer.weights or 0)
    return max(values, layer.macs or 0, layer.additions or 0, layer.comparisons or 0, drawn)


def check_size(network: Network, result: Result, name: str | None) -> int:
    """How many steps the loops will take.

    Raises:
        Refused: too many; names a smaller input where one is small enough.
    """
    steps = work(result, leading_to(network, name))
    if steps > MOST_WORK:
        raise Refused(TooLargeToTrace(steps, MOST_WORK, _deepest(result), *_smaller(network, result, name)))
    return steps


def _deepest(result: Result) -> str | None:
    """The last layer that is reached in time when all before it are calculated too."""
    steps, deepest = 0, None
    for layer in result.layers:
        steps += _work(layer)
        if steps > MOST_WORK:
            break
        deepest = layer.name
    return deepest


def _smaller(network: Network, result: Result, name: str | None) -> tuple[Shape | None, tuple[Shape, str] | None]:
    """The largest input, its sides halved again and again, that is small enough and passes every layer.

    And the largest one with which at least some layer is reached in time.
    """
    both: tuple[Shape, str] | None = None
    if len(result.inputs) != 1 or len(result.inputs[0][1]) < 2:
        return None, both
    channels, *sides = result.inputs[0][1]
    while max(sides) > 1:
        sides = [max(side // 2, 1) for side in sides]
        shape = (channels, *sides)
        tried = analyze(network, 1, shape)
        if any(finding.severity == "error" for finding in tried.problems):
            break
        if work(tried, leading_to(network, name)) <= MOST_WORK:
            return shape, both
        deepest = _deepest(tried)
        both = both or (None if deepest is None else (shape, deepest))
    return None, both
