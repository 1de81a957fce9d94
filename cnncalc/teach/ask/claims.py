"""An answer that a question brings along, to be checked: `why is the output 4?`, `我算的是3，对吗`, `is it 3?`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cnncalc.record import Record, changed
from cnncalc.spec.numbers import UNITS
from cnncalc.teach.ask.wording import Piece
from cnncalc.teach.ask.words import SIGHT

QUESTIONING = ("is", "isn't", "are", "aren't", "was", "does", "do", "has", "have")
"""How a clause begins that asks whether something is so."""

OTHERWISE = ("而", "and", "rather than", "instead of", "not", "不是", "而不是", ",", "不", "是", "why", "or")
"""Words between an answer and one that is held to be wrong: `4 and not 3`."""

WRITTEN_UNITS = tuple(unit.lower() for unit in UNITS)

ABOUT = ("about", "around", "约", "~", "≈")
"""Words right in front of a number that make it a rough one; elsewhere they mean nothing."""

FROM = ("from", "从", "由")
"""Words in front of what comes in."""

WRONG = ("wrong", "incorrect", "mistaken", "impossible", "false", "错", "假")
"""Words of a claim's own clause that deny it, beside those that mean `not`."""

SETTINGS = ("bias", "padding", "stride", "dilation", "groups", "output_padding")
"""What `no` may stand beside without denying anything that is claimed."""

SOLVED = ("stride", "padding", "kernel_size", "dilation")

ASKING = (
    *(
        "what",
        "which",
        "how big",
        "how large",
        "how wide",
        "how tall",
        "how long",
        "how deep",
        "what's",
        "whats",
        "find",
    ),
    *("多大", "要多大", "什么", "是几", "哪个", "多长", "几乘几", "多宽", "多高", "求", "determine"),
)
"""Words that ask for a number and leave none to be claimed."""

AWAY = ("for", "when", "if", "from", "with", "on", "as", "to")
"""Words behind an answer that lead back to what is given: `I got 3 for input 7`."""


class Claim(Record):
    """The answer that is claimed, as it is written; `doubted` is one that is named only to be denied, else empty.

    `unclear` is a word for which the claim cannot be judged as `this number is the answer`.
    """

    answer: str
    doubted: str = ""
    unclear: Piece | None = None


def apart(found: Sequence[Piece], written: str) -> tuple[list[Piece], Claim | None]:
    """The question without the answer that it claims, and that answer.

    Where a number stands in place of what is asked, `how many` is put there.
    """
    rest = list(found)
    claim = _claimed(rest, written)
    for at, one in enumerate(rest):
        if one.says("claims") and one.word != one.text and claim is None and one.text.endswith(("get", "got", "得到")):
            rest[at] = changed(one, kind="field", meaning=("output",))
        elif one.says("claims", "checks", "why"):
            rest[at] = changed(one, kind="filler", meaning=())
    return rest, claim


def _claimed(rest: list[Piece], written: str) -> Claim | None:
    """The claim of the clause that asks if something is so; else the one number that is said to come out."""
    for anywhere in (False, True):
        for at, one in enumerate(rest):
            if one.kind in ("number", "size", "unread") and one.word != "numeral":
                end = _end(rest, at)
                noun = _noun(rest, at, end)
                if _is_claim(rest, at, end, noun, anywhere):
                    return _take(rest, at, end, written, noun)
    return None


def _is_claim(rest: Sequence[Piece], at: int, end: int, noun: int | None, anywhere: bool) -> bool:
    if _given(rest, end) or (at and rest[at - 1].text in FROM):
        return False
    solved = noun is not None and rest[noun].says(*SOLVED) and rest[noun].text not in SIGHT
    if noun is not None and solved and (not _first(rest, noun) or any(one.kind == "asked" for one in rest)):
        return False
    if _led_by_claim(rest, at):
        return not solved
    if any(one.says("howmany") or (one.says("what") and one.text in ASKING) for one in rest):
        return False
    if noun is None:
        return _nothing_but_why(rest, at) and _nothing_behind(rest, end)
    return _asks_of(rest, at) or (anywhere and not solved and any(one.says("checks", "why", "claims") for one in rest))


