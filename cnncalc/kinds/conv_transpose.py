"""Transposed convolution: each input value is spread over a window of the output, weighted by the kernel.

It mirrors a convolution: where that maps n to m, this maps m back to n, up to what the rounding lost, which
`output_padding` gives back. Decoders and generators enlarge their maps with it. It is no inverse: shapes come back,
values do not. A kernel whose side is no multiple of the stride covers the output unevenly (checkerboard).
Each input value times each weight that it meets is one multiplication and one addition into an output of zeros; the
bias is one addition for each output value more.

    - conv_transpose2d: {out_channels: 8, kernel_size: 2, stride: 2}   # doubles height and width
"""

from collections.abc import Iterable, Mapping
from functools import cached_property, reduce
from math import prod
from typing import Annotated, Any, Literal

from pydantic import Field, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from cnncalc.formula import rules
from cnncalc.formula.expression import Naming, Number, plain, sides, traced
from cnncalc.formula.letters import C_IN, C_OUT, OP, K, M, N, S
from cnncalc.formula.worked import Slice, WrittenOut, added, given
from cnncalc.formula.write import text
from cnncalc.kinds._channels import FOREIGN_FIELDS, check_channels, check_groups, connected, per_group
from cnncalc.kinds._contract import (
    Channels,
    Cost,
    Example,
    Flag,
    Kind,
    Reach,
    Role,
    Sides,
    Sides0,
    Wanted,
    Weights,
    spatial,
)
from cnncalc.kinds._semantics import WHOSE, Semantics
from cnncalc.kinds._window import OutputEmpty, Pair, PoolPadding, axis_word, extent, one_per_axis, total_padding
from cnncalc.language import _, mark
from cnncalc.problem import Problem, Refused
from cnncalc.result import Connections, Forms, Geometry
from cnncalc.shape import Shape
from cnncalc.tensor import Index, Tensor, indices


class OutputPaddingTooLarge(Problem):
    """`output_padding` must be smaller than the stride or the dilation.

    It chooses between the output sizes that the mirrored convolution would have mapped to the same n; with stride s
    there are s of them, so 0 … s − 1 is all there is to choose.
    """

    output_padding: int
    stride: int
    dilation: int

    def message(self) -> str:
        return _(
            "output_padding is {given}, but must be smaller than the stride {stride} or the dilation {dilation}"
        ).format(given=self.output_padding, stride=self.stride, dilation=self.dilation)

    def caret(self) -> str:
        return _("at most {most}").format(most=max(self.stride, self.dilation) - 1)

    def about(self) -> str:
        return "output_padding"


def _offset(shape: Shape, index: Iterable[int]) -> int:
    """Where the place stands in values of this shape."""
    return reduce(lambda offset, step: offset * step[0] + step[1], zip(shape, index, strict=True), 0)


