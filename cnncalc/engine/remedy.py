"""Remedies: changes to a network that would let a refused layer in, each tried on the network before it is named."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from itertools import islice
from typing import Any, NamedTuple

from cnncalc import shape as shapes
from cnncalc.harmless import harmless
from cnncalc.kinds._contract import Kind, Role
from cnncalc.language import _, plural
from cnncalc.problem import Finding, Mark, Problem, Refused
from cnncalc.record import changed
from cnncalc.shape import Shape, elements
from cnncalc.source import Place, value_place
from cnncalc.spec.network import Layer, Network, Reference

MOST, MOST_OF_A_KIND = 3, 2
MOST_TRIED, MOST_WORK = 24, 20_000
"""So many changes that let the layer in are tried for those that let everything in. Each goes through all of a network,
and all together through no more than so many layers."""

NEAREST_WINDOWS = 12
"""Only so many layers with a window above the refused one are tried; further ones change too much else."""

MOST_WORK_OF_A_MERGE = 5_000
"""The same where paths meet. Each size of the input is tried on the whole network; of a larger one none is."""

LONGEST_CHAIN = 400
LARGEST_PADDING = 8
LARGEST_KERNEL = 11
FURTHEST_INPUT = 64


class Change(NamedTuple):
    """One change: of a layer's field, or of the input (layer None), and how it is written."""

    layer: Layer | None
    field: str
    value: Any
    written: str


def explain(
    network: Network,
    known: dict[str, Shape | None],
    layer: Layer,
    problem: Problem,
    by_name: Mapping[str, Layer],
    written: Mapping[Place | None, int],
    *,
    searched: bool,
) -> Finding:
    """The finding for a refusal: with its place, the way of the shapes, and where it is `searched` the remedies that
    were tried. `written` says how many layers stand at a place: more than one where a layer or block is repeated."""
    chain = _chain(by_name, layer)
    marks: tuple[Mark, ...] = ()
    facts: list[tuple[str, str]] = []
    remedies: tuple[str, ...] = ()
    source = chain[-1] if chain else None
    if source is not None:
        arriving = known[source.name]
        named = _with_source(problem, source)
        if arriving is not None and named is not problem and source.place is not None:
            marks = (Mark(source.place, _breakdown(known, source, arriving)),)
        problem = named
    problem = _with_names(problem, layer)
    searched = searched and problem.other_sizes
    if chain is not None:
        facts = [(_("shapes"), _way(known, chain))] if chain else []
        if searched and not _fits(known, layer):
            alone = [one for one in (*chain, layer) if one.place is None or written[one.place] == 1]
            remedies = _remedies(network, known, chain, layer, problem, alone)
    elif searched and len(layer.sources) > 1 and not _fits(known, layer):
        remedies = _other_inputs(network, known, layer, problem)
    return Finding(
        problem,
        network.source,
        place_of(layer, problem),
        harmless(layer.name, 256),
        (*marks, *layer.uses),
        tuple(facts),
        remedies,
    )


def _with_source(problem: Problem, source: Layer) -> Problem:
    """The problem with the layer named that its numbers come from, if it has a place for that."""
    if getattr(problem, "source", None) == "":
        return changed(problem, source=harmless(source.name, 60))
    return problem


def _with_names(problem: Problem, layer: Layer) -> Problem:
    """The problem with its inputs named, if it has a place for that."""
    if getattr(problem, "names", None) == () and all(source is not None for source in layer.sources):
        return changed(problem, names=tuple(harmless(str(source), 60) for source in layer.sources))
    return problem


def _breakdown(known: dict[str, Shape | None], source: Layer, arriving: Shape) -> str:
    """Where a number of values comes from: `16·4·4 = 256`."""
    before = source.sources[0]
    shape = known.get(before.name) if before is not None else None
    if shape is not None and len(shape) > 1 and elements(shape) == elements(arriving):
        return f"{'·'.join(map(str, shape))} = {elements(arriving)}"
    return shapes.text(arriving)


def _way(known: dict[str, Shape | None], chain: list[Layer]) -> str:
    """The shapes on the way, those that change nothing left out; shortened in the middle."""
    first = chain[0].sources[0]
    way = [known.get(first.name) if first is not None else None] + [known[layer.name] for layer in chain]
    written = [shapes.text(shape) for shape in way if shape is not None]
    different = [shape for position, shape in enumerate(written) if not position or shape != written[position - 1]]
    if len(different) > 8:
        different = [*different[:3], "…", *different[-4:]]
    return " → ".join(different)


