"""Numbers that no word beside them claims: further values of one word, sizes, counts that stand apart."""

from __future__ import annotations

from cnncalc.kinds import find
from cnncalc.teach.ask.attached import EACH, MOST_STACKED, ON, Attached, counts_biases, counts_maps, keep

SEVERAL = ("kernel_size", "stride", "padding", "dilation")
"""What may have several values, each a question of its own: `for k = 3, 5, 7`."""

COUNTS = ("个数", "数量", "数目", "number", "count")
"""Words that count the filters named elsewhere: `卷积核3×3，个数10`."""


def left_over(held: Attached, index: int) -> None:
    """Give a number that is left to what lacks one, where that is clear."""
    piece = held.pieces[index]
    if counts_maps(held, index):
        return
    if counts_biases(held, index):
        if piece.values == (1,) or piece.values in held.values.get("out_channels", held.values.get("out_features", ())):
            held.used.add(index)
        return
    if _of_convolution(held, index):
        keep(held, "out_channels", index)
        return
    slot = _series(held, index)
    if slot:
        held.several.setdefault(slot, [*held.values[slot]]).append(piece.values)
        held.used.add(index)
        return
    keeps = any(one.says("keep") for one in held.pieces)
    if piece.values in held.values.get("input", ()) and keeps:
        keep(held, "output", index)
        return
    if piece.kind == "size" and len(piece.values) > 1:
        each = [one for one in held.pieces[max(index - 2, 0) : index] if one.text in EACH]
        if each and "kernel_size" not in held.values and any(one.says("filter") for one in held.pieces):
            keep(held, "kernel_size", index)
            return
        small = max(piece.values) <= 11 and len(piece.values) == 2 and "kernel_size" not in held.values
        if small and "in_channels" in held.values and not held.linear:
            keep(held, "kernel_size", index)
        elif "input" not in held.values and "in_features" not in held.values and len(piece.values) <= 4:
            keep(held, "input", index)
        elif "kernel_size" not in held.values and len(piece.values) <= 3 and not held.linear:
            keep(held, "kernel_size", index)
        return
    behind = held.pieces[index + 1] if index + 1 < len(held.pieces) else None
    front = [one for one in held.pieces[max(index - 3, 0) : index] if one.kind != "filler"]
    if _of_sizes(held, index):
        keep(held, "out_channels", index)
        return
    if (held.pieces[index - 1].text in ON or (front and front[-1].text in ON)) and "input" not in held.values and index:
        keep(held, "input", index)
        return
    before = held.pieces[index - 1].text
    counts = any(one.text in COUNTS for one in held.pieces[max(index - 3, 0) : index])
    numbered = before in COUNTS[:3] or (bool(front) and before in (*COUNTS, "数为", "为") and counts)
    them = [one.text for one in held.pieces[index + 1 : index + 3]] == ["of", "them"]
    if (
        behind is not None
        and (behind.text == "个" or them or numbered)
        and any(one.says("filter") for one in held.pieces)
    ):
        if "out_channels" not in held.values:
            keep(held, "out_channels", index)
    elif (
        held.linear
        and "in_features" not in held.values
        and "input" not in held.values
        and "out_features" in held.values
    ):
        keep(held, "in_features", index)


def _of_sizes(held: Attached, index: int) -> bool:
    """Whether a number counts sizes, which can only be kernels: `输入227×227×3，96个11×11`."""
    behind = held.pieces[index + 1 : index + 3]
    counted = len(behind) == 2 and behind[0].text == "个" and behind[1].kind == "size"
    free = "out_channels" not in held.values and "input" in held.values and not held.linear
    return counted and free and held.pieces[index].values[0] > MOST_STACKED and len(behind[1].values) < 4


def _of_convolution(held: Attached, index: int) -> bool:
    """Whether a number counts the filters of the convolution in front: `conv 7×7, 64 of them`, 卷积7×7，64个。"""
    behind = [one.text for one in held.pieces[index + 1 : index + 3]] + ["", ""]
    counted = behind[:2] == ["of", "them"] or (behind[0] == "个" and _ends(held, index + 2))
    kinds = [find(one.word) for one in held.pieces[:index] if one.kind == "kind"]
    convolved = any(kind is not None and "out_channels" in kind.model_fields for kind in kinds)
    # Fewer may as well be layers one behind the other.
    many = held.pieces[index].kind == "number" and held.pieces[index].values[0] > MOST_STACKED
    return counted and convolved and many and "out_channels" not in held.values


def _ends(held: Attached, index: int) -> bool:
    return index >= len(held.pieces) or held.pieces[index].kind == "stop"


def _series(held: Attached, index: int) -> str:
    """The word whose further value this is: the 5 and the 7 of `k = 3, 5, 7`."""
    at, apart = index - 1, False
    while at >= 0 and (held.pieces[at].says("and") or held.pieces[at].text in (",", "、")):
        at, apart = at - 1, True
    if not apart or at < 0 or held.pieces[at].kind != held.pieces[index].kind or at not in held.used:
        return ""
    behind = held.pieces[index + 1 : index + 3]
    if behind and (behind[0].kind not in ("stop", "other", "number", "filler") or behind[0].says("bias")):
        return ""
    if [one.text for one in behind] == ["of", "them"] or (behind and behind[0].text == "个"):
        return ""
    values = held.pieces[at].values
    return next(
        (s for s in SEVERAL for one in (*held.values.get(s, ()), *held.several.get(s, ())) if one == values), ""
    )
