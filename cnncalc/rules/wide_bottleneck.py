"""A bottleneck that is wider than what it is to narrow."""

from collections.abc import Iterator

from cnncalc.language import _
from cnncalc.rules._contract import Breach, Rule, second_place
from cnncalc.rules._design import Design, through


class WideBottleneck(Rule):
    """In 1×1, k×k, 1×1 the first convolution widens the map instead of narrowing it.

    The 1×1 convolutions of a bottleneck are there to make the k×k one cheap: its cost grows with the square of the
    channels between them. Wider in the middle is the inverted block of MobileNetV2, whose k×k convolution is depthwise
    for that very reason.
    """

    severity = "advice"
    bad = """
        input: [64, 32, 32]
        layers:
        - conv2d: {out_channels: 128, kernel_size: 1}
        - relu
        - conv2d: {out_channels: 128, kernel_size: 3, padding: 1}
        - relu
        - conv2d: {out_channels: 64, kernel_size: 1}
        """
    good = """
        input: [64, 32, 32]
        layers:
        - conv2d: {out_channels: 16, kernel_size: 1}
        - relu
        - conv2d: {out_channels: 16, kernel_size: 3, padding: 1}
        - relu
        - conv2d: {out_channels: 64, kernel_size: 1}
        """

    arriving: int
    inside: int
    weights: int
    narrow: int
    """Weights of the middle convolution with as many channels as arrive."""

    @classmethod
    def find(cls, design: Design) -> Iterator[Breach]:
        for node in design.convolutions:
            geometry = node.result.geometry
            if geometry is None or geometry.groups > 1 or not node.spatial_kernel:
                continue
            first = through(node.sole_source, "keeps_grid")
            if first is None or not first.pointwise or first.shape[0] <= first.arriving[0]:
                continue
            below = node
            while len(below.users) == 1 and below.users[0].keeps_grid:
                below = below.users[0]
            if any(user.pointwise for user in below.users):
                weights, channels = node.result.weights or 0, first.arriving[0]
                narrow = weights * channels * channels // (node.arriving[0] * node.shape[0])
                said = second_place(node, _("works on {inside} channels").format(inside=first.shape[0]))
                yield Breach(cls(channels, first.shape[0], weights, narrow), first, said)

    def message(self) -> str:
        return _("the bottleneck is wider than its input: {inside} channels inside, {arriving} arrive").format(
            inside=self.inside, arriving=self.arriving
        )

    def amount(self) -> int:
        return self.inside

    def about(self) -> str:
        return "out_channels"

    def hints(self) -> tuple[str, ...]:
        return (
            _(
                "the convolution inside has {weights:,} weights; with {arriving} channels it would have {narrow:,}"
            ).format(weights=self.weights, arriving=self.arriving, narrow=self.narrow),
            _("narrow it, or make the convolution inside depthwise"),
        )
