"""Windows that do not come out even: the last rows or columns of the map are seen by no window."""

from collections.abc import Iterator

from cnncalc import shape as shapes
from cnncalc.formula import rules
from cnncalc.kinds._window import axis_word
from cnncalc.language import _, plural
from cnncalc.rules._contract import Breach, Rule
from cnncalc.rules._design import Design
from cnncalc.rules._padding import added_behind
from cnncalc.shape import Shape


class WindowDropsPlaces(Rule):
    """The last rows or columns of a map are seen by no window.

    Windows start at the top left, s places apart. Where the stride does not come out even, the last window ends before
    the map does, and what is left at the bottom and on the right is dropped: computed above, and never used. The map is
    also shifted against its input. Choose an input that comes out even, or pad; poolings have `ceil_mode`. Where all
    that is left is padding, which a layer above added, nothing is lost.
    """

    severity = "warning"
    bad = """
        input: [1, 28, 28]
        layers:
        - conv2d: {out_channels: 4, kernel_size: 4}   # 25×25
        - relu
        - max_pool2d: {kernel_size: 2}                # 12×12: a row and a column are left
        """
    good = """
        input: [1, 28, 28]
        layers:
        - conv2d: {out_channels: 4, kernel_size: 5}   # 24×24
        - relu
        - max_pool2d: {kernel_size: 2}                # 12×12
        """

    sides: Shape
    dropped: tuple[int, ...]
    clean: tuple[tuple[int, int], ...]
    """Per axis the nearest sides below and above that come out even."""

    @classmethod
    def find(cls, design: Design) -> Iterator[Breach]:
        for node in design.windows:
            geometry = node.result.geometry
            if geometry is None:
                continue
            sides = node.arriving[1:]
            dropped, clean = [], []
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
                # A stride beyond the kernel leaves places out everywhere, which is another rule's matter.
                behind = max(0, rules.rows_behind(n, pair[0], extent, s, m)) if extent >= s else 0
                dropped.append(behind)
                clean.append((n - behind, n + s - behind - pair[1]) if behind else (n, n))
            added = added_behind(node.source, len(dropped))
            if any(out > padding for out, padding in zip(dropped, added, strict=True)):
                yield Breach(cls(sides, tuple(dropped), tuple(clean)), node)

    def message(self) -> str:
        lost = self.amount()
        sentence = plural(
            "no window sees {what} of {shape}: {lost:,} value of each map is left out",
            "no window sees {what} of {shape}: {lost:,} values of each map are left out",
            lost,
        )
        return sentence.format(what=self._what(), shape=shapes.text(self.sides), lost=lost)

    def _what(self) -> str:
        rank = len(self.sides)
        said = []
        for axis, out in enumerate(self.dropped):
            if not out:
                continue
            if rank == 2 and axis == 0:
                words = plural("the last row (bottom)", "the last {out} rows (bottom)", out)
            elif rank == 2:
                words = plural("the last column (right)", "the last {out} columns (right)", out)
            else:
                words = plural("the last place of the {axis}", "the last {out} places of the {axis}", out)
            said.append(words.format(out=out, axis=axis_word(axis, rank)))
        return _(" and ").join(said)

    def amount(self) -> int:
        kept = tuple(n - out for n, out in zip(self.sides, self.dropped, strict=True))
        return shapes.elements(self.sides) - shapes.elements(kept)

    def about(self) -> str:
        return "kernel_size"

    def caret(self) -> str:
        return _("does not come out even")

    def hints(self) -> tuple[str, ...]:
        below = shapes.text(tuple(pair[0] for pair in self.clean))
        above = shapes.text(tuple(pair[1] for pair in self.clean))
        return (_("maps of {below} or {above} come out even").format(below=below, above=above),)
