"""A question in words -> its pieces, each with its place: numbers, sizes, the field's words, calls as in code."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Any

from cnncalc.record import Record
from cnncalc.teach.ask.words import LETTERS, NUMBERS, table

LONGEST = 2_000
"""Signs that a question may have."""

MOST_DIGITS = 15

_SIGNS = {
    "＊": "*",
    "✕": "×",
    "✖": "×",
    "х": "x",
    "（": "(",
    "）": ")",
    "。": ".",
    "、": "、",
    "—": "-",
    "–": "-",
    "−": "-",
    "’": "'",
}
_NUMBER = r"[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])|[0-9]+(?:\.[0-9]+)?"
_TIMES = r"\s*(?:px|pixels?|像素)?\s*(?:[x×*]|by|乘以?)\s*"
_LEAD = r"(?:(?:n|b|batch|none|\?|-1)\s*[x×*]\s*)?"
_SIZE = re.compile(rf"{_LEAD}(?<![0-9.])([0-9]+)((?:{_TIMES}[0-9]+)+)(?![0-9.]*[0-9])")
_LIST = re.compile(r"[(\[]\s*(?:(?:n|b|batch|batch size|none|\?|-1)\s*,\s*)?([0-9]+(?:\s*,\s*[0-9]+)+)\s*,?\s*[)\]]")
_SQUARED = re.compile(r"([0-9]+)\^2(?![0-9])")
_PLAIN = re.compile(rf"-?(?:{_NUMBER})")
_NAME = re.compile(
    r"(?:(?:[a-z]*net|vgg|cifar|cs|inception|yolo|gtx|rtx|question|part|exercise|problem|fig|figure|table|section|chapter|"
    r"lecture|exam|python)(?: |-v|-)?|(?:layer|conv|block|stage|q|fp|float|int|v|pool|fc))[0-9]+(?!d)[a-z]?"
    r"(?![0-9]|\s*[x×*.]\s*[0-9]|[x×*d])"
)
_AXES = re.compile(r"([123]) ?-?d(?![a-z])")
_NUMBERING = re.compile(r"\(?(?:[0-9]{1,2}|[a-h]|[ivx]{1,4})[).:](?=\s|$)|[0-9]{1,2}、")
_MARKS = re.compile(r"\(?\s*[0-9]+\s*(?:points?|pts?|marks?|分)\s*\)?(?![a-z组])")
_SIZE_BEFORE = re.compile(r"[0-9]{1,2}\s*[x×*]\s*[0-9]{1,2}$")
_ONE_DIGIT = re.compile(r"[1-9](?![0-9.]|\s*[x×*/])")
_LETTER = re.compile(r"([a-z])([_ ]?(?:in|out|[0-9](?=\s*[=:])))?(?=\s*(?:=|:|is\b|为|是|取|[0-9]))")
_HAN_NUMBER = re.compile("[零一二两三四五六七八九十百]+(?=\\s*(?:个|通道|层|维|像素|步|组|圈|类|张))")
_HAN_PLAIN = re.compile("[零一二两三四五六七八九十百]+")
_HAN = {sign: value for value, sign in enumerate("零一二三四五六七八九")} | {"两": 2}
_WORD = re.compile(r"[a-z][a-z0-9']*")
_ARROW = re.compile(r"-+>|→|=>|⇒|➔|~|至(?=\s*[0-9])")
_CALL = re.compile(r"(?:[A-Za-z_]+\.)*([A-Z][A-Za-z]*[0-9]?[A-Za-z]*)\s*\(")


THEN_SIGNS = "接再跟"
"""Behind 后 they say that another layer follows."""


Meant = tuple[Any, ...]
"""A piece's class, and where it has them its meaning and its values."""

Found = tuple[Meant, int]
"""The same, and where the piece ends."""


class Piece(Record):
    """A piece of a question. `kind` says what it is, `start` and `end` where it stands in the text as it was written.

    number and size have `values`; a word has a class (`field`, `asked`, `other`, `kind`) and its `meaning`; a call has
    its arguments as text in `meaning`.
    """

    kind: str
    start: int
    end: int
    text: str
    meaning: tuple[str, ...] = ()
    values: tuple[int, ...] = ()

    @property
    def word(self) -> str:
        """What a word means, or an empty text."""
        return self.meaning[0] if self.meaning else ""

    def says(self, *meanings: str) -> bool:
        """Whether it is a word that means one of these."""
        return self.kind in ("field", "asked", "other") and self.word in meanings


