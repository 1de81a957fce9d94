"""Layers that use another layer's weights again: `weights_of: conv2d_1`. They are learned, and counted, once."""

from __future__ import annotations

from cnncalc import shape as shapes
from cnncalc.harmless import harmless
from cnncalc.kinds._contract import Kind
from cnncalc.language import _
from cnncalc.problem import Problem, Refused
from cnncalc.shape import Shape
from cnncalc.spec.network import Layer


class WeightsDoNotFit(Problem):
    """A layer can use another one's weights only if both are of one kind and their weights have the same shapes.

    The weights' shapes follow from the layer's fields and the channels that arrive. Stride, padding and dilation may
    differ, and so may the size of the map.
    """

    layer: str
    own: tuple[tuple[str, Shape], ...]
    other: tuple[tuple[str, Shape], ...]
    """The tensors by their names."""

    def message(self) -> str:
        if not self.own and not self.other:
            return _("{layer} is a layer of another kind").format(layer=self.layer)
        return _("the weights of {layer} are {other}, but {own} are needed").format(
            layer=self.layer, own=_listed(self.own), other=_listed(self.other)
        )

    def about(self) -> str:
        return "weights_of"

    def hints(self) -> tuple[str, ...]:
        own, other = set(self.own), set(self.other)
        if [name for name, _shape in own - other] == ["bias"] and not other - own:
            return (_("{layer} has no bias: write `bias: false` here, too").format(layer=self.layer),)
        return ()


def _listed(tensors: tuple[tuple[str, Shape], ...]) -> str:
    return ", ".join(f"{name} {shapes.text(shape)}" for name, shape in tensors) or "0"


def check(kind: Kind, arriving: tuple[Shape, ...], other: Layer, arrived: tuple[Shape, ...]) -> None:
    """Refuse a layer whose weights are not those of the other one."""
    name = harmless(other.name, 60)
    if other.kind is None or type(other.kind) is not type(kind):
        raise Refused(WeightsDoNotFit(name, (), ()))
    own, others = kind.tensors(arriving), other.kind.tensors(arrived)
    if own != others:
        raise Refused(WeightsDoNotFit(name, tuple(own.items()), tuple(others.items())))
