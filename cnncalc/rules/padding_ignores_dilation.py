"""Padding that was chosen for a kernel without gaps."""

from collections.abc import Iterator

from cnncalc import shape as shapes
from cnncalc.formula import rules
from cnncalc.language import _
from cnncalc.rules._contract import Breach, Rule, alike
from cnncalc.rules._design import Design
from cnncalc.shape import Shape


class PaddingIgnoresDilation(Rule):
    """The padding would keep the size of the map if the kernel had no gaps.

    With dilation d a kernel of k places covers d(k − 1) + 1, so that it takes d(k − 1)/2 places of padding on each side
    to keep the size, not (k − 1)/2. Usually the dilation was added and the padding forgotten; the map shrinks at every
    such layer.
    """

    severity = "warning"
    bad = """
        input: [8, 32, 32]
        layers:
        - conv2d: {out_channels: 8, kernel_size: 3, padding: 1, dilation: 2}   # 30×30
        """
    good = """
        input: [8, 32, 32]
        layers:
        - conv2d: {out_channels: 8, kernel_size: 3, padding: 2, dilation: 2}   # 32×32
        """

    kernel: Shape
    dilation: Shape
    padding: Shape
    keeping: Shape
    arriving: Shape
    made: Shape

    @classmethod
    def find(cls, design: Design) -> Iterator[Breach]:
        for node in design.convolutions:
            geometry = node.result.geometry
            if geometry is None or {*geometry.stride} != {1} or {*geometry.dilation} == {1}:
                continue
            if any(k % 2 == 0 for k in geometry.kernel) or not node.spatial_kernel:
                continue
            plain = tuple(map(rules.same_padding_each_side, geometry.kernel))
            covered = map(rules.effective_kernel, geometry.kernel, geometry.dilation)
            keeping = tuple(map(rules.same_padding_each_side, covered))
            given = tuple((pair[0] if pair[0] == pair[1] else -1) for pair in geometry.padding)
            if given == plain and given != keeping:
                sides, made = node.arriving[1:], node.shape[1:]
                yield Breach(cls(geometry.kernel, geometry.dilation, given, keeping, sides, made), node)

    def message(self) -> str:
        return _(
            "padding {padding} suits a {kernel} kernel without gaps; dilation {dilation} shrinks {arriving} to {made}"
        ).format(
            padding=alike(self.padding),
            kernel=shapes.text(self.kernel),
            dilation=alike(self.dilation),
            arriving=shapes.text(self.arriving),
            made=shapes.text(self.made),
        )

    def about(self) -> str:
        return "padding"

    def hints(self) -> tuple[str, ...]:
        one = len(set(self.keeping)) == 1
        written = str(self.keeping[0]) if one else f"[{', '.join(map(str, self.keeping))}]"
        return (_("padding: {padding} keeps the size").format(padding=written),)
