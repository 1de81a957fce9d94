"""Receptive fields: how many places of the input an output value depends on, exactly, and how far apart neighbours
look.

Along each axis the outputs of a layer see spans of the input that repeat: after `len(spans)` outputs everything stands
`shift` places further on. A plain chain of windows has one span; transposed layers and adaptive poolings have several.
Sizes are not cut at the border.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import ceil, gcd
from typing import NamedTuple

from cnncalc.formula import rules
from cnncalc.kinds._contract import Reach, Sight

Span = tuple[int, int] | None
"""First and last place of the input that an output sees; None for one that sees nothing."""

LONGEST_PERIOD = 4096
"""Patterns that repeat only after more outputs than this are measured by their largest window."""

MOST_PATHS = 16


class View(NamedTuple):
    """What the outputs of one layer see along one axis, over one path. `even` says whether their places are evenly
    spaced."""

    spans: tuple[Span, ...]
    shift: int
    even: bool = True

    @property
    def size(self) -> int:
        """The largest span."""
        return max((span[1] - span[0] + 1 for span in self.spans if span is not None), default=0)

    @property
    def jump(self) -> int | Fraction:
        """How far apart neighbouring outputs look, on average."""
        return self.shift if len(self.spans) == 1 else Fraction(self.shift, len(self.spans))


Views = tuple[View, ...]
"""One axis, over all paths that differ in their jump: through branches the largest field of each is kept."""

START: Views = (View(((0, 0),), 1),)


class Field(NamedTuple):
    """What a layer's outputs see: one entry per axis of the network's input; `sees_all` when it is all of it."""

    axes: tuple[Views, ...]
    sees_all: bool = False


def start(axes: int) -> Field:
    """The input itself: every value sees its own place."""
    return Field((START,) * axes)


def size(views: Views) -> int:
    """The receptive field along one axis: the largest over all paths."""
    if len(views) == 1:
        spans = views[0][0]
        if len(spans) == 1 and spans[0] is not None:
            return spans[0][1] + 1 - spans[0][0]
    return max(view.size for view in views)


def jump(views: Views) -> int | Fraction | None:
    """The jump along one axis; None where paths disagree or places are unevenly spaced."""
    first = views[0]
    if len(views) == 1:
        return first.jump if first.even else None
    if not all(view.even for view in views) or any(view.jump != first.jump for view in views):
        return None
    return first.jump


def further(field: Field, window: tuple[Reach, ...] | Sight) -> Field:
    """The field one layer further on."""
    if window is Sight.SAME or field.sees_all:
        return field
    if window is Sight.ALL:
        return Field(field.axes, sees_all=True)
    if window is Sight.SCATTERED:
        return Field(tuple(tuple(view._replace(even=False) for view in views) for views in field.axes))
    if not isinstance(window, tuple) or len(window) != len(field.axes):
        return Field(field.axes, sees_all=True)
    first, reach = field.axes[0], window[0]
    if field.axes.count(first) == len(window) == window.count(reach):
        return Field((tuple([_slide(view, reach) for view in first]),) * len(window))
    return Field(
        tuple([tuple([_slide(view, reach) for view in views]) for views, reach in zip(field.axes, window, strict=True)])
    )


def merged(fields: list[Field]) -> Field:
    """The field behind a merge of several paths."""
    first = fields[0]
    if all(field == first for field in fields):
        return first
    if any(field.sees_all for field in fields) or len({len(field.axes) for field in fields}) > 1:
        return Field(first.axes, sees_all=True)
    return Field(
        tuple(
            _largest(tuple(view for views in axis for view in views))
            for axis in zip(*(field.axes for field in fields), strict=True)
        )
    )


def _largest(views: Views) -> Views:
    """Of the paths with the same jump only the one that sees most; where outputs take turns, which of two paths sees
    more may depend on the turn, and both are kept."""
    kept: dict[tuple[int | Fraction, tuple[Span, ...], bool], View] = {}
    for view in views:
        key = (view.jump, view.spans if len(view.spans) > 1 else (), view.even)
        if key not in kept or view.size > kept[key].size:
            kept[key] = view
    ordered = sorted(kept.values(), key=lambda view: (-view.size, -view.jump))
    return tuple(ordered[:MOST_PATHS])


def _slide(view: View, reach: Reach) -> View:
    spans, shift, even = view
    if reach.adaptive is not None:
        return _adaptive(view, *reach.adaptive)
    if reach.transposed:
        return _spread(view, reach)
    span = spans[0]
    if len(spans) == 1 and span is not None:
        extent = rules.effective_kernel(reach.kernel, reach.dilation)
        grown = rules.receptive_field(span[1] - span[0] + 1, extent, shift)
        return View(((0, grown - 1),), shift * reach.stride, even)
    return _windows(
        view,
        [
            (-reach.before + i * reach.stride, reach.kernel, reach.dilation)
            for i in range(_period(len(spans), reach.stride))
        ],
        reach.stride,
    )


def _period(period: int, stride: int) -> int:
    return period // gcd(period, stride)


def _windows(view: View, windows: list[tuple[int, int, int]], stride: int) -> View:
    """Windows (first place, kernel, dilation) over a repeating pattern of spans."""
    period = len(view.spans)
    found = [
        _union(view, [first + t * dilation for t in _outermost(kernel, period)]) for first, kernel, dilation in windows
    ]
    # Places that were unevenly spaced are evenly spaced again once a stride takes whole periods.
    return View(tuple(found), view.shift * stride * len(windows) // period, view.even or len(found) == 1)


def _outermost(taps: int, period: int) -> Sequence[int]:
    """The taps that reach furthest: a tap and the one a whole period further see the same pattern, shifted."""
    return range(taps) if taps <= 2 * period else [*range(period), *range(taps - period, taps)]


def _union(view: View, places: list[int] | range) -> Span:
    low, high = None, None
    for place in places:
        turns, phase = divmod(place, len(view.spans))
        span = view.spans[phase]
        if span is None:
            continue
        first, last = span[0] + turns * view.shift, span[1] + turns * view.shift
        low = first if low is None else min(low, first)
        high = last if high is None else max(high, last)
    return None if low is None or high is None else (low, high)


def _spread(view: View, reach: Reach) -> View:
    """A transposed window: output o sees those inputs i with o + before − d·t = i·s for some tap t."""
    period = reach.stride * len(view.spans)
    if period > LONGEST_PERIOD:
        return View(view.spans, view.shift, even=False)
    found = []
    for output in range(period):
        taps = [output + reach.before - reach.dilation * t for t in range(min(reach.kernel, LONGEST_PERIOD))]
        found.append(_union(view, [place // reach.stride for place in taps if place % reach.stride == 0]))
    return View(tuple(found), view.shift, view.even)


def _adaptive(view: View, n: int, m: int) -> View:
    """Adaptive windows that do not divide their input: they repeat after m/gcd(n, m) outputs, or as many times more as
    the places under them take to repeat."""
    common, period = gcd(n, m), len(view.spans)
    n, m = n // common, m // common
    turns = _period(period, n)
    if m * turns > LONGEST_PERIOD:
        widest = -(-(m - 1 + n) // m)
        grown = ceil(rules.receptive_field(view.size, widest, view.jump))
        return View(((0, grown - 1),), max(1, view.shift * n // (m * period)), even=False)
    spans = []
    for i in range(m * turns):
        start, end = rules.adaptive_start(i, n, m), rules.adaptive_end(i, n, m)
        spans.append(_union(view, [start + t for t in _outermost(end - start, period)]))
    return View(tuple(spans), view.shift * n * turns // period, even=False)