def _fits(known: dict[str, Shape | None], layer: Layer) -> bool:
    """Whether the layer takes the shape that arrives: then no other shape is wanted, and the fault lies elsewhere."""
    arriving = tuple(None if source is None else known.get(str(source)) for source in layer.sources)
    if layer.kind is None or None in arriving:
        return False
    try:
        layer.kind.outputs(arriving)  # type: ignore[arg-type]
    except Refused:
        return False
    return True


def _chain(by_name: Mapping[str, Layer], layer: Layer) -> list[Layer] | None:
    """The layers above a layer, from the input down, as long as each has one source; None where paths join."""
    chain: list[Layer] = []
    at = layer
    while len(at.sources) == 1 and at.sources[0] is not None and len(chain) < LONGEST_CHAIN:
        above = by_name.get(at.sources[0].name)
        if above is None:
            return chain[::-1]
        chain.append(above)
        at = above
    return None


def _remedies(
    network: Network,
    known: dict[str, Shape | None],
    chain: list[Layer],
    layer: Layer,
    problem: Problem,
    alone: list[Layer],
) -> tuple[str, ...]:
    """Up to three changes after which the layer takes what arrives; padding before the input before kernel sizes.

    Of the layers only those are changed that stand `alone`: to change one of many that are written once is no edit.
    """
    inputs = dict(network.inputs)
    if layer.kind is None or len(inputs) != 1:
        return ()
    start = next(iter(inputs.values()))
    if start is None or (chain and chain[0].sources[0] is not None and chain[0].sources[0].name not in inputs):
        return ()
    whole: list[Change] = []  # after which everything fits
    part: list[Change] = []  # after which something below the layer still does not
    goals: dict[int, Shape] = {}
    passes, tried = MOST_WORK // len(network.layers), 0
    for change in _changes(alone, start):
        if len(whole) == MOST or tried == MOST_TRIED or not passes:
            break
        if not (_wanted(change, whole) or _wanted(change, part)):
            continue
        arrived = _arrives(chain, layer, start, change)
        if arrived is None:
            continue
        passes -= 1
        left = _left_open(network, known, change)
        if left is None:
            continue
        tried += 1
        found = part if left else whole
        if _wanted(change, found):
            found.append(change)
            goals[id(change)] = arrived
    found = whole or part
    return (_sentence(problem, goals[id(found[0])], network, found, bool(whole)),) if found else ()


