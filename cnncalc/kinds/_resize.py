"""Which places an interpolation looks at along one axis, and how much each counts."""

from fractions import Fraction
from math import floor
from typing import NamedTuple

from cnncalc.formula import rules
from cnncalc.formula.expression import Naming, Number
from cnncalc.formula.letters import FACTOR, M, N
from cnncalc.kinds._contract import Reach, Turns

CUBIC = -0.75
"""The constant of the cubic curve, as PyTorch has it."""


class Axis(NamedTuple):
    """An axis of n places that becomes m, `ratio` places of the input for one of the output."""

    n: int
    m: int
    ratio: Fraction
    mode: str
    corners: bool

    def source(self, place: int) -> Fraction:
        """Where an output place lies in the input."""
        if self.mode == "nearest" or self.corners:
            return place * self.ratio
        half = Fraction(1, 2)
        return (place + half) * self.ratio - (0 if self.mode == "nearest-exact" else half)

    def looks_at(self, place: int) -> tuple[int, int]:
        """The first and the last place that count for an output place; they may lie beyond the border."""
        source = self.source(place)
        low = floor(source)
        if self.mode.startswith("nearest") or source == low:
            return low, low
        return (low - 1, low + 2) if self.mode == "bicubic" else (low, low + 1)

    def reach(self) -> Reach:
        """What the outputs see along this axis."""
        if self.mode == "area":
            return Reach(self.n // self.m, self.n // self.m) if self.n % self.m == 0 else _adaptive(self.n, self.m)
        if self.n == self.m and self.ratio == 1:
            return Reach(1)
        factor = self.ratio.denominator
        if self.ratio.numerator == 1 and not self.corners:
            odd = factor % 2
            if self.mode.startswith("nearest"):
                return Reach(factor, factor, transposed=True)
            if self.mode == "bicubic":
                return Reach(4 * factor - odd, factor, (3 * factor - odd) // 2, transposed=True)
            return Reach(2 * factor - odd, factor, factor // 2, transposed=True)
        return Reach(0, turns=Turns(factor, self.ratio.numerator, self.looks_at))


def _adaptive(n: int, m: int) -> Reach:
    return Reach(0, adaptive=(n, m))


def scaled(n: int, factor: float) -> int:
    """⌊n · factor⌋; the product is exact for a whole factor, else a floating-point number, as in PyTorch."""
    return rules.scaled_size(n, int(factor)) if factor == int(factor) else floor(n * factor)


def sized(n: int, m: int, factor: float, name: Naming) -> Number:
    """The side m as its rule.

    Without it where the rounding of floating-point numbers gives another side than the factor as it is written
    (100 · 0.29 is 28.999999999999996).
    """
    exact = Fraction(repr(factor))
    if floor(n * exact) != m:
        return name(M, m)
    return rules.scaled_size(name(N, n), name(FACTOR, exact))


def area_window(axis: Axis, place: int) -> range:
    """The places that an output of mode `area` is the mean of."""
    return range(rules.adaptive_start(place, axis.n, axis.m), rules.adaptive_end(place, axis.n, axis.m))


def taps(axis: Axis, place: int) -> list[tuple[int, float]]:
    """The places that an output looks at, with their weights; beyond the border the last place stands."""
    if axis.mode == "area":
        return [(at, 1.0) for at in area_window(axis, place)]
    source = axis.source(place)
    if axis.mode.startswith("nearest"):
        return [(min(floor(source), axis.n - 1), 1.0)]
    if axis.mode != "bicubic":
        source = max(source, Fraction(0))
    low = min(floor(source), axis.n - 1)
    part = float(source - floor(source))
    if axis.mode != "bicubic":
        return [(low, 1 - part), (min(low + 1, axis.n - 1), part)]
    low = floor(source)
    weights = (_far(part + 1), _near(part), _near(1 - part), _far(2 - part))
    return [(min(max(low + step, 0), axis.n - 1), weight) for step, weight in enumerate(weights, -1)]


def _near(x: float) -> float:
    return ((CUBIC + 2) * x - (CUBIC + 3)) * x * x + 1


def _far(x: float) -> float:
    return ((CUBIC * x - 5 * CUBIC) * x + 8 * CUBIC) * x - 4 * CUBIC
