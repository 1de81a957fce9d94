"""The walk: every layer in order, its shapes, counts and receptive field, and everything that is wrong on the way.

A layer that cannot be calculated makes what follows unknown; the walk goes on, and totals become lower bounds.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from fractions import Fraction
from functools import cached_property
from operator import attrgetter
from typing import Any, NamedTuple

from cnncalc import collector
from cnncalc.engine import field as receptive
from cnncalc.engine import kernels, largest, shared
from cnncalc.engine.arguments import Written, checked_batch, with_inputs
from cnncalc.engine.expectations import judge
from cnncalc.engine.field import Field
from cnncalc.formula import rules
from cnncalc.harmless import harmless
from cnncalc.kinds._contract import CONNECTING, Cost, Kind, Sight, Window
from cnncalc.problem import Finding, Problem, Refused, in_order
from cnncalc.record import changed
from cnncalc.result import COUNTS, Connections, Forms, LayerResult, Quantity, Result, Status
from cnncalc.shape import Shape
from cnncalc.spec.inputs import looks_channels_last
from cnncalc.spec.network import Layer, Network, Reference
from cnncalc.spec.problems import ChannelsLast, NoSuchOutput

UNKNOWN: tuple[Shape | None, ...] = (None,)

MOST_SEARCHED = 50
"""For so many refusals remedies are looked for. Each is tried on the whole network, so that for all of a large one the
time would grow with the square of its size."""


def analyze(
    network: Network, batch: int = 1, inputs: Mapping[str, Written] | Written | None = None, *, quick: bool = False
) -> Result:
    """Everything about a network: shapes without the batch, counts for the whole batch.

    `inputs` replaces input shapes: one shape for a network with one input, or a mapping from input name to shape. A
    shape is written as `(3, 64, 64)` or `"3x64x64"`.
    Problems are in the result; nothing is raised for a network. `quick`, for many sizes that are tried, leaves out what
    takes long: changes that would mend a problem, and receptive fields with holes.

    Raises:
        ValueError: `batch` is no whole number from 1 up, `inputs` names no input of the network or is no shape.
    """
    batch = checked_batch(batch)
    given = with_inputs(network, inputs)
    walk = _Walk(network, given, batch, receptive.Work(0) if quick else receptive.Work())
    with collector.paused():
        for layer in network.layers:
            walk.step(layer)
    own = given == dict(network.inputs)
    seen = network if own else changed(network, inputs=tuple(given.items()), input_places={})
    others = [] if own else [shape for name, shape in given.items() if shape and shape != dict(network.inputs)[name]]
    missing = [output for output in network.outputs if output.output and str(output) not in walk.shapes]
    found = (
        *_explained(seen, walk, 0 if quick else MOST_SEARCHED),
        *[Finding(ChannelsLast(shape), network.source, None) for shape in others if looks_channels_last(shape)],
        *[Finding(NoSuchOutput(harmless(one.name, 60), one.output), network.source, None) for one in missing],
    )
    result = Result(
        name=network.name,
        batch=batch,
        inputs=tuple((name, shape) for name, shape in given.items() if shape is not None),
        outputs=tuple((str(output), walk.shapes.get(str(output))) for output in network.outputs),
        layers=tuple(walk.layers),
        totals=walk.totals(),
        status=walk.status(),
        problems=tuple(sorted((*network.problems, *found), key=in_order)),
        depth=walk.depth(network.outputs),
        source=network.source,
        about=network.about,
    )
    if batch > 1 or not own:
        # A contract holds for one image of the file's own size.
        return result
    return changed(result, expectations=judge(network.expect, result))


class Facts(NamedTuple):
    """What depends on a kind and its input shapes alone, in the order in which a layer's result takes it."""

    output_shapes: tuple[Shape, ...]
    weights: int | None
    biases: int | None
    parameters: int | None
    trainable: int | None
    buffers: int | None
    multiplications: int | None
    additions: int | None
    macs: int | None
    flops: int | None
    comparisons: int | None
    divisions: int | None
    transcendentals: int | None


Known = tuple[Facts, tuple[Any, ...], Window]
"""A layer's facts, what describes it in a table, and its window."""


class Connecting(NamedTuple):
    """A kind's connections, still to be worked out."""

    kind: Kind
    inputs: tuple[Shape, ...]
    output: Shape
    own: Forms

    def __call__(self) -> Connections | None:
        return self.kind.connections(self.inputs, self.output, self.own)


class Seen(NamedTuple):
    """What a layer's outputs see of the network's input; all None when there is no single input with space. The size
    alone is None where the field could not be followed."""

    field: Field | None = None
    size: tuple[int, ...] | None = None
    jump: tuple[int | Fraction | None, ...] | None = None
    sees_all: bool = False


