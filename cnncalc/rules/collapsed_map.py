"""A map that is down to one place while convolutions are still to come."""

from __future__ import annotations

from collections.abc import Iterator
from math import prod

from cnncalc import shape as shapes
from cnncalc.kinds._contract import Role
from cnncalc.language import _, plural
from cnncalc.rules._contract import Breach, Rule, second_place
from cnncalc.rules._design import Design, Node, spreads
from cnncalc.shape import Shape, elements


class CollapsedMap(Rule):
    """The map is down to a single place, and convolutions with larger kernels follow.

    Of a 3×3 kernel over one place only the middle weight meets a value, the other 8 meet padding. Such layers are fully
    connected ones that carry nine times their weights. The input is too small for so many strides and poolings.
    """

    severity = "warning"
    bad = """
        input: [3, 8, 8]
        layers:
        - conv2d: {out_channels: 8, kernel_size: 3, stride: 2, padding: 1}    # 4×4
        - relu
        - max_pool2d: {kernel_size: 4}                                        # 1×1
        - conv2d: {out_channels: 16, kernel_size: 3, padding: 1}
        - relu
        """
    good = """
        input: [3, 8, 8]
        layers:
        - conv2d: {out_channels: 8, kernel_size: 3, stride: 2, padding: 1}    # 4×4
        - relu
        - conv2d: {out_channels: 16, kernel_size: 3, padding: 1}
        - relu
        - max_pool2d: {kernel_size: 4}                                        # 1×1
        """

    arriving: Shape
    convolutions: int
    weights: int
    wasted: int

    @classmethod
    def find(cls, design: Design) -> Iterator[Breach]:
        behind: dict[int, list[Node]] = {}
        collapses: dict[int, int] = {}
        for node in design:
            above = node.above[0]
            if elements(node.arriving[1:]) > 1:
                if elements(node.shape[1:]) == 1:
                    collapses[node.index] = node.index
            elif above is not None and above.index in collapses:
                collapse = collapses[node.index] = collapses[above.index]
                if node.spatial_kernel and node.has(Role.CONVOLUTION) and not spreads(node):
                    behind.setdefault(collapse, []).append(node)
        for index, nodes in behind.items():
            weights = sum(node.result.weights or 0 for node in nodes)
            met = sum(
                (node.result.weights or 0) // prod(node.result.geometry.kernel)
                for node in nodes
                if node.result.geometry
            )
            place = design.nodes[index]
            problem = cls(place.arriving, len(nodes), weights, weights - met)
            yield Breach(problem, place, second_place(nodes[0], _("meets one place")))

    def message(self) -> str:
        sentence = plural(
            "{arriving} becomes a single place here, and {count} convolution with a larger kernel follows",
            "{arriving} becomes a single place here, and {count} convolutions with larger kernels follow",
            self.convolutions,
        )
        return sentence.format(arriving=shapes.text(self.arriving), count=self.convolutions)

    def hints(self) -> tuple[str, ...]:
        return (
            _("{wasted:,} of their {weights:,} weights only meet padding: shrink the map later, or not here").format(
                wasted=self.wasted, weights=self.weights
            ),
        )
