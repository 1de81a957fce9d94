"""Where in a question the description of one layer ends and that of the next begins."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from cnncalc.teach.ask.wording import Piece


def segments(found: Sequence[Piece]) -> list[Sequence[Piece]]:
    """The pieces of each layer: cut where a next layer is said to follow, and in front of every further call."""
    cuts: list[int] = []
    in_order = any(one.says("in_order") for one in found)
    for at, one in enumerate(found):
        ahead = found[at + 1 :]
        layer_before = any(
            p.kind in ("kind", "call") or p.says("filter", "kernel_size") for p in found[(cuts[-1] if cuts else 0) : at]
        )
        numbers = one.kind == "arrow" and at and ahead and {found[at - 1].kind, ahead[0].kind} <= {"number", "size"}
        if numbers and not (len(ahead) > 1 and ahead[1].kind == "kind" and ahead[0].kind == "size"):
            continue
        follows = (one.says("then") or one.kind == "arrow") and layer_before and _layer_follows(ahead)
        called = one.kind == "call" and any(p.kind == "call" for p in found[(cuts[-1] if cuts else 0) : at])
        in_turn = (
            in_order and one.kind == "kind" and any(p.kind == "kind" for p in found[(cuts[-1] if cuts else 0) : at])
        )
        if follows or called or in_turn:
            cuts.append(at)
    edges = [0, *cuts, len(found)]
    return [found[a:b] for a, b in itertools.pairwise(edges)]


def _layer_follows(ahead: Sequence[Piece]) -> bool:
    for one in ahead[:12]:
        if one.says("then") or one.kind == "arrow":
            return False
        if one.kind in ("kind", "call") or one.says("filter"):
            return True
        if one.kind == "asked" or one.text in ("?", "\n", "."):
            return False
    return False