def _take(rest: list[Piece], at: int, end: int, written: str, noun: int | None) -> Claim:
    """The answer at this place; `how many` is put there instead of it, or nothing where it stands by itself."""
    denied = _denied(rest, at)
    said = written[rest[at].start : rest[end - 1].end]
    other = _other(rest, end)
    unclear = _unclear(rest, at, end, other, noun)
    doubted = "" if other is None else written[rest[other].start : rest[other].end]
    for place in (*range(at, end), *(() if other is None else range(end, other + 1))):
        rest[place] = changed(rest[place], kind="filler", text="", meaning=(), values=())
    if noun is not None:
        rest[at] = changed(rest[at], kind="other", text="how many", meaning=("howmany",))
    for place in range(max(at - 3, 0), at):
        if denies(rest, place, noun):
            rest[place] = changed(rest[place], kind="filler", meaning=())
    return Claim("", said, unclear) if denied else Claim(said, doubted, unclear)


def _end(rest: Sequence[Piece], at: int) -> int:
    """Where a number ends, with the unit that is written to it: `138M`, `1.4 亿`, `4.1 million`."""
    behind = rest[at + 1] if at + 1 < len(rest) else None
    if behind is None or behind.start - rest[at].end > 1:
        return at + 1
    for end in (at + 3, at + 2):
        unit = rest[at + 1 : end]
        if "".join(one.text for one in unit) in WRITTEN_UNITS and all(
            one.kind in ("unknown", "filler", "field") for one in unit
        ):
            return end
    return at + 1


def _significant(rest: Sequence[Piece], places: Sequence[int]) -> Iterator[int]:
    """The places of the words that lead from a number to what it is a number of."""
    for at in places:
        one = rest[at]
        if one.kind == "filler" or one.says("is", "checks", "why", "no", "size", "with", "keep") or one.text == "^":
            continue
        yield at


def _noun(rest: Sequence[Piece], at: int, end: int) -> int | None:
    """The word for a quantity that a number is the value of, in front of it or behind it."""
    front = next(_significant(rest, range(at - 1, max(at - 8, -1), -1)), None)
    if front is not None and _quantity(rest[front]):
        return front
    if front is not None and rest[front].kind == "field" and not any(one.says("with") for one in rest[front:at]):
        # 输入是7 输出大小…: the number of another word.
        return None
    behind = next(_significant(rest, range(end, min(end + 5, len(rest)))), None)
    if behind is None or not (rest[behind].kind == "asked" or rest[behind].says("bias")):
        return None
    of_its_own = [one for one in rest[behind + 1 : behind + 3] if one.text not in ("=", ":", "是", "为", "is", "等于")]
    counted = rest[behind].says("output_size", "output_shape", "receptive_field") or rest[at].kind != "size"
    apart_ = {one.text for one in rest[end:behind]} & {*AWAY} or any(one.says("with") for one in rest[end:behind])
    if not counted or apart_ or (of_its_own and of_its_own[0].kind in ("number", "size")):
        return None
    return behind


def _quantity(one: Piece) -> bool:
    return one.kind == "asked" or one.says("output", "bias", *SOLVED)


def _given(rest: Sequence[Piece], end: int) -> bool:
    """Whether a number belongs to a word behind it: the 7×7 of `is a 7×7 input …`."""
    for one in rest[end : end + 4]:
        if one.kind in ("number", "size"):
            # 10个3×3卷积核
            return True
        if one.text in AWAY or one.kind not in ("filler", "field", "kind"):
            return False
        if one.kind == "kind" or (one.kind == "field" and not _quantity(one) and "图" not in one.text):
            return True
        if one.kind == "field":
            return False
    return False


def _led_by_claim(rest: Sequence[Piece], at: int) -> bool:
    """Whether words such as `my answer is` lead to a number."""
    for place in range(at - 1, max(at - 9, -1), -1):
        one = rest[place]
        if one.says("claims"):
            # How do I get 112?
            return not (place and rest[place - 1].text in ("do", "can", "could", "to", "would", "should", "if"))
        leads = one.kind == "filler" or one.says("is", "checks", "no", "with", "size", "why")
        if not leads and (not _quantity(one) or (one.says(*SOLVED) and one.text not in SIGHT)):
            return False
    return False


