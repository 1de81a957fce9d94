"""An answer as people write it, with the precision that it states.

Read are, with full-width signs and digits (`１２`) as good as plain ones:

- whole numbers: `156`, `1,234`, `12 345` (for a number of things), with a unit: `138.4M`, `1.2万`, `4.1 million`;
- powers of ten: `9e8`, `9*10^8`, `9·10⁸`. A number with a unit or a power says how exact it is: it is right when
  rounding or cutting off the true number to the digits that it states gives it;
- decimals and fractions: `3.5`, `7/2`;
- with a unit of things behind it, `1792 parameters`, `1792个`, and in Chinese: `一千七百九十二`;
- shapes: `10x62x62`, `10×62×62`, `10*62*62`, `[10, 62, 62]`, with the batch in front: `(N, 10, 62, 62)`; one number
  stands for a shape whose sides are all equal;
- arithmetic: `3*3*64*128+128`, `6*(25+1)`, `(7-3)/2+1`, and with its result: `6*25 + 6 = 156`, `m = 4`, `≈ 9e8`;
- matrices (see `written_matrix`): `14 19 / 14 15`, `[[14, 19], [14, 15]]`, rows also between `;` or line feeds;
- a letter, or the words of the option, where one of several is to be chosen: `B`, `b)`, `（Ｂ）`.

Everything else cannot be read, and an empty answer is none; neither counts as right.
"""

from __future__ import annotations

import re
from fractions import Fraction

from cnncalc import shape as shapes
from cnncalc.arithmetic import NotCalculable, calculate
from cnncalc.formula.expression import Value
from cnncalc.record import Record
from cnncalc.spec.numbers import Stated, stated

LONGEST = 256

_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
_POWER = re.compile(r"([0-9]{1,18})(?:\.([0-9]{1,18}))?\s?(?:[eE]|[*·×xX]\s?10\s?\^)\s?\+?([0-9]{1,2})")
_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_RAISED_TEN = re.compile("10([⁰¹²³⁴⁵⁶⁷⁸⁹]+)")
_ABOUT = re.compile(r"^(?:≈|~|≃|约为?|大约|about)\s*", re.I)
_BATCH = re.compile(r"^([(\[]?)\s*(?:N|B|batch|None|\?|-1)\s*[,x×*]\s*", re.I)
_SPACED = re.compile(r"[0-9]{1,3}(?:[ \u00a0\u2009\u202f][0-9]{3})+")
_CALL = re.compile(r"(?:torch\.Size|(?:tf\.)?TensorShape)\s*\((.*)\)")
_UNIT = re.compile(
    r"(?<=[0-9kKMGT)万亿n ])\s*(?:(?:parameters?|params?|weights?|bias(?:es)?|macs?|flops?|multiplications?|mults?"
    r"|additions?|operations?|ops|pixels?|px|neurons?|kernels?)|(?:个|次)?(?:参数|权重|偏置|乘法|加法|像素|神经元|卷积核)|个|次)\.?$",
    re.I,
)
_GROUPED = re.compile("[0-9]{1,3}(?:['’_][0-9]{3})+")
_HAN_DIGITS = {sign: value for value, sign in enumerate("零一二三四五六七八九")} | {"两": 2, "〇": 0}
_HAN_STEPS = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
_HAN = re.compile("[零〇一二两三四五六七八九十][零〇一二两三四五六七八九十百千万亿]{0,23}")
_TIMES_GROUP = re.compile(r"(\b[0-9]+|\))\s*(?=\()")
_NAME = re.compile(r"[^\W\d][\w']*")


class Answer(Record):
    """The numbers of an answer. `readings` are all that may be meant, the likeliest first: `1,024` is also a shape."""

    written: str
    readings: tuple[tuple[Value, ...], ...]
    rounded: Stated | None = None

    @property
    def numbers(self) -> tuple[Value, ...]:
        """The likeliest reading: one number, or one per axis of a shape."""
        return self.readings[0]

    def says(self, number: Value, value: Value) -> bool:
        """Whether a number of the answer says this value, exactly or to the digits that it states."""
        if self.rounded is not None and isinstance(value, int) and number == self.rounded.value:
            return self.rounded.fits(value)
        return number == value

    def is_(self, value: tuple[Value, ...]) -> bool:
        """Whether the answer says this value: number for number, or one number for all alike."""
        return any(self._matches(reading, value) for reading in self.readings)

    def _matches(self, reading: tuple[Value, ...], value: tuple[Value, ...]) -> bool:
        if len(reading) == 1 and len(set(value)) == 1:
            return self.says(reading[0], value[0])
        return reading == value


