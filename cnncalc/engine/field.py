"""Receptive fields: how many places of the input an output value depends on, exactly, and how far apart neighbours
look.

Along each axis the outputs of a layer see spans of the input that repeat: after `len(spans)` outputs everything stands
`shift` places further on. A plain chain of windows has one span; transposed layers and adaptive poolings have several.
Sizes are not cut at the border.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import gcd
from typing import NamedTuple

from cnncalc.formula import rules
from cnncalc.kinds._contract import Mixed, Moved, Reach, Sight, Turns, Window

Span = tuple[int, int] | None
"""First and last place of the input that an output sees; None for one that sees nothing."""

MOST_PATHS = 16
"""Where paths differ in more ways than this, what is seen is not known."""

MOST_STEPS = 1_000_000
"""So many windows over repeating patterns are followed in one network; what lies behind is not known."""


class Work:
    """What may still be spent on repeating patterns in one network. Plain chains of windows take nothing of it."""

    def __init__(self, steps: int = MOST_STEPS) -> None:
        self.left = steps

    def affords(self, steps: int) -> bool:
        """Take so many steps, if there are as many left."""
        if steps > self.left:
            return False
        self.left -= steps
        return True


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
"""One axis, over all paths that differ in their jump: through branches the largest field of each is kept. None at all
where what is seen is not known."""

UNKNOWN: Views = ()

START: Views = (View(((0, 0),), 1),)


class Field(NamedTuple):
    """What a layer's outputs see: one entry per axis of the network's input; `sees_all` when it is all of it.

    `layout` says what the layer's axes are where they have been permuted: 0 the channels, 1 and up the axes of the
    network's input. It is empty where nobody can tell any more, and None in the usual order.
    """

    axes: tuple[Views, ...]
    sees_all: bool = False
    layout: tuple[int, ...] | None = None


def start(axes: int) -> Field:
    """The input itself: every value sees its own place."""
    return Field((START,) * axes)


def size(views: Views) -> int | None:
    """The receptive field along one axis: the largest over all paths; None where it is not known."""
    if len(views) == 1:
        spans = views[0][0]
        if len(spans) == 1 and spans[0] is not None:
            return spans[0][1] + 1 - spans[0][0]
    return max((view.size for view in views), default=None)


def jump(views: Views) -> int | Fraction | None:
    """The jump along one axis; None where paths disagree, places are unevenly spaced, or it is not known."""
    if not views:
        return None
    first = views[0]
    if len(views) == 1:
        return first.jump if first.even else None
    if not all(view.even for view in views) or any(view.jump != first.jump for view in views):
        return None
    return first.jump


def further(field: Field, window: Window, work: Work) -> Field:
    """The field one layer further on."""
    if window is Sight.SAME or field.sees_all:
        return field
    if window is Sight.ALL:
        return Field(field.axes, sees_all=True)
    if window is Sight.UNKNOWN or not any(field.axes):
        return _unknown(field)
    if window is Sight.SCATTERED:
        return Field(tuple(tuple(view._replace(even=False) for view in views) for views in field.axes), layout=())
    if isinstance(window, Mixed | Moved):
        layout = tuple(range(len(field.axes) + 1)) if field.layout is None else field.layout
        if isinstance(window, Moved):
            return _moved(field, layout, window.order)
        if any(axis >= len(layout) for axis in window.axes):  # nobody can tell what stands along it
            return _unknown(field)
        mixed = {layout[axis] for axis in window.axes} - {0}
        if not mixed:
            return field
        return Field(field.axes, sees_all=True) if mixed == set(layout) - {0} else _unknown(field)
    if not isinstance(window, tuple) or len(window) != len(field.axes) or field.layout is not None:
        return _unknown(field)
    first, reach = field.axes[0], window[0]
    if field.axes.count(first) == len(window) == window.count(reach):
        return Field((_slid(first, reach, work),) * len(window))
    return Field(tuple([_slid(views, reach, work) for views, reach in zip(field.axes, window, strict=True)]))


def _unknown(field: Field) -> Field:
    """What is not known here is not known further on, whatever the windows are."""
    return Field((UNKNOWN,) * len(field.axes))


def _moved(field: Field, layout: tuple[int, ...], order: tuple[int, ...]) -> Field:
    """The same field under permuted axes."""
    if len(order) != len(layout):
        return field._replace(layout=())
    moved = tuple(layout[axis] for axis in order)
    return field._replace(layout=None if moved == tuple(range(len(moved))) else moved)


def merged(fields: list[Field]) -> Field:
    """The field behind a merge of several paths."""
    first = fields[0]
    if all(field == first for field in fields):
        return first
    if any(field.sees_all for field in fields):
        return Field(first.axes, sees_all=True)
    if len({len(field.axes) for field in fields}) > 1:
        return _unknown(first)
    return Field(
        tuple(
            _largest(tuple(view for views in axis for view in views)) if all(axis) else UNKNOWN
            for axis in zip(*(field.axes for field in fields), strict=True)
        ),
        layout=first.layout if all(field.layout == first.layout for field in fields) else (),
    )


def _largest(views: Views) -> Views:
    """Of the paths with the same jump only the one that sees most; where outputs take turns, which of two paths sees
    more may depend on the turn, and both are kept."""
    kept: dict[tuple[int | Fraction, tuple[Span, ...], bool], View] = {}
    for view in views:
        key = (view.jump, view.spans if len(view.spans) > 1 else (), view.even)
        if key not in kept or view.size > kept[key].size:
            kept[key] = view
    if len(kept) > MOST_PATHS:
        return UNKNOWN
    return tuple(sorted(kept.values(), key=lambda view: (-view.size, -view.jump)))


def _slid(views: Views, reach: Reach, work: Work) -> Views:
    """One axis, one layer further on, along every path."""
    found = [_slide(view, reach, work) for view in views]
    known = [view for view in found if view is not None]
    return tuple(known) if len(known) == len(found) else UNKNOWN


def _slide(view: View, reach: Reach, work: Work) -> View | None:
    """One path, one layer further on; None where that would take too long to follow."""
    if reach.turns is not None:
        return _turning(view, reach.turns, work)
    if reach.adaptive is not None:
        n, m = reach.adaptive
        if n < m or n % m != 1:
            return _adaptive(view, n, m, work)
        # One place too many is shared by every two neighbours: the windows are alike and evenly spaced.
        reach = Reach(n // m + 1, n // m)
    if reach.transposed:
        return _spread(view, reach, work)
    spans, shift, even = view
    span = spans[0]
    if len(spans) == 1 and span is not None:
        extent = rules.effective_kernel(reach.kernel, reach.dilation)
        grown = rules.receptive_field(span[1] - span[0] + 1, extent, shift)
        return View(((0, grown - 1),), shift * reach.stride, even)
    return _windows(view, reach, work)


def _period(period: int, stride: int) -> int:
    return period // gcd(period, stride)


def _windows(view: View, reach: Reach, work: Work) -> View | None:
    """Windows over a repeating pattern of spans."""
    period = len(view.spans)
    outputs = _period(period, reach.stride)
    taps = _Taps(view)
    if not work.affords(taps.steps(outputs, reach.kernel)):
        return None
    found = [taps.union(-reach.before + i * reach.stride, reach.dilation, reach.kernel) for i in range(outputs)]
    # Places that were unevenly spaced are evenly spaced again once a stride takes whole periods.
    return View(tuple(found), view.shift * reach.stride * outputs // period, view.even or outputs == 1)


class _Taps:
    """What windows see whose taps stand on the outputs of a view."""

    def __init__(self, view: View) -> None:
        self.view = view
        self.rising = _rises(view)

    def steps(self, outputs: int, taps: int) -> int:
        """How much work it is at most to look at the pattern, and to unite so many taps for each of the outputs."""
        period = len(self.view.spans)
        return period + outputs * (1 if self.rising else min(taps, 2 * period))

    def union(self, first: int, step: int, taps: int) -> Span:
        """All that taps see that stand `step` apart, from the lowest place on."""
        if not self.rising:
            return self._all([first + t * step for t in _outermost(taps, len(self.view.spans))])
        low, high = self._at(first), self._at(first + rules.effective_kernel(taps, step) - 1)
        return None if low is None or high is None else (low[0], high[1])

    def _at(self, place: int) -> Span:
        turns, phase = divmod(place, len(self.view.spans))
        span = self.view.spans[phase]
        return None if span is None else (span[0] + turns * self.view.shift, span[1] + turns * self.view.shift)

    def _all(self, places: Sequence[int]) -> Span:
        seen = [span for span in map(self._at, places) if span is not None]
        return (min(low for low, _high in seen), max(high for _low, high in seen)) if seen else None


def _rises(view: View) -> bool:
    """Whether no output sees less far down or further up than one above it: a union then has the lowest tap's first
    place and the highest one's last."""
    before = None
    for span in (*view.spans, view.spans[0] and (view.spans[0][0] + view.shift, view.spans[0][1] + view.shift)):
        if span is None or (before is not None and (span[0] < before[0] or span[1] < before[1])):
            return False
        before = span
    return True


