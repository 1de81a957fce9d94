"""Weights of a kernel that never meet a value of the map."""

from collections.abc import Iterator
from math import prod

from cnncalc import shape as shapes
from cnncalc.language import _, plural
from cnncalc.rules._contract import Breach, Rule
from cnncalc.rules._design import Design
from cnncalc.rules._padding import living_taps
from cnncalc.shape import Shape


class WeightsMeetOnlyPadding(Rule):
    """Some weights of a kernel meet nothing but padding, at every place.

    They are multiplied by 0 wherever the kernel stands. They cost parameters and multiplications, are never trained,
    and change nothing. It happens where a map has shrunk below the kernel, or where dilation spreads a kernel beyond
    the map.
    """

    severity = "warning"
    bad = """
        input: [8, 2, 2]
        layers:
        - conv2d: {out_channels: 8, kernel_size: 5, padding: 2}   # only 3×3 of 5×5 weights ever meet the map
        """
    good = """
        input: [8, 2, 2]
        layers:
        - conv2d: {out_channels: 8, kernel_size: 1}
        """

    kernel: Shape
    living: Shape
    weights: int

    @classmethod
    def find(cls, design: Design) -> Iterator[Breach]:
        for node in design.convolutions:
            geometry = node.result.geometry
            if geometry is None or prod(node.arriving[1:]) == 1:  # a map of one place is another rule's matter
                continue
            living = living_taps(node)
            if living != geometry.kernel and all(living):
                yield Breach(cls(geometry.kernel, living, node.result.weights or 0), node)

    def _dead(self) -> int:
        return self.weights - self.weights * prod(self.living) // prod(self.kernel)

    def message(self) -> str:
        sentence = plural(
            "{dead:,} of {weights:,} weights only ever meets padding: {living} of the {kernel} kernel meet the map",
            "{dead:,} of {weights:,} weights only ever meet padding: {living} of the {kernel} kernel meet the map",
            self._dead(),
        )
        return sentence.format(
            dead=self._dead(), weights=self.weights, living=shapes.text(self.living), kernel=shapes.text(self.kernel)
        )

    def amount(self) -> int:
        return self._dead()

    def about(self) -> str:
        return "kernel_size"

    def hints(self) -> tuple[str, ...]:
        return (
            _("a kernel of {living} does the same with {weights:,} weights").format(
                living=shapes.text(self.living), weights=self.weights - self._dead()
            ),
        )
