"""What a question asks for, by the words that no number stands beside."""

from __future__ import annotations

from collections.abc import Sequence

from cnncalc.kinds import find
from cnncalc.kinds._contract import Role
from cnncalc.record import Record
from cnncalc.teach.ask.attached import ON, Attached
from cnncalc.teach.ask.biases import counted_in, told
from cnncalc.teach.ask.wording import Piece
from cnncalc.teach.ask.words import COMPARED, COUNTED_IN, SIGHT

SOLVED = ("stride", "padding", "kernel_size", "dilation")
"""Fields that can be asked for, as the value that leads to a given output size."""

BARE_SHAPES = ("shape", "dimensions", "shapes", "dims", "dimensionality", "维度", "形状")
"""Words for a shape that may as well be the input's, which is given and not asked for."""


ADDED = (
    *("including", "include", "plus", "counting", "incl"),
    *("含", "包括", "包含", "加", "加上", "算上", "连同", "计入"),
)
"""Words that add the biases behind them to the weights in front."""


EXTREMES = (
    *("smallest", "minimum", "minimal", "min", "least", "largest", "biggest", "maximum", "maximal", "max", "most"),
    *("最", "少"),
)
"""Words that ask for one of several input sizes, where all are answered."""


class Asked(Record):
    """A quantity that is asked for."""

    name: str


def asked(segment: Sequence[Piece], attached: Attached, kind: str, chained: bool) -> list[Asked]:
    """The quantities that a segment of a question asks for, in order."""
    found: list[str] = []
    plain: set[str] = set()
    keeps = any(one.says("keep", "same") for one in segment)
    linear = _is(kind, Role.LINEAR)
    for at, one in enumerate(segment):
        clause = _clause(segment, at)
        asks = any(p.says("howmany", "what") or p.text == "?" for p in clause) or _question_mark(segment, at)
        if one.kind == "asked" and not attached.valued(at):
            found += _quantity(one, segment, at, clause)
        elif (
            one.kind == "kind"
            and asks
            and one.text.startswith(COMPARED)
            and not linear
            and _is(one.word, Role.LINEAR)
            and _is(kind, Role.CONVOLUTION)
        ):
            found = [name for name in found if name not in ("weights",)] + ["fully_connected_weights"]
        elif one.says("bias") and _biases_asked(segment, at, clause, asks):
            found.append("biases")
        elif one.kind == "field" and not attached.valued(at) and (asks or _beside_and(segment, at, attached)):
            own = _field(one, clause, attached, keeps, segment, at)
            plain |= set(own) - set(found)
            found += own
    if "fully_connected_weights" in found and "weights" in found and not any(p.says("and") for p in segment):
        found.remove("weights")
    if "weights_per_neuron" in found and "weights" in found and not any(p.says("weights") for p in segment):
        found.remove("weights")
    if "weights_per_neuron" in found and "weights" not in found and _and_together(segment):
        found.append("weights")
    if "parameters" in found and "biases" in found and _apposition(segment):
        found = [one for one in found if one not in ("biases", "weights")]
    if not found and _ends_with_output(segment, attached):
        found.append("output_size")
    if not found and any(one.text in SIGHT and not attached.valued(at) for at, one in enumerate(segment)):
        found.append("receptive_field")
    if not found and _input_asked(segment, attached):
        found.append("input_size")
    if "output_shape" in found and "output_size" in plain:
        found.remove("output_size")
    if "cost" in found:
        found = [one for one in found if one != "cost"]
        if not {"macs", "flops", "multiplications", "additions"} & set(found):
            found.append("multiplications")
    return [Asked(name) for name in dict.fromkeys(found)]


def _and_together(segment: Sequence[Piece]) -> bool:
    """`weights per filter, and in total`: behind `and` all of them are asked for."""
    texts = [one.text for one in segment]
    for at, one in enumerate(segment):
        if one.says("and") and any(text in TOGETHER for text in texts[at + 1 : at + 4]):
            return True
    return False


def _is(name: str, role: Role) -> bool:
    kind = find(name) if name else None
    return kind is not None and role in kind.roles


def _clause(segment: Sequence[Piece], at: int) -> Sequence[Piece]:
    first = last = at
    while first > 0 and segment[first - 1].kind != "stop":
        first -= 1
    while last + 1 < len(segment) and segment[last].kind != "stop":
        last += 1
    return segment[first : last + 1]


def _question_mark(segment: Sequence[Piece], at: int) -> bool:
    """Whether `= ?` follows the word."""
    behind = [one.text for one in segment[at + 1 : at + 4]]
    return "?" in behind and all(text in ("=", "?", "is") for text in behind[: behind.index("?")])


