"""Which word each number of a question belongs to: `stride 2`, `10 filters`, `k = 3, 5, 7`, `3 → 64 channels`."""

from __future__ import annotations

from collections.abc import Sequence

from cnncalc.teach.ask.attached import Attached, counts_biases, counts_maps, is_article, keep
from cnncalc.teach.ask.left_over import left_over
from cnncalc.teach.ask.nouns import ahead_noun, back_noun, choices
from cnncalc.teach.ask.pairs import pairs, run
from cnncalc.teach.ask.slots import slot_beside
from cnncalc.teach.ask.wording import Piece

LARGEST_KERNEL = 11
"""Sides up to this may be a kernel's that nobody calls one."""

TAKEN = ("把", "将")
"""Words in front of what a layer takes: `3×3卷积把56×56变成多少`."""


def attach(pieces: Sequence[Piece], layer_kind: str = "") -> Attached:
    """The numbers of a question's pieces by what they mean, for a layer of this kind."""
    held = Attached(pieces, layer_kind)
    run(held)
    pairs(held)
    for step in (_attach, left_over):
        for index, piece in enumerate(pieces):
            if piece.kind in ("number", "size") and index not in held.used:
                step(held, index)
    _maps(held)
    return held


def _attach(held: Attached, index: int) -> None:
    piece = held.pieces[index]
    if counts_biases(held, index):
        return
    if piece.kind == "size" and _taken(held, index):
        keep(held, "input", index)
        return
    if piece.kind == "size" and _of_a_kernel(held, index):
        keep(held, "kernel_size", index)
        return
    back, joined, sized = back_noun(held, index)
    ahead, measured = ahead_noun(held, index)
    if piece.kind == "number" and (slot := _in_and_out(held, index)):
        keep(held, slot, index)
        return
    for noun, order in choices(held, index, back, joined or sized, ahead, measured):
        slot = slot_beside(held, piece, noun, order, sized, measured, index)
        if is_article(piece) and slot != "out_channels":
            continue
        if slot and slot not in held.nouns.get(noun, set()):
            keep(held, slot, index, noun)
            return


def _of_a_kernel(held: Attached, index: int) -> bool:
    """Whether a size in front of another word with its own number is a kernel's: the 3×3 of `with 3×3 stride 2`."""
    setting, number = [*held.pieces[index + 1 : index + 3], None, None][:2]
    if setting is None or number is None or not setting.says("stride", "padding", "dilation"):
        return False
    named = "kernel_size" in held.values or any(one.says("filter", "kernel_size") for one in held.pieces)
    back = back_noun(held, index)[0]
    owned = back is not None and (held.pieces[back].kind == "kind" or back not in held.nouns)
    small = max(held.pieces[index].values) <= LARGEST_KERNEL
    return number.kind == "number" and not named and not owned and small


def _maps(held: Attached) -> None:
    """The maps in front of a size are channels of what the size belongs to."""
    slots = {"input": "in_channels", "output": "out_channels"}
    for index in range(len(held.pieces)):
        if index not in held.used and counts_maps(held, index) and held.slots.get(index + 2) in slots:
            keep(held, slots[held.slots[index + 2]], index)


def _taken(held: Attached, index: int) -> bool:
    """Whether a size is what a layer takes."""
    ahead = ahead_noun(held, index)[0]
    free = "input" not in held.values and (ahead is None or held.pieces[ahead].kind == "asked")
    return free and index > 0 and held.pieces[index - 1].text in TAKEN


def _in_and_out(held: Attached, index: int) -> str:
    """`64 in, 128 out`: channels, or features of a fully connected layer."""
    texts = [one.text for one in held.pieces[index + 1 : index + 3]] + ["?"]
    front = [one.text for one in held.pieces[max(index - 2, 0) : index]]
    if front in (["in", "="], ["out", "="]) and {"in", "out"} <= {one.text for one in held.pieces}:
        # in=64, out=128
        return f"{front[0]}_{'features' if held.linear else 'channels'}"
    if texts[0] not in ("in", "out") or texts[1] not in (",", "?", "and", ".", ")", ";", "/", ":"):
        return ""
    if not any(one.text == "in" for one in held.pieces):
        return ""
    return f"{texts[0]}_{'features' if held.linear else 'channels'}"
