"""Constant padding: places with a fixed value are added around a map.

`padding` is one number, [left, right, top, bottom] in PyTorch's order (the last axis first), or one [before, after]
pair per axis. Negative numbers take places away.

    - constant_pad2d: {padding: [1, 0, 1, 0], value: 0.5}
"""

from typing import Any

from pydantic import Field

from cnncalc.kinds._contract import Example, Float
from cnncalc.kinds._pad import Pad
from cnncalc.language import mark


class ConstantPad(Pad):
    names = {"constant_pad1d": 1, "constant_pad2d": 2, "constant_pad3d": 3}
    foreign = ("ConstantPad",)

    value: Float = Field(description=mark("value of the added places"))

    def outside(self) -> Any:
        return self.value


ConstantPad.examples = (
    Example(
        "constant_pad2d",
        {"padding": [1, 0, 1, 0], "value": 0.5},
        ((3, 8, 6),),
        {"output": (3, 8 + 1, 6 + 1), "weights": 0},
    ),
)
