"""Words that an answer would overlook: the side that a padding lies on, a total, what a single filter has of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cnncalc.harmless import harmless
from cnncalc.kinds import find
from cnncalc.problem import Finding
from cnncalc.teach.ask.attached import EACH
from cnncalc.teach.ask.pointing import Pointing
from cnncalc.teach.ask.problems import NotAnswerable, NumberNotRead
from cnncalc.teach.ask.wording import Piece

ALTOGETHER = ("total", "altogether", "combined", "overall", "总共", "一共", "共", "总", "合计")
"""Words that make a padding that of both sides together."""

SINGLE = (*EACH, "every", "per", "for each", "of each")
"""Words in front of one of several things."""

PER_FILTER = ("per filter", "per neuron", "each filter", "each neuron")

PADS = ("pad", "填充", "补")
"""What words for one side have in them that pad it."""

PARTS = ("pixel", "position", "location", "element", "value", "像素", "位置", "元素", "值", "输出值")
"""Parts of a map."""

VALUES = ("value", "values", "elements", "entries", "元素", "值", "数")
"""What a map has height × width × channels of; a size is no count of them."""

SET = ("stride", "padding", "dilation", "kernel_size", "filter", "out_channels", "groups")

NOUGHT = ("zero", "none", "false", "off")
"""Values of what stands in front of them, which deny nothing behind them."""


def overlooked(found: Sequence[Piece], point: Pointing) -> list[Finding]:
    """A problem for each word that changes what is meant, and that no answer takes into account."""
    wrong: list[Finding] = []
    padded = any(one.says("padding") or (one.says("sided") and any(pad in one.text for pad in PADS)) for one in found)
    for at, one in enumerate(found):
        if one.says("sided") and padded:
            wrong.append(point.at(NotAnswerable(harmless(one.text, 40)), one))
        number = None
        if one.says("padding"):
            number = _in_total(found, at)
        elif one.says("no") and one.text not in NOUGHT:
            number = _denied(found, at)
        if number is not None:
            wrong.append(point.at(NumberNotRead(harmless(number.text, 40)), number))
        if (end := _share(found, at)) or (end := _values(found, at)):
            words = point.source.text[one.start : found[end - 1].end]
            wrong.append(point.at(NotAnswerable(harmless(words, 40)), *found[at:end]))
    return wrong


def _meant(found: Sequence[Piece], places: Sequence[int]) -> Iterator[int]:
    """The places of words that are more than fillers."""
    return (at for at in places if found[at].kind != "filler" and not found[at].says("is"))


def _in_total(found: Sequence[Piece], padding: int) -> Piece | None:
    """The number of a padding that is said to be of both sides: `padding of 2 in total`, 总共填充2."""
    near = next(_meant(found, range(padding + 1, min(padding + 4, len(found)))), None)
    if near is None or found[near].kind != "number":
        near = next(_meant(found, range(padding - 1, max(padding - 3, -1), -1)), None)
    if near is None or found[near].kind != "number":
        return None
    first, last = sorted((padding, near))
    if any("圈" in one.text for one in found[first : last + 2]):
        # 共填充1圈: rings are on every side.
        return None
    for at in (*range(max(first - 2, 0), last), *range(last + 1, min(last + 4, len(found)))):
        if found[at].kind == "stop" and at > last:
            return None
        if found[at].text in ALTOGETHER and not any(one.kind == "stop" for one in found[at:first]):
            behind = [one for one in found[at + 1 : at + 4] if one.kind != "filler" and not one.says("with")]
            counts = bool(behind) and at > last and (behind[0].kind == "asked" or behind[0].says("howmany", "what"))
            return None if counts else found[near]
    return None


def _denied(found: Sequence[Piece], at: int) -> Piece | None:
    """The number of a setting that is said not to be there: `without stride 2`."""
    if at and (found[at - 1].says("is", "bias") or found[at - 1].says(*SET)):
        return None
    setting, number = [*(i for i in range(at + 1, len(found)) if found[i].kind != "filler"), -1, -1][:2]
    if setting < 0 or number < 0 or not found[setting].says(*SET):
        return None
    number = next(_meant(found, range(setting + 1, len(found))), -1)
    return found[number] if number >= 0 and found[number].kind in ("number", "size") else None


def _clause(found: Sequence[Piece], at: int) -> Sequence[Piece]:
    first = next((i + 1 for i in range(at - 1, -1, -1) if found[i].kind == "stop"), 0)
    return found[first : next((i for i in range(at, len(found)) if found[i].kind == "stop"), len(found))]


def _share(found: Sequence[Piece], at: int) -> int:
    """Where words for a part of a layer end whose own numbers are asked for: `parameters per filter`; 0 for none."""
    one, end, of_filter = found[at], at + 1, True
    if one.text in SINGLE and not one.says("asked"):
        while end < len(found) and (
            found[end].kind == "size" or found[end].text in ("output", "输出", "input", "输入")
        ):
            end += 1
        noun = found[end] if end < len(found) else one
        if (
            not noun.says("filter", "channels", "in_channels", "out_channels", "out_features")
            and noun.text not in PARTS
        ):
            return 0
        of_filter = noun.says("filter", "out_features")
        end += 1
    elif one.says("one_filter"):
        of_filter = False
        if not any(p.says("filter", "out_channels") for p in found):
            return 0
    elif one.text not in PER_FILTER:
        return 0
    clause = _clause(found, at)
    asks = [p for p in clause if p.kind == "asked"]
    counted = any(p.says("howmany", "what") for p in clause) or bool(asks)
    behind = next((p for p in found[end:] if not p.says("is", "with", "size") and p.text not in ("a", "an")), None)
    front = found[max(at - 3, 0) : at]
    valued = behind is not None and behind.kind in ("number", "size")
    biased = (behind is not None and behind.says("bias")) or any(p.says("bias") for p in front)
    known = of_filter and bool(asks) and all(p.says("weights", "weights_per_neuron", "separate_kernels") for p in asks)
    return end if counted and not valued and not biased and not known else 0


def _values(found: Sequence[Piece], at: int) -> int:
    """Where `how many values` ends; 0 where a size counts them: behind a layer without height and width."""
    if not found[at].says("howmany"):
        return 0
    kinds = [kind for one in found if one.kind == "kind" and (kind := find(one.word)) is not None]
    place = next((i for i in range(at + 1, min(at + 3, len(found))) if found[i].text in VALUES), None)
    if place is None or any(not kind.rank for kind in kinds):
        return 0
    return place + 1
