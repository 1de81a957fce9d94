"""An adaptive pooling that is asked for more than arrives."""

from collections.abc import Iterator

from cnncalc import shape as shapes
from cnncalc.kinds._contract import Role
from cnncalc.language import _
from cnncalc.rules._contract import Breach, Rule
from cnncalc.rules._design import Design
from cnncalc.shape import Shape, elements


class AdaptivePoolEnlarges(Rule):
    """An adaptive pooling is asked for a larger map than arrives, and repeats values to fill it.

    What follows pays for copies: a fully connected layer behind a 1×1 map that was blown up to 7×7 has 49 weights for
    one and the same value. The network was made for larger inputs.
    """

    severity = "warning"
    bad = """
        input: [3, 32, 32]
        layers:
        - conv2d: {out_channels: 8, kernel_size: 3, stride: 2, padding: 1}   # 16×16
        - relu
        - max_pool2d: {kernel_size: 4}                                       # 4×4
        - adaptive_avg_pool2d: {output_size: 7}
        - flatten
        - linear: {out_features: 10}
        """
    good = """
        input: [3, 32, 32]
        layers:
        - conv2d: {out_channels: 8, kernel_size: 3, stride: 2, padding: 1}
        - relu
        - max_pool2d: {kernel_size: 4}
        - adaptive_avg_pool2d: {output_size: 4}
        - flatten
        - linear: {out_features: 10}
        """

    arriving: Shape
    made: Shape

    @classmethod
    def find(cls, design: Design) -> Iterator[Breach]:
        for node in design.of(Role.POOLING):
            before, made = node.arriving[1:], node.shape[1:]
            if node.result.geometry is not None or len(made) != len(before):
                continue
            if any(m > n for m, n in zip(made, before, strict=True)):
                yield Breach(cls(before, made), node)

    def message(self) -> str:
        return _("a pooling to {made} over maps of {arriving}: {count} of {values} values are copies").format(
            made=shapes.text(self.made),
            arriving=shapes.text(self.arriving),
            count=max(0, elements(self.made) - elements(self.arriving)),
            values=elements(self.made),
        )

    def about(self) -> str:
        return "output_size"

    def hints(self) -> tuple[str, ...]:
        return (
            _("ask for at most {arriving}, or give the network larger inputs").format(
                arriving=shapes.text(self.arriving)
            ),
        )
