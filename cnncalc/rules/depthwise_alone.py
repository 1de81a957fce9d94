"""A depthwise convolution whose channels are never mixed."""

from collections.abc import Iterator

from cnncalc.language import _
from cnncalc.rules._contract import Breach, Rule
from cnncalc.rules._design import Design


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
        mixed: set[int] = set()
        for node in reversed(design.nodes):
            for user in node.users:
                geometry = user.result.geometry
                mixes = user.kind is None or (user.connects and (geometry is None or geometry.groups == 1))
                probable = user.kind is not None and user.kind.probabilities == "together"
                if mixes or probable or user.index in mixed:
                    mixed.add(node.index)
                    break
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
