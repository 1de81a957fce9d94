"""Unfold: every window of a map becomes a column; C×H×W becomes C·k·k×L for L windows.

This is how many libraries calculate a convolution: as one large matrix product of kernels and columns (im2col).

    - unfold: {kernel_size: 3}
"""

from typing import Any

from pydantic import Field, field_validator

from cnncalc.formula import rules
from cnncalc.formula.expression import Naming, Number, plain, product, sides
from cnncalc.formula.letters import C, K
from cnncalc.kinds._contract import Example, Sides, Sides0, Sight, spatial
from cnncalc.kinds._moving import Moving, unravelled
from cnncalc.kinds._unfold import windows_along
from cnncalc.kinds._window import one_per_axis
from cnncalc.language import mark
from cnncalc.shape import Shape
from cnncalc.tensor import Index


class Unfold(Moving):
    names = {"unfold": 2}
    foreign = ("Unfold", "im2col", "extract_patches")
    foreign_fields = {"strides": "stride", "sizes": "kernel_size", "pads": "padding"}

    kernel_size: Sides = Field(description=mark("side of the window"))
    dilation: Sides = Field(default=1, validate_default=True, description=mark("places from a value to the next"))
    padding: Sides0 = Field(default=0, validate_default=True, description=mark("places added on each side"))
    stride: Sides = Field(default=1, validate_default=True, description=mark("places from one window to the next"))

    @field_validator("kernel_size", "dilation", "padding", "stride")
    @classmethod
    def _per_axis(cls, value: Any) -> Any:
        return one_per_axis(cls, value)

    @property
    def picks(self) -> bool:  # type: ignore[override]
        return not any(self.padding)

    def output(self, inputs: tuple[Shape, ...], name: Naming = plain) -> tuple[Number, ...]:
        windows = self.columns(inputs)
        # As a formula the columns stand apart, where `fold` has them too.
        return (rules.products_per_output(name(C, inputs[0][0]), sides(name, K, self.kernel_size)), windows)

    def columns(self, inputs: tuple[Shape, ...], name: Naming = plain) -> Number:
        return product(windows_along(self, spatial(self, inputs[0]), name))

    def window(self, inputs: tuple[Shape, ...]) -> Sight:
        return Sight.ALL

    def origin(self, at: Index, shapes: tuple[Shape, ...], output: int = 0) -> tuple[int, Index] | None:
        c, *tap = unravelled(at[0], (shapes[0][0], *self.kernel_size))
        place = unravelled(at[1], windows_along(self, shapes[0][1:]))
        axes = zip(place, self.stride, self.padding, tap, self.dilation, strict=True)
        found = tuple(m * s - p + t * d for m, s, p, t, d in axes)
        inside = all(0 <= step < n for step, n in zip(found, shapes[0][1:], strict=True))
        return (0, (c, *found)) if inside else None


Unfold.examples = (
    Example("unfold", {"kernel_size": 3}, ((3, 8, 6),), {"output": (3 * 3 * 3, 6 * 4), "weights": 0}),
    Example("unfold", {"kernel_size": 4, "stride": 4}, ((3, 8, 8),), {"output": (3 * 4 * 4, 2 * 2)}),
)
