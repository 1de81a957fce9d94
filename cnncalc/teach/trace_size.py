"""Which part of a network is calculated by hand, how long that takes, and what to do when it takes too long."""

from __future__ import annotations

from collections.abc import Iterable
from math import prod

from cnncalc.engine.walk import analyze
from cnncalc.kinds._contract import Role
from cnncalc.language import _
from cnncalc.problem import Problem, Refused
from cnncalc.record import Record
from cnncalc.result import LayerResult, Result
from cnncalc.shape import Shape, elements
from cnncalc.spec.network import Network

MOST_SECONDS = 10
"""That plain loops are asked for; TinyVGG needs two."""

MOST_BYTES = 500 * 2**20
"""Of the numbers that are held at the same time."""

SECOND = 10**9

# Nanoseconds, measured kind by kind and rounded up: of a random value, of one that is shown, of an operation.
DRAWN, SHOWN = 1000, 500
ALONE, PLACED, ANEW = 500, 4000, 12_000
"""A value that goes in or out: of a layer that takes values as they stand, of one that looks each place up, and a value
more than went in."""

PRODUCT, SEEN, SUMMED = 100, 700, 2000
"""Of a window: a product, a value that it looks at (once for all maps), a sum."""

STEPPED, BETWEEN = 300, 3000
"""A product of a recurrent layer, and one of two inputs, as in attention."""

SINGLE, COLLECTED, EXPONENTIAL = 300, 2000, 25_000
"""An operation on a value, one that gathers many values in one, and an exponential that may leave a float's range."""

EXACT = 4000
"""Any operation on fractions."""

PLACING = frozenset({Role.SHAPE, Role.MERGE, Role.ATTENTION})
"""Kinds that look each place up by its index."""

# Bytes, measured likewise.
HELD, FRACTION, WIDE, COPIED, TAP, DRAWN_MAP = 40, 150, 400, 80, 45, 60


