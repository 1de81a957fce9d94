"""Receptive fields through a network: r + (k − 1)·jump, layer by layer, with the numbers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from cnncalc.formula import rules
from cnncalc.formula.expression import Expression, Number, Symbol, as_expression, evaluate, larger, traced
from cnncalc.formula.letters import J, R, S
from cnncalc.kinds._contract import Kind, Mixed, Moved, Reach, Sight
from cnncalc.language import _
from cnncalc.record import Record
from cnncalc.result import LayerResult, Result
from cnncalc.spec.network import Network
from cnncalc.teach.derived import Derived, extent
from cnncalc.teach.given import Given, NotUnderstood
from cnncalc.teach.quantities import NotDetermined


class Axis(Record):
    """What a layer's outputs see along one axis, and how that follows from the layer before.

    An expression is None where the rule of a sliding window is not what applies: places that take turns behind a
    transposed layer, adaptive windows of several sizes.
    """

    size: int
    jump: int | Fraction | None
    size_from: Expression | None = None
    jump_from: Expression | None = None


class Seen(Record):
    """What one layer's outputs see of the network's input; `changes` says whether it is more than the layer before."""

    layer: LayerResult
    axes: tuple[Axis, ...]
    changes: bool
    sees_all: bool = False

    @property
    def alike(self) -> bool:
        """Whether one calculation holds for all axes."""
        return len(set(self.axes)) == 1


def alone(given: Given) -> Iterator[Derived]:
    """What the outputs of one layer see of its own input: r + (k − 1)·jump from r = 1 and jump = 1."""
    reaches = given.kind.window(given.inputs)
    if not isinstance(reaches, tuple):
        return
    found = [_from(reach, [(1, 1)])[0] for reach in reaches]
    known = [one for one in found if one is not None]
    if len(known) < len(found):
        return
    for axis, one in enumerate(known[:1] if len(set(known)) == 1 else known):
        yield Derived("receptive_field", "sight", one, axis=None if len(set(known)) == 1 else axis)


def through_layers(layers: Sequence[Given]) -> list[tuple[Expression, ...]]:
    """What the outputs of each of these layers see, where each follows the one before; one expression per axis.

    Raises:
        NotUnderstood: a layer has no window that slides over its input.
    """
    found: list[tuple[Expression, ...]] = []
    before: list[tuple[int, int | Fraction | None]] = []
    for given in layers:
        reaches = given.kind.window(given.inputs)
        if not isinstance(reaches, tuple) or (before and len(before) != len(reaches)):
            raise NotUnderstood(NotDetermined("receptive_field", _("a window that slides over the input")))
        steps = [_from(reach, [own]) for reach, own in zip(reaches, before or [(1, 1)] * len(reaches), strict=True)]
        sizes = [size for size, _jump in steps if size is not None]
        jumps = [jump for _size, jump in steps if jump is not None]
        if len(jumps) < len(reaches):
            raise NotUnderstood(NotDetermined("receptive_field", _("a window that slides over the input")))
        before = [(int(evaluate(size)), int(evaluate(jump))) for size, jump in zip(sizes, jumps, strict=True)]
        found.append(tuple(sizes[:1] if len(set(sizes)) == 1 else sizes))
    return found


def through(network: Network, result: Result) -> Iterator[Seen]:
    """Every layer whose receptive field is known, in order."""
    before: dict[str, LayerResult] = {}
    for layer, found in zip(network.layers, result.layers, strict=True):
        if layer.kind is not None and found.receptive_field is not None:
            sources = [before.get(source.name) for source in layer.sources if source is not None]
            yield _seen(layer.kind, found, sources)
        before[layer.name] = found


def _seen(kind: Kind, found: LayerResult, sources: list[LayerResult | None]) -> Seen:
    sizes, jumps = found.receptive_field or (), found.jump or ()
    shapes = tuple(shape for shape in found.input_shapes if shape is not None)
    window = kind.window(shapes)
    fields = [_of(source, len(sizes)) for source in sources]
    if found.sees_all:
        first = not any(source is not None and source.sees_all for source in sources)
        return Seen(found, tuple(map(Axis, sizes, jumps)), changes=first, sees_all=True)
    axes = []
    for i, (size, jump) in enumerate(zip(sizes, jumps, strict=True)):
        reach = window[i] if isinstance(window, tuple) else window
        size_from, jump_from = _from(reach, [field[i] for field in fields])
        # The rule is shown where it gives the engine's number, which also knows the patterns it leaves out.
        axes.append(
            Axis(
                size,
                jump,
                size_from if size_from is not None and evaluate(size_from) == size else None,
                jump_from if jump_from is not None and jump is not None and evaluate(jump_from) == jump else None,
            )
        )
    return Seen(found, tuple(axes), changes=isinstance(window, tuple) or len(sources) > 1)


def _of(source: LayerResult | None, rank: int) -> tuple[tuple[int, int | Fraction | None], ...]:
    """Field and jump of what arrives, one pair per axis; the input sees itself."""
    if source is None or source.receptive_field is None or source.jump is None:
        return ((1, 1),) * rank
    return tuple(zip(source.receptive_field, source.jump, strict=True))


def _from(
    reach: Reach | Sight | Mixed | Moved, fields: list[tuple[int, int | Fraction | None]]
) -> tuple[Expression | None, Expression | None]:
    """Field and jump as expressions of those of the layer before."""
    (r, jump) = fields[0]
    if len(fields) > 1:
        largest: Number = traced(R, r)
        for other, _jump in fields[1:]:
            largest = larger(largest, traced(R, other))
        return as_expression(largest), None
    if not isinstance(reach, Reach) or reach.transposed or reach.adaptive or reach.turns or jump is None:
        return None, None
    step = Symbol(J, jump)  # a fraction behind a transposed layer
    kernel = extent(reach.kernel, reach.dilation)
    return (
        as_expression(rules.receptive_field(traced(R, r), kernel, step)),
        as_expression(rules.next_jump(step, traced(S, reach.stride))),
    )