def normal(written: str) -> tuple[str, list[int]]:
    """The text in plain small signs, and for each of its signs where it comes from."""
    text: list[str] = []
    places: list[int] = []
    for place, sign in enumerate(written):
        plain = _SIGNS.get(sign) or ("^2" if sign == "²" else unicodedata.normalize("NFKC", sign))
        plain = _SIGNS.get(plain, plain)
        if sign in "\n\r":
            plain = "\n"
        for one in plain.lower() if len(plain.lower()) == len(plain) else plain:
            text.append(one)
            places.append(place)
    joined = "".join(text)
    # A hyphen or underscore between letters is a blank: zero-padding, kernel_size.
    joined = re.sub(r"(?<=[a-z])[-_](?=[a-z])", " ", joined)
    joined = re.sub(r"(?<=[0-9])-(?=[a-z])", " ", joined)
    return joined.replace("`", " ").replace('"', " ").replace("“", " ").replace("”", " "), places


def pieces(written: str) -> list[Piece]:
    """The pieces of a question, in order."""
    text, places = normal(written)
    found: list[Piece] = []
    calls = {match.start(): match for match in _CALL.finditer(written)} if "(" in written else {}
    at, first = 0, True
    while at < len(text):
        if text[at] in " \t\u00a0\u3000":
            at += 1
            continue
        piece, end = _next(text, at, written, places, calls, first)
        first = text[at] in "\n"
        start = places[at]
        stop = places[end] if end < len(places) else len(written)
        found.append(Piece(piece[0], start, max(stop, start + 1), text[at:end].strip(), *piece[1:]))
        at = max(end, at + 1)
    return found


def _next(text: str, at: int, written: str, places: list[int], calls: dict[int, re.Match[str]], first: bool) -> Found:
    """The piece that begins here, as its class, meaning and values; and where it ends."""
    place = places[at]
    if place in calls and (at == 0 or places[at - 1] != place):
        call = _call(written, calls[place])
        if call is not None:
            name, arguments, stop = call
            end = next((i for i in range(at, len(places)) if places[i] >= stop), len(text))
            return ("call", (name, arguments)), end
    if first and (match := _NUMBERING.match(text, at)):
        return ("filler",), match.end()
    if match := _MARKS.match(text, at):
        return ("filler",), match.end()
    for pattern in (_LIST, _SIZE):
        if match := pattern.match(text, at):
            numbers = tuple(int(one[: MOST_DIGITS + 1]) for one in re.findall("[0-9]+", match.group(0)) if one)
            lead = match.group(0).lstrip("([ ").startswith("-1")
            return ("size", (), numbers[1:] if lead else numbers), match.end()
    if match := _SQUARED.match(text, at):
        side = int(match[1][: MOST_DIGITS + 1])
        return ("size", (), (side, side)), match.end()
    if text[at] == "/" and _SIZE_BEFORE.search(text, 0, at) and _ONE_DIGIT.match(text, at + 1):
        # 7×7/2 conv: the stride, as papers write it.
        return ("field", ("stride", "/")), at + 1
    if match := _ARROW.match(text, at):
        return ("arrow",), match.end()
    boundary = at == 0 or not text[at - 1].isascii() or not text[at - 1].isalnum()
    if match := _AXES.match(text, at):
        return ("other", ({"1": "one_d", "2": "two_d", "3": "three_d"}[match[1]],)), match.end()
    minus = text[at] == "-" and boundary and text[at + 1 : at + 2].isdigit()
    if minus or (text[at].isdigit() and text[at].isascii()):
        match = _PLAIN.match(text, at)
        if match:
            whole = match[0].replace(",", "")
            if "." in whole:
                return ("unread",), match.end()
            return ("number", (), (int(whole[: MOST_DIGITS + 1]),)), match.end()
    if boundary and (match := _NAME.match(text, at)):
        return ("filler",), match.end()
    if match := _HAN_NUMBER.match(text, at):
        return _han(match[0], text[match.end() :].lstrip()), match.end()
    behind = next((i for i in range(at - 1, -1, -1) if text[i] != " "), -1)
    if behind >= 0 and text[behind] in "为是取长充=" and (match := _HAN_PLAIN.match(text, at)):
        return ("number", (), (_value(match[0]),)), match.end()
    if letter := _letter(text, at, written, places):
        return letter
    return _phrase(text, at)