def normal(written: str) -> str:
    """The text with full-width signs made plain and without blanks around it."""
    return written.strip().translate(_FULL_WIDTH).strip()


def without_batch(text: str) -> str:
    """A shape without the letter that stands for the batch in front of it."""
    return _BATCH.sub(r"\1", text)


def read(written: str, *, count: bool = False) -> Answer | None:
    """The answer that is written, or None when it is neither a number nor a shape.

    `count` says that a number of things is asked for, where `3x3x64` is a product and no shape.
    """
    text = _plain(_ABOUT.sub("", normal(written[: LONGEST + 1])))
    if not text or len(text) > LONGEST:
        return None
    if text.isascii() and text.isdigit() and len(text) < 16:  # by far the commonest way
        return Answer(written, ((int(text),),))
    *before, text = [part.strip() for part in text.split("=")]
    if any(_NAME.fullmatch(part) is None and _calculated(part) is None for part in before):
        return None
    rounded = _stated(text, count)
    readings: list[tuple[Value, ...]] = [] if rounded is None else [(rounded.value,)]
    value = _calculated(text)
    shape = shapes.parse(without_batch(text))
    product: list[tuple[Value, ...]] = [] if value is None else [(value,)]
    sides: list[tuple[Value, ...]] = [] if shape is None else [shape]
    readings += product + sides if count else sides + product
    if not readings:
        return None
    return Answer(written, tuple(dict.fromkeys(readings)), rounded if rounded and rounded.step > 1 else None)


def _plain(text: str) -> str:
    """The number by itself: without the sign of equality in front, the unit behind, a call of code around it."""
    text = text.lstrip("= ")
    if call := _CALL.fullmatch(text):
        text = call[1].strip()
    if bare := _UNIT.sub("", text):
        text = bare
    if _GROUPED.fullmatch(text):
        text = re.sub("['’_]", "", text)
    if _HAN.fullmatch(text):
        return str(han(text))
    return text


def han(numeral: str) -> int:
    """The value of a Chinese numeral: 一千七百九十二 is 1,792."""
    whole = part = digit = 0
    for sign in numeral:
        if sign in _HAN_DIGITS:
            digit = digit * 10 + _HAN_DIGITS[sign]
        elif _HAN_STEPS[sign] < 10_000:
            part, digit = part + (digit or 1) * _HAN_STEPS[sign], 0
        elif sign == "万":
            whole, part, digit = whole + (part + digit) * _HAN_STEPS[sign], 0, 0
        else:
            whole, part, digit = (whole + part + digit) * _HAN_STEPS[sign], 0, 0
    return whole + part + digit


def _stated(text: str, count: bool) -> Stated | None:
    """A number with its unit or its power of ten."""
    if count and _SPACED.fullmatch(text):
        text = re.sub(r"\s", "", text)
    number = stated(text)
    if number is not None:
        return number
    match = _POWER.fullmatch(_RAISED_TEN.sub(lambda raised: f"10^{raised[1].translate(_SUPERSCRIPTS)}", text))
    if match is None:
        return None
    decimals, exponent = match[2] or "", int(match[3])
    if exponent < len(decimals) or exponent > 40:
        return None
    step = int(10 ** (exponent - len(decimals)))
    return Stated(int(match[1] + decimals) * step, step)


def _calculated(text: str) -> Value | None:
    """The value of the arithmetic, or None."""
    try:
        value = calculate(_TIMES_GROUP.sub(r"\1*", text), loose=True)
    except NotCalculable:
        return None
    return value if isinstance(value, int | Fraction) and not isinstance(value, bool) else None
