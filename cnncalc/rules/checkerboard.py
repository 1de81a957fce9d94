"""Transposed convolutions that cover their output unevenly."""

from collections.abc import Iterator

from cnncalc import shape as shapes
from cnncalc.kinds._contract import Role
from cnncalc.language import _
from cnncalc.rules._contract import Breach, Rule, alike
from cnncalc.rules._design import Design, spreads
from cnncalc.rules._padding import LARGEST
from cnncalc.shape import Shape


class Checkerboard(Rule):
    """The kernel of a transposed convolution is no multiple of its stride, so that some outputs get more than others.

    Each input is spread over k places, s apart. With k = 3 and s = 2 outputs in turn are sums of 1 and 2 products along
    an axis, which shows as a chequered pattern in pictures that the network makes. A kernel of s, 2s, … places covers
    all alike; so does enlarging the map first and convolving then.
    """

    severity = "warning"
    bad = """
        input: [16, 8, 8]
        layers:
        - conv_transpose2d: {out_channels: 8, kernel_size: 3, stride: 2, padding: 1, output_padding: 1}
        """
    good = """
        input: [16, 8, 8]
        layers:
        - conv_transpose2d: {out_channels: 8, kernel_size: 4, stride: 2, padding: 1}
        """

    kernel: Shape
    dilation: Shape
    stride: Shape
    fewest: int
    most: int

    @classmethod
    def find(cls, design: Design) -> Iterator[Breach]:
        for node in design.of(Role.CONVOLUTION):
            geometry = node.result.geometry
            if geometry is None or not spreads(node):
                continue
            fewest = most = 1
            for k, s, d in zip(geometry.kernel, geometry.stride, geometry.dilation, strict=True):
                if k > LARGEST or s > LARGEST:
                    continue
                taps = [0] * s
                for tap in range(k):
                    taps[tap * d % s] += 1
                fewest, most = fewest * min(taps), most * max(taps)
            if fewest != most:
                yield Breach(cls(geometry.kernel, geometry.dilation, geometry.stride, fewest, most), node)

    def message(self) -> str:
        said = _(
            "the kernel {kernel} is no multiple of the stride {stride}: outputs are sums of {fewest} to {most} products"
            " per channel"
        )
        if self._dilated:
            said = _(
                "the kernel {kernel} with dilation {dilation} meets the stride {stride} unevenly: outputs are sums of"
                " {fewest} to {most} products per channel"
            )
        return said.format(
            kernel=shapes.text(self.kernel),
            dilation=alike(self.dilation),
            stride=alike(self.stride),
            fewest=self.fewest,
            most=self.most,
        )

    @property
    def _dilated(self) -> bool:
        return any(d > 1 for d in self.dilation)

    def about(self) -> str:
        return "kernel_size"

    def hints(self) -> tuple[str, ...]:
        nearest = [max(1, (k + s - 1) // s) * s for k, s in zip(self.kernel, self.stride, strict=True)]
        said = _("a kernel of {kernel} covers all places alike")
        if self._dilated:
            said = _("without dilation a kernel of {kernel} covers all places alike")
        return (said.format(kernel=shapes.text(tuple(nearest))),)
