"""The letters of the formulas: the textbook's symbols, what they mean, and what forgetting one amounts to."""

from __future__ import annotations

from cnncalc.language import _
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


N = Letter("n", _("input size"), least=1)
M = Letter("m", _("output size"), least=1)
K = Letter("k", _("kernel size"), forgotten="kernel_side_once", least=1)
S = Letter("s", _("stride"), neutral=1, ignored="ignored_stride", least=1)
P = Letter("p", _("padding"), neutral=0, ignored="ignored_padding")
P_BEFORE = Letter("p₁", _("padding before"), neutral=0, ignored="ignored_padding")
P_AFTER = Letter("p₂", _("padding after"), neutral=0, ignored="ignored_padding")
D = Letter("d", _("dilation"), neutral=1, ignored="ignored_dilation", least=1)
G = Letter("g", _("groups"), neutral=1, ignored="ignored_groups", least=1)
OP = Letter("op", _("output padding"), neutral=0, ignored="ignored_output_padding")
C_IN = Letter("C_in", _("input channels"), forgotten="forgot_input_channels", least=1)
C_OUT = Letter("C_out", _("output channels"), forgotten="forgot_output_channels", least=1)
C = Letter("C", _("channels"), least=1)
F_IN = Letter("in", _("input features"), repeated="squared_inputs", least=1)
F_OUT = Letter("out", _("output features"), least=1)
ROWS = Letter("rows", _("positions the layer is applied to"), least=1)
R = Letter("r", _("receptive field so far"), least=1)
J = Letter("jump", _("places of the input from one value to the next"), least=1)
VALUES = Letter("values", _("values of the map"), least=1)
