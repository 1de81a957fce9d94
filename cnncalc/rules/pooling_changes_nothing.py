"""A pooling that gives back what arrives."""

from collections.abc import Iterator

from cnncalc import shape as shapes
from cnncalc.kinds._contract import Role
from cnncalc.language import _
from cnncalc.rules._contract import Breach, Rule, removal
from cnncalc.rules._design import Design
from cnncalc.shape import Shape, elements


class PoolingChangesNothing(Rule):
    """A pooling gives back what arrives: its window is one place, or the map is.

    Of a single value the largest and the mean are the value itself. Either the window was meant to be larger, or the
    map has shrunk further than was meant. Adaptive poolings are left alone: with another input they have something to
    do.
    """

    severity = "warning"
    fixable = True
    bad = """
        input: [3, 32, 32]
        layers:
        - conv2d: {out_channels: 8, kernel_size: 3}
        - relu
        - max_pool2d: {kernel_size: 1}
        """
    good = """
        input: [3, 32, 32]
        layers:
        - conv2d: {out_channels: 8, kernel_size: 3}
        - relu
        - max_pool2d: {kernel_size: 2}
        """

    map: Shape
    kernel: Shape

    @classmethod
    def find(cls, design: Design) -> Iterator[Breach]:
        for node in design.of(Role.POOLING):
            geometry = node.result.geometry
            plain = node.kind is not None and (node.kind.picks or node.kind.weighted_sum)
            if geometry is None or not plain or node.shape != node.arriving:
                continue
            if {*geometry.kernel, *geometry.stride} == {1}:
                yield Breach(cls(node.shape, geometry.kernel), node, edit=removal(design, node))
            elif elements(node.shape[1:]) == 1:
                yield Breach(cls(node.shape, geometry.kernel), node)

    def message(self) -> str:
        return _("a {kernel} window over maps of {map} gives back what arrives").format(
            kernel=shapes.text(self.kernel), map=shapes.text(self.map)
        )

    def about(self) -> str:
        return "kernel_size"

    def hints(self) -> tuple[str, ...]:
        return (_("leave it out, or take a larger window over a larger map"),)
