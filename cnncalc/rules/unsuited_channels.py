"""Channels that leave part of the hardware idle."""

from collections.abc import Iterator

from cnncalc.language import _
from cnncalc.rules._contract import Breach, Rule
from cnncalc.rules._design import Design


class UnsuitedChannels(Rule):
    """The number of output channels is no multiple of what the hardware works on at once.

    Tensor cores and vector units take channels in blocks of 8, 16 or 32; a block that is partly filled takes as long as
    a full one. `channel_multiple` says how large the blocks are. The last layer, whose outputs are the classes, is not
    meant. The rule is asked on demand only.
    """

    severity = "advice"
    on = False
    bad = """
        input: [3, 32, 32]
        layers:
        - conv2d: {out_channels: 30, kernel_size: 3}
        - relu
        - max_pool2d: {kernel_size: 10}
        - flatten
        - linear: {out_features: 10}
        """
    good = """
        input: [3, 32, 32]
        layers:
        - conv2d: {out_channels: 32, kernel_size: 3}
        - relu
        - max_pool2d: {kernel_size: 10}
        - flatten
        - linear: {out_features: 10}
        """

    channels: int
    multiple: int
    spatial: bool

    @classmethod
    def find(cls, design: Design) -> Iterator[Breach]:
        multiple = max(1, design.settings.channel_multiple)
        for node in design:
            if not node.connects or node.index not in design.before_weights:
                continue
            spatial = node.result.geometry is not None
            channels = node.shape[0] if spatial else node.shape[-1]
            if channels % multiple:
                yield Breach(cls(channels, multiple, spatial), node)

    def message(self) -> str:
        return _("{channels} channels are no multiple of {multiple}").format(
            channels=self.channels, multiple=self.multiple
        )

    def about(self) -> str:
        return "out_channels" if self.spatial else "out_features"

    def hints(self) -> tuple[str, ...]:
        above = -(-self.channels // self.multiple) * self.multiple
        return (_("{above} channels take as long as {channels}").format(above=above, channels=self.channels),)
