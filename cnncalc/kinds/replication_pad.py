"""Replication padding: the value at the border is repeated outside it.

`padding` is one number, [left, right, top, bottom] in PyTorch's order, or one [before, after] pair per axis.

    - replication_pad2d: {padding: 1}
"""

from cnncalc.kinds._contract import Example
from cnncalc.kinds._pad import Pad


class ReplicationPad(Pad):
    names = {"replication_pad1d": 1, "replication_pad2d": 2, "replication_pad3d": 3}
    foreign = ("ReplicationPad", "replicate_pad", "edge_pad")
    mode = "replicate"


ReplicationPad.examples = (
    Example("replication_pad2d", {"padding": 1}, ((3, 8, 6),), {"output": (3, 8 + 2 * 1, 6 + 2 * 1), "weights": 0}),
)
