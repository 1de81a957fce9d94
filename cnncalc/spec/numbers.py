"""Numbers as people state them: `61706`, `61.1M`, `30k`, `1,000`, `138.36 万`; exact, or with the precision they
state."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import NamedTuple

from cnncalc.kinds._contract import LARGEST

UNITS = {
    "": 1,
    "k": 10**3,
    "K": 10**3,
    "M": 10**6,
    "G": 10**9,
    "B": 10**9,
    "T": 10**12,
    "万": 10**4,
    "百万": 10**6,
    "千万": 10**7,
    "亿": 10**8,
    "thousand": 10**3,
    "million": 10**6,
    "billion": 10**9,
}
"""k and K are thousands, M millions, G and B billions, T trillions, 万 ten thousands, 亿 hundred millions."""

_STATED = re.compile(rf"([0-9]{{1,3}}(?:,[0-9]{{3}})+|[0-9]{{1,18}})(?:\.([0-9]{{1,18}}))?\s?({'|'.join(UNITS)})")


class Stated(NamedTuple):
    """A number and the worth of its last stated digit: 61.1M is 61,100,000 in steps of 100,000."""

    value: int
    step: int

    def fits(self, actual: int) -> bool:
        """Whether rounding (half up) or truncating `actual` to the stated digits gives the stated number."""
        return self.value in (actual // self.step * self.step, (2 * actual + self.step) // (2 * self.step) * self.step)


def stated(written: str) -> Stated | None:
    """The number that is written, or None: only whole numbers up to 10¹⁵ can be stated."""
    match = _STATED.fullmatch(written.strip())
    if match is None:
        return None
    whole, decimals, unit = match[1].replace(",", ""), match[2] or "", UNITS[match[3]]
    step, rest = divmod(unit, 10 ** len(decimals))
    if rest:
        return None
    value = int(whole + decimals) * step
    return Stated(value, step) if value <= LARGEST else None


SIZES = {
    "": 1,
    "B": 1,
    **{f"{sign}B": 1000**power for power, sign in enumerate("kMGT", 1)},
    "KB": 1000,
    **{f"{sign}iB": 1024**power for power, sign in enumerate("KMGT", 1)},
}
"""Bytes: kB and MB are powers of 1000, KiB and MiB of 1024."""

_DECIMAL = re.compile(r"([0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,18})(?:\.([0-9]{1,18}))?\s?([kKMGT]?i?B|)")


class Measured(NamedTuple):
    """A number that need not be whole, and the worth of its last stated digit."""

    value: Fraction
    step: Fraction


def measured(written: str, units: dict[str, int] | None = None) -> Measured | None:
    """The number that is written, or None: `5.6`, and with units `241 KiB`; up to 10¹⁵."""
    match = _DECIMAL.fullmatch(written.strip())
    unit = None if match is None else (units or {"": 1}).get(match[3])
    if match is None or unit is None:
        return None
    whole, decimals = match[1].replace(",", ""), match[2] or ""
    step = Fraction(unit, 10 ** len(decimals))
    value = int(whole + decimals) * step
    return Measured(value, step) if value <= LARGEST else None


def text(number: int | Fraction) -> str:
    """The number as people write it: `61,706`, `5.6`, `37.33`."""
    if number == int(number):
        return f"{int(number):,}"
    hundredths = (number.numerator * 200 + number.denominator) // (2 * number.denominator)
    return f"{hundredths // 100:,}.{hundredths % 100:02}".rstrip("0").rstrip(".")
