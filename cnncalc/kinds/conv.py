"""Convolution: kernels slide over the input and each writes one output channel.

Each output value is the sum of a window of the input times one kernel, plus that kernel's bias. A kernel has a slice
for every input channel, so a layer with C_in input and C_out output channels holds C_in · C_out separate k×k kernels.
Two ideas make it small: an output value looks at k·k places only (local connection), and all values of a map use the
same kernel (shared weights). What PyTorch computes is the cross-correlation: the kernel is not flipped.

    - conv2d: {out_channels: 10, kernel_size: 3}  # m = n − 2 along each axis
    - conv2d: {out_channels: 10, kernel_size: 3, padding: 1}  # keeps the size
"""

from collections.abc import Mapping
from functools import cached_property
from math import prod
from operator import mul
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field, field_validator

from cnncalc.formula import rules
from cnncalc.formula.expression import Naming, Number, plain, sides
from cnncalc.formula.letters import C_IN, C_OUT, K, M
from cnncalc.formula.worked import Slice, WrittenOut, added, given
from cnncalc.kinds._channels import FOREIGN_FIELDS, check_channels, check_groups, connected, per_group
from cnncalc.kinds._contract import Channels, Cost, Example, Flag, Kind, Reach, Role, Sides, Wanted, Weights, spatial
from cnncalc.kinds._semantics import FITTING, WHOSE, Semantics, same_pairs
from cnncalc.kinds._sliding import PLACES, Steps, looked_at, windows, with_padding
from cnncalc.kinds._window import Padding, Pair, SameNeedsStrideOne, axis_word, check_fits, one_per_axis, size
from cnncalc.language import _, mark
from cnncalc.problem import Problem, Refused
from cnncalc.result import Connections, Forms, Geometry
from cnncalc.shape import Shape
from cnncalc.tensor import Index, Tensor, indices, total

PaddingMode = Annotated[
    Literal["zeros", "reflect", "replicate", "circular"], Wanted("zeros, reflect, replicate or circular")
]


class PaddingModeNeedsInput(Problem):
    """`padding_mode: reflect` and `circular` copy the padding from the input, which must have enough places.

    Reflecting p places needs n > p (the border itself is not repeated), wrapping round needs n ≥ p.
    """

    mode: str
    axis: str
    n: int
    p: int

    def message(self) -> str:
        return _("padding_mode {mode} cannot take {p} places from an input {axis} of {n}").format(
            mode=self.mode, p=self.p, axis=self.axis, n=self.n
        )

    def about(self) -> str:
        return "padding_mode"

    def hints(self) -> tuple[str, ...]:
        return (
            _("padding of at most {most}, or padding_mode: zeros").format(
                most=self.n - 1 if self.mode == "reflect" else self.n
            ),
        )


def check_padding_mode(mode: str, places: tuple[int, ...], padding: tuple[Pair, ...]) -> None:
    """Refuse padding that would copy more places than the input has."""
    if mode not in ("reflect", "circular"):
        return
    for axis, (n, pair) in enumerate(zip(places, padding, strict=True)):
        if max(pair) > (n - 1 if mode == "reflect" else n):
            raise Refused(PaddingModeNeedsInput(mode, axis_word(axis, len(places)), n, max(pair)))


def padded(x: Tensor, at: tuple[int, ...], mode: str) -> Any:
    """The value at a place that may lie in the padding."""
    if mode == "zeros":
        return x.get(at, 0)
    return x[tuple(PLACES[mode](place, size) for place, size in zip(at, x.shape, strict=True))]


