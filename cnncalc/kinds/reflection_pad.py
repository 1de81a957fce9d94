"""Reflection padding: the map is mirrored at its border, without repeating the border itself.

Pictures keep their look at the edge. `padding` is one number, [left, right, top, bottom] in PyTorch's order, or one
[before, after] pair per axis; p places need a side of more than p.

    - reflection_pad2d: {padding: 3}
"""

from cnncalc.kinds._contract import Example
from cnncalc.kinds._pad import Pad


class ReflectionPad(Pad):
    names = {"reflection_pad1d": 1, "reflection_pad2d": 2, "reflection_pad3d": 3}
    foreign = ("ReflectionPadding2D", "ReflectionPad", "reflect_pad")
    mode = "reflect"


ReflectionPad.examples = (
    Example("reflection_pad2d", {"padding": 3}, ((3, 8, 6),), {"output": (3, 8 + 2 * 3, 6 + 2 * 3), "weights": 0}),
)