def _outermost(taps: int, period: int) -> Sequence[int]:
    """The taps that reach furthest: a tap and the one a whole period further see the same pattern, shifted."""
    return range(taps) if taps <= 2 * period else [*range(period), *range(taps - period, taps)]


def _spread(view: View, reach: Reach, work: Work) -> View | None:
    """A transposed window: output o sees those inputs i with o + before − d·t = i·s for some tap t.

    With g = gcd(d, s), these taps stand s/g apart, and the inputs they see d/g; an output has some if g divides
    o + before.
    """
    taps = _Taps(view)
    common = gcd(reach.dilation, reach.stride)
    between, step = reach.stride // common, reach.dilation // common
    period = reach.stride * len(view.spans)
    if not work.affords(taps.steps(period, -(-reach.kernel // between))):
        return None
    # The tap of place x is x/g · (d/g)⁻¹ modulo s/g.
    inverse = pow(step, -1, between)
    found: list[Span] = []
    for place in range(reach.before, reach.before + period):
        tap = place // common * inverse % between
        count = -(-(reach.kernel - tap) // between)
        if place % common or count < 1:
            found.append(None)
        else:
            last = reach.kernel - 1 - (reach.kernel - 1 - tap) % between
            found.append(taps.union((place - reach.dilation * last) // reach.stride, step, count))
    return View(tuple(found), view.shift, view.even)


def _adaptive(view: View, n: int, m: int, work: Work) -> View | None:
    """Adaptive windows that do not divide their input: they repeat after m/gcd(n, m) outputs, or as many times more as
    the places under them take to repeat."""
    common, period = gcd(n, m), len(view.spans)
    n, m = n // common, m // common
    turns = _period(period, n)
    taps = _Taps(view)
    if not work.affords(taps.steps(m * turns, n // m + 2)):
        return None
    spans = []
    for i in range(m * turns):
        start, end = rules.adaptive_start(i, n, m), rules.adaptive_end(i, n, m)
        spans.append(taps.union(start, 1, end - start))
    return View(tuple(spans), view.shift * n * turns // period, even=False)


def _turning(view: View, turns: Turns, work: Work) -> View | None:
    """Windows of any pattern, until the places under them repeat as well."""
    period = len(view.spans)
    rounds = _period(period, turns.places)
    taps = _Taps(view)
    outputs = turns.outputs * rounds
    if not work.affords(taps.steps(outputs, 4)):
        return None
    spans = []
    for place in range(outputs):
        low, high = turns.window(place)
        spans.append(taps.union(low, 1, high - low + 1))
    return View(tuple(spans), view.shift * turns.places * rounds // period, view.even and turns.outputs == 1)
