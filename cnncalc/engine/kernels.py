"""Whether the numbers that a convolution is to slide over its input are as many as it has weights for."""

from __future__ import annotations

from collections.abc import Sequence

from cnncalc.harmless import harmless
from cnncalc.kinds._contract import Kind
from cnncalc.language import _
from cnncalc.problem import Problem, Refused
from cnncalc.shape import Shape
from cnncalc.shape import text as shape_text
from cnncalc.tensor import Tensor


class KernelDoesNotFit(Problem):
    """A kernel that was chosen has other sides than the convolution's, or there are more kernels than maps.

    The named kernels are 3×3. A kernel of your own is written as `[[1, 0], [0, -1]]` or `1 0 / 0 -1`, with one matrix
    for each input channel if they are to differ.
    """

    given: str
    wanted: str
    layer: str = ""

    def message(self) -> str:
        if self.layer:
            return _("{layer} takes {wanted}, not {given}").format(
                layer=harmless(self.layer), wanted=self.wanted, given=self.given
            )
        return _("the first convolution takes {wanted}, not {given}").format(wanted=self.wanted, given=self.given)

    def about(self) -> str:
        return "kernel"


def check(kind: Kind, arriving: tuple[Shape, ...], kernels: Sequence[Tensor], layer: str = "") -> None:
    """Refuse kernels that do not fit; `layer` is whose own they are, none for those of the first convolution."""
    axis, maps, weight = axis_of_maps(kind, arriving), kind.output(arriving)[0], kind.tensors(arriving)["weight"]
    sides, channels = weight[2:], weight[1 - axis]
    if len(kernels) > maps:
        raise Refused(KernelDoesNotFit(counted(len(kernels)), counted(maps), layer))
    for kernel in kernels:
        slices, own = (1, kernel.shape) if len(kernel.shape) == 2 else (kernel.shape[0], kernel.shape[1:])
        if len(sides) == 1 and own[0] == 1:
            own = own[1:]
        if own != sides or slices not in (1, channels):
            wanted = shape_text((channels, *sides)) if slices not in (1, channels) else shape_text(sides)
            raise Refused(KernelDoesNotFit(shape_text(kernel.shape), wanted, layer))


def axis_of_maps(kind: Kind, arriving: tuple[Shape, ...]) -> int:
    """The axis of the weights that counts the maps: the second one where the convolution is transposed."""
    window = kind.window(arriving)
    return 1 if isinstance(window, tuple) and any(reach.transposed for reach in window) else 0


def counted(count: int) -> str:
    """So many kernels, in words."""
    return _("{count} kernels").format(count=count) if count != 1 else _("one kernel")
