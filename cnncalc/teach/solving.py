"""Which kernel, stride, padding, dilation or input size gives a wanted output size?

Every candidate is tried with the kind's own rule, so a solution is one by construction and none in range is missed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from cnncalc.formula import rules
from cnncalc.formula.expression import Expression, as_expression, traced
from cnncalc.formula.solve import solve as scan
from cnncalc.kinds._contract import LARGEST, Kind, Role
from cnncalc.problem import Problem, Refused
from cnncalc.record import Record
from cnncalc.shape import Shape

FIELDS = {
    "d": "dilation",
    "k": "kernel_size",
    "s": "stride",
    "p": "padding",
    "op": "output_padding",
}
"""The letters that can be unknown, in the order in which they are tried: small dilations first."""

LARGEST_KERNEL, LARGEST_STRIDE, LARGEST_PADDING, LARGEST_DILATION = 11, 16, 32, 3
LARGEST_OF_BOTH = 8
"""Strides are tried up to this when the kernel is unknown too: everything at once is much to read."""

MOST_NEAREST = 3

Sizes = tuple[int, ...]


class Solution(Record):
    """A layer (kind with its fields) that maps n to m; `usual` marks the commonest choice of several."""

    kind: Kind
    n: Sizes
    m: Sizes
    usual: bool = False

    def values(self) -> dict[str, Any]:
        """The letters with their values; one number where all axes agree."""
        found: dict[str, Any] = {"n": alike(self.n), "m": alike(self.m)}
        for letter in sorted(FIELDS, key="kspd op".find):
            value = own_value(self.kind, letter, self.n)
            if value is not None:
                found[letter] = value
        return found

    def to_dict(self) -> dict[str, Any]:
        """The solution as it stands in JSON."""
        return {**self.values(), "usual": self.usual}

    def sizes(self) -> tuple[Expression, ...]:
        """The size rule with this layer's values, one for each axis."""
        return tuple(map(as_expression, self.kind.output((arriving(self.kind, self.n),), traced)[1:]))


class Solved(Record):
    """What was found: the solutions, smallest first; without any, the nearest ones and the refusal met first.

    `tried` are the letters that were unknown, with the values tried for each.
    """

    kind: type[Kind]
    n: Sizes | None
    m: Sizes
    solutions: tuple[Solution, ...]
    tried: Mapping[str, tuple[int, ...]]
    nearest: tuple[Solution, ...] = ()
    refusal: Problem | None = None

    def to_dict(self) -> dict[str, Any]:
        """The answer as the JSON document of `cnncalc solve --format json`."""
        return {
            "schema_version": 1,
            "kind": self.kind.name,
            "solutions": [solution.to_dict() for solution in self.solutions],
            "count": len(self.solutions),
            "nearest": [solution.to_dict() for solution in self.nearest],
        }


def alike(sizes: tuple[Any, ...]) -> Any:
    """One number where all agree, else a list."""
    return sizes[0] if len(set(sizes)) == 1 else list(sizes)


def own_value(kind: Kind, letter: str, n: Sizes) -> Any:
    """The kind's value for a letter, along its axes; None for a kind without it."""
    geometry = kind.geometry((arriving(kind, n),))
    if geometry is None:
        return None
    if letter == "op":
        extra = getattr(kind, FIELDS["op"], None)
        return None if extra is None else alike(extra)
    if letter == "d" and FIELDS["d"] not in type(kind).model_fields:
        return None
    if letter == "p":
        if all(before == after for before, after in geometry.padding):
            return alike(tuple(before for before, _after in geometry.padding))
        return [list(pair) for pair in geometry.padding]
    return alike({"k": geometry.kernel, "s": geometry.stride, "d": geometry.dilation}[letter])


def arriving(kind: Kind, n: Sizes) -> Shape:
    """An input of these sizes whose channels suit the kind."""
    channels: Any = getattr(kind, "in_channels", None) or getattr(kind, "groups", 1)
    return (channels, *n)


def sized(kind: Kind, n: Sizes) -> Sizes | Problem:
    """The output sizes, or why the kind refuses the input."""
    try:
        return tuple(kind.output((arriving(kind, n),))[1:])
    except Refused as refusal:
        return refusal.problem