def _other_inputs(network: Network, known: dict[str, Shape | None], layer: Layer, problem: Problem) -> tuple[str, ...]:
    """Sizes of the input with which the paths that meet in a layer fit each other."""
    inputs = list(dict(network.inputs).values())
    if len(inputs) != 1 or inputs[0] is None:
        return ()
    whole: list[Change] = []
    part: list[Change] = []
    # A much smaller input fits only where everything has shrunk to a single place.
    near = (change for change in _other_sizes(inputs[0]) if elements(change.value) * 2 > elements(inputs[0]))
    for change in islice(near, MOST_WORK_OF_A_MERGE // len(network.layers)):
        left = _left_open(network, known, change)
        if left is None or layer.name in left:
            continue
        (part if left else whole).append(change)
        if len(whole) == MOST_OF_A_KIND:
            break
    found = (whole or part)[:MOST_OF_A_KIND]
    return (_sentence(problem, (), network, found, bool(whole)),) if found else ()


def _wanted(change: Change, found: list[Change]) -> bool:
    """Whether a change is one more to choose from: few of a kind, and one for each layer."""
    alike = [other for other in found if other.field == change.field]
    enough = len(found) == MOST or len(alike) == MOST_OF_A_KIND
    return not enough and all(other.layer is not change.layer for other in alike)


def _sentence(problem: Problem, goal: Shape, network: Network, found: list[Change], whole: bool) -> str:
    given = getattr(problem, "given", None)
    if not whole:
        head = plural(
            "it would fit, though not everything below it, with",
            "it would fit, though not everything below it, with any one of",
            len(found),
        )
    elif isinstance(given, int) and elements(goal) == given and len(goal) > 1:
        head = plural(
            "{given} = {product} values would arrive with",
            "{given} = {product} values would arrive with any one of",
            len(found),
        ).format(given=given, product="·".join(map(str, goal)))
    else:
        head = plural("it would fit with", "it would fit with any one of", len(found))
    where = [_location(network, change) for change in found]
    width = max(map(len, where))
    names = [change.layer.name if change.layer is not None else "" for change in found]
    broad = max(map(len, names))
    rows = [
        f"{place.ljust(width)}   " + (f"{harmless(name, 40).ljust(broad)}   " if name else "") + change.written
        for place, name, change in zip(where, names, found, strict=True)
    ]
    return "\n".join([head, *rows])


def _location(network: Network, change: Change) -> str:
    inputs = iter(network.input_places.values())
    place: Place | None = next(inputs, None) if change.layer is None else change.layer.place
    if place is None or network.source is None:
        return ""
    return f"{harmless(network.source.name, 120)}:{place.line}"


def _changes(layers: list[Layer], start: Shape) -> Iterator[Change]:
    """Changes worth trying, small ones first: the layers' paddings, the input, the layers' kernels."""
    windows = [one for one in layers if one.kind is not None and _slides(one.kind)][-NEAREST_WINDOWS:]
    # Padding belongs to convolutions; nobody pads a pooling to make a size come out.
    for one in windows:
        if one.kind is None or Role.CONVOLUTION not in one.kind.roles:
            continue
        for padding in range(LARGEST_PADDING + 1):
            yield Change(one, "padding", padding, f"padding: {padding}")
    yield from _other_sizes(start)
    for one in windows:
        own = getattr(one.kind, "kernel_size", (1,))[0]
        for _far, kernel in sorted((abs(side - own), side) for side in range(1, LARGEST_KERNEL + 1)):
            yield Change(one, "kernel_size", kernel, f"kernel_size: {kernel}")


def _slides(kind: Kind) -> bool:
    """Whether it has a window. A map of its own number of axes is asked about: another may arrive, which it refuses."""
    return kind.geometry(((1,) * (kind.rank + 1),)) is not None


def _other_sizes(start: Shape) -> Iterator[Change]:
    """The input with other sides, the nearest first."""
    for step in range(1, FURTHEST_INPUT + 1) if len(start) > 1 else ():
        for sign in (1, -1):
            sides = tuple(side + sign * step for side in start[1:])
            if min(sides) > 0:
                yield Change(None, "input", (start[0], *sides), f"input: [{', '.join(map(str, (start[0], *sides)))}]")


def _arrives(chain: list[Layer], layer: Layer, start: Shape, change: Change) -> Shape | None:
    """The last map with space that leads to the layer after the change, if the layer takes what arrives; else None."""
    shape: Shape = start if change.layer is not None else change.value
    last_map = shape
    try:
        for one in [*chain, layer]:
            kind = one.kind
            if kind is None:
                return None
            if one is change.layer:
                changed = _changed(kind, change)
                if changed is None:
                    return None
                kind = changed
            shape = tuple(kind.output((shape,)))
            if len(shape) > 1 and one is not layer:
                last_map = shape
    except Refused:
        return None
    return last_map


def _left_open(network: Network, known: dict[str, Shape | None], change: Change) -> set[str] | None:
    """The layers that cannot be calculated after the change; None when one of them could be before."""
    left = set()
    shapes_: dict[str, Shape | None] = dict(network.inputs)
    if change.layer is None:
        shapes_ = dict.fromkeys(shapes_, change.value)
    for one in network.layers:
        arriving = tuple(None if source is None else shapes_.get(str(source)) for source in one.sources)
        kind = _changed(one.kind, change) if one is change.layer and one.kind is not None else one.kind
        shapes_[one.name] = None
        if kind is not None and None not in arriving:
            with suppress(Refused):
                for output, shape in enumerate(kind.outputs(arriving)):  # type: ignore[arg-type]
                    shapes_[str(Reference(one.name, output))] = tuple(shape)
        if shapes_[one.name] is None:
            left.add(one.name)
            if known.get(one.name) is not None:
                return None
    return left


def _changed(kind: Kind, change: Change) -> Kind | None:
    """The kind with one field changed along all axes; None when that is how it was already, or not allowed."""
    current = getattr(kind, change.field, None)
    value = ((change.value, change.value) if change.field == "padding" else change.value,) * kind.rank
    if current is None or current == value:
        return None
    # A copy would keep what the kind has worked out from the old value.
    fields = {name: getattr(kind, name) for name in type(kind).model_fields}
    return type(kind).model_construct(**{**fields, change.field: value})


def place_of(layer: Layer, problem: Problem) -> Place | None:
    """Where a problem of a layer is written: at the field it is about, or at the layer."""
    about = problem.about()
    if isinstance(about, tuple):
        field, index = about
        return value_place(layer.fields.get(field), index) or value_place(layer.fields, field) or layer.place
    if about is not None:
        return value_place(layer.fields, about) or layer.place
    return layer.place