BLIND = Seen()


class _Walk:
    """What is known so far: by name the shapes (`split_1:1` for a second output), what is seen, and the depths; and the
    layers done."""

    def __init__(self, network: Network, inputs: dict[str, Shape | None], batch: int, work: receptive.Work) -> None:
        self.batch = batch
        self.whole = network.whole
        self.shapes: dict[str, Shape | None] = dict(inputs)
        self.seen: dict[str, Seen] = dict.fromkeys(inputs, BLIND)
        self.depths: dict[str, int] = dict.fromkeys(inputs, 0)
        self.layers: list[LayerResult] = []
        self.network = network
        self.refused: list[tuple[Layer, Problem]] = []
        self.done: dict[tuple[int, tuple[Shape, ...]], Known] = {}
        self.work = work
        self.extent: Shape = ()
        if len(inputs) == 1:
            ((name, shape),) = inputs.items()
            if shape is not None and len(shape) > 1:
                self.extent = shape[1:]
                self.seen[name] = Seen(receptive.start(len(shape) - 1))

    def step(self, layer: Layer) -> None:
        """One layer further."""
        name, kind, sources = layer.name, layer.kind, layer.sources
        names, arriving, depth = self._arriving(sources)
        known = None
        if kind is not None and None not in arriving:
            known = self._calculated(layer, kind, arriving)  # type: ignore[arg-type]
            if known is not None and layer.weights_of is not None:
                known = self._shared(layer, layer.weights_of, kind, arriving, known)  # type: ignore[arg-type]
            if known is not None and layer.kernels:
                self._slid(layer, kind, arriving)  # type: ignore[arg-type]
        if known is None:
            self._misses(layer)
            self.shapes[name], self.seen[name], self.depths[name] = None, BLIND, depth
            roles, elementwise = (kind.roles, kind.elementwise) if kind is not None else (frozenset(), False)
            self.layers.append(
                LayerResult(
                    name,
                    layer.kind_name,
                    names,
                    arriving,
                    UNKNOWN,
                    place=layer.place,
                    roles=roles,
                    elementwise=elementwise,
                )
            )
            return
        facts, described, window = known
        if not layer.trainable:
            facts = facts._replace(trainable=0)
        self.shapes[name] = facts[0][0]
        for output, shape in enumerate(facts[0][1:], 1):
            self.shapes[f"{name}:{output}"] = shape
        self.depths[name] = depth + 1 if kind is not None and kind.roles & CONNECTING else depth
        self.seen[name] = seen = self._sees(sources, window)
        described = (*described, self.depths[name])
        status: Status = "lower_bound" if kind.opaque and None in facts else "complete"  # type: ignore[union-attr]
        self.layers.append(
            LayerResult(name, layer.kind_name, names, arriving, *facts, *seen[1:], status, layer.place, *described)
        )

    def _arriving(self, sources: tuple[Reference | None, ...]) -> tuple[tuple[str, ...], tuple[Shape | None, ...], int]:
        """The names of what feeds a layer, its shapes, and the depth so far."""
        if len(sources) == 1 and sources[0] is not None and not sources[0].output:  # nearly always
            name = sources[0].name
            return (name,), (self.shapes[name],), self.depths[name]
        names = tuple(["?" if source is None else str(source) if source.output else source.name for source in sources])
        arriving = tuple([self.shapes.get(at) if source else None for source, at in zip(sources, names, strict=True)])
        return names, arriving, max([0 if source is None else self.depths[source.name] for source in sources])

    @cached_property
    def _numbers(self) -> dict[str, int]:
        """Where each layer stands."""
        return {layer.name: number for number, layer in enumerate(self.network.layers)}

    def _shared(self, layer: Layer, other: str, kind: Kind, arriving: tuple[Shape, ...], known: Known) -> Known | None:
        """The same without the weights, which are those of another layer."""
        number = self._numbers[other]
        arrived = self.layers[number].input_shapes
        if None in arrived:
            return None
        try:
            shared.check(kind, arriving, self.network.layers[number], arrived)  # type: ignore[arg-type]
        except Refused as refusal:
            self.refused.append((layer, refusal.problem))
            return None
        facts, described, window = known
        return facts._replace(weights=0, biases=0, parameters=0, trainable=0, buffers=0), described, window

    def _slid(self, layer: Layer, kind: Kind, arriving: tuple[Shape, ...]) -> None:
        """Refuse kernels of the layer's own that do not fit; its counts do not depend on them."""
        try:
            kernels.check(kind, arriving, [kernel for _name, kernel in layer.kernels], layer.name)
        except Refused as refusal:
            self.refused.append((layer, refusal.problem))

    def _misses(self, layer: Layer) -> None:
        """Refuse a source that asks a layer for an output which it has not."""
        for source in layer.sources:
            if source is not None and str(source) not in self.shapes and self.shapes[source.name] is not None:
                there = sum(f"{source.name}:{number}" in self.shapes for number in range(1, source.output))
                self.refused.append((layer, NoSuchOutput(harmless(source.name, 60), source.output, there + 1)))

    def _calculated(self, layer: Layer, kind: Kind, arriving: tuple[Shape, ...]) -> Known | None:
        """What is known of the layer; once for layers that are written alike."""
        key = (id(kind), arriving)
        known = self.done.get(key)
        if known is not None:
            return known
        try:
            outputs = kind.outputs(arriving)
            largest.check(outputs)
            output = outputs[0]
            found = kind.weights(arriving)
            parameters = kind.learned(found, arriving)
            cost = kind.cost(arriving, output)
        except Refused as refusal:
            self.refused.append((layer, refusal.problem))
            return None
        if self.batch > 1:
            cost = Cost(*[None if count is None else count * self.batch for count in cost])
        weights, biases, buffers, frozen = found
        multiplications, additions, macs, comparisons, divisions, transcendentals = cost
        trainable = None if parameters is None else parameters - frozen
        flops = None if multiplications is None or additions is None else rules.flops(multiplications, additions)
        facts = Facts(
            outputs, weights, biases, parameters, trainable, buffers,
            multiplications, additions, macs, flops, comparisons, divisions, transcendentals,
        )  # fmt: skip
        connect = None
        if kind.roles & CONNECTING:
            connect = Connecting(kind, arriving, output, Forms(weights, multiplications // self.batch))
        described = (kind.roles, kind.elementwise, kind.geometry(arriving), connect)
        self.done[key] = known = (facts, described, kind.window(arriving))
        return known

    def _sees(self, sources: tuple[Reference | None, ...], window: Window) -> Seen:
        """What a layer with this window sees through its sources."""
        first = BLIND if sources[0] is None else self.seen[sources[0].name]
        before = first.field
        if before is None:
            return BLIND
        if len(sources) > 1:
            fields = [None if source is None else self.seen[source.name].field for source in sources]
            if None in fields:
                return BLIND
            before = receptive.merged(fields)  # type: ignore[arg-type]
        elif window is Sight.SAME and first.size is not None:
            return first
        field = receptive.further(before, window, self.work)
        if field.sees_all:
            return Seen(field, self.extent, (None,) * len(self.extent), True)
        if field is first.field and first.size is not None:
            return first
        axes = field.axes
        if axes.count(axes[0]) == len(axes):  # worked out once for all of them
            size, jump = receptive.size(axes[0]), receptive.jump(axes[0])
            return Seen(field, None if size is None else (size,) * len(axes), (jump,) * len(axes))
        sizes = tuple(map(receptive.size, axes))
        return Seen(field, None if None in sizes else sizes, tuple(map(receptive.jump, axes)))  # type: ignore[arg-type]

    def status(self) -> Status:
        """Complete when every layer is, unknown when all are (or there are none), else a lower bound.

        An error that touches no number, such as a bad line of `expect`, makes none of them less certain.
        """
        each = {layer.status for layer in self.layers}
        if each <= {"unknown"}:
            return "unknown"
        return "complete" if each == {"complete"} and self.whole else "lower_bound"

    def totals(self) -> dict[str, Quantity]:
        """The sum of every count, and how far it can be trusted."""
        totals = {}
        for count in COUNTS:
            numbers = list(map(attrgetter(count), self.layers))
            known = numbers if None not in numbers else [number for number in numbers if number is not None]
            if len(known) == len(numbers) and numbers:
                totals[count] = Quantity(sum(known), "complete")
            elif known:
                totals[count] = Quantity(sum(known), "lower_bound")
            else:
                totals[count] = Quantity(None, "unknown")
        return totals

    def depth(self, outputs: tuple[Reference, ...]) -> int | None:
        """Convolutions and linear layers on the longest path to an output; None when some layer is unknown."""
        if any(layer.status == "unknown" for layer in self.layers):
            return None
        return max((self.depths.get(output.name, 0) for output in outputs), default=None)


def _explained(network: Network, walk: _Walk, most_searched: int) -> list[Finding]:
    """A finding for every refusal, with its place and what the engine knows about the way there."""
    if not walk.refused:
        return []
    from cnncalc.engine.remedy import explain

    by_name = {layer.name: layer for layer in network.layers}
    written = Counter(layer.place for layer in network.layers)
    return [
        explain(network, walk.shapes, layer, problem, by_name, written, searched=number < most_searched)
        for number, (layer, problem) in enumerate(walk.refused)
    ]