def _first(rest: Sequence[Piece], noun: int) -> bool:
    """Whether a clause begins with this word: `is the padding 1?`, and not `is the output size with padding 1 …`."""
    first = _clause(rest, noun)[0]
    return all(one.kind == "filler" or one.says("is", "checks", "why") for one in rest[first:noun])


def _clause(rest: Sequence[Piece], at: int) -> tuple[int, int]:
    first = next((i + 1 for i in range(at - 1, -1, -1) if rest[i].kind == "stop"), 0)
    return first, next((i for i in range(at, len(rest)) if rest[i].kind == "stop"), len(rest))


def _nothing_but_why(rest: Sequence[Piece], at: int) -> bool:
    """Whether a clause says nothing in front of a number but `why is it`, `is it`, 是不是."""
    front = rest[_clause(rest, at)[0] : at]
    texts = [one.text for one in front]
    alone = all(one.kind == "filler" or one.says("is", "checks", "why", "no") for one in front)
    doubts = texts == ["is"] and any(one.says("checks") for one in rest[at + 1 : _clause(rest, at)[1]])
    return alone and (
        doubts or texts[:2] in (["is", "it"], ["is", "this"]) or any(one.says("checks", "why") for one in front)
    )


def _nothing_behind(rest: Sequence[Piece], end: int) -> bool:
    """Whether a clause ends with its number, or leads back to what is given: `why is it 4 for input 7?`."""
    other = _other(rest, end)
    behind = rest[end if other is None else other + 1 : _clause(rest, end - 1)[1]]
    texts = [one.text for one in behind[:1]]
    return texts[:1] in ([one] for one in AWAY) or all(
        one.kind == "filler" or one.says("checks", "is") for one in behind
    )


def _asks_of(rest: Sequence[Piece], at: int) -> bool:
    """Whether the number's own clause asks if it is so."""
    first, last = _clause(rest, at)
    clause = rest[first:last]
    return bool(clause) and (
        clause[0].text in QUESTIONING or any(one.says("checks", "why", "claims") for one in clause)
    )


def _denied(rest: Sequence[Piece], at: int) -> bool:
    """Whether the number is denied: `why is the output not 3?`."""
    return any(denies(rest, place) for place in range(max(at - 2, 0), at))


def _unclear(rest: Sequence[Piece], at: int, end: int, other: int | None, noun: int | None) -> Piece | None:
    """A word that makes a claim more than `this number is the answer`: denied, compared, rough, or not read."""
    first, last = _clause(rest, at)
    if at and rest[at - 1].text in ABOUT:
        return rest[at - 1]
    if (led := next((one for one in rest[first:at] if one.text in FROM), None)) is not None and led.text != "from":
        # 输出从7变成5
        return led
    asked_why = any(one.says("why") for one in rest)
    apart_ = {*range(end, end if other is None else other + 1)}
    if asked_why or other is not None:
        # Why is it not 3? The number in question is marked, and is not said to come out.
        apart_ |= {*range(max(at - 2, 0), at)}
    for place, one in enumerate(rest):
        if place in apart_:
            continue
        own = first <= place < last and not at <= place < end
        if one.says("compares") or (own and (one.text in WRONG or one.kind == "unknown")):
            return one
        if denies(rest, place, noun) and not (place == first and one.text in QUESTIONING):
            return one
    return None


def denies(rest: Sequence[Piece], place: int, noun: int | None = None) -> bool:
    """Whether a word means that something is not so, and not that a layer has no bias and the like."""
    if not rest[place].says("no"):
        return False
    behind, front = range(place + 1, len(rest)), range(place - 1, -1, -1)
    for way in (behind, front):
        at = next((at for at in way if not (rest[at].kind == "filler" or rest[at].says("is", "with"))), None)
        if at is None or not rest[at].says(*SETTINGS):
            continue
        if at != noun or (way is behind and rest[at].says("bias")):
            return False
    return True


def _other(rest: Sequence[Piece], end: int) -> int | None:
    """A number behind an answer that is denied: the 3 of `4 and not 3`."""
    denied = False
    for at in range(end, min(end + 5, len(rest))):
        one = rest[at]
        if one.kind in ("number", "size", "unread"):
            return at if denied else None
        if one.kind != "filler" and one.text not in OTHERWISE and not one.says("instead", "no"):
            return None
        denied = denied or one.says("no", "instead") or one.text in ("rather than", "不是", "而不是")
    return None