def _quantity(one: Piece, segment: Sequence[Piece], at: int, clause: Sequence[Piece]) -> list[str]:
    name = one.word
    before = segment[max(at - 3, 0) : at]
    if name in ("weights", "parameters"):
        whether = any(p.says("howmany", "what") or p.text in ("吗", "么", "没有") for p in clause)
        if any(p.says("with", "keep") and p.text not in ("use", *COUNTED_IN) for p in before[-1:]) and not whether:
            return []
        behind = segment[at + 1 : at + 6]
        if name == "weights" and any(p.says("each") for p in behind):
            return ["weights_per_neuron"]
        if name == "weights" and _with_bias(segment, at):
            return ["parameters"]
    given = any(p.says("input") for p in before) and not any(p.says("output") for p in clause)
    if name == "output_shape" and one.text in BARE_SHAPES and given:
        return []
    kept = any(p.says("keep") for p in clause) and not any(p.says("output", "howmany") for p in clause)
    if name == "output_size" and one.text in ("spatial size", "spatial dimensions", "spatial resolution") and kept:
        return []
    if (
        name in ("output_size", "output_shape")
        and any(p.says("keep") for p in clause)
        and any(p.says("padding") for p in segment)
        and any(p.says("what", "howmany") for p in segment)
        and _padding_asked(segment)
    ):
        return []
    return [name]


def _padding_asked(segment: Sequence[Piece]) -> bool:
    """Whether a padding stands without a number, in a question about keeping the size."""
    for at, one in enumerate(segment):
        if one.says("padding"):
            behind = [p for p in segment[at + 1 : at + 5] if p.kind != "filler"]
            front = [p for p in segment[max(at - 2, 0) : at] if p.kind != "filler"]
            return not any(p.kind == "number" for p in [p for p in behind if not p.says("is")][:1] + front[-1:])
    return False


def _with_bias(segment: Sequence[Piece], at: int) -> bool:
    """Whether `including biases` follows."""
    for place in range(at + 1, min(at + 7, len(segment))):
        if segment[place].says("bias"):
            if counted_in(segment, place):
                return True
            between = segment[at + 1 : place]
            return any(one.text in ADDED for one in between) and not any(one.says("no") for one in between)
    return False


def _apposition(segment: Sequence[Piece]) -> bool:
    """`parameters (weights and biases)`: one question, not three."""
    texts = [one.text for one in segment]
    places = [i for i, one in enumerate(segment) if one.says("parameters")]
    for at in places:
        if any(
            text in ("(", "including", "include", "包括", "含", "包含", "counting") for text in texts[at + 1 : at + 3]
        ):
            return True
    return False


def _biases_asked(segment: Sequence[Piece], at: int, clause: Sequence[Piece], asks: bool) -> bool:
    before = [one for one in segment[max(at - 4, 0) : at] if one.kind != "filler"]
    behind = list(segment[at + 1 : at + 3])
    beside = before[-2] if len(before) > 1 and (before[-1].says("and") or before[-1].text == ",") else None
    if beside is not None and beside.kind == "asked" and not (behind and behind[0].text in (*COUNTED_IN, "=", ":")):
        listed = before[-1].says("and") and any(p.says("howmany", "what") for p in clause)
        if listed or not behind or behind[0].kind == "stop":
            # How many weights and biases are used?
            return True
    if told(segment, at):
        return False
    if before and (before[-1].says("no", "with", "both", "each", "is") or before[-1].kind in ("number",)):
        return False
    if any(one.says("no", "with", "both") for one in before[-2:]):
        return False
    if segment[at].text in ("偏置个数", "偏置数", "number of biases"):
        return True
    if behind and behind[0].says("is", "no") and not any(one.text in ("?",) or one.says("howmany") for one in behind):
        return False
    listed = any(one.kind == "asked" for one in clause)
    return asks or listed


def _field(
    one: Piece, clause: Sequence[Piece], attached: Attached, keeps: bool, segment: Sequence[Piece], at: int
) -> list[str]:
    """A field without a number in a clause that asks."""
    name = one.word
    if len(one.meaning) > 1 and one.kind == "field" and name not in SOLVED:
        return []
    others = any(p.kind == "asked" for p in clause)
    sized = any(p.text in ("how big", "how large", "多大", "size", "大小", "尺寸", "how wide") for p in clause)
    if name == "output" and "output" not in attached.values:
        if _beside_and(segment, at, attached):
            return ["output_size"]
        if not others and not sized and _maps_counted(clause, one):
            return ["output_shape"]
    if name == "output":
        solving = (
            any(p.says(*SOLVED) and not attached.valued(i) for i, p in enumerate(segment) if p in clause)
            and "output" in attached.values
        )
        return [] if others or solving or "output" in attached.values else ["output_size"]
    if name == "filter" and sized and not others and "kernel_size" not in attached.values:
        return ["kernel_size"] if "output" in attached.values else []
    if name == "padding":
        if attached.values.get("padding") or (others and not keeps):
            return []
        if any(p.says("no_padding") for p in segment):
            return []
        if keeps:
            return ["padding"] if any(p.says("what", "howmany") or p.text == "?" for p in segment) else []
        return ["padding"] if "output" in attached.values else []
    if name == "kernel_size" and one.text in SIGHT:
        return ["receptive_field"]
    if name in SOLVED:
        return [name] if not others and name not in attached.values and "output" in attached.values else []
    if name == "channels" and ("map" in one.text or "特征图" in one.text) and not others and sized:
        return ["output_size"]
    if name in ("out_channels", "out_features", "channels", "filter") and not others:
        words = [p for p in clause if p.says("howmany") or p.text.startswith("number of")]
        return ["output_shape"] if words and _thing_asked(clause, one) else []
    return []


