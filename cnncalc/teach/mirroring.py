"""The layer that maps sizes back, the padding that keeps them, and the windows of an adaptive pooling."""

from __future__ import annotations

from collections.abc import Sequence

from cnncalc.formula import rules
from cnncalc.formula.expression import NotExact
from cnncalc.formula.solve import solve as scan
from cnncalc.kinds import find
from cnncalc.kinds._contract import Kind
from cnncalc.problem import Problem
from cnncalc.teach.asked import ASKED_FOR
from cnncalc.teach.solving import FIELDS, Sizes, Solution, Solved, arriving, sized, with_letters

USUAL_KERNELS = (3, 5, 7)
ROOM = 32
"""The input size at which same padding is tried when none is given; a larger kernel gets more."""

MOST_EQUAL = 50


def mirrored(kind: Kind, n: Sizes) -> Solved | None:
    """The layer with the same window that maps the kind's output sizes back to n; None for a kind without a mirror.

    Both directions are checked: the kind gives m from n, and the mirror n from m.
    """
    family = find(f"{kind.mirror}{kind.rank}d") if kind.mirror else None
    geometry = kind.geometry((arriving(kind, n),))
    m = sized(kind, n)
    if family is None or geometry is None or isinstance(m, Problem):
        return None
    back = family.model_validate(
        {
            "out_channels": arriving(kind, n)[0],
            "kernel_size": list(geometry.kernel),
            "stride": list(geometry.stride),
            "padding": [list(pair) for pair in geometry.padding],
            "dilation": list(geometry.dilation),
            "groups": geometry.groups,
        }
    )
    bare = sized(back, m)
    if isinstance(bare, Problem):
        return Solved(family, m, n, (), {}, refusal=bare)
    if FIELDS["op"] in family.model_fields:
        missing = tuple(wanted - size for wanted, size in zip(n, bare, strict=True))
        if min(missing) >= 0:
            fields = {name: getattr(back, name) for name in family.model_fields}
            # Each axis is given back what the rounding lost along it; the kind refuses more than a stride.
            fields[FIELDS["op"]] = missing
            whole = family.model_construct(**fields)
            back = whole if sized(whole, m) == n else back
    reached = sized(back, m)
    if reached == n:
        return Solved(family, m, n, (Solution(back, m, n),), {})
    near = () if isinstance(reached, Problem) else (Solution(back, m, reached),)
    return Solved(family, m, n, (), {}, near, reached if isinstance(reached, Problem) else None)


def keeping(template: Kind, kernels: Sequence[int], n: Sizes | None) -> Solved:
    """The padding with which each kernel keeps the size at stride 1; even kernels have none."""
    found: list[Solution] = []
    refusal: Problem | None = None
    for k in kernels:
        layer = with_letters(template, {"k": k, "s": 1})
        geometry = layer.geometry((arriving(layer, (ROOM,) * layer.rank),))
        if geometry is None:
            continue
        covered = rules.effective_kernel(k, geometry.dilation[0])
        places = n or (max(ROOM, covered),) * layer.rank
        try:
            half = rules.same_padding_each_side(covered)
        except NotExact:
            continue
        kept = scan(lambda p, layer=layer, places=places: _sizes_of(layer, p, places), places, {"p": [half]})
        found += (Solution(with_letters(layer, choice), places, places) for choice in kept)
        if not found:
            padded = sized(with_letters(layer, {"p": half}), places)
            refusal = padded if isinstance(padded, Problem) else refusal
    size = n or (ROOM,) * template.rank
    nearest: tuple[Solution, ...] = ()
    if not found:
        # Even kernels lie between two odd ones.
        around = sorted({max(1, k + step) for k in kernels for step in (-1, 1)})
        nearest = keeping(template, around, n).solutions if any(k % 2 == 0 for k in kernels) else ()
    return Solved(type(template), n, size, tuple(found), {"k": tuple(kernels)}, nearest, refusal)


def _sizes_of(layer: Kind, p: int, places: Sizes) -> Sizes | None:
    sizes = sized(with_letters(layer, {"p": p}), places)
    return None if isinstance(sizes, Problem) else sizes


def adapted(template: Kind, n: Sizes | None, m: Sizes) -> Solved:
    """An adaptive pooling gives m from any n; without n, those whose windows are all of one size."""
    fields = {name: getattr(template, name) for name in type(template).model_fields}
    layer = type(template).model_construct(**{**fields, ASKED_FOR: m})
    sizes = [n] if n is not None else [tuple(side * times for side in m) for times in range(1, MOST_EQUAL + 1)]
    found = tuple(Solution(layer, places, m) for places in sizes if sized(layer, places) == m)
    return Solved(type(template), n, m, found, {})


def windows(n: int, m: int) -> list[int]:
    """The sizes of the windows that an adaptive pooling lays over n places for m outputs, each size once."""
    common = min(m, 4096)
    return sorted({rules.adaptive_end(i, n, m) - rules.adaptive_start(i, n, m) for i in range(common)})
