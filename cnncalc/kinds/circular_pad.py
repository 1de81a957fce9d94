"""Circular padding: what lies beyond one border is what stands at the opposite one.

For maps that close on themselves, such as panoramas. `padding` is one number, [left, right, top, bottom] in PyTorch's
order, or one [before, after] pair per axis; it may be no larger than the side.

    - circular_pad2d: {padding: 1}
"""

from cnncalc.kinds._contract import Example
from cnncalc.kinds._pad import Pad


class CircularPad(Pad):
    names = {"circular_pad1d": 1, "circular_pad2d": 2, "circular_pad3d": 3}
    foreign = ("CircularPad", "wrap_pad")
    mode = "circular"


CircularPad.examples = (
    Example("circular_pad2d", {"padding": 1}, ((3, 8, 6),), {"output": (3, 8 + 2 * 1, 6 + 2 * 1), "weights": 0}),
)