def solve(template: Kind, unknown: Iterable[str], n: Sizes, m: Sizes) -> Solved:
    """All values in range of the unknown letters for which the kind, otherwise like `template`, maps n to m."""
    letters = [letter for letter in FIELDS if letter in set(unknown)]
    tried = _ranges(template, letters, n, m)
    own = _window(template)
    seen: dict[tuple[int, ...], tuple[Kind, Sizes | Problem]] = {}

    def rule(**choice: int) -> Sizes | None:
        if not _sensible(own, choice):
            return None
        kind = with_letters(template, choice)
        sizes = sized(kind, n)
        seen[tuple(choice.values())] = (kind, sizes)
        return None if isinstance(sizes, Problem) else sizes

    choices = list(scan(rule, m, tried))
    kinds = [seen[tuple(choice.values())][0] for choice in choices]
    usual = min(kinds, key=_unusual, default=None)
    solutions = tuple(Solution(kind, n, m, len(kinds) > 1 and kind is usual) for kind in kinds)
    if solutions:
        return Solved(type(template), n, m, solutions, tried)
    refusal = next((sizes for _kind, sizes in seen.values() if isinstance(sizes, Problem)), None)
    return Solved(type(template), n, m, (), tried, _nearest(seen.values(), n, m), refusal)


def _window(template: Kind) -> tuple[int, int, int]:
    """Kernel, stride and dilation along the first axis."""
    geometry = template.geometry((arriving(template, (1,) * template.rank),))
    return (1, 1, 1) if geometry is None else (geometry.kernel[0], geometry.stride[0], geometry.dilation[0])


def _nearest(seen: Iterable[tuple[Kind, Sizes | Problem]], n: Sizes, m: Sizes) -> tuple[Solution, ...]:
    """The choices whose sizes come nearest, the usual ones first, one for each size."""
    reached = [(kind, sizes) for kind, sizes in seen if not isinstance(sizes, Problem)]
    reached.sort(key=lambda one: (sum(abs(a - b) for a, b in zip(one[1], m, strict=True)), _unusual(one[0])))
    found: dict[Sizes, Solution] = {}
    for kind, sizes in reached:
        found.setdefault(sizes, Solution(kind, n, sizes))
        if len(found) == MOST_NEAREST:
            break
    return tuple(found.values())


def with_letters(template: Kind, choice: Mapping[str, int]) -> Kind:
    """The template with other values for some letters, the same along every axis."""
    fields = {name: getattr(template, name) for name in type(template).model_fields}
    for letter, value in choice.items():
        fields[FIELDS[letter]] = ((value, value) if letter == "p" else value,) * template.rank
    # The values are in range already, and validating thousands of choices takes most of the time.
    return type(template).model_construct(**fields)


def _sensible(own: tuple[int, int, int], choice: Mapping[str, int]) -> bool:
    """Whether a choice is worth a try; `own` are the k, s and d of the template.

    It is told before a layer is made of it. More padding than d(k − 1) would lay windows in the padding alone; a single
    place has no gaps to widen; and output padding chooses among as many sizes as the stride or the dilation.
    """
    k, s, d = choice.get("k", own[0]), choice.get("s", own[1]), choice.get("d", own[2])
    if "d" in choice and d > 1 and k == 1:
        return False
    if "op" in choice and choice["op"] >= max(s, d):
        return False
    return "p" not in choice or bool(choice["p"] < rules.effective_kernel(k, d))


