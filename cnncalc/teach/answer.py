"""An answer as people write it: a whole number, a shape, a decimal, or a rounded number with its unit."""

from __future__ import annotations

import re
from fractions import Fraction

from cnncalc import shape as shapes
from cnncalc.formula.expression import Value
from cnncalc.record import Record
from cnncalc.spec.numbers import Stated, stated

_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
_POWER = re.compile(r"([0-9]{1,18})(?:\.([0-9]{1,18}))?\s?(?:[eE]|[*·×x]\s?10\s?\^)\s?\+?([0-9]{1,2})")
_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")


class Answer(Record):
    """The numbers of an answer, with the precision they state: one, or one per axis of a shape."""

    written: str
    numbers: tuple[Value, ...]
    rounded: Stated | None = None

    def is_(self, value: tuple[Value, ...]) -> bool:
        """Whether the answer says this value: exactly, or rounded or cut off to the digits that it states."""
        if self.rounded is not None:
            return len(value) == 1 and isinstance(value[0], int) and self.rounded.fits(value[0])
        return self.numbers == value or (len(self.numbers) == 1 and set(value) == set(self.numbers))


def read(written: str) -> Answer | None:
    """The answer that is written, or None when it is neither a number nor a shape."""
    text = written.strip().translate(_FULL_WIDTH).strip()
    for batch in ("N,", "n,", "N×", "Nx"):
        text = text.replace(f"({batch}", "(").replace(f"[{batch}", "[")
    number = stated(text.replace("，", ","))
    if number is not None:
        return Answer(written, (number.value,), number if number.step > 1 else None)
    power = re.sub(r"10([⁰¹²³⁴⁵⁶⁷⁸⁹]+)", lambda match: f"10^{match[1].translate(_SUPERSCRIPTS)}", text)
    match = _POWER.fullmatch(power)
    if match is not None:
        decimals, exponent = match[2] or "", int(match[3])
        if exponent >= len(decimals):
            step = 10 ** (exponent - len(decimals))
            value = int(match[1] + decimals) * step
            return Answer(written, (value,), Stated(value, step) if step > 1 else None)
    if re.fullmatch(r"[0-9]{1,18}(\.[0-9]{1,18}|/[0-9]{1,18})", text):
        try:
            fraction = Fraction(text)
        except ZeroDivisionError:
            return None
        return Answer(written, (fraction.numerator if fraction.denominator == 1 else fraction,))
    shape = shapes.parse(text)
    return None if shape is None else Answer(written, shape)
