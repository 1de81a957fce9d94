"""What max and average pooling share: fields, size rule, and the limits that PyTorch sets to the padding."""

from collections.abc import Iterator, Mapping
from math import prod
from typing import Any, ClassVar

from pydantic import Field, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from cnncalc.formula.expression import Naming, Number, plain, traced
from cnncalc.formula.letters import C
from cnncalc.formula.write import text
from cnncalc.kinds._contract import Flag, Kind, Reach, Role, Sides, spatial
from cnncalc.kinds._semantics import FITTING, WHOSE, Semantics, same_pairs
from cnncalc.kinds._sliding import Steps, looked_at, windows, with_padding
from cnncalc.kinds._window import (
    OutputEmpty,
    Pair,
    PoolPadding,
    axis_word,
    check_fits,
    one_per_axis,
    size,
    size_caffe,
    size_ceil,
)
from cnncalc.language import _, mark
from cnncalc.problem import Problem, Refused
from cnncalc.result import Geometry
from cnncalc.shape import Shape
from cnncalc.tensor import Tensor


class PaddingExceedsHalf(Problem):
    """The padding of a pooling may be at most half its kernel.

    With more, some windows would lie in the padding alone and see no value at all.
    """

    padding: int
    kernel: int
    fitting: int | None = None
    """The padding that fits, along all axes; None when none does."""

    def message(self) -> str:
        return _("the padding is {padding}, more than half the kernel {kernel}").format(
            padding=self.padding, kernel=self.kernel
        )

    def caret(self) -> str:
        return _("at most {most}").format(most=self.kernel // 2)

    def about(self) -> str:
        return "padding"

    def hints(self) -> tuple[str, ...]:
        return () if self.fitting is None else (_("padding: {padding} fits").format(padding=self.fitting),)


class Window(Kind):
    """The fields and rules of a window without padding; channels stay, nothing is learned.

    `averages` says that it is calculated as an average.
    """

    roles = frozenset({Role.POOLING})
    averages: ClassVar[bool] = False
    defaults_in: ClassVar[Mapping[str, Mapping[str, Any]]] = {"caffe": {"ceil_mode": True}}

    semantics: Semantics = Field(default="torch", description=WHOSE)
    kernel_size: Sides = Field(description=mark("side of the window"))
    stride: Sides | None = Field(
        default=None, description=mark("places from one window to the next; the kernel size when left out")
    )
    ceil_mode: Flag = Field(default=False, description=mark("whether a last, partly filled window counts"))

    @field_validator("kernel_size", "stride", "padding", "dilation", check_fields=False)
    @classmethod
    def _per_axis(cls, value: Any) -> Any:
        return one_per_axis(cls, value)

    def pairs(self, places: tuple[int, ...]) -> tuple[Pair, ...]:
        """Padding before and after, per axis, for an input of these sides."""
        return ((0, 0),) * self.rank

    def steps(self) -> tuple[int, ...]:
        """The stride per axis."""
        return self.kernel_size if self.stride is None else self.stride

    def gaps(self) -> tuple[int, ...]:
        """The dilation per axis."""
        return (1,) * self.rank

    def half_of(self, axis: int) -> int:
        """The kernel whose half bounds the padding along an axis."""
        return self.kernel_size[axis]

    def output(self, inputs: tuple[Shape, ...], name: Naming = plain) -> tuple[Number, ...]:
        shape = inputs[0]
        places = spatial(self, shape)
        padding = self.pairs(places)
        for axis, pair in enumerate(padding):
            if 2 * max(pair) > self.half_of(axis):
                raise Refused(PaddingExceedsHalf(max(pair), self.half_of(axis), self._fitting(inputs)))
        if not self.ceil_mode:
            check_fits(self.rank, places, padding, self.kernel_size, self.gaps())
        if self.averages and self.rank == 3 and self.semantics == "torch":
            # PyTorch's 3-D average poolings ask for a kernel that fits without the padding, under ceil_mode too.
            check_fits(self.rank, places, ((0, 0),) * self.rank, self.kernel_size, self.gaps())
        rule = (size_caffe if self.semantics == "caffe" else size_ceil) if self.ceil_mode else size
        axes = tuple(zip(places, padding, self.kernel_size, self.gaps(), self.steps(), strict=True))
        sizes = [rule(plain, *axis) for axis in axes]
        for axis, m in enumerate(sizes):
            if m < 1:
                formula = text(rule(traced, *axes[axis]), values=True)
                raise Refused(OutputEmpty("kernel_size", axis_word(axis, self.rank), formula, m))
        if name is not plain:
            sizes = [rule(name, *axis) for axis in axes]
        return (name(C, shape[0]), *sizes)

    def _fitting(self, inputs: tuple[Shape, ...]) -> int | None:
        """The largest padding that is at most half the kernel along each axis, if the window fits with it."""
        most = min(map(self.half_of, range(self.rank))) // 2
        try:
            self.model_copy(update={"padding": ((most, most),) * self.rank}).output(inputs)
        except Refused:
            return None
        return most

    def looked_at(self, x: Tensor, output: Shape, padding: Any) -> Iterator[list[Any]]:
        """The values of every window, channel by channel; `padding` stands for what lies outside."""
        axes = [
            Steps(k, s, pair[0], d)
            for k, s, pair, d in zip(self.kernel_size, self.steps(), self.pairs(x.shape[1:]), self.gaps(), strict=True)
        ]
        offsets, values = list(windows(x.shape[1:], output[1:], axes)), with_padding(x, padding)
        for first in range(0, len(x.values), prod(x.shape[1:])):
            for seen in offsets:
                yield looked_at(values, first, seen)

    def window(self, inputs: tuple[Shape, ...]) -> tuple[Reach, ...]:
        axes = zip(self.kernel_size, self.steps(), self.pairs(inputs[0][1:]), self.gaps(), strict=True)
        return tuple(Reach(k, s, pair[0], d) for k, s, pair, d in axes)

    def geometry(self, inputs: tuple[Shape, ...]) -> Geometry:
        return Geometry(self.kernel_size, self.steps(), self.pairs(inputs[0][1:]), self.gaps(), 1)


class Pool(Window):
    """A pooling window that may be padded."""

    foreign_fields = {"pool_size": "kernel_size", "strides": "stride", "pads": "padding"}

    padding: PoolPadding = Field(default=0, validate_default=True, description=mark("places added on each side"))

    @field_validator("padding")
    @classmethod
    def _numbers_only(cls, value: Any, info: ValidationInfo) -> Any:
        """PyTorch and Caffe pad a pooling by numbers only."""
        if isinstance(value, str) and info.data.get("semantics") not in FITTING:
            raise PydanticCustomError("numbers_only", "numbers only")
        return value

    def pairs(self, places: tuple[int, ...]) -> tuple[Pair, ...]:
        if isinstance(self.padding, tuple):
            return self.padding
        if self.padding == "valid":
            return ((0, 0),) * self.rank
        return same_pairs(places, self.kernel_size, self.gaps(), self.steps())
