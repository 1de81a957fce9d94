"""Several layers of one description: `three stacked 3×3 convolutions`; and what they are said to stand in for."""

from __future__ import annotations

from collections.abc import Sequence

from cnncalc.record import Record, changed
from cnncalc.teach.ask.claims import Claim
from cnncalc.teach.ask.wording import Piece
from cnncalc.teach.ask.words import SIGHT

MOST = 10
"""Layers that a number in words stands for; more are hardly meant."""


class Stack(Record):
    """How often layers follow themselves, and the receptive field that all together are said to have.

    `counts` are the numbers that say so, by the places where the sizes of their layers begin.
    """

    counts: dict[int, Piece]
    claim: Claim | None = None


def apart(found: Sequence[Piece], written: str) -> tuple[list[Piece], Stack]:
    """The question with one layer instead of the stack, and how high that is.

    `two 3×3 replace one 5×5` claims a receptive field: that is asked instead of the second size.
    """
    rest = list(found)
    sizes = [at for at, one in enumerate(rest) if one.kind == "size" and len(set(one.values)) == 1]
    counted = [(count, at) for at in sizes if (count := _count(rest, at)) is not None]
    stack = Stack({})
    several = len(counted) > 1
    if several and not all(_sight_of_layers(rest, size) for _count, size in counted):
        counted = []
    for count, size in reversed(counted):
        other = next((at for at in sizes if at != size), None)
        replaces = any(one.says("replaces", "instead") for one in rest)
        counts = {rest[size].start: rest[count]}
        if not several and replaces and len(sizes) == 2 and other is not None and _alone(rest, {count, *sizes}):
            stack = Stack(counts, Claim(written[rest[other].start : rest[other].end]))
            _ask_for_sight(rest, other)
        elif any(one.says("stacked") for one in rest) or _sight_of_layers(rest, size):
            stack = Stack({**stack.counts, **counts})
        if rest[size].start in stack.counts:
            rest[count] = _filler(rest[count])
            if not _named(rest, size):
                rest.insert(size + 1, changed(rest[size], kind="field", text="filter", meaning=("filter",), values=()))
    for at, one in enumerate(rest):
        if one.says("stacked"):
            silent = bool(stack.counts) or one.text in ("stack", "stacks", "连续", "consecutive")
            rest[at] = _filler(one) if silent else changed(one, meaning=("times",))
        elif one.says("replaces"):
            rest[at] = _filler(one)
    return rest, stack


def _filler(one: Piece) -> Piece:
    return changed(one, kind="filler", meaning=(), values=())


def _count(found: Sequence[Piece], size: int) -> int | None:
    """The number of layers in front of a size."""
    for at in range(size - 1, max(size - 5, -1), -1):
        one = found[at]
        if one.kind == "number":
            return at if 2 <= one.values[0] <= MOST else None
        if one.kind != "filler" and not one.says("stacked"):
            return None
    return None


def _alone(found: Sequence[Piece], known: set[int]) -> bool:
    """Whether nothing else is said or asked that has a number, beside `one` and the channels."""
    for at, one in enumerate(found):
        if at in known or (one.kind == "number" and one.values == (1,)):
            continue
        if one.kind in ("number", "size", "unread", "call", "asked") or one.says("howmany", "beyond"):
            return False
    return True


def _ask_for_sight(rest: list[Piece], other: int) -> None:
    """Ask for the receptive field where a size stands, and leave out `one` in front of it."""
    rest[other] = changed(rest[other], kind="asked", text=SIGHT[0], meaning=("receptive_field",), values=())
    for at, one in enumerate(rest):
        if (one.kind == "number" and one.values == (1,)) or (one.kind == "field" and one.text in SIGHT):
            rest[at] = _filler(one)


def _sight_of_layers(found: Sequence[Piece], size: int) -> bool:
    """Whether the receptive field of several convolutions is asked for, and not of several kernels of one."""
    behind = next((one for one in found[size + 1 :] if one.kind != "filler"), None)
    return any(one.text in SIGHT for one in found) and behind is not None and behind.kind == "kind"


def _named(found: Sequence[Piece], size: int) -> bool:
    behind = next((one for one in found[size + 1 :] if one.kind != "filler"), None)
    return behind is not None and (behind.kind == "kind" or behind.says("filter"))