class Conv(Kind):
    names = {"conv1d": 1, "conv2d": 2, "conv3d": 3}
    roles = frozenset({Role.CONVOLUTION})
    weighted_sum = True
    mirror = "conv_transpose"
    defaults_in: ClassVar[Mapping[str, Mapping[str, Any]]] = {"onnx": {"bias": False}}
    foreign = ("Conv1D", "Conv2D", "Conv3D", "Conv", "Convolution", "conv", "convolution", "卷积", "卷积层")
    spoken = (
        *("conv", "convs", "convolution", "convolutions", "convolutional", "convolve", "convolved", "conv layer"),
        *("convolution layer", "convolutional layer", "convolutional layers", "conv layers", "cnn layer"),
        *("卷积", "卷积层", "卷积运算", "卷积操作", "卷积神经网络"),
    )
    called = {
        **{
            f"Conv{rank}d": ("in_channels", "out_channels", "kernel_size", "stride", "padding", "dilation", "groups")
            for rank in (1, 2, 3)
        },
        **{f"Conv{rank}D": ("out_channels", "kernel_size", "stride", "padding") for rank in (1, 2, 3)},
    }
    foreign_fields = FOREIGN_FIELDS

    semantics: Semantics = Field(default="torch", description=WHOSE)
    out_channels: Channels = Field(description=mark("number of kernels, and so of output channels"))
    kernel_size: Sides = Field(description=mark("side of the kernel"))
    stride: Sides = Field(default=1, validate_default=True, description=mark("places from one window to the next"))
    padding: Padding = Field(
        default=0, validate_default=True, description=mark("places added on each side; or same, valid")
    )
    dilation: Sides = Field(
        default=1, validate_default=True, description=mark("places from a kernel value to the next")
    )
    groups: Channels = Field(default=1, description=mark("parts into which the channels are split"))
    bias: Flag = Field(default=True, description=mark("whether each output channel has a bias"))
    padding_mode: PaddingMode = Field(default="zeros", description=mark("what the padding is filled with"))
    in_channels: Channels | None = Field(default=None, description=mark("channels that arrive; checked when given"))

    @field_validator("kernel_size", "stride", "padding", "dilation")
    @classmethod
    def _per_axis(cls, value: Any) -> Any:
        return one_per_axis(cls, value)

    @cached_property
    def padding_pairs(self) -> tuple[Pair, ...]:
        """Padding before and after, per axis; under `same` an odd total puts its extra place behind (PyTorch)."""
        if isinstance(self.padding, tuple):
            return self.padding
        if self.padding == "valid":
            return ((0, 0),) * self.rank
        kernels = (rules.effective_kernel(k, d) for k, d in zip(self.kernel_size, self.dilation, strict=True))
        totals = map(rules.same_padding_total, kernels)
        return tuple((total // 2, total - total // 2) for total in totals)

    def pairs(self, places: tuple[int, ...]) -> tuple[Pair, ...]:
        """Padding before and after, per axis, for an input of these sides."""
        if self.padding == "same" and self.semantics in FITTING:
            return same_pairs(places, self.kernel_size, self.dilation, self.stride)
        return self.padding_pairs

    def output(self, inputs: tuple[Shape, ...], name: Naming = plain) -> tuple[Number, ...]:
        shape = inputs[0]
        places = spatial(self, shape)
        check_channels(self.in_channels, shape[0])
        check_groups(self.groups, shape[0], self.out_channels)
        if self.padding == "same" and set(self.stride) != {1} and self.semantics not in FITTING:
            raise Refused(SameNeedsStrideOne(self.stride, self.kernel_size))
        padding = self.pairs(places)
        check_padding_mode(self.padding_mode, places, padding)
        check_fits(self.rank, places, padding, self.kernel_size, self.dilation)
        axes = list(zip(places, padding, self.kernel_size, self.dilation, self.stride, strict=True))
        if axes.count(axes[0]) == len(axes):
            return (name(C_OUT, self.out_channels), *(size(name, *axes[0]),) * len(axes))
        return (name(C_OUT, self.out_channels), *[size(name, *axis) for axis in axes])

    def weights(self, inputs: tuple[Shape, ...], name: Naming = plain) -> Weights:
        c_in = per_group(name, C_IN, inputs[0][0], self.groups)
        c_out = name(C_OUT, self.out_channels)
        return Weights(
            rules.convolution_weights(c_in, c_out, sides(name, K, self.kernel_size)), c_out if self.bias else 0
        )

    def products(self, inputs: tuple[Shape, ...], name: Naming = plain) -> Number:
        return rules.products_per_output(
            per_group(name, C_IN, inputs[0][0], self.groups), sides(name, K, self.kernel_size)
        )

    def kernels(self, inputs: tuple[Shape, ...], name: Naming = plain) -> Number:
        return rules.separate_kernels(per_group(name, C_IN, inputs[0][0], self.groups), name(C_OUT, self.out_channels))

    def cost(self, inputs: tuple[Shape, ...], output: Shape, name: Naming = plain) -> Cost:
        outputs = rules.values_of(name(C_OUT, output[0]), sides(name, M, output[1:]))
        products = self.products(inputs, name)
        multiplications = rules.outputs_times(outputs, products)
        additions = multiplications if self.bias else rules.additions_of_sums(outputs, products)
        return Cost(multiplications, additions, macs=multiplications)

    def window(self, inputs: tuple[Shape, ...]) -> tuple[Reach, ...]:
        if self.padding == "same" and self.semantics in FITTING:
            return self._reaching(self.pairs(inputs[0][1:]))
        return self._reaches

    @cached_property
    def _reaches(self) -> tuple[Reach, ...]:
        return self._reaching(self.padding_pairs)

    def _reaching(self, padding: tuple[Pair, ...]) -> tuple[Reach, ...]:
        axes = zip(self.kernel_size, self.stride, padding, self.dilation, strict=True)
        return tuple([Reach(k, s, pair[0], d) for k, s, pair, d in axes])

    def geometry(self, inputs: tuple[Shape, ...]) -> Geometry:
        return Geometry(self.kernel_size, self.stride, self.pairs(inputs[0][1:]), self.dilation, self.groups)

    def connections(self, inputs: tuple[Shape, ...], output: Shape, own: Forms, name: Naming = plain) -> Connections:
        return connected(inputs[0], output, self.products(inputs, name), own, name)

    def tensors(self, inputs: tuple[Shape, ...]) -> Mapping[str, Shape]:
        shapes = {"weight": (self.out_channels, inputs[0][0] // self.groups, *self.kernel_size)}
        return {**shapes, "bias": (self.out_channels,)} if self.bias else shapes

    def compute(self, inputs: tuple[Tensor, ...], tensors: Mapping[str, Tensor]) -> Tensor:
        x, output = inputs[0], self.output((inputs[0].shape,))
        in_group, out_group = x.shape[0] // self.groups, self.out_channels // self.groups
        area, weights = prod(x.shape[1:]), tensors["weight"].values
        each = len(weights) // self.out_channels
        kernels = [weights[start : start + each] for start in range(0, len(weights), each)]
        values = with_padding(x, 0)
        maps: list[list[Any]] = [[] for _channel in kernels]
        for seen in windows(x.shape[1:], output[1:], self._steps(x.shape[1:]), PLACES[self.padding_mode]):
            for group in range(self.groups):
                channels = range(group * in_group, (group + 1) * in_group)
                window = [value for c in channels for value in looked_at(values, c * area, seen)]
                for c_out in range(group * out_group, (group + 1) * out_group):
                    maps[c_out].append(total(map(mul, kernels[c_out], window)))
        if self.bias:
            maps = [[value + bias for value in one] for one, bias in zip(maps, tensors["bias"].values, strict=True)]
        return Tensor(output, [value for one in maps for value in one])

    def _steps(self, places: tuple[int, ...]) -> list[Steps]:
        axes = zip(self.kernel_size, self.stride, self.pairs(places), self.dilation, strict=True)
        return [Steps(k, s, pair[0], d) for k, s, pair, d in axes]

    def written_out(self, inputs: tuple[Tensor, ...], tensors: Mapping[str, Tensor], at: Index) -> WrittenOut:
        """For each input channel the window, the kernel's slice, and the sum of their products; and the bias."""
        x, weight, (c_out, *places) = inputs[0], tensors["weight"], at
        per_group_in = weight.shape[1]
        first = c_out // (self.out_channels // self.groups) * per_group_in
        axes = tuple(zip(places, self.stride, self.pairs(x.shape[1:]), self.dilation, strict=True))
        taps = list(indices(self.kernel_size))
        slices = []
        for c in range(per_group_in):
            seen = [
                (first + c, *(m * s - pair[0] + t * d for (m, s, pair, d), t in zip(axes, tap, strict=True)))
                for tap in taps
            ]
            window = [padded(x, place, self.padding_mode) for place in seen]
            kernel = [weight[(c_out, c, *tap)] for tap in taps]
            formula = added([given(value) * factor for value, factor in zip(window, kernel, strict=True)])
            sides = self.kernel_size
            slices.append(Slice(first + c, tuple(seen), Tensor(sides, window), formula, Tensor(sides, kernel)))
        terms = [one.formula for one in slices]
        if not self.bias:
            return WrittenOut(added(terms), tuple(slices))
        bias = tensors["bias"][(c_out,)]
        return WrittenOut(added([*terms, bias]), tuple(slices), bias)


Conv.examples = (
    Example(
        "conv2d",
        {"out_channels": 2, "kernel_size": 3, "stride": 2, "padding": "same", "semantics": "keras"},
        ((1, 8, 7),),
        {"output": (2, -(-8 // 2), -(-7 // 2))},
    ),
    Example("conv2d", {"out_channels": 1, "kernel_size": 3}, ((1, 4, 4),), {"output": (1, 4 - 3 + 1, 2)}),
    Example(
        "conv2d",
        {"out_channels": 10, "kernel_size": 3, "padding": 1, "stride": 2},
        ((3, 7, 7),),
        {
            "output": (10, (7 + 2 * 1 - 3) // 2 + 1, 4),
            "weights": 3 * 10 * 3 * 3,
            "biases": 10,
            "multiplications": 10 * 4 * 4 * 27,
            "additions": 10 * 4 * 4 * 26 + 10 * 4 * 4,
            "macs": 10 * 4 * 4 * 27,
        },
    ),
    Example(
        "conv2d",
        {"out_channels": 8, "kernel_size": 3, "groups": 4, "bias": False, "padding": "same", "dilation": 2},
        ((4, 9, 6),),
        {
            "output": (8, 9, 6),
            "weights": 8 * 1 * 9,
            "biases": 0,
            "multiplications": 8 * 9 * 6 * 9,
            "additions": 8 * 9 * 6 * 8,
        },
    ),
    Example(
        "conv1d",
        {"out_channels": 2, "kernel_size": 2, "padding": [[1, 0]]},
        ((3, 5),),
        {"output": (2, 5 + 1 - 2 + 1), "weights": 3 * 2 * 2},
    ),
    Example(
        "conv3d",
        {"out_channels": 2, "kernel_size": [1, 2, 3]},
        ((1, 3, 4, 5),),
        {"output": (2, 3, 3, 3), "weights": 2 * 6, "multiplications": 2 * 27 * 6},
    ),
)
