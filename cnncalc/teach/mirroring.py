"""The layer that maps sizes back, the padding that keeps them, and the windows of an adaptive pooling."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from cnncalc.formula import rules
from cnncalc.formula.expression import NotExact
from cnncalc.kinds import find
from cnncalc.kinds._contract import Kind
from cnncalc.problem import Problem
from cnncalc.teach.solving import FIELDS, Sizes, Solution, Solved, arriving, sized

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
            # Each axis is given back what the rounding lost along it; the kind refuses more than a stride.
            whole = _with(back, output_padding=missing)
            back = whole if sized(whole, m) == n else back
    reached = sized(back, m)
    if reached == n:
        return Solved(family, m, n, (Solution(back, m, n),), {})
    near = () if isinstance(reached, Problem) else (Solution(back, m, reached),)
    return Solved(family, m, n, (), {}, near, reached if isinstance(reached, Problem) else None)


def keeping(template: Kind, kernels: Sequence[Sizes], n: Sizes | None) -> Solved:
    """The padding with which each kernel (a side per axis) keeps the size at stride 1; even sides have none."""
    found: list[Solution] = []
    refusal: Problem | None = None
    for sides in kernels:
        layer = _with(template, kernel_size=sides, stride=(1,) * template.rank)
        geometry = layer.geometry((arriving(layer, sides),))
        if geometry is None:
            continue
        covered = list(map(rules.effective_kernel, sides, geometry.dilation))
        places = n or (max(ROOM, *covered),) * layer.rank
        try:
            halves = [rules.same_padding_each_side(one) for one in covered]
        except NotExact:
            continue
        layer = _with(layer, padding=tuple((half, half) for half in halves))
        sizes = sized(layer, places)
        if sizes == places:
            found.append(Solution(layer, places, places))
        elif isinstance(sizes, Problem):
            refusal = sizes
    nearest: tuple[Solution, ...] = ()
    if not found and any(side % 2 == 0 for sides in kernels for side in sides):
        # Even kernels lie between two odd ones.
        around = [tuple(side + step if side % 2 == 0 else side for side in kernels[0]) for step in (-1, 1)]
        nearest = keeping(template, around, n).solutions
    size = n or (ROOM,) * template.rank
    return Solved(type(template), n, size, tuple(found), {}, nearest, refusal)


def _with(kind: Kind, **changes: Any) -> Kind:
    """The kind with other values for some fields, which are in range."""
    fields = {name: getattr(kind, name) for name in type(kind).model_fields}
    return type(kind).model_construct(**{**fields, **changes})


def adapted(template: Kind, n: Sizes | None, m: Sizes) -> Solved:
    """An adaptive pooling gives m from any n; without n, those whose windows are all of one size."""
    layer = _with(template, output_size=m)
    sizes = [n] if n is not None else [tuple(side * times for side in m) for times in range(1, MOST_EQUAL + 1)]
    found = tuple(Solution(layer, places, m) for places in sizes if sized(layer, places) == m)
    return Solved(type(template), n, m, found, {})


def windows(n: int, m: int) -> list[int]:
    """The sizes of the windows that an adaptive pooling lays over n places for m outputs, each size once."""
    common = min(m, 4096)
    return sorted({rules.adaptive_end(i, n, m) - rules.adaptive_start(i, n, m) for i in range(common)})
