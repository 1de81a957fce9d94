"""Units that see less than what they have to recognise."""

from __future__ import annotations

from collections.abc import Iterator

from cnncalc import shape as shapes
from cnncalc.kinds._contract import Role
from cnncalc.language import _
from cnncalc.rules._contract import Breach, Rule
from cnncalc.rules._design import Design, Node
from cnncalc.shape import Shape, elements


class FieldTooSmall(Rule):
    """The units of the last map see less of the input than the object that they have to recognise.

    Behind it only an average follows, so nothing in the network ever looks at the whole object: it is recognised by
    its texture. More convolutions, poolings, strides or dilation widen the field. `object_size` says how large objects
    are; without it they are taken to fill half of each side of the input.
    """

    severity = "advice"
    bad = """
        input: [3, 32, 32]
        layers:
        - conv2d: {out_channels: 16, kernel_size: 3, padding: 1}   # sees 3×3
        - relu
        - max_pool2d: {kernel_size: 2}                             # 4×4
        - conv2d: {out_channels: 32, kernel_size: 3, padding: 1}   # 4 + 2·2 = 8: 8×8, less than half of 32×32
        - relu
        - global_avg_pool
        - linear: {out_features: 10}
        """
    good = """
        input: [3, 16, 16]
        layers:
        - conv2d: {out_channels: 16, kernel_size: 3, padding: 1}
        - relu
        - max_pool2d: {kernel_size: 2}
        - conv2d: {out_channels: 32, kernel_size: 3, padding: 1}
        - relu
        - global_avg_pool
        - linear: {out_features: 10}
        """

    seen: Shape
    object: Shape

    @classmethod
    def find(cls, design: Design) -> Iterator[Breach]:
        picture, stated = design.picture, design.settings.object_size
        if picture is None:
            return
        wanted = tuple(-(-side // 2) if stated is None else min(stated, side) for side in picture)
        for node in design:
            last = _averaged(node) if node.has(Role.POOLING) and node.index not in design.before_maps else None
            if stated is not None and node.leaves and len(node.shape) > 1 and last is None:
                last = node
            if last is None or last.result.sees_all or last.result.receptive_field is None:
                continue
            seen = last.result.receptive_field
            if len(seen) == len(wanted) and any(r < side for r, side in zip(seen, wanted, strict=True)):
                yield Breach(cls(seen, wanted), node)

    def message(self) -> str:
        return _("the units here see {seen} places of the input, less than the {object} to be recognised").format(
            seen=shapes.text(self.seen), object=shapes.text(self.object)
        )

    def amount(self) -> int:
        return max(side - r for r, side in zip(self.seen, self.object, strict=True))

    def hints(self) -> tuple[str, ...]:
        missing = self.amount()
        return (
            _("{missing} places are missing: a stride or pooling earlier, more convolutions, or dilation").format(
                missing=missing
            ),
        )


def _averaged(node: Node) -> Node | None:
    """The layer whose whole maps are averaged here; a largest value stands for itself, whatever it has seen."""
    source = node.source
    if node.kind is None or node.kind.picks or source is None or not node.result.sees_all:
        return None
    return source if elements(node.shape[1:]) == 1 and node.result.geometry is None else None
