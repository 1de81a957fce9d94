"""What a question says of the biases of its layer: there are some, there are none, or both are asked for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from cnncalc.teach.ask.wording import Piece
from cnncalc.teach.ask.words import COUNTED_IN

USED = ("used", "true")
"""Words behind a bias that say that there is one."""

ONE = ("a", "one", "1", "一", "一个", "own")
"""Words in front of the bias that each filter has."""


def of_bias(segment: Sequence[Piece], at: int, fields: dict[str, Any], open_: dict[str, tuple[Any, ...]]) -> None:
    """Set the field, or leave it open, by what the words around this `bias` say."""
    front, behind = _around(segment, at)
    last = front[-1] if front else None
    denied = any(one.says("no") for one in front[-2:]) and not (last is not None and last.kind == "stop")
    if last is not None and last.says("both"):
        fields.pop("bias", None)
        open_["bias"] = (True, False)
    elif denied or _of_none(segment, at):
        if fields.get("bias") is True or "bias" in open_:
            fields.pop("bias", None)
            open_["bias"] = (True, False)
        else:
            fields["bias"] = False
    elif behind and (behind[0].says("no") or (behind[0].says("is") and len(behind) > 1 and behind[1].says("no"))):
        fields["bias"] = False
    elif fields.get("bias") is False:
        if last is not None and last.says("with"):
            fields.pop("bias")
            open_["bias"] = (True, False)
    elif _stated(segment, at):
        fields["bias"] = True


def told(segment: Sequence[Piece], at: int) -> bool:
    """Whether the words say that there are biases and ask for none: `one bias per filter`, `biases counted`."""
    front, _behind = _around(segment, at)
    if (front and front[-1].says("howmany", "what", "no")) or segment[at].text.startswith("number"):
        return False
    near = [one.text for one in segment[max(at - 2, 0) : at]]
    if (near and near[-1] in ONE) or near in (["1", "个"], ["一", "个"]) or "per " in segment[at].text:
        return True
    before = at - (2 if near[-1:] == ["个"] else 1)
    if (
        before >= 0
        and segment[before].kind == "number"
        and (not before or segment[before - 1].kind in ("stop", "open"))
    ):
        # …, 10 biases
        return True
    return counted_in(segment, at)


def counted_in(segment: Sequence[Piece], at: int) -> bool:
    """Whether it says behind the biases that they count: `biases included`, 偏置也算."""
    front, behind = _around(segment, at)
    listed = bool(front) and front[-1].says("and", "howmany", "what")
    return not listed and _behind(behind) in COUNTED_IN


def _behind(found: Sequence[Piece]) -> str:
    return next((one.text for one in found if not one.says("is")), "")


def _around(segment: Sequence[Piece], at: int) -> tuple[list[Piece], list[Piece]]:
    front, behind = segment[max(at - 4, 0) : at], segment[at + 1 : at + 4]
    return [one for one in front if one.kind != "filler"], [one for one in behind if one.kind != "filler"]


def _stated(segment: Sequence[Piece], at: int) -> bool:
    """Whether the words say that there is a bias: `with bias`, `bias = True`, `one bias each`."""
    front, behind = _around(segment, at)
    if front and (front[-1].says("with", "each") or front[-1].text == "+"):
        return True
    if len(behind) > 1 and behind[0].says("is") and behind[1].says("with"):
        return True
    return told(segment, at) or _behind(behind) in (*USED, *COUNTED_IN)


def _of_none(segment: Sequence[Piece], at: int) -> bool:
    """Whether nothing is said to have one: `no filter has a bias`."""
    for one in reversed(segment[max(at - 8, 0) : at]):
        if one.says("no"):
            return True
        if one.kind != "filler" and not one.says("with", "is", "each", "filter", "out_features"):
            return False
    return False
