"""A depthwise convolution whose channels are never mixed."""

from collections.abc import Iterator

from cnncalc.kinds._contract import Mixed, Role
from cnncalc.language import _
from cnncalc.rules._contract import Breach, Rule
from cnncalc.rules._design import Design, Node


class DepthwiseAlone(Rule):
    """A convolution has as many groups as channels, and no layer behind it mixes the channels.

    A depthwise convolution filters each channel by itself. Its partner is a 1×1 convolution, which mixes the channels;
    without one, no output ever depends on more than one of the channels that arrived here.
    """

    severity = "warning"
    bad = """
        input: [3, 32, 32]
        layers:
        - conv2d: {out_channels: 16, kernel_size: 3}
        - relu
        - conv2d: {out_channels: 16, kernel_size: 3, groups: 16}
        - relu
        """
    good = """
        input: [3, 32, 32]
        layers:
        - conv2d: {out_channels: 16, kernel_size: 3}
        - relu
        - conv2d: {out_channels: 16, kernel_size: 3, groups: 16}
        - conv2d: {out_channels: 32, kernel_size: 1}
        - relu
        """

    channels: int
    out: int

    @classmethod
    def find(cls, design: Design) -> Iterator[Breach]:
        mixed = design.ahead_of(_mixes)
        for node in design.convolutions:
            geometry = node.result.geometry
            if geometry is not None and geometry.groups == node.arriving[0] > 1 and node.index not in mixed:
                yield Breach(cls(node.arriving[0], node.shape[0]), node)

    def message(self) -> str:
        return _("{channels} groups for {channels} channels, and nothing behind it mixes them").format(
            channels=self.channels
        )

    def about(self) -> str:
        return "groups"

    def hints(self) -> tuple[str, ...]:
        return (
            _("a 1×1 convolution behind it mixes them, with {weights:,} weights for {out} channels").format(
                weights=self.out * self.out, out=self.out
            ),
        )


def _mixes(node: Node) -> bool:
    """Whether a layer's outputs depend on all channels, as probabilities do too; an unknown layer may.

    Which axis holds the channels is not followed: a layer that takes an axis together, or multiplies maps as matrices,
    counts as one that mixes them.
    """
    if node.kind is None or node.shares or isinstance(node.window, Mixed):
        return True
    if node.weighs and not node.connects:
        return True
    if node.has(Role.MERGE) and len(node.above) == 2 and (node.result.macs or 0) > 0:
        return True
    geometry = node.result.geometry
    return node.connects and (geometry is None or geometry.groups == 1 or geometry.groups < node.arriving[0])
