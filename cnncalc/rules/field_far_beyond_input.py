"""A receptive field that reaches far past the input."""

from collections.abc import Iterator

from cnncalc import shape as shapes
from cnncalc.language import _, plural
from cnncalc.rules._contract import Breach, Rule
from cnncalc.rules._design import Design
from cnncalc.shape import Shape


class FieldFarBeyondInput(Rule):
    """The receptive field has become several times as large as the input.

    Every unit sees the whole input already, and most of its field lies in padding. Further strides and large kernels
    add nothing to see. The usual reason is a network for large pictures that is given small ones: then leave out the
    first strides. `field_reach` says how many times the input's side a field may have.
    """

    severity = "advice"
    bad = """
        input: [3, 4, 4]
        layers:
        - conv2d: {out_channels: 8, kernel_size: 7, stride: 2, padding: 3}    # sees 7
        - relu
        - conv2d: {out_channels: 8, kernel_size: 7, padding: 3}               # 7 + 6·2 = 19
        - relu
        - conv2d: {out_channels: 8, kernel_size: 7, padding: 3}               # 31
        - relu
        - conv2d: {out_channels: 8, kernel_size: 7, padding: 3}               # 43
        - relu
        - conv2d: {out_channels: 8, kernel_size: 7, padding: 3}               # 55
        - relu
        - conv2d: {out_channels: 8, kernel_size: 7, padding: 3}               # 67
        - relu
        """
    good = """
        input: [3, 64, 64]
        layers:
        - conv2d: {out_channels: 8, kernel_size: 7, stride: 2, padding: 3}    # sees 7
        - relu
        - conv2d: {out_channels: 8, kernel_size: 7, padding: 3}               # 7 + 6·2 = 19
        - relu
        - conv2d: {out_channels: 8, kernel_size: 7, padding: 3}               # 31
        - relu
        - conv2d: {out_channels: 8, kernel_size: 7, padding: 3}               # 43
        - relu
        - conv2d: {out_channels: 8, kernel_size: 7, padding: 3}               # 55
        - relu
        - conv2d: {out_channels: 8, kernel_size: 7, padding: 3}               # 67
        - relu
        """

    seen: Shape
    input: Shape
    further: int
    jump: int

    @classmethod
    def find(cls, design: Design) -> Iterator[Breach]:
        picture = design.picture
        if picture is None:
            return
        beyond = [
            node
            for node in design.windows
            if node.spatial_kernel
            and (seen := node.result.receptive_field) is not None
            and len(seen) == len(picture)
            and all(r > design.settings.field_reach * side for r, side in zip(seen, picture, strict=True))
        ]
        if beyond:
            seen, jump = beyond[0].result.receptive_field or (), beyond[0].result.jump or ()
            steps = max((int(step) for step in jump if step is not None), default=1)
            yield Breach(cls(seen, picture, len(beyond) - 1, steps), beyond[0])

    def message(self) -> str:
        return _("from here on a unit's field is {seen}, but the input is only {input}").format(
            seen=shapes.text(self.seen), input=shapes.text(self.input)
        )

    def about(self) -> str:
        return "kernel_size"

    def hints(self) -> tuple[str, ...]:
        first = _("leave out some layers") if self.jump < 2 else _("leave out an early stride, or some layers")
        if not self.further:
            return (first,)
        sentence = plural(
            "{further} window behind it widens the field still further",
            "{further} windows behind it widen the field still further",
            self.further,
        )
        return (first, sentence.format(further=self.further))
