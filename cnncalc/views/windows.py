"""Windows drawn over the places of one side."""

from __future__ import annotations

from cnncalc.document import Picture
from cnncalc.formula.rules import last_window_start
from cnncalc.language import _, plural


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
