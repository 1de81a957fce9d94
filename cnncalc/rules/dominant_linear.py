"""One fully connected layer that holds most of a network's parameters."""

from __future__ import annotations

from collections.abc import Iterator

from cnncalc import shape as shapes
from cnncalc.formula import rules
from cnncalc.kinds._contract import Role
from cnncalc.language import _
from cnncalc.rules._contract import Breach, Rule, second_place
from cnncalc.rules._design import Design, Node
from cnncalc.shape import Shape, elements


class DominantLinear(Rule):
    """One fully connected layer behind the convolutions holds most of all parameters.

    A map that is flattened gives each neuron a weight for every place of every channel. Averaging each channel first
    (global average pooling) leaves one value per channel: the layer shrinks by the number of places, takes maps of any
    size, and overfits less. AlexNet and VGG were built the old way; since Network in Network and ResNet the average is
    usual.
    """

    severity = "advice"
    bad = """
        input: [3, 32, 32]
        layers:
        - conv2d: {out_channels: 32, kernel_size: 5, padding: 2}
        - relu
        - max_pool2d: {kernel_size: 2}
        - conv2d: {out_channels: 64, kernel_size: 3, padding: 1}
        - relu
        - max_pool2d: {kernel_size: 4}
        - conv2d: {out_channels: 64, kernel_size: 3, padding: 1}
        - relu
        - flatten                         # 64·4·4 = 1024
        - linear: {out_features: 1000}
        """
    good = """
        input: [3, 32, 32]
        layers:
        - conv2d: {out_channels: 32, kernel_size: 5, padding: 2}
        - relu
        - max_pool2d: {kernel_size: 2}
        - conv2d: {out_channels: 64, kernel_size: 3, padding: 1}
        - relu
        - max_pool2d: {kernel_size: 4}
        - conv2d: {out_channels: 64, kernel_size: 3, padding: 1}
        - relu
        - global_avg_pool                 # 64
        - linear: {out_features: 1000}
        """

    own: int
    total: int
    map: Shape
    averaged: int

    @classmethod
    def find(cls, design: Design) -> Iterator[Breach]:
        total = design.result.totals["parameters"].value or 0
        if total < design.settings.least_parameters:
            return
        for node in design.of(Role.LINEAR):
            own = node.result.parameters or 0
            if 100 * own < design.settings.largest_share * total or len(node.arriving) > 1 or node.kind is None:
                continue
            flattened = _map_above(node)
            if flattened is not None:
                left = node.kind.weights((flattened.shape[:1],))
                averaged = rules.parameters(left.weights, left.biases)
                yield Breach(
                    cls(own, total, flattened.shape, averaged),
                    node,
                    second_place(flattened, shapes.text(flattened.shape)),
                )

    def message(self) -> str:
        return _("this layer holds {own:,} of {total:,} parameters, {percent} %").format(
            own=self.own, total=self.total, percent=100 * self.own // self.total
        )

    def amount(self) -> int:
        return 100 * self.own // self.total

    def hints(self) -> tuple[str, ...]:
        return (
            _(
                "with the mean of each {sides} map instead of its {places} values it would hold {averaged:,},"
                " and the network {left:,}"
            ).format(
                sides=shapes.text(self.map[1:]),
                places=elements(self.map[1:]),
                averaged=self.averaged,
                left=self.total - self.own + self.averaged,
            ),
        )


def _map_above(node: Node) -> Node | None:
    """The layer whose map was flattened into this layer's inputs; None when no convolution stands above."""
    above = node.source
    while above is not None and above.passes and len(above.arriving) <= 1:
        above = above.source
    if above is None or not above.passes or above.source is None or above.source.kind is None:
        return None
    found = above.source
    while found.has(Role.SHAPE) and found.passes and found.source is not None:
        found = found.source
    if found.kind is None:
        return None
    if elements(found.shape[1:]) == 1 or elements(found.shape) != elements(node.arriving):
        return None
    at: Node | None = found
    while at is not None and not at.has(Role.CONVOLUTION):
        if not at.keeps_axes:
            return None  # a sequence, say, whose first axis is no channels
        at = next((one for one in at.above if one is not None), None)
    return found if at is not None else None
