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
F_IN_2 = Letter("in₂", "features that arrive at the second recurrent layer and all further ones", least=1)
H = Letter("h", "hidden size: values that a recurrent layer remembers", least=1)
PROJ = Letter("proj", "values that a step of a recurrent layer gives on, where they are projected", least=1)
E = Letter("E", "features of the queries (embed_dim)", least=1)
E_KEYS = Letter("E_k", "features of the keys", least=1)
E_VALUES = Letter("E_v", "features of the values", least=1)
HEADS = Letter("heads", "heads of an attention", least=1)
QUERIES = Letter("L", "places of the queries", least=1)
KEYS = Letter("L_k", "places of the keys and values", least=1)
GROUPS = Letter("sequences", "sequences that an attention takes one by one", least=1)
SIDE = Letter("side", "side of a window of relative positions", least=1)
ROWS = Letter("rows", "rows of what arrives: positions that the layer is applied to", least=1)
R = Letter("r", "receptive field so far", least=1)
J = Letter("jump", "places of the input from one value to the next", least=1)
COLUMNS = Letter("columns", "columns that windows became, one for each window", least=1)
GCD = Letter("gcd", "greatest common divisor of n and m", least=1)
NUMBER = Letter("i", "number of a window, from 0")
FACTOR = Letter("factor", "what each side is multiplied by")
VALUES = Letter("values", "values of the map", least=1)
