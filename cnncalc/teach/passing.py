"""Which input sizes pass a network without dropping a row, each tried through the engine."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from cnncalc.engine.walk import analyze
from cnncalc.formula import rules
from cnncalc.record import Record
from cnncalc.shape import Shape
from cnncalc.spec.network import Network
from cnncalc.teach.derived import behind

FURTHEST = 128
"""How far from the range the nearest sizes are looked for."""

MOST_LAYERS = 250_000
"""That are gone through for all sizes together: five to ten seconds."""

AROUND = 50
"""What a size takes beside its layers, in layers."""


class Drop(Record):
    """What is wrong with a size: the first layer that drops rows (how many, of how many), or one that refuses."""

    layer: str
    rows: int = 0
    of: int = 0
    reason: str = ""


def dropped(network: Network, shape: Shape) -> Drop | None:
    """The first layer that drops rows of an input of this shape, or None when all of them reach the end.

    A stride larger than its kernel steps over rows everywhere; as many of them behind the last window are no loss.
    """
    result = analyze(network, inputs=shape, quick=True)
    for finding in result.problems:
        if finding.severity == "error":
            return Drop(finding.layer or "", reason=finding.problem.message())
    for layer, found in zip(network.layers, result.layers, strict=True):
        arriving, output = found.input_shapes[0], found.output_shape
        if layer.kind is None or arriving is None or output is None or found.geometry is None:
            continue
        geometry = found.geometry
        for axis, rows in enumerate(behind(layer.kind, arriving, output)):
            covered = rules.effective_kernel(geometry.kernel[axis], geometry.dilation[axis])
            if rows > max(geometry.stride[axis] - covered, 0):
                return Drop(layer.name, rows, arriving[1:][axis])
    return None


def passing(network: Network, shape: Shape, sizes: Iterable[int]) -> Iterator[int]:
    """The sizes for which a square input of the shape's channels (and number of axes) passes whole."""
    for size in sizes:
        if dropped(network, square(shape, size)) is None:
            yield size


def most_sizes(network: Network) -> int:
    """How many sizes can be tried on a network of this length."""
    return MOST_LAYERS // (len(network.layers) + AROUND)


def nearest(network: Network, shape: Shape, low: int, high: int) -> list[int]:
    """The passing sizes that lie nearest to a range in which there is none, on both sides.

    They are looked for as far as there is time left after the range itself.
    """
    furthest = min(FURTHEST, (most_sizes(network) - (high + 1 - low)) // 2)
    below = next(passing(network, shape, range(low - 1, max(0, low - 1 - furthest), -1)), None)
    above = next(passing(network, shape, range(high + 1, high + 1 + furthest)), None)
    return [size for size in (below, above) if size is not None]


def square(shape: Shape, size: int) -> Shape:
    """The input with all its sides this long."""
    return (shape[0], *(size,) * (len(shape) - 1))


def runs(sizes: list[int]) -> list[tuple[int, int, int]]:
    """Sizes as progressions (first, last, step): 224, 256, 288 is (224, 288, 32); one alone has step 0."""
    found: list[tuple[int, int, int]] = []
    at = 0
    while at < len(sizes):
        end, step = at, sizes[at + 1] - sizes[at] if at + 1 < len(sizes) else 0
        while end + 1 < len(sizes) and sizes[end + 1] - sizes[end] == step:
            end += 1
        if end - at < 2:
            end, step = at, 0
        found.append((sizes[at], sizes[end], step))
        at = end + 1
    return found
