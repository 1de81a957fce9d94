"""Grouped convolutions in a row whose groups never meet."""

from collections.abc import Iterator

from cnncalc.language import _
from cnncalc.rules._contract import Breach, Rule, second_place
from cnncalc.rules._design import Design, through


class GroupsNeverMix(Rule):
    """A grouped convolution follows another one with equally many groups.

    The channels of a group come from the same group of the layer above, so the groups are networks of their own, side
    by side. Mix the channels between them: with a 1×1 convolution, one without groups, or by shuffling the channels.
    """

    severity = "advice"
    bad = """
        input: [16, 32, 32]
        layers:
        - conv2d: {out_channels: 32, kernel_size: 3, groups: 4}
        - relu
        - conv2d: {out_channels: 32, kernel_size: 3, groups: 4}
        - relu
        - conv2d: {out_channels: 32, kernel_size: 1}
        """
    good = """
        input: [16, 32, 32]
        layers:
        - conv2d: {out_channels: 32, kernel_size: 3, groups: 4}
        - relu
        - conv2d: {out_channels: 32, kernel_size: 1}
        - relu
        - conv2d: {out_channels: 32, kernel_size: 3, groups: 4}
        """

    first: str
    groups: int
    channels: int

    @classmethod
    def find(cls, design: Design) -> Iterator[Breach]:
        for node in design.convolutions:
            geometry = node.result.geometry
            if geometry is None or not 1 < geometry.groups < node.arriving[0]:
                continue
            first = through(node.sole_source, "keeps_grid")
            other = None if first is None else first.result.geometry
            if first is not None and first.connects and other is not None and other.groups == geometry.groups:
                problem = cls(first.name, geometry.groups, node.arriving[0] // geometry.groups)
                yield Breach(problem, node, second_place(first, _("the same groups")))

    def message(self) -> str:
        return _("the {groups} groups are those of {first}: none sees more than {channels} channels of its own").format(
            groups=self.groups, first=self.first, channels=self.channels
        )

    def about(self) -> str:
        return "groups"

    def hints(self) -> tuple[str, ...]:
        return (_("put a 1×1 convolution between them, or leave out the groups of one"),)