def _han(number: str, behind: str) -> Meant:
    """A Chinese numeral; 一 is mostly an article."""
    value = _value(number)
    if number == "一" and not re.match(r"个\s*(?:[0-9]|卷积核|过滤器|滤波器|通道)|通道|圈|像素|步", behind):
        return ("filler",)
    return ("number", (), (value,))


def _value(number: str) -> int:
    total, digit = 0, 0
    for sign in number:
        if sign in _HAN:
            digit = digit * 10 + _HAN[sign]
        else:
            total += (digit or 1) * (10 if sign == "十" else 100)
            digit = 0
    return total + digit


def _letter(text: str, at: int, written: str, places: list[int]) -> Found | None:
    """A letter of the formulas in front of its value."""
    if at and text[at - 1].isascii() and text[at - 1].isalpha():
        return None
    match = _LETTER.match(text, at)
    if not match:
        return None
    own = written[places[at]]
    tail = (match[2] or "").strip(" _")
    if own not in LETTERS or (own == "a"):
        return None
    if tail in ("in", "out"):
        meaning = (
            {"in": "in_channels", "out": "out_channels"}[tail]
            if own in "cC"
            else {"in": "input", "out": "output"}[tail]
        )
    elif tail in ("1", "2"):
        sides = {"w": "width", "h": "height"}
        name = sides.get(own.lower())
        if own.lower() in "dc":
            meaning = "in_channels" if tail == "1" else "out_channels"
        elif name is None:
            return None
        else:
            meaning = name if tail == "1" else "output"
    elif tail:
        return None
    else:
        meaning = LETTERS[own]
    if text[at : at + 2] in ("s ", "d ") and text[at - 1 : at] == "'":
        return None
    return ("field", (meaning, own)), match.end()


@cache
def _longest() -> int:
    return max(map(len, table()))


def _phrase(text: str, at: int) -> Found:
    """The longest known phrase, else a word or a run of signs that nobody knows."""
    words = table()
    latin = text[at].isascii() and text[at].isalpha()
    for length in range(min(_longest(), len(text) - at), 0, -1):
        end = at + length
        phrase = text[at:end]
        if phrase not in words:
            continue
        if phrase[-1] == "后" and len(phrase) > 1 and text[end : end + 1] in THEN_SIGNS and text[end : end + 1]:
            # 卷积后接池化: a layer and what follows it, no output.
            continue
        if (
            phrase[-1].isascii()
            and phrase[-1].isalpha()
            and end < len(text)
            and text[end].isascii()
            and text[end].isalpha()
        ):
            continue
        if latin and at and text[at - 1].isascii() and text[at - 1].isalpha():
            continue
        if phrase[-1] in "'" and phrase[0] not in "'":
            continue
        known = words[phrase]
        if known[0] == "numeral":
            return ("number", ("numeral",), (NUMBERS[known[1]],)), end
        return ((known[0], known[1:]) if known[0] != "filler" else ("filler",)), end
    if latin:
        match = _WORD.match(text, at)
        return ("unknown",), match.end() if match else at + 1
    if text[at] in ",;.?!\n()[]{}":
        return ("stop",) if text[at] not in "([{" else ("open",), at + 1
    if text[at].isalnum():
        return ("unknown",), at + 1
    return ("sign",), at + 1


def _call(written: str, match: re.Match[str]) -> tuple[str, str, int] | None:
    """A call as in code: its name, its arguments, and where it ends."""
    depth = 0
    for place in range(match.end() - 1, min(len(written), match.end() + 400)):
        if written[place] in "([":
            depth += 1
        elif written[place] in ")]":
            depth -= 1
            if not depth:
                return match[1], written[match.end() : place], place + 1
    return None
