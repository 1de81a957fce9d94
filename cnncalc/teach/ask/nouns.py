"""The words in front of and behind a number that it may belong to, the likeliest first."""

from __future__ import annotations

from cnncalc.kinds import find
from cnncalc.teach.ask.attached import ON, Attached
from cnncalc.teach.ask.words import COUNTED, SIGHT

GENERIC = ("input", "output", "filter")
"""Nouns that leave a number to the counted thing behind it: `input 3 channels`."""


def choices(
    held: Attached, index: int, back: int | None, joined: bool, ahead: int | None, measured: bool
) -> list[tuple[int, str]]:
    """The nouns that may be meant, the likeliest first."""
    behind = [] if back is None else [(back, "back")]
    front = [] if ahead is None else [(ahead, "ahead")]
    if ahead is None or back is None:
        return behind + front
    if _set_in_a_row(held, index, back, ahead):
        return behind + front
    counts = held.pieces[ahead].kind == "field" and (held.pieces[ahead].word in COUNTED or measured)
    generic = held.pieces[back].kind == "kind" or held.pieces[back].word in GENERIC
    taken = bool(held.nouns.get(back)) and not (held.pieces[index].kind == "size" and held.pieces[back].says("filter"))
    front_noun = held.pieces[ahead].kind == "field" and held.pieces[ahead].word not in (
        "stride",
        "padding",
        "dilation",
    )
    sight = held.pieces[back].text in SIGHT
    if sight and held.pieces[ahead].kind == "kind" and any(one.text == "of" for one in held.pieces[back:index]):
        return front + behind
    if ((held.pieces[back].kind == "kind" or sight) and front_noun) or held.pieces[index - 1].text == ":":
        return front + behind
    beside = front_noun or held.pieces[ahead].kind == "kind"
    if ahead == index + 1 and back < index - 1 and not joined and beside:
        return front + behind
    if joined and not (generic and counts):
        return behind + front
    if measured or taken or (generic and counts):
        return front + behind
    return behind + front


def _set_in_a_row(held: Attached, index: int, back: int, ahead: int) -> bool:
    """Whether words stand in front of their numbers: `输入7×7 卷积核3 步长2`, `input 7×7 kernel 3×3 stride 2`."""
    first, own, second = held.pieces[back], held.pieces[index], held.pieces[ahead]
    if back != index - 1 or ahead != index + 1 or second.kind != "field":
        return False
    close = first.end == own.start and own.end < second.start and not first.text.isascii()
    if close and not (own.kind == "number" and second.says("channels", "in_channels", "out_channels")):
        return True
    after = [*held.pieces[ahead + 1 : ahead + 3], None, None][:2]
    if first.kind == "kind" and own.kind == "size" and second.says("output") and after[0] and after[0].kind == "size":
        # conv 3×3 output 7×7, and not conv 7×7 output 3×3 kernel
        return after[1] is None or not after[1].says("filter", "kernel_size", "input")
    # The word ahead has a number of its own behind it, and so on to the end.
    rest = [one.kind for one in held.pieces[ahead : ahead + 4]]
    return own.kind == "size" and rest[:3] == ["field", "size", "field"] and first.says("input", "filter")


def back_noun(held: Attached, index: int) -> tuple[int | None, bool, bool]:
    """The noun in front of a number, whether a verb or an equals sign joins them, and whether `size` does."""
    joined = sized = False
    for at in range(index - 1, max(index - 9, -1), -1):
        piece = held.pieces[at]
        if piece.says("is"):
            joined = True
        elif piece.says("size"):
            sized = True
        elif (
            piece.kind in ("filler", "open")
            or piece.says("each", "what", "keep")
            or piece.text in ("^", "has", "have", "有", "@")
            or (piece.kind == "number" and held.pieces[at + 1].text == "@")
        ):
            continue
        elif piece.kind == "kind" and _leads_on(held, at, index, joined and not sized):
            return None, joined, sized
        elif piece.kind == "kind" or (piece.kind in ("field", "asked")):
            return at, joined, sized
        else:
            return None, joined, sized
    return None, joined, sized


def _leads_on(held: Attached, at: int, index: int, joined: bool) -> bool:
    """Whether a number behind a layer is not its own: `a pooling on 28×28`, `the convolution is 3`."""
    kind = find(held.pieces[at].word)
    if kind is not None and "output_size" in kind.model_fields:
        # An adaptive pooling leads to its output.
        return False
    on = any(one.text in ON for one in held.pieces[at + 1 : index])
    return on or (held.pieces[index].kind == "number" and joined)


def ahead_noun(held: Attached, index: int) -> tuple[int | None, bool]:
    """The noun behind a number, and whether a measure word says that things are counted."""
    measured = held.pieces[index].word == "numeral"
    skipped_size = False
    for at in range(index + 1, min(index + 9, len(held.pieces))):
        piece = held.pieces[at]
        if piece.text == "/" or (piece.kind == "number" and held.pieces[at - 1].text == "/" and at > index + 1):
            # 7×7/2 conv
            continue
        if piece.kind == "field" and len(piece.meaning) > 1:
            # A letter belongs to the value behind it: 7×7 k3 s2.
            return None, measured
        if piece.kind == "filler":
            measured = measured or piece.text in (
                "个",
                "different",
                "separate",
                "learnable",
                "distinct",
                "不同的",
                "种",
            )
        elif (
            piece.text == "@"
            or (piece.kind == "other" and piece.word in ("size", "grey", "colour", "each", "two_d"))
            or (piece.text in ("full",))
        ):
            continue
        elif piece.kind == "size" and held.pieces[index].kind == "number" and not skipped_size:
            skipped_size = True
        elif _between(held, at, index):
            continue
        elif piece.kind in ("kind", "field") or (piece.kind == "asked" and piece.word == "output_size"):
            if skipped_size and not (piece.kind == "kind" or piece.word in ("filter", "channels")):
                return None, False
            return at, measured or skipped_size
        else:
            return None, measured
    return None, measured


def _between(held: Attached, at: int, index: int) -> bool:
    """Whether a word may stand between a number and its noun: `5×5 gizmo kernels`, `3×3 same convolution`."""
    strange = held.pieces[at].kind == "unknown" and at == index + 1 and held.pieces[index].kind == "size"
    return strange or held.pieces[at].says("depthwise", "pointwise", "same", "valid")
