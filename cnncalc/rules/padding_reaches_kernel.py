"""Padding so wide that whole windows lie in it."""

from collections.abc import Iterator
from math import prod

from cnncalc import shape as shapes
from cnncalc.formula import rules
from cnncalc.language import _, plural
from cnncalc.rules._contract import Breach, Rule, alike
from cnncalc.rules._design import Design
from cnncalc.rules._padding import blind_windows
from cnncalc.shape import Shape


class PaddingReachesKernel(Rule):
    """The padding is as wide as the kernel or wider, so that windows at the border see nothing but padding.

    Their outputs are the bias alone: a frame without information around the map, which grows at every such layer. The
    usual padding is (k − 1)/2, which keeps the size; for a 1×1 kernel it is 0.
    """

    severity = "warning"
    bad = """
        input: [3, 8, 8]
        layers:
        - conv2d: {out_channels: 4, kernel_size: 1, padding: 1}
        """
    good = """
        input: [3, 8, 8]
        layers:
        - conv2d: {out_channels: 4, kernel_size: 1}
        """

    covered: Shape
    padding: Shape
    blind: int
    outputs: int

    @classmethod
    def find(cls, design: Design) -> Iterator[Breach]:
        for node in design.convolutions:
            geometry = node.result.geometry
            if geometry is None:
                continue
            covered = tuple(map(rules.effective_kernel, geometry.kernel, geometry.dilation))
            padding = tuple(map(max, geometry.padding))
            if not any(p >= k for p, k in zip(padding, covered, strict=True)):
                continue
            sides = node.shape[1:]
            axes = zip(
                node.arriving[1:], sides, geometry.kernel, geometry.stride, geometry.padding, geometry.dilation,
                strict=True,
            )  # fmt: skip
            seeing = prod(m - blind_windows(n, m, k, s, pair, d) for n, m, k, s, pair, d in axes)
            yield Breach(cls(covered, padding, prod(sides) - seeing, prod(sides)), node)

    def message(self) -> str:
        sentence = plural(
            "padding {padding} under a kernel that covers {covered}: {blind:,} of {outputs:,} outputs of each map sees"
            " only padding",
            "padding {padding} under a kernel that covers {covered}: {blind:,} of {outputs:,} outputs of each map see"
            " only padding",
            self.blind,
        )
        return sentence.format(
            padding=alike(self.padding),
            covered=shapes.text(self.covered),
            blind=self.blind,
            outputs=self.outputs,
        )

    def amount(self) -> int:
        return self.blind

    def about(self) -> str:
        return "padding"

    def hints(self) -> tuple[str, ...]:
        odd = all(k % 2 for k in self.covered)
        keeps = [rules.same_padding_each_side(k) if odd else rules.same_padding_total(k) // 2 for k in self.covered]
        written = str(keeps[0]) if len(set(keeps)) == 1 else f"[{', '.join(map(str, keeps))}]"
        if odd:
            return (_("padding: {padding} keeps the size at stride 1").format(padding=written),)
        return (_("padding: {padding} is the most that is usual").format(padding=written),)
