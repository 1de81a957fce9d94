"""How numbers are written: exactly, shortened on request, as bytes, as ratios, as shares."""

from __future__ import annotations

from typing import Literal

from cnncalc.document import Count
from cnncalc.result import BYTES, Quantity, Status, bounded

Units = Literal["exact", "si", "zh"]

STEPS: dict[Units, tuple[tuple[int, str], ...]] = {
    "exact": (),
    "si": ((10**12, "T"), (10**9, "G"), (10**6, "M"), (10**3, "k")),
    "zh": ((10**12, "万亿"), (10**8, "亿"), (10**4, "万")),
}
"""What a shortened number is counted in, the largest first."""


def exact(number: int) -> str:
    """The number with a comma before every third digit: `61,706`."""
    return f"{number:,}"


def written(number: int, units: Units = "exact") -> str:
    """The number in the units that were asked for, with at least three significant digits: `61.7 k`, `6.17 万`."""
    steps = STEPS[units]
    for index, (unit, sign) in enumerate(steps):
        if abs(number) >= unit:
            text = significant(number, unit)
            if index and text == significant(steps[index - 1][0], unit):
                return f"{significant(1, 1)} {steps[index - 1][1]}"
            return f"{text} {sign}"
    return exact(number)


def count(value: int | None, status: Status = "complete", units: Units = "exact") -> Count:
    """The number as a cell: `2,572`, a lower bound `≥ 2,572`, unknown `?`."""
    if value is None:
        return Count(None, "unknown", "?")
    text = written(value, units)
    return Count(value, status, bounded(text, status))


def quantity(found: Quantity, units: Units = "exact") -> Count:
    """A total as a cell; a lower bound of nothing at all says no more than that it is unknown."""
    if found.status == "unknown":
        return count(None)
    return count(found.value, found.status, units)


def significant(part: int, whole: int) -> str:
    """part / whole to three significant digits, never in powers of ten: `7.84`, `31.4`, `784`, `24,586`."""
    sign = "-" if part < 0 else ""
    part = abs(part)
    digits = 0
    while digits < 12 and part * 10**digits < 100 * whole and part:
        digits += 1
    shifted = _rounded(part * 10**digits, whole)
    if digits and shifted >= 1000:
        digits, shifted = digits - 1, _rounded(part * 10 ** (digits - 1), whole)
    if not digits:
        return f"{sign}{shifted:,}"
    return f"{sign}{shifted // 10**digits:,}.{shifted % 10**digits:0{digits}}"


def ratio(part: int, whole: int) -> str:
    """How many times `whole` goes into `part`: exact when it is a whole number, else three significant digits."""
    return exact(part // whole) if part % whole == 0 else significant(part, whole)


def share(part: int | None, whole: int | None) -> str:
    """Which part of the whole it is, in per cent: `28 %`, `<1 %`; nothing for nothing, or when the whole is unknown."""
    if not part or not whole:
        return ""
    if part * 100 < whole:
        return "<1 %"
    if part < whole and _rounded(part * 100, whole) == 100:
        return ">99 %"
    return f"{_rounded(part * 100, whole)} %"


def storage(values: int, dtype: str) -> str:
    """The room that many numbers of the type take: `241.0 KiB`."""
    size = values * BYTES[dtype]
    if size < 1024:
        return f"{size} B"
    unit, sign = next((unit, sign) for unit, sign in _SIZES if size >= unit)
    tenths = _rounded(size * 10, unit)
    return f"{tenths // 10:,}.{tenths % 10} {sign}"


_SIZES = ((1024**4, "TiB"), (1024**3, "GiB"), (1024**2, "MiB"), (1024, "KiB"))


def _rounded(part: int, whole: int) -> int:
    return (2 * part + whole) // (2 * whole)
