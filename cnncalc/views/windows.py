"""Windows drawn over the places of one side, or told by their first and last place."""

from __future__ import annotations

from cnncalc.document import Picture, Span, Step, plain
from cnncalc.formula.expression import traced
from cnncalc.formula.letters import NUMBER, M, N
from cnncalc.formula.rules import adaptive_end, adaptive_start, last_window_start
from cnncalc.formula.write import Formula
from cnncalc.language import _, plural
from cnncalc.views.calculation import said

MOST = 8
"""As many windows are told one by one; of more, the first ones and the last."""


def drawn(n: int, padding: tuple[int, int], extent: int, stride: int, windows: int) -> Picture:
    """The places of a side, `p` for padding, and below them each window where it lies."""
    before, after = padding
    cells = ["p"] * before + [str(i) for i in range(1, n + 1)] + ["p"] * after
    wide = max(map(len, cells))
    step = wide + 1
    sides = " ".join(cell.rjust(wide) for cell in cells)
    lines = [sides]
    for window in range(windows):
        start = window * stride * step + wide - 1
        length = extent * step - wide
        lines.append(" " * start + ("└" + "─" * (length - 2) + "┘" if length > 1 else "┴"))
    rest = n + before + after - last_window_start(windows, stride) - extent
    counted = plural("{count} window", "{count} windows", windows).format(count=windows)
    if rest < 0:
        left = _("the last one reaches beyond the end")
    elif rest:
        left = plural("{count} place left over", "{count} places left over", rest)
    else:
        left = _("nothing left over")
    return Picture(tuple(lines), _("{counted}, {left}").format(counted=counted, left=left.format(count=rest)))


def adaptive(n: int, m: int) -> tuple[Step, ...]:
    """The m windows of an adaptive pooling over n places: the rule, and the first and last place of each."""
    i, side, windows = traced(NUMBER, 0), traced(N, n), traced(M, m)
    first, last = adaptive_start(i, side, windows), adaptive_end(i, side, windows) - 1
    rule = (said(Formula(first)), Span(" … "), said(Formula(last)))
    shown = range(m) if m <= MOST else (*range(MOST - 2), m - 1)
    told = [f"{adaptive_start(i, n, m)}–{adaptive_end(i, n, m) - 1}" for i in shown]
    if m > MOST:
        told.insert(-1, "…")
    return (Step(rule, equals=False), Step(plain(_(", ").join(told)), note=_("counted from 0")))
