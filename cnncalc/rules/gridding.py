"""Dilated convolutions in a row that look at the same sparse grid."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import gcd

from cnncalc import shape as shapes
from cnncalc.formula import rules
from cnncalc.language import _
from cnncalc.result import Geometry
from cnncalc.rules._contract import Breach, Rule, alike, second_place
from cnncalc.rules._design import Design, Node, through
from cnncalc.shape import Shape

MOST, WIDEST = 50, 2000
"""Chains are followed so many layers back, and over so many places."""


class Gridding(Rule):
    """Convolutions in a row have dilations with a common divisor, so that they look at a grid with holes.

    With dilation 2 throughout, an output is made of every second place only, and neighbouring outputs of entirely
    different places: in the maps a chequered pattern appears, and fine detail is lost between the taps. Dilations that
    grow from 1, such as 1, 2, 3, cover every place.
    """

    severity = "advice"
    bad = """
        input: [8, 32, 32]
        layers:
        - conv2d: {out_channels: 8, kernel_size: 3, padding: 2, dilation: 2}
        - relu
        - conv2d: {out_channels: 8, kernel_size: 3, padding: 2, dilation: 2}
        - relu
        """
    good = """
        input: [8, 32, 32]
        layers:
        - conv2d: {out_channels: 8, kernel_size: 3, padding: 1}
        - relu
        - conv2d: {out_channels: 8, kernel_size: 3, padding: 2, dilation: 2}
        - relu
        """

    layers: int
    dilations: tuple[Shape, ...]
    covered: Shape
    seen: Shape
    mended: bool
    first: str

    @classmethod
    def find(cls, design: Design) -> Iterator[Breach]:
        inside: set[int] = set()
        for node in reversed(design.convolutions):
            if node.index in inside:
                continue
            chain = _chain(node)
            if len(chain) < 2:
                continue
            inside.update(one.index for one in chain)
            geometries = [one.result.geometry for one in chain if one.result.geometry is not None]
            taps = [_taps(geometries, axis) for axis in range(len(geometries[0].kernel))]
            covered, seen = (tuple(bits.bit_length() for bits in taps), tuple(bits.bit_count() for bits in taps))
            closed = all(_closes(geometries, axis) for axis in range(len(taps)))
            dilations = tuple(one.dilation for one in geometries)
            first = chain[0]
            problem = cls(len(chain), dilations, covered, seen, closed, first.name)
            yield Breach(problem, node, second_place(first, _("the grid begins here")))

    def message(self) -> str:
        return _(
            "{layers} convolutions in a row, dilations {dilations}: of {covered} places only {seen} are looked at"
        ).format(
            layers=self.layers,
            dilations=", ".join([*map(alike, self.dilations[:6]), *["…"][: len(self.dilations) > 6]]),
            covered=shapes.text(self.covered),
            seen=shapes.text(self.seen),
        )

    def about(self) -> str:
        return "dilation"

    def hints(self) -> tuple[str, ...]:
        if self.mended:
            return (_("dilation: 1 in {first} closes the holes").format(first=self.first),)
        return (_("dilations that grow from 1, such as 1, 2, 3, leave no holes"),)


def _chain(node: Node) -> list[Node]:
    """The convolutions that end with this one and whose dilations have a common divisor, from the first one down."""
    chain: list[Node] = []
    common: tuple[int, ...] = ()
    at: Node | None = node
    width = 0
    while at is not None and len(chain) < MOST:
        geometry = at.result.geometry
        if geometry is None or not at.spatial_kernel or {*geometry.stride} != {1}:
            break
        width += max(map(rules.effective_kernel, geometry.kernel, geometry.dilation))
        if width > WIDEST:
            break
        narrowed = geometry.dilation if not chain else tuple(map(gcd, common, geometry.dilation))
        if len(narrowed) != len(geometry.dilation) or max(narrowed) == 1:
            break
        common = narrowed
        chain.insert(0, at)
        at = through(at.sole_source, "keeps_grid")
        if at is None or not at.connects:
            break
    return chain


def _taps(geometries: Sequence[Geometry], axis: int, seen: int = 1) -> int:
    """The places that the chain looks at along an axis, one bit for each; `seen` are those seen before it."""
    for geometry in geometries:
        reached = 0
        for tap in range(geometry.kernel[axis]):
            reached |= seen << tap * geometry.dilation[axis]
        seen = reached
    return seen


def _closes(geometries: Sequence[Geometry], axis: int) -> bool:
    """Whether the chain would look at every place if its first dilation were 1."""
    seen = _taps(geometries[1:], axis, (1 << geometries[0].kernel[axis]) - 1)
    return seen == (1 << seen.bit_length()) - 1
