"""What every sliding window shares: sides per axis, padding in its three forms, the size rule, and its problems."""

from collections.abc import Iterator
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator
from pydantic_core import PydanticCustomError

from cnncalc.formula import rules
from cnncalc.formula.expression import AXES, Naming, Number, evaluate, plain, traced
from cnncalc.formula.letters import P_AFTER, P_BEFORE, D, K, N, P, S
from cnncalc.formula.write import text
from cnncalc.kinds._contract import Kind, NotNegativeInt, Sides, Wanted, one_or_more
from cnncalc.language import _, plural
from cnncalc.problem import Problem, Refused

Pair = tuple[int, int]


def as_padding(value: Any) -> Any:
    """Padding as one (before, after) pair per axis, or the word `same` or `valid`; a single pair means every axis."""
    if isinstance(value, str):
        return value
    many = one_or_more(value)
    if not isinstance(many, tuple):
        return value
    return tuple((side, side) if isinstance(side, int) and not isinstance(side, bool) else _pair(side) for side in many)


def _pair(side: Any) -> Any:
    return tuple(side) if isinstance(side, list) else side


Pad = tuple[NotNegativeInt, NotNegativeInt]
Places = NotNegativeInt | list[NotNegativeInt | Pad]
"""Padding as it may be written, for editors."""

Padding = Annotated[
    Literal["same", "valid"] | tuple[Pad, ...],
    BeforeValidator(as_padding, json_schema_input_type=Literal["same", "valid"] | Places),
    Wanted("a whole number from 0 up, a list with one number or one pair per axis, same, or valid"),
]
PoolPadding = Annotated[
    Literal["same", "valid"] | tuple[Pad, ...],
    BeforeValidator(as_padding, json_schema_input_type=Literal["same", "valid"] | Places),
    Wanted("a whole number from 0 up, or a list with one number or one pair per axis"),
]


def one_per_axis(kind: type[Kind], value: Any) -> Any:
    """The sides, one per spatial axis; a single one stands for all of them."""
    if not isinstance(value, tuple) or len(value) == kind.rank:
        return value
    if len(value) == 1:
        return value * kind.rank
    raise PydanticCustomError(
        "one_per_axis",
        "one per axis",
        {"given": len(value), "rank": kind.rank, "kind": kind.name},
    )


def axis_word(axis: int, rank: int) -> str:
    """The spatial axis in words."""
    return {"": _("length"), "h": _("height"), "w": _("width"), "d": _("depth")}[AXES[rank][axis]]


def total_padding(name: Naming, pair: Pair) -> Number:
    """Both sides' padding along one axis: `2p`, or `p₁ + p₂` where the sides differ."""
    before, after = pair
    if before == after:
        return rules.symmetric_padding(name(P, before))
    return name(P_BEFORE, before) + name(P_AFTER, after)


def extent(name: Naming, k: int, d: int) -> Number:
    """What the kernel covers along one axis: `k`, or `d(k − 1) + 1` with gaps."""
    return name(K, k) if d == 1 else rules.effective_kernel(name(K, k), name(D, d))


def size(name: Naming, n: int, pair: Pair, k: int, d: int, s: int) -> Number:
    """Windows along one axis, rounded down."""
    return rules.window_size(name(N, n), total_padding(name, pair), extent(name, k, d), name(S, s))


def size_ceil(name: Naming, n: int, pair: Pair, k: int, d: int, s: int) -> Number:
    """Windows along one axis under ceil_mode: the case that applies, with PyTorch's dropped last window."""
    terms = (n, total_padding(plain, pair), extent(plain, k, d), s)
    windows = rules.window_size_ceil(*terms)
    dropped = rules.last_window_start(windows, s) >= n + pair[0]
    rule = rules.window_size_ceil_dropped if dropped else rules.window_size_ceil
    if name is plain:
        return rule(*terms)
    return rule(name(N, n), total_padding(name, pair), extent(name, k, d), name(S, s))


