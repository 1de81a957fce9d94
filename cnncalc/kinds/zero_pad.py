"""Zero padding: places with the value 0 are added around a map.

A convolution does the same by its own `padding`; as a layer it also pads one side only, as frameworks with SAME
padding do. `padding` is one number, [left, right, top, bottom] in PyTorch's order (the last axis first), or one
[before, after] pair per axis. Negative numbers take places away.

    - zero_pad2d: {padding: [0, 1, 0, 1]}        # right and bottom
    - zero_pad2d: {padding: [[0, 1], [0, 1]]}    # the same
"""

from cnncalc.kinds._contract import Example
from cnncalc.kinds._pad import Pad


class ZeroPad(Pad):
    names = {"zero_pad1d": 1, "zero_pad2d": 2, "zero_pad3d": 3}
    foreign = ("ZeroPadding1D", "ZeroPadding2D", "ZeroPadding3D", "Pad", "padding", "零填充")
    mode = "zeros"


ZeroPad.examples = (
    Example("zero_pad2d", {"padding": [0, 1, 2, 3]}, ((3, 8, 6),), {"output": (3, 8 + 2 + 3, 6 + 0 + 1), "weights": 0}),
    Example("zero_pad1d", {"padding": 2}, ((3, 8),), {"output": (3, 8 + 2 + 2)}),
)