class ConvTranspose(Kind):
    names = {"conv_transpose1d": 1, "conv_transpose2d": 2, "conv_transpose3d": 3}
    roles = frozenset({Role.CONVOLUTION})
    weighted_sum = True
    mirror = "conv"
    foreign = (
        "Conv1DTranspose",
        "Conv2DTranspose",
        "Conv3DTranspose",
        "ConvTranspose",
        "Deconvolution",
        "deconv",
        "deconv2d",
        "conv2d_transpose",
        "转置卷积",
        "反卷积",
    )
    spoken = (
        *("transposed conv", "transposed convolution", "transposed convolutional layer", "transposed conv layer"),
        *("transpose conv", "transpose convolution", "deconv", "deconvolution", "deconvolutional layer", "up conv"),
        *("conv transpose", "fractionally strided convolution", "transposed convolutions", "convtranspose"),
        *("转置卷积", "反卷积", "转置卷积层", "反卷积层", "逆卷积", "上卷积"),
    )
    called = {
        **{
            f"ConvTranspose{rank}d": (
                *("in_channels", "out_channels", "kernel_size", "stride", "padding", "output_padding", "groups"),
                *("bias", "dilation"),
            )
            for rank in (1, 2, 3)
        },
        **{f"Conv{rank}DTranspose": ("out_channels", "kernel_size", "stride", "padding") for rank in (1, 2, 3)},
    }
    foreign_fields = FOREIGN_FIELDS

    semantics: Semantics = Field(default="torch", description=WHOSE)
    out_channels: Channels = Field(description=mark("number of output channels"))
    kernel_size: Sides = Field(description=mark("side of the kernel"))
    stride: Sides = Field(default=1, validate_default=True, description=mark("output places from a window to the next"))
    padding: PoolPadding = Field(
        default=0, validate_default=True, description=mark("places taken off each side of the output")
    )
    output_padding: Sides0 = Field(
        default=0, validate_default=True, description=mark("places added behind the output; smaller than the stride")
    )
    dilation: Sides = Field(
        default=1, validate_default=True, description=mark("places from a kernel value to the next")
    )
    groups: Channels = Field(default=1, description=mark("parts into which the channels are split"))
    bias: Flag = Field(default=True, description=mark("whether each output channel has a bias"))
    padding_mode: Annotated[Literal["zeros"], Wanted("zeros")] = Field(
        default="zeros", description=mark("there is no other one; changes no number here")
    )
    in_channels: Channels | None = Field(default=None, description=mark("channels that arrive; checked when given"))

    @field_validator("kernel_size", "stride", "padding", "output_padding", "dilation")
    @classmethod
    def _per_axis(cls, value: Any) -> Any:
        return one_per_axis(cls, value)

    @field_validator("padding")
    @classmethod
    def _numbers_only(cls, value: Any, info: ValidationInfo) -> Any:
        """Only Keras says in words what is taken off."""
        if isinstance(value, str) and info.data.get("semantics") != "keras":
            raise PydanticCustomError("numbers_only", "numbers only")
        return value

    @cached_property
    def padding_pairs(self) -> tuple[Pair, ...]:
        """Places taken off before and behind, per axis; under Keras's `same` all that reach beyond n·s."""
        if isinstance(self.padding, tuple):
            return self.padding
        if self.padding == "valid":
            return ((0, 0),) * self.rank
        kernels = map(rules.effective_kernel, self.kernel_size, self.dilation)
        totals = [max(k - s, 0) for k, s in zip(kernels, self.stride, strict=True)]
        return tuple((total // 2, total - total // 2) for total in totals)

    @cached_property
    def extras(self) -> tuple[int, ...]:
        """Places added behind, per axis. Keras fills a stride that is larger than the kernel up to n·s."""
        if self.semantics != "keras" or any(self.output_padding) or self.padding not in ("same", "valid"):
            return self.output_padding
        kernels = map(rules.effective_kernel, self.kernel_size, self.dilation)
        return tuple(max(s - k, 0) for k, s in zip(kernels, self.stride, strict=True))

    def output(self, inputs: tuple[Shape, ...], name: Naming = plain) -> tuple[Number, ...]:
        shape = inputs[0]
        places = spatial(self, shape)
        check_channels(self.in_channels, shape[0])
        check_groups(self.groups, shape[0], self.out_channels)
        for extra, s, d in zip(self.extras, self.stride, self.dilation, strict=True):
            if extra >= s and extra >= d:
                raise Refused(OutputPaddingTooLarge(extra, s, d))
        sizes = [self._size(plain, axis, n) for axis, n in enumerate(places)]
        for axis, m in enumerate(sizes):
            if m < 1:
                formula = text(self._size(traced, axis, places[axis]), values=True)
                raise Refused(OutputEmpty("padding", axis_word(axis, self.rank), formula, m))
        if name is not plain:
            sizes = [self._size(name, axis, n) for axis, n in enumerate(places)]
        return (name(C_OUT, self.out_channels), *sizes)

    def _size(self, name: Naming, axis: int, n: int) -> Number:
        kernel = extent(name, self.kernel_size[axis], self.dilation[axis])
        padding = total_padding(name, self.padding_pairs[axis])
        size = rules.transposed_size(name(N, n), padding, kernel, name(S, self.stride[axis]))
        extra = self.extras[axis]
        return size + name(OP, extra) if extra else size

    def weights(self, inputs: tuple[Shape, ...], name: Naming = plain) -> Weights:
        c_out = per_group(name, C_OUT, self.out_channels, self.groups)
        kernel = sides(name, K, self.kernel_size)
        weights = rules.convolution_weights(name(C_IN, inputs[0][0]), c_out, kernel)
        return Weights(weights, name(C_OUT, self.out_channels) if self.bias else 0)

    def cost(self, inputs: tuple[Shape, ...], output: Shape, name: Naming = plain) -> Cost:
        values_in = rules.values_of(name(C_IN, inputs[0][0]), sides(name, N, inputs[0][1:]))
        multiplications = rules.outputs_times(values_in, self._spread(name))
        values_out = rules.values_of(name(C_OUT, output[0]), sides(name, M, output[1:]))
        # Every product is added into an output that starts at zero; the bias is one more addition for each output.
        additions = multiplications + values_out if self.bias else multiplications
        return Cost(multiplications, additions, macs=multiplications)

    def window(self, inputs: tuple[Shape, ...]) -> tuple[Reach, ...]:
        axes = zip(self.kernel_size, self.stride, self.padding_pairs, self.dilation, strict=True)
        return tuple(Reach(k, s, pair[0], d, transposed=True) for k, s, pair, d in axes)

    def geometry(self, inputs: tuple[Shape, ...]) -> Geometry:
        return Geometry(self.kernel_size, self.stride, self.padding_pairs, self.dilation, self.groups)

    def connections(self, inputs: tuple[Shape, ...], output: Shape, own: Forms, name: Naming = plain) -> Connections:
        return connected(inputs[0], output, self._spread(name), own, name, spreads=True)

    def _spread(self, name: Naming) -> Number:
        """Products that each input value takes part in: C_out · k · k (C_out of one group)."""
        return rules.products_per_output(
            per_group(name, C_OUT, self.out_channels, self.groups), sides(name, K, self.kernel_size)
        )

    def products(self, inputs: tuple[Shape, ...], name: Naming = plain) -> Number:
        return rules.products_per_output(
            per_group(name, C_IN, inputs[0][0], self.groups), sides(name, K, self.kernel_size)
        )

    def kernels(self, inputs: tuple[Shape, ...], name: Naming = plain) -> Number:
        return rules.separate_kernels(name(C_IN, inputs[0][0]), per_group(name, C_OUT, self.out_channels, self.groups))

    def tensors(self, inputs: tuple[Shape, ...]) -> Mapping[str, Shape]:
        shapes = {"weight": (inputs[0][0], self.out_channels // self.groups, *self.kernel_size)}
        return {**shapes, "bias": (self.out_channels,)} if self.bias else shapes

    def compute(self, inputs: tuple[Tensor, ...], tensors: Mapping[str, Tensor]) -> Tensor:
        x, weight = inputs[0], tensors["weight"]
        output = self.output((x.shape,))
        per_group_in, per_group_out = x.shape[0] // self.groups, self.out_channels // self.groups
        # Values that the padding takes off are computed and thrown away, so the full canvas is larger than the output.
        full = tuple(
            pair[0] + max(m, rules.last_window_start(n, s) + rules.effective_kernel(k, d) - pair[0])
            for m, n, s, k, d, pair in zip(
                output[1:], x.shape[1:], self.stride, self.kernel_size, self.dilation, self.padding_pairs, strict=True
            )
        )
        canvas: list[list[Any]] = [[0] * prod(full) for _channel in range(self.out_channels)]
        taps = list(indices(self.kernel_size))
        reached = [_offset(full, (t * d for t, d in zip(tap, self.dilation, strict=True))) for tap in taps]
        starts = [_offset(full, (n * s for n, s in zip(at, self.stride, strict=True))) for at in indices(x.shape[1:])]
        for c_in in range(x.shape[0]):
            arriving = x.values[c_in * len(starts) : (c_in + 1) * len(starts)]
            for c in range(per_group_out):
                onto = canvas[c_in // per_group_in * per_group_out + c]
                first = (c_in * per_group_out + c) * len(reached)
                kernel = list(zip(reached, weight.values[first : first + len(reached)], strict=True))
                for start, value in zip(starts, arriving, strict=True):
                    for step, factor in kernel:
                        onto[start + step] = onto[start + step] + value * factor
        kept = [
            _offset(full, (m + pair[0] for m, pair in zip(at, self.padding_pairs, strict=True)))
            for at in indices(output[1:])
        ]
        maps = [[one[place] for place in kept] for one in canvas]
        if self.bias:
            maps = [[value + bias for value in one] for one, bias in zip(maps, tensors["bias"].values, strict=True)]
        return Tensor(output, [value for one in maps for value in one])

    def written_out(self, inputs: tuple[Tensor, ...], tensors: Mapping[str, Tensor], at: Index) -> WrittenOut:
        """Every input value that reaches the place, times the kernel value that carries it there; and the bias."""
        x, weight, (c_out, *places) = inputs[0], tensors["weight"], at
        per_group_in, per_group_out = x.shape[0] // self.groups, weight.shape[1]
        first, c = c_out // per_group_out * per_group_in, c_out % per_group_out
        reaching = [pair for tap in indices(self.kernel_size) if (pair := self._source(places, tap, x.shape[1:]))]
        slices = []
        for c_in in range(first, first + per_group_in):
            window = [x[(c_in, *source)] for source, _tap in reaching]
            kernel = [weight[(c_in, c, *tap)] for _source, tap in reaching]
            formula = added([given(value) * factor for value, factor in zip(window, kernel, strict=True)] or [0])
            sides, seen = (len(reaching),), tuple((c_in, *source) for source, _tap in reaching)
            slices.append(Slice(c_in, seen, Tensor(sides, window), formula, Tensor(sides, kernel)))
        terms = [one.formula for one in slices]
        if not self.bias:
            return WrittenOut(added(terms), tuple(slices))
        bias = tensors["bias"][(c_out,)]
        return WrittenOut(added([*terms, bias]), tuple(slices), bias)

    def _source(self, places: list[int], tap: Index, sides: Shape) -> tuple[Index, Index] | None:
        """The input place from which this kernel value reaches an output place, if there is one."""
        source = []
        for m, t, s, d, pair, n in zip(places, tap, self.stride, self.dilation, self.padding_pairs, sides, strict=True):
            place, rest = divmod(m + pair[0] - t * d, s)
            if rest or not 0 <= place < n:
                return None
            source.append(place)
        return tuple(source), tap


ConvTranspose.examples = (
    Example(
        "conv_transpose2d",
        {"out_channels": 1, "kernel_size": 3, "stride": 2, "padding": "same", "semantics": "keras"},
        ((1, 4, 5),),
        {"output": (1, 4 * 2, 5 * 2)},
    ),
    Example(
        "conv_transpose1d",
        {"out_channels": 1, "kernel_size": 2, "stride": 3, "padding": "valid", "semantics": "keras"},
        ((1, 4),),
        {"output": (1, 4 * 3)},
    ),
    Example(
        "conv_transpose2d",
        {"out_channels": 8, "kernel_size": 2, "stride": 2},
        ((16, 7, 7),),
        {
            "output": (8, (7 - 1) * 2 + 2, 14),
            "weights": 16 * 8 * 2 * 2,
            "biases": 8,
            "multiplications": 16 * 7 * 7 * 8 * 2 * 2,
            "additions": 16 * 7 * 7 * 8 * 2 * 2 + 8 * 14 * 14,
        },
    ),
    Example(
        "conv_transpose1d",
        {
            "out_channels": 4,
            "kernel_size": 3,
            "stride": 2,
            "padding": 1,
            "output_padding": 1,
            "groups": 2,
            "bias": False,
        },
        ((2, 4),),
        {"output": (4, (4 - 1) * 2 - 2 + 3 + 1), "weights": 2 * (4 // 2) * 3, "multiplications": 2 * 4 * 2 * 3},
    ),
)