class TooLargeToTrace(Problem):
    """The network is too large to be calculated value by value.

    `trace` shows every number, so it calculates in plain loops and holds every map: ten seconds or 500 MiB are the most
    it takes. A smaller input goes through the same layers: `--input 3x32x32`. With `--layer` only that layer and what
    leads to it is calculated.
    """

    seconds: int
    mebibytes: int
    layer: str | None = None
    smaller: Shape | None = None
    both: tuple[Shape, str] | None = None

    def message(self) -> str:
        if self.seconds > MOST_SECONDS:
            return _("plain loops would take up to {seconds} s; trace stops at {most} s").format(
                seconds=f"{self.seconds:,}", most=MOST_SECONDS
            )
        return _("the numbers would take up to {size} MiB; trace stops at {most} MiB").format(
            size=f"{self.mebibytes:,}", most=MOST_BYTES // 2**20
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


class Size(Record):
    """How long a calculation takes at most, in nanoseconds, and how many bytes are held at the same time."""

    time: int
    memory: int

    @property
    def fits(self) -> bool:
        """Whether it is small enough."""
        return self.time <= MOST_SECONDS * SECOND and self.memory <= MOST_BYTES

    @property
    def seconds(self) -> int:
        """The time in seconds, rounded up."""
        return -(-self.time // SECOND)


def leading_to(network: Network, name: str | None) -> set[str]:
    """The layers that are needed for one of them; all of them for None."""
    if name is None:
        return {layer.name for layer in network.layers}
    needed = {name}
    for layer in reversed(network.layers):
        if layer.name in needed:
            needed |= {source.name for source in layer.sources if source is not None}
    return needed


def size(result: Result, needed: Iterable[str] | None = None, fractions: bool = False) -> Size:
    """What these layers take, all of them for None; `fractions` when such go in."""
    return _sizes(result, None if needed is None else set(needed), fractions)[1]


def _sizes(result: Result, needed: set[str] | None, fractions: bool) -> tuple[str | None, Size]:
    """The last layer with which everything up to it is small enough, and the size of all."""
    entering = sum(elements(shape) for _name, shape in result.inputs)
    time, held, passing, largest = entering * (DRAWN + SHOWN), entering * HELD, 0, entering
    exact = {name for name, _shape in result.inputs} if fractions else set()
    deepest, found = None, Size(time, held)
    for layer in result.layers:
        if needed is not None and layer.name not in needed:
            continue
        # Divisions of whole numbers stay exact, until an exponential makes them floats.
        divides = layer.divisions or (layer.parameters and Role.NONLINEARITY in layer.roles)  # a slope is a fraction
        arrive = any(source.partition(":")[0] in exact for source in layer.inputs)
        fractional = bool(divides or arrive) and not layer.transcendentals
        if fractional:
            exact.add(layer.name)
        time += _time(layer, fractional)
        arriving, leaving = _values(layer.input_shapes), _values(layer.output_shapes)
        held += leaving * HELD + (arriving + leaving) * FRACTION * fractional + (layer.parameters or 0) * HELD
        passing = max(passing, _passing(layer, arriving, leaving))
        largest = max(largest, leaving)
        found = Size(time, held + passing + largest * DRAWN_MAP)
        if found.fits:
            deepest = layer.name
    return deepest, found


def _values(shapes: Iterable[Shape | None]) -> int:
    return sum(elements(shape) for shape in shapes if shape is not None)


def _time(layer: LayerResult, fractional: bool) -> int:
    """How long the loops of a layer take at most."""
    arriving, leaving = _values(layer.input_shapes), _values(layer.output_shapes)
    macs = layer.macs or 0
    single = (layer.comparisons or 0) + (layer.divisions or 0)
    single += max((layer.additions or 0) - macs, 0) + max((layer.multiplications or 0) - macs, 0)
    time = DRAWN * (layer.parameters or 0) + EXPONENTIAL * (layer.transcendentals or 0)
    time += (arriving + leaving) * (PLACED if layer.roles & PLACING else ALONE)
    if Role.SHAPE in layer.roles:
        time += ANEW * max(leaving - arriving, 0)
    if layer.geometry is not None and macs:
        maps = (layer.output_shape or (1,))[0]
        time += PRODUCT * macs + SEEN * (macs // maps) * layer.geometry.groups + SUMMED * leaving
    elif layer.roles & {Role.ATTENTION, Role.MERGE}:
        time += BETWEEN * macs
    else:
        time += STEPPED * macs
    if fractional:
        return time + EXACT * (macs + single)
    return time + (COLLECTED if Role.POOLING in layer.roles and layer.geometry is None else SINGLE) * single


def _passing(layer: LayerResult, arriving: int, leaving: int) -> int:
    """What a layer holds only while it is calculated."""
    held = WIDE * (layer.transcendentals or 0)
    if Role.POOLING in layer.roles and layer.geometry is not None and layer.output_shape:
        return held + TAP * prod(layer.geometry.kernel) * (leaving // layer.output_shape[0])
    return held + (COPIED * (arriving + leaving) if layer.roles & PLACING else 0)


def check_size(network: Network, result: Result, name: str | None, fractions: bool = False) -> Size:
    """What the loops will take; `fractions` when such go in.

    Raises:
        Refused: too much; names a smaller input where one is small enough.
    """
    found = size(result, leading_to(network, name), fractions)
    if not found.fits:
        deepest = _sizes(result, None, fractions)[0]
        smaller, both = _smaller(network, result, name, fractions)
        raise Refused(TooLargeToTrace(found.seconds, -(-found.memory // 2**20), deepest, smaller, both))
    return found


def _smaller(
    network: Network, result: Result, name: str | None, fractions: bool
) -> tuple[Shape | None, tuple[Shape, str] | None]:
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
        if size(tried, leading_to(network, name), fractions).fits:
            return shape, both
        deepest = _sizes(tried, None, fractions)[0]
        both = both or (None if deepest is None else (shape, deepest))
    return None, both
