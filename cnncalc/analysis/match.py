"""Which layer of one network is which layer of another: by name and by place.

Unnamed layers are numbered for each kind, so that one more convolution shifts the names of all below it. What stands
still is found first (the longest common run of layers with the same name, or with the same kind and fields); layers
between two such places belong together when they are of one kind, those that agree most first.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from cnncalc.spec.network import Layer

MOST_EDITS = 1_000
"""So many layers may be new or gone; in networks that have less in common, only names are compared."""


class Pair(NamedTuple):
    """A layer in the old and in the new network, by their indices; None where it is new or gone."""

    old: int | None
    new: int | None
    moved: bool = False


def settings(layer: Layer) -> Mapping[str, Any]:
    """What a layer is set to, defaults included; of a layer that could not be read, what is written."""
    if layer.kind is None:
        return {name: value for name, value in layer.fields.items() if name not in ("name", "from")}
    own = {name: getattr(layer.kind, name) for name in type(layer.kind).model_fields}
    return {**own, "kernel": layer.kernels} if layer.kernels else own


def match(old: Sequence[Layer], new: Sequence[Layer]) -> list[Pair]:
    """The pairs in the order of the new network, each layer that is gone where it used to stand."""
    given = {layer.name for layer in old if "name" in layer.fields}
    given &= {layer.name for layer in new if "name" in layer.fields}
    made: dict[int, str] = {}
    still = common(_keys(old, given, made), _keys(new, given, made))
    if still is None:
        return _ordered(_by_name(old, new), len(old), len(new), frozenset())
    pairs = dict(still)
    for (a, b), (c, d) in pairwise([(-1, -1), *still, (len(old), len(new))]):
        pairs.update(_between(old, range(a + 1, c), new, range(b + 1, d), given))
    places = {layer.name: index for index, layer in enumerate(old) if layer.name in given}
    taken = set(pairs.values())
    moved = {
        places[layer.name]: index
        for index, layer in enumerate(new)
        if layer.name in places and index not in taken and places[layer.name] not in pairs
    }
    return _ordered({**pairs, **moved}, len(old), len(new), frozenset(moved))


def _keys(layers: Sequence[Layer], given: set[str], made: dict[int, str]) -> list[Hashable]:
    """What two layers must have alike to be the same one. Layers that are written alike share their kind object."""
    keys: list[Hashable] = []
    for layer in layers:
        if layer.name in given:
            keys.append(layer.name)
        elif layer.kind is None or layer.kernels:
            keys.append((layer.kind_name, repr(settings(layer))))
        else:
            if id(layer.kind) not in made:
                made[id(layer.kind)] = repr(settings(layer))
            keys.append((layer.kind_name, made[id(layer.kind)]))
    return keys


def common(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[tuple[int, int]] | None:
    """The longest common subsequence as pairs of indices (Myers 1986); None when too little is common."""
    head = 0
    while head < min(len(old), len(new)) and old[head] == new[head]:
        head += 1
    tail = 0
    while tail < min(len(old), len(new)) - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    middle = _middle(old[head : len(old) - tail], new[head : len(new) - tail])
    if middle is None:
        return None
    return [
        *((index, index) for index in range(head)),
        *((a + head, b + head) for a, b in middle),
        *((len(old) - index, len(new) - index) for index in range(tail, 0, -1)),
    ]


def _middle(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[tuple[int, int]] | None:
    furthest = {1: 0}
    trace: list[dict[int, int]] = []
    for edits in range(min(len(old) + len(new), MOST_EDITS) + 1):
        trace.append({})
        for diagonal in range(-edits, edits + 1, 2):
            down = diagonal == -edits or (diagonal != edits and furthest[diagonal - 1] < furthest[diagonal + 1])
            a = furthest[diagonal + 1] if down else furthest[diagonal - 1] + 1
            while a < len(old) and a - diagonal < len(new) and old[a] == new[a - diagonal]:
                a += 1
            furthest[diagonal] = trace[-1][diagonal] = a
            if a >= len(old) and a - diagonal >= len(new):
                return _backwards(trace, len(old), len(new))
    return None


def _backwards(trace: list[dict[int, int]], a: int, b: int) -> list[tuple[int, int]]:
    """The steps on which both sequences went on, from the end to the start."""
    found = []
    for edits in range(len(trace) - 1, 0, -1):
        before, diagonal = trace[edits - 1], a - b
        down = diagonal == -edits or (diagonal != edits and before[diagonal - 1] < before[diagonal + 1])
        diagonal += 1 if down else -1
        start = before[diagonal], before[diagonal] - diagonal
        while a > start[0] and b > start[1]:
            a, b = a - 1, b - 1
            found.append((a, b))
        a, b = start
    found += [(index, index) for index in range(a - 1, -1, -1)]
    return found[::-1]


def _between(old: Sequence[Layer], left: range, new: Sequence[Layer], right: range, given: set[str]) -> dict[int, int]:
    """The layers of one kind between two places that stand still: as many as possible, those that agree most."""
    best = [[0] * (len(right) + 1) for _old in range(len(left) + 1)]
    worth: dict[tuple[int, int], int] = {}
    for i in reversed(range(len(left))):
        for j in reversed(range(len(right))):
            score = worth[i, j] = _alike(old[left[i]], new[right[j]], given)
            best[i][j] = max(best[i + 1][j], best[i][j + 1], best[i + 1][j + 1] + score if score else 0)
    pairs, i, j = {}, 0, 0
    while i < len(left) and j < len(right):
        if worth[i, j] and best[i][j] == best[i + 1][j + 1] + worth[i, j]:
            pairs[left[i]] = right[j]
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return pairs


def _alike(old: Layer, new: Layer, given: set[str]) -> int:
    """How much speaks for two layers being one: nothing when their kinds differ, or when a name says otherwise."""
    if old.kind_name != new.kind_name or old.name in given or new.name in given:
        return 0
    before, after = settings(old), settings(new)
    equal = [name for name in before.keys() & after.keys() if before[name] == after[name]]
    return 1000 + 10 * len(equal) + int(old.name == new.name)


def _by_name(old: Sequence[Layer], new: Sequence[Layer]) -> dict[int, int]:
    """Layers with the same name and kind, as far as they stand in the same order."""
    places = {(layer.name, layer.kind_name): index for index, layer in enumerate(old)}
    pairs, reached = {}, -1
    for index, layer in enumerate(new):
        place = places.get((layer.name, layer.kind_name), -1)
        if place > reached:
            pairs[place] = index
            reached = place
    return pairs


def _ordered(pairs: Mapping[int, int], old: int, new: int, moved: frozenset[int]) -> list[Pair]:
    back = {after: before for before, after in pairs.items()}

    def gone(start: int, stop: int) -> Iterator[Pair]:
        return (Pair(index, None) for index in range(start, stop) if index not in pairs)

    found: list[Pair] = []
    reached = 0
    for index in range(new):
        before = back.get(index)
        if before is None:  # what was here before is said first
            while reached < old and reached not in pairs:
                found.append(Pair(reached, None))
                reached += 1
        elif before not in moved:
            found += gone(reached, before)
            reached = before + 1
        found.append(Pair(before, index, before in moved))
    return [*found, *gone(reached, old)]
