"""A kernel that fits over its input only because of the padding."""

from collections.abc import Iterator

from cnncalc import shape as shapes
from cnncalc.formula import rules
from cnncalc.language import _
from cnncalc.rules._contract import Breach, Rule
from cnncalc.rules._design import Design
from cnncalc.rules._padding import living_taps
from cnncalc.shape import Shape


class KernelLargerThanInput(Rule):
    """A window covers more places than its input has, and fits only because of the padding.

    Such a layer sees the whole map from every place, and a large part of what it sees is padding. It usually means that
    the maps have become smaller than the kernels were chosen for: a network for 224×224 that is given 32×32.
    """

    severity = "advice"
    bad = """
        input: [8, 4, 4]
        layers:
        - conv2d: {out_channels: 8, kernel_size: 5, padding: 2}
        """
    good = """
        input: [8, 4, 4]
        layers:
        - conv2d: {out_channels: 8, kernel_size: 3, padding: 1}
        """

    sides: Shape
    covered: Shape

    @classmethod
    def find(cls, design: Design) -> Iterator[Breach]:
        for node in design.windows:
            geometry = node.result.geometry
            if geometry is None:
                continue
            sides = node.arriving[1:]
            covered = tuple(map(rules.effective_kernel, geometry.kernel, geometry.dilation))
            over = any(k > n for k, n in zip(covered, sides, strict=True))
            # Where parts of the kernel meet nothing at all, the rule about those says more.
            if over and living_taps(node) == geometry.kernel:
                yield Breach(cls(sides, covered), node)

    def message(self) -> str:
        return _("the window covers {covered} places, but the map under it has only {sides}").format(
            covered=shapes.text(self.covered), sides=shapes.text(self.sides)
        )

    def about(self) -> str:
        return "kernel_size"

    def hints(self) -> tuple[str, ...]:
        # An odd window has a middle, so that padding can keep the size.
        most = shapes.text(tuple(n - 1 + n % 2 for n in self.sides))
        least = shapes.text(tuple(map(max, self.covered, self.sides)))
        return (_("a window over at most {most} places, or a map of at least {least}").format(most=most, least=least),)
