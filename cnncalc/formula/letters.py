"""The letters of the formulas: the textbook's symbols, what they mean, and what forgetting one amounts to."""

from __future__ import annotations

from cnncalc.record import Record


class Letter(Record):
    """A symbol of the textbook.

    `neutral` is the value that makes it vanish (padding 0, stride 1); `ignored` is the slip of calculating with that
    value, `forgotten` the slip of leaving it out as a factor, `repeated` that of multiplying by it twice.
    """

    name: str
    meaning: str
    neutral: int | None = None
    ignored: str = ""
    forgotten: str = ""
    repeated: str = ""
    least: int = 0


N = Letter("n", "input size", least=1)
M = Letter("m", "output size", least=1)
K = Letter("k", "kernel size", forgotten="kernel_side_once", least=1)
S = Letter("s", "stride", neutral=1, ignored="ignored_stride", least=1)
P = Letter("p", "padding", neutral=0, ignored="ignored_padding")
P_BEFORE = Letter("p₁", "padding before", neutral=0, ignored="ignored_padding")
P_AFTER = Letter("p₂", "padding after", neutral=0, ignored="ignored_padding")
D = Letter("d", "dilation", neutral=1, ignored="ignored_dilation", least=1)
G = Letter("g", "groups", neutral=1, ignored="ignored_groups", least=1)
OP = Letter("op", "output padding", neutral=0, ignored="ignored_output_padding")
C_IN = Letter("C_in", "input channels", forgotten="forgot_input_channels", least=1)
C_OUT = Letter("C_out", "output channels", forgotten="forgot_output_channels", least=1)
C = Letter("C", "channels", least=1)
F_IN = Letter("in", "input features", repeated="squared_inputs", least=1)
F_OUT = Letter("out", "output features", least=1)
ROWS = Letter("rows", "positions the layer is applied to", least=1)
R = Letter("r", "receptive field so far", least=1)
J = Letter("jump", "places of the input from one value to the next", least=1)
VALUES = Letter("values", "values of the map", least=1)