def _beside_and(segment: Sequence[Piece], at: int, attached: Attached) -> bool:
    """Whether the output is one of two things that are asked for: `output on 56×56 and params?`."""
    if not segment[at].says("output") or not segment[at].text.startswith(("output", "输出")):
        return False
    for places in (range(at + 1, len(segment)), range(at - 1, -1, -1)):
        for place in places:
            one = segment[place]
            if one.says("and") or (one.text == "," and place > at):
                beyond = segment[place + 1 : place + 3] if place > at else segment[max(place - 2, 0) : place]
                ends = place > at or [p.kind for p in segment[at + 1 : at + 2]] in ([], ["stop"])
                return ends and any(p.kind == "asked" for p in beyond)
            plain = one.kind in ("filler", "number", "size") or one.text in ON
            if not plain or attached.slots.get(place, "input") != "input":
                break
    return False


def _maps_counted(clause: Sequence[Piece], one: Piece) -> bool:
    """Whether the maps that come out are counted: 输出特征图有几个, `how many output feature maps`."""
    number = any(p.text in ("几个", "多少个", "how many", "number of") for p in clause)
    return number and ("map" in one.text or "特征图" in one.text) and not any(p.says("padding") for p in clause)


def _thing_asked(clause: Sequence[Piece], one: Piece) -> bool:
    """Whether `how many` stands right beside the word."""
    at = list(clause).index(one)
    around = [p for p in clause[max(at - 2, 0) : at + 3] if p.kind != "filler"]
    return one.text.startswith("number of") or any(p.says("howmany") for p in around)


ONE_OF_THEM = (
    *("first", "second", "third", "last", "final", "this", "each", "part", "step"),
    *("最后", "最后的", "第", "该", "这", "这个", "每", "每个"),
)
"""Words that single a layer out of several."""

TOGETHER = (
    *("total", "altogether", "together", "all", "whole", "network"),
    *("一共", "总", "总共", "共", "全部", "所有", "整个"),
)
"""Words that mean all layers."""


def of_one(found: Sequence[Piece]) -> bool:
    """Whether the question, behind its last number, names the layer that it asks about: `… in the second layer`."""
    numbers = [at for at, one in enumerate(found) if one.kind in ("number", "size", "call")]
    tail = found[numbers[-1] + 1 if numbers else 0 :]
    first = next((at for at, one in enumerate(tail) if one.kind == "stop" or one.text == ":"), 0)
    asks = [at for at, one in enumerate(found) if one.kind == "asked"]
    front = _clause(found, asks[0]) if asks and (not numbers or asks[0] < numbers[-1]) else ()
    front = [one for one in front if found.index(one) < asks[0] + 6] if asks else []
    if any(one.text in TOGETHER for one in (*front, *tail)):
        return False
    for at, one in enumerate(found[1:]):
        if (
            one.text in ("has", "have", "need", "needs", "learn", "contain")
            and found[at].kind == "kind"
            and asks
            and asks[0] < at
        ):
            # … does the convolution have
            return True
    named = any(one.kind == "kind" or one.says("depthwise", "pointwise") for one in tail[first:])
    return named or any(one.text in ONE_OF_THEM or "hidden" in one.text or "隐" in one.text for one in (*front, *tail))


def _input_asked(segment: Sequence[Piece], attached: Attached) -> bool:
    """Whether the size in front of a given output is asked for: `what input size gives 7×7?`, 输入多大."""
    if "output" not in attached.values or {"input", "width", "height", "in_features"} & set(attached.values):
        return False
    if any(one.text in EXTREMES for one in segment):
        return False
    for at, one in enumerate(segment):
        if one.says("input") and not attached.valued(at):
            front = [p for p in segment[max(at - 4, 0) : at] if p.kind != "filler"]
            behind = [p for p in segment[at + 1 : at + 5] if p.kind != "filler" and not p.says("is", "size", "with")]
            if any(p.says("what", "howmany") for p in (*front[-1:], *behind[:1])):
                return True
    return False


def _ends_with_output(segment: Sequence[Piece], attached: Attached) -> bool:
    """Whether the last word is the output: `7×7 input, 3×3 kernel, output`."""
    meant = [at for at, one in enumerate(segment) if one.kind not in ("filler", "stop") and not one.says("is", "size")]
    return bool(meant) and segment[meant[-1]].text in ("output", "输出") and not attached.valued(meant[-1])
