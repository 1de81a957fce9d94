"""Pooling windows without a value of the map under them."""

from collections.abc import Iterator

from cnncalc.kinds._contract import Role
from cnncalc.kinds._window import axis_word
from cnncalc.language import _, plural
from cnncalc.rules._contract import Breach, Rule
from cnncalc.rules._design import Design
from cnncalc.rules._padding import blind_windows


class WindowSeesOnlyPadding(Rule):
    """A pooling window has no value of the map under it.

    With gaps between its values a window can straddle a small map: all it looks at lies in the padding. The largest of
    no values is −∞, and that runs through the rest of the network as −∞ or NaN.
    """

    severity = "error"
    bad = """
        input: [4, 2]
        layers:
        - max_pool1d: {kernel_size: 2, dilation: 4, padding: 2}   # looks at places −2 and 2 of 0 … 1
        """
    good = """
        input: [4, 2]
        layers:
        - max_pool1d: {kernel_size: 2}
        """

    axis: str
    blind: int
    windows: int

    @classmethod
    def find(cls, design: Design) -> Iterator[Breach]:
        for node in design.of(Role.POOLING):
            geometry = node.result.geometry
            if geometry is None or set(geometry.dilation) == {1}:
                continue
            axes = zip(
                node.arriving[1:], node.shape[1:], geometry.kernel, geometry.stride, geometry.padding,
                geometry.dilation, strict=True,
            )  # fmt: skip
            for axis, (n, m, k, s, pair, d) in enumerate(axes):
                blind = blind_windows(n, m, k, s, pair, d)
                if blind:
                    yield Breach(cls(axis_word(axis, len(geometry.kernel)), blind, m), node)
                    break

    def message(self) -> str:
        sentence = plural(
            "along the {axis}, {blind:,} of {windows:,} windows sees nothing but padding",
            "along the {axis}, {blind:,} of {windows:,} windows see nothing but padding",
            self.blind,
        )
        return sentence.format(axis=self.axis, blind=self.blind, windows=self.windows)

    def amount(self) -> int:
        return self.blind

    def about(self) -> str:
        return "dilation"

    def hints(self) -> tuple[str, ...]:
        return (_("leave out the dilation or the padding of this pooling"),)
