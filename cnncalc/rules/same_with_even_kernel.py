"""`padding: same` under a kernel that has no middle."""

from collections.abc import Iterator

from cnncalc import shape as shapes
from cnncalc.language import _
from cnncalc.rules._contract import Breach, Rule
from cnncalc.rules._design import Design
from cnncalc.shape import Shape


class SameWithEvenKernel(Rule):
    """`padding: same` stands beside a kernel with an even side, which has no middle.

    To keep the size, k − 1 places are added, an odd number: one side gets one more than the other. Every output then
    stands half a place beside what it has seen, and frameworks do not agree on the side. An odd kernel has a middle.
    """

    severity = "warning"
    bad = """
        input: [3, 32, 32]
        layers:
        - conv2d: {out_channels: 8, kernel_size: 4, padding: same}
        """
    good = """
        input: [3, 32, 32]
        layers:
        - conv2d: {out_channels: 8, kernel_size: 5, padding: same}
        """

    kernel: Shape
    before: int
    after: int

    @classmethod
    def find(cls, design: Design) -> Iterator[Breach]:
        for node in design.convolutions:
            geometry = node.result.geometry
            if geometry is None or getattr(node.kind, "padding", None) != "same":
                continue
            # With a stride the zeros may be uneven under an odd kernel too: that is not the kernel's doing.
            sides = zip(geometry.kernel, geometry.dilation, geometry.padding, strict=True)
            uneven = [pair for k, d, pair in sides if d * (k - 1) % 2 and pair[0] != pair[1]]
            if uneven:
                yield Breach(cls(geometry.kernel, *uneven[0]), node)

    def message(self) -> str:
        return _(
            "same adds {before} before and {after} behind for a kernel of {kernel}: maps shift by half a place"
        ).format(kernel=shapes.text(self.kernel), before=self.before, after=self.after)

    def about(self) -> str:
        return "kernel_size"

    def hints(self) -> tuple[str, ...]:
        smaller, larger = (
            shapes.text(tuple(k if k % 2 else max(1, k + step) for k in self.kernel)) for step in (-1, 1)
        )
        return (_("a kernel of {smaller} or {larger} has a middle").format(smaller=smaller, larger=larger),)
