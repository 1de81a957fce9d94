"""A stride that steps over places which nothing looks at."""

from __future__ import annotations

from collections.abc import Iterator
from math import prod

from cnncalc import shape as shapes
from cnncalc.formula import rules
from cnncalc.language import _
from cnncalc.rules._contract import Breach, Rule, alike
from cnncalc.rules._design import Design, Node
from cnncalc.shape import Shape


class StrideSkipsPlaces(Rule):
    """The stride is larger than the kernel, so that places of the map are calculated and never looked at.

    A 1×1 kernel with stride 2 sees one value of four. On the shortcut of a residual block that is usual, because the
    other path sees the rest; it is not meant here. Where it is the only path, put the stride into a layer whose kernel
    is as large, or pool first.
    """

    severity = "advice"
    bad = """
        input: [3, 32, 32]
        layers:
        - conv2d: {out_channels: 8, kernel_size: 3, padding: 1}
        - relu
        - conv2d: {out_channels: 16, kernel_size: 1, stride: 2}
        - relu
        """
    good = """
        input: [3, 32, 32]
        layers:
        - conv2d: {out_channels: 8, kernel_size: 3, padding: 1}
        - relu
        - conv2d: {out_channels: 16, kernel_size: 2, stride: 2}
        - relu
        """

    kernel: Shape
    stride: Shape
    seen: int
    places: int

    @classmethod
    def find(cls, design: Design) -> Iterator[Breach]:
        seen_by_others = {above.index for node in design.nodes if not _skips(node) for above in node.above if above}
        for node in design.windows:
            geometry, source = node.result.geometry, node.source
            if geometry is None or not _skips(node) or (source is not None and source.index in seen_by_others):
                continue
            sides = node.arriving[1:]
            seen = 1
            for n, m, k, s, pair, d in zip(
                sides,
                node.shape[1:],
                geometry.kernel,
                geometry.stride,
                geometry.padding,
                geometry.dilation,
                strict=True,
            ):
                extent = rules.effective_kernel(k, d)
                skipped = max(0, rules.rows_between(m, s, extent)) + max(0, rules.rows_behind(n, pair[0], extent, s, m))
                seen *= max(1, n - skipped)
            if seen < prod(sides):
                yield Breach(cls(geometry.kernel, geometry.stride, seen, prod(sides)), node)

    def message(self) -> str:
        return _(
            "the stride {stride} steps over the kernel {kernel}: {seen:,} of {places:,} places are looked at"
        ).format(stride=alike(self.stride), kernel=shapes.text(self.kernel), seen=self.seen, places=self.places)

    def amount(self) -> int:
        return self.places - self.seen

    def about(self) -> str:
        return "stride"

    def hints(self) -> tuple[str, ...]:
        least = shapes.text(tuple(map(max, self.kernel, self.stride)))
        return (_("a kernel of at least {least} sees every place").format(least=least),)


def _skips(node: Node) -> bool:
    """Whether a window steps over places; what is no window takes them all."""
    geometry = node.result.geometry
    if geometry is None:
        return False
    extents = map(rules.effective_kernel, geometry.kernel, geometry.dilation)
    return any(s > k for s, k in zip(geometry.stride, extents, strict=True))
