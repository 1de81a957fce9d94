"""Two layers with weights and nothing non-linear between them."""

from __future__ import annotations

from collections.abc import Iterator
from math import prod

from cnncalc import shape as shapes
from cnncalc.formula import rules
from cnncalc.kinds._contract import Reach, Role, Sight
from cnncalc.language import _
from cnncalc.result import Geometry
from cnncalc.rules._contract import Breach, Rule, second_place
from cnncalc.rules._design import FURTHEST, Design, Node, spreads
from cnncalc.shape import Shape, elements


class CollapsingLayers(Rule):
    """Nothing non-linear stands between two layers with weights, so that together they are worth one.

    A weighted sum of weighted sums is a weighted sum. Two 3×3 convolutions in a row do what one 5×5 can do (with
    padding, up to the border); two fully connected layers what one can do. The depth that was paid for is not there.
    Left alone are pairs that are meant to save weights: a narrow layer between two wide ones, a depthwise convolution
    with its pointwise one, 1×k with k×1, convolutions with an enlargement between them.
    """

    severity = "warning"
    bad = """
        input: [8, 32, 32]
        layers:
        - conv2d: {out_channels: 16, kernel_size: 3}
        - conv2d: {out_channels: 16, kernel_size: 3}
        - relu
        """
    good = """
        input: [8, 32, 32]
        layers:
        - conv2d: {out_channels: 16, kernel_size: 3}
        - relu
        - conv2d: {out_channels: 16, kernel_size: 3}
        - relu
        """

    first: str
    second: str
    kernel: Shape
    """Of the one convolution that the two are worth; empty when it is a fully connected layer."""
    weights: tuple[int, int]
    collapsed: int

    @classmethod
    def find(cls, design: Design) -> Iterator[Breach]:
        if not design.bends:
            return  # a network without any non-linearity is another rule's matter
        for second in design:
            if not second.connects:
                continue
            between = list(_between(second))
            first = (between[-1] if between else second).sole_source
            if first is None or not first.connects:
                continue
            worth = _together(first, second, between)
            if worth is not None:
                own = (first.result.weights or 0, second.result.weights or 0)
                said = second_place(first, _("nothing non-linear from here on"))
                yield Breach(cls(first.name, second.name, worth[0], own, worth[1]), second, said)

    def message(self) -> str:
        if self.kernel:
            return _("nothing non-linear between {first} and {second}: they are worth one {kernel} convolution").format(
                first=self.first, second=self.second, kernel=shapes.text(self.kernel)
            )
        return _("nothing non-linear between {first} and {second}: they are worth one fully connected layer").format(
            first=self.first, second=self.second
        )

    def hints(self) -> tuple[str, ...]:
        own = _("{first:,} + {second:,} = {both:,}").format(
            first=self.weights[0], second=self.weights[1], both=sum(self.weights)
        )
        between = _("put an activation between them")
        saved = sum(self.weights) - self.collapsed
        if saved > 0:
            return (
                between,
                _("or take the one layer: {one:,} weights instead of {own}, {saved:,} fewer").format(
                    one=self.collapsed, own=own, saved=saved
                ),
            )
        return (
            between,
            _("the one layer would have {one:,} weights, these have {own}").format(one=self.collapsed, own=own),
        )


def _between(second: Node) -> Iterator[Node]:
    """The layers in front of it that are no reason why it could not be one with the layer above them."""
    at = second.sole_source
    for _step in range(FURTHEST):
        if at is None or not at.lets_collapse:
            return
        yield at
        at = at.sole_source


def _in_place(node: Node) -> bool:
    """Whether a window meets the same places behind this layer as in front of it, apart from the border."""
    if node.shape[:1] != node.arriving[:1] or len(node.shape) != len(node.arriving):
        return False
    window = node.window
    if isinstance(window, tuple):
        return all(reach._replace(before=0) == Reach(1) for reach in window)
    return window is Sight.SAME and not node.has(Role.SHAPE)


def _together(first: Node, second: Node, between: list[Node]) -> tuple[Shape, int] | None:
    """The kernel and the weights of the one layer that two are worth; None for pairs that are meant to save weights."""
    one, two = first.result.geometry, second.result.geometry
    if spreads(first) or spreads(second) or any(geometry and geometry.groups > 1 for geometry in (one, two)):
        return None
    if second.has(Role.LINEAR):
        rows, linear = len(second.arriving) > 1, first.has(Role.LINEAR)
        if rows and not (linear and all(one.passes and not one.has(Role.SHAPE) for one in between)):
            return None
        if linear and not rows and len(first.arriving) > 1:
            return None  # all rows share the weights of the first
        values = first.arriving[-1] if rows else elements(first.arriving)
        narrow = linear and first.shape[-1] < min(values, second.shape[-1])
        return None if narrow else ((), rules.linear_weights(values, second.shape[-1]))
    if one is None or two is None or len(one.kernel) != len(two.kernel) or not all(map(_in_place, between)):
        return None
    ends = (first.arriving[0], second.shape[0])
    if first.shape[0] < min(ends):
        return None
    kernel = tuple(
        rules.receptive_field(extent, further, s)
        for extent, further, s in zip(_extents(one), _extents(two), one.stride, strict=True)
    )
    collapsed = rules.convolution_weights(*ends, kernel)
    crossed = (
        len(set(one.kernel)) > 1 and len(set(two.kernel)) > 1 and prod(kernel) > prod(one.kernel) + prod(two.kernel)
    )
    return None if crossed else (kernel, collapsed)


def _extents(geometry: Geometry) -> tuple[int, ...]:
    return tuple(map(rules.effective_kernel, geometry.kernel, geometry.dilation))
