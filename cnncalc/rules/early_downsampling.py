"""A small input that is shrunk before the network has looked at it."""

from collections.abc import Iterator

from cnncalc import shape as shapes
from cnncalc.language import _
from cnncalc.rules._contract import Breach, Rule
from cnncalc.rules._design import Design
from cnncalc.shape import Shape


class EarlyDownsampling(Rule):
    """Of a small input at most a quarter of each side is left before the second convolution.

    A stem of stride 2 and a pooling was made for 224×224, where it leaves 56×56. On 32×32 it leaves 8×8 after a single
    convolution: what is finer than 4 places is gone before any pattern was put together. On small pictures begin with a
    3×3 convolution of stride 1. `small_input` says up to which side an input is small.
    """

    severity = "advice"
    bad = """
        input: [3, 32, 32]
        layers:
        - conv2d: {out_channels: 64, kernel_size: 7, stride: 2, padding: 3}   # 16×16
        - relu
        - max_pool2d: {kernel_size: 2}                                        # 8×8
        - conv2d: {out_channels: 64, kernel_size: 3, padding: 1}
        - relu
        """
    good = """
        input: [3, 32, 32]
        layers:
        - conv2d: {out_channels: 64, kernel_size: 3, padding: 1}
        - relu
        - max_pool2d: {kernel_size: 2}                                        # 16×16
        - conv2d: {out_channels: 64, kernel_size: 3, padding: 1}
        - relu
        """

    input: Shape
    left: Shape
    convolution: str

    @classmethod
    def find(cls, design: Design) -> Iterator[Breach]:
        picture, convolutions = design.picture, [node for node in design.convolutions if node.spatial_kernel][:2]
        if picture is None or max(picture) > design.settings.small_input or len(convolutions) < 2:
            return
        second = convolutions[1]
        if len(second.arriving[1:]) != len(picture) or max(second.arriving[1:]) == 1:
            return
        for node in design.windows:
            if node.index >= second.index:
                return
            left = node.shape[1:]
            if len(left) == len(picture) and all(4 * m <= n for m, n in zip(left, picture, strict=True)):
                yield Breach(cls(picture, left, second.name), node)
                return

    def message(self) -> str:
        return _("of {input} only {left} is left before {convolution}, the second convolution").format(
            input=shapes.text(self.input), left=shapes.text(self.left), convolution=self.convolution
        )

    def about(self) -> str:
        return "stride"

    def hints(self) -> tuple[str, ...]:
        return (
            _("shrink it behind {convolution}, or take stride 1 in the first layer").format(
                convolution=self.convolution
            ),
        )
