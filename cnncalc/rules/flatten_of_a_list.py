"""A flatten with nothing to flatten."""

from collections.abc import Iterator

from cnncalc import shape as shapes
from cnncalc.kinds._contract import Role
from cnncalc.language import _
from cnncalc.rules._contract import Breach, Rule, removal
from cnncalc.rules._design import Design
from cnncalc.shape import Shape


class FlattenOfAList(Rule):
    """A layer that only changes the shape is given the shape that it makes.

    A list of features is flat already, behind a global pooling for example. The layer does nothing.
    """

    severity = "advice"
    fixable = True
    bad = """
        input: [3, 32, 32]
        layers:
        - conv2d: {out_channels: 8, kernel_size: 32}
        - relu
        - global_avg_pool
        - flatten
        - linear: {out_features: 10}
        """
    good = """
        input: [3, 32, 32]
        layers:
        - conv2d: {out_channels: 8, kernel_size: 32}
        - relu
        - global_avg_pool
        - linear: {out_features: 10}
        """

    shape: Shape

    @classmethod
    def find(cls, design: Design) -> Iterator[Breach]:
        for node in design.of(Role.SHAPE):
            if node.kind is not None and node.kind.idempotent and node.shape == node.arriving and len(node.shape) == 1:
                yield Breach(cls(node.shape), node, edit=removal(design, node))

    def message(self) -> str:
        return _("a list of {shape} values is flat already").format(shape=shapes.text(self.shape))

    def hints(self) -> tuple[str, ...]:
        return (_("leave it out"),)