def _ranges(template: Kind, letters: list[str], n: Sizes, m: Sizes) -> dict[str, tuple[int, ...]]:
    """What is tried for each letter: small values, and those that the sizes suggest."""
    large, small = max(*n, *m), min(*n, *m)
    ratio = large // max(small, 1)
    around = {ratio - 1, ratio, ratio + 1, -(-large // max(small, 1))}
    ranges: dict[str, set[int]] = {}
    for letter in letters:
        match letter:
            case "d":
                ranges["d"] = set(range(1, LARGEST_DILATION + 1))
            case "k":
                ranges["k"] = set(range(1, LARGEST_KERNEL + 1)) | around
            case "s":
                most = LARGEST_OF_BOTH if "k" in letters else LARGEST_STRIDE
                ranges["s"] = set(range(1, most + 1)) | around
            case "p":
                ranges["p"] = set(range(LARGEST_PADDING + 1)) | _halves(template, letters)
            case "op":
                strides = ranges.get("s") or set(template.geometry((arriving(template, n),)).stride)  # type: ignore[union-attr]
                ranges["op"] = set(range(min(max(strides), LARGEST_STRIDE)))
    least = {"p": 0, "op": 0}
    return {
        letter: tuple(sorted(value for value in values if least.get(letter, 1) <= value <= LARGEST))
        for letter, values in ranges.items()
    }


def _halves(template: Kind, letters: list[str]) -> set[int]:
    """Paddings about half of what a given kernel covers: those that keep the size of a large one."""
    geometry = template.geometry((arriving(template, (1,) * template.rank),))
    if geometry is None or "k" in letters:
        return set()
    gaps = range(1, LARGEST_DILATION + 1) if "d" in letters else geometry.dilation
    halves = [rules.same_padding_total(rules.effective_kernel(geometry.kernel[0], d)) // 2 for d in gaps]
    return {half + step for half in halves for step in (-1, 0, 1)}


def _unusual(kind: Kind) -> tuple[Any, ...]:
    """How uncommon a choice is: least for 3×3 with its same padding, and for poolings with kernel = stride."""
    geometry = kind.geometry((arriving(kind, (1,) * kind.rank),))
    if geometry is None:
        return ()
    k, s, d, p = geometry.kernel[0], geometry.stride[0], geometry.dilation[0], geometry.padding[0][0]
    extra = sum(getattr(kind, FIELDS["op"], ()))
    lost = rules.same_padding_total(rules.effective_kernel(k, d)) - rules.symmetric_padding(p)
    if Role.POOLING in kind.roles:
        return (d, k != s, p, abs(k - 2), s)
    if isinstance(kind.window((arriving(kind, (1,) * kind.rank),)), tuple) and FIELDS["op"] in type(kind).model_fields:
        return (d, extra, k % s, lost != s - 1, k, p)
    return (d, lost != 0, k < s, abs(k - 3), s, p)


def input_sizes(template: Kind, m: Sizes) -> Solved:
    """All input sizes from which the kind gives m; sizes grow with the input, so they lie side by side."""
    found: list[range] = []
    for axis, wanted in enumerate(m):
        low = _first(template, axis, wanted)
        high = _first(template, axis, wanted + 1)
        found.append(range(low, high))
    if len(set(m)) == 1 and all(found):
        common = range(max(one.start for one in found), min(one.stop for one in found))
        sides = [(n,) * template.rank for n in common[:10_000]]
        solutions = tuple(Solution(template, n, m) for n in sides if sized(template, n) == m)
        if solutions:
            return Solved(type(template), None, m, solutions, {"n": (common.start, common.stop - 1)})
    if all(found):
        first = tuple(one.start for one in found)
        last = tuple(one.stop - 1 for one in found)
        ends = tuple(Solution(template, n, m) for n in dict.fromkeys((first, last)) if sized(template, n) == m)
        return Solved(type(template), None, m, ends, {"n": ()})
    near = {tuple(max(1, one.start - back) for one in found) for back in (0, 1)}
    reached = [(n, sized(template, n)) for n in sorted(near) if max(n) <= LARGEST]
    refusal = next((sizes for _n, sizes in reached if isinstance(sizes, Problem)), None)
    nearest = tuple(Solution(template, n, sizes) for n, sizes in reached if not isinstance(sizes, Problem))
    return Solved(type(template), None, m, (), {"n": ()}, nearest, refusal)


def input_sizes_behind(template: Kind, m: Sizes, stated: Iterable[str]) -> Solved:
    """The same; where the output padding was left open and none gives m, with the least that does."""
    found = input_sizes(template, m)
    geometry = template.geometry((arriving(template, (1,) * template.rank),))
    if found.solutions or geometry is None or "op" in stated or FIELDS["op"] not in type(template).model_fields:
        return found
    for extra in range(1, min(max(*geometry.stride, *geometry.dilation), LARGEST_STRIDE)):
        other = input_sizes(with_letters(template, {"op": extra}), m)
        if other.solutions:
            return other
    return found


def _first(template: Kind, axis: int, wanted: int) -> int:
    """The smallest input size along an axis that gives at least `wanted`; an input that is refused gives nothing."""
    low, high = 1, 1
    while high <= LARGEST and not _reaches(template, axis, high, wanted):
        low, high = high + 1, high * 2
    if high > LARGEST:
        return LARGEST + 1
    while low < high:
        middle = (low + high) // 2
        if _reaches(template, axis, middle, wanted):
            high = middle
        else:
            low = middle + 1
    return low


def _reaches(template: Kind, axis: int, n: int, wanted: int) -> bool:
    sizes = sized(template, (n,) * template.rank)
    return not isinstance(sizes, Problem) and sizes[axis] >= wanted