def size_caffe(name: Naming, n: int, pair: Pair, k: int, d: int, s: int) -> Number:
    """Windows along one axis as Caffe pools: rounded up, and a last window in the padding is dropped only if there is
    padding."""
    if any(pair):
        return size_ceil(name, n, pair, k, d, s)
    return rules.window_size_ceil(name(N, n), total_padding(name, pair), extent(name, k, d), name(S, s))


class KernelExceedsInput(Problem):
    """The kernel is larger than its padded input, so that no window fits.

    A kernel of k places (d(k − 1) + 1 with dilation) needs n + 2p of them. Small inputs run out after a few poolings:
    use more padding, a smaller kernel, less dilation, or a larger input.
    """

    field: str
    axis: str
    n: int
    padding: Pair
    k: int
    dilation: int

    def _cover(self) -> str:
        expression = extent(traced, self.k, self.dilation)
        return str(self.k) if self.dilation == 1 else f"{text(expression, values=True)} = {evaluate(expression)}"

    def _places(self) -> str:
        before, after = self.padding
        padded = self.n + before + after
        return f"{self.n} + {before} + {after} = {padded}" if before or after else str(self.n)

    def message(self) -> str:
        return _("the kernel covers {cover} places of the {axis}, but the padded input has only {places}").format(
            cover=self._cover(), axis=self.axis, places=self._places()
        )

    def caret(self) -> str:
        return _("at most {most} fits").format(most=max(0, (self.n + sum(self.padding) - 1) // self.dilation + 1))

    def about(self) -> str:
        return self.field

    def hints(self) -> tuple[str, ...]:
        missing = extent(plain, self.k, self.dilation) - self.n - sum(self.padding)
        sentence = plural(
            "{missing} more place is needed: padding {padding} on each side, or an input of at least {least}",
            "{missing} more places are needed: padding {padding} on each side, or an input of at least {least}",
            missing,
        )
        padding = max(self.padding) + -(-missing // 2)
        return (sentence.format(missing=missing, padding=padding, least=self.n + missing),)


class OutputEmpty(Problem):
    """The size rule gives no output: 0 or less along an axis.

    Every map needs at least one value along each axis. In a transposed convolution too much padding eats the output;
    under a window the kernel does not fit.
    """

    field: str
    axis: str
    formula: str
    m: int

    def message(self) -> str:
        return _("the output {axis} would be {formula} = {m}; it must be at least 1").format(
            axis=self.axis, formula=self.formula, m=self.m
        )

    def about(self) -> str:
        return self.field


class SameNeedsStrideOne(Problem):
    """`padding: same` keeps the size, which needs stride 1.

    PyTorch refuses `same` with a stride above 1, because frameworks differ in which side gets the extra row. Give the
    padding as a number: (k − 1)/2 for an odd kernel gives ⌈n/s⌉.
    """

    stride: tuple[int, ...]
    kernel: tuple[int, ...]

    def message(self) -> str:
        return _("padding: same needs stride 1, but the stride is {stride}").format(
            stride="×".join(map(str, dict.fromkeys(self.stride)))
        )

    def about(self) -> str:
        return "padding"

    def hints(self) -> tuple[str, ...]:
        fitting = _("`semantics: keras` gives ⌈n/s⌉, with the extra row behind the input, as Keras and ONNX do")
        if any(k % 2 == 0 for k in self.kernel):
            return (fitting,)
        each = [rules.same_padding_each_side(k) for k in self.kernel]
        written = str(each[0]) if len(set(each)) == 1 else f"[{', '.join(map(str, each))}]"
        return (_("padding: {padding} gives ⌈n/s⌉, what other frameworks call same").format(padding=written), fitting)


def check_fits(rank: int, spatial: tuple[int, ...], padding: tuple[Pair, ...], k: Sides, d: Sides) -> None:
    """Refuse a kernel that does not fit into its padded input along some axis."""
    for axis, (n, (before, after)) in enumerate(zip(spatial, padding, strict=True)):
        if n + before + after < rules.effective_kernel(k[axis], d[axis]):
            raise Refused(KernelExceedsInput("kernel_size", axis_word(axis, rank), n, padding[axis], k[axis], d[axis]))


def taps(k: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
    """Every place of a kernel, row by row."""
    from cnncalc.tensor import indices

    return indices(k)
