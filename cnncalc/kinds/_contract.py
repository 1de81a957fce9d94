"""What a layer kind is: a pydantic model of its fields with rules for shape, weights, cost and receptive field.

The rules are written over numbers or symbols alike: called with `plain` they calculate, with `traced` they return the
expressions that an explanation shows.
"""

import sys
from collections.abc import Callable, Mapping
from enum import Enum, StrEnum
from typing import Annotated, Any, ClassVar, Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, Field, GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema
from pydantic_core.core_schema import no_info_before_validator_function

from cnncalc import shape as shapes
from cnncalc.formula import rules
from cnncalc.formula.expression import Naming, Number, plain
from cnncalc.formula.worked import WrittenOut, given
from cnncalc.language import _, plural
from cnncalc.problem import Problem, Refused
from cnncalc.record import Record
from cnncalc.result import Connections, Forms, Geometry
from cnncalc.shape import LARGEST as LARGEST
from cnncalc.shape import Shape
from cnncalc.tensor import Index, Tensor

SEMANTICS = ("torch", "keras", "onnx", "caffe")
"""The frameworks whose rules a spec may follow where they differ; the first one by default."""


class Role(StrEnum):
    """What a kind does in a network; rules and comparisons ask for roles, never for kinds."""

    CONVOLUTION = "convolution"
    LINEAR = "linear"
    NORMALISATION = "normalisation"
    NONLINEARITY = "nonlinearity"
    POOLING = "pooling"
    REGULARISATION = "regularisation"
    MERGE = "merge"
    ATTENTION = "attention"
    RECURRENT = "recurrent"
    EMBEDDING = "embedding"
    SHAPE = "shape"


CONNECTING = frozenset({Role.CONVOLUTION, Role.LINEAR})
"""The roles of layers whose weights connect maps. They count for the depth, as in the names ResNet-18 and VGG-16."""


class Weights(NamedTuple):
    """Learned numbers: those that are added (`biases`), all others (`weights`), and what is kept but not learned.

    A number that an `opaque` kind does not know is None.

    `frozen` of the weights and biases are counted and never trained (running statistics, in Keras).
    """

    weights: Number = 0
    biases: Number = 0
    buffers: Number = 0
    frozen: Number = 0


class Cost(NamedTuple):
    """Operations of one forward pass of one input; `macs` are those multiplications that are products of a matrix.

    A number that an `opaque` kind does not know is None.
    """

    multiplications: Number = 0
    additions: Number = 0
    macs: Number = 0
    comparisons: Number = 0
    divisions: Number = 0
    transcendentals: Number = 0


FREE = Cost()
NO_WEIGHTS = Weights()


class Turns(NamedTuple):
    """Windows that differ, and repeat after `outputs` outputs, `places` further on: those of a resizing.

    `window` gives the first and the last place that an output looks at; it may lie beyond the border.
    """

    outputs: int
    places: int
    window: Callable[[int], tuple[int, int]]


class Reach(NamedTuple):
    """What an output sees along one axis: `kernel` places, `dilation` apart, moving on by `stride`.

    `transposed` turns it round: an input reaches `kernel` outputs, `stride` apart. `adaptive` is the number of
    windows of an adaptive pooling, whose windows may differ in size, `turns` is any other pattern of windows; the other
    fields do not count then.
    """

    kernel: int
    stride: int = 1
    before: int = 0
    dilation: int = 1
    transposed: bool = False
    adaptive: tuple[int, int] | None = None
    turns: Turns | None = None


class Sight(Enum):
    """Receptive-field rules that need no numbers."""

    SAME = "each output sees what its inputs see"
    ALL = "each output sees the whole input"
    SCATTERED = "each output sees what its input sees, but places are no longer in a grid"
    UNKNOWN = "what an output sees is not known"


class Mixed(Record):
    """Each output sees the whole input along these axes, and its own place along all others. 0 is the channels."""

    axes: tuple[int, ...]


class Moved(Record):
    """The same values under other axes: axis i of the output is axis `order[i]` of the input."""

    order: tuple[int, ...]


Window = tuple[Reach, ...] | Sight | Mixed | Moved


class Example(NamedTuple):
    """A worked case: the fields and inputs that are given, and what must come out. Tests and pages are made of it.

    `expected` may name `output` and every field of `Weights` and `Cost`; numbers stand as arithmetic.
    """

    kind: str
    fields: Mapping[str, Any]
    inputs: tuple[Shape, ...]
    expected: Mapping[str, Any]


class Wanted(Record):
    """What a field takes, in words; stands in messages about a value of a wrong type."""

    text: str

    def __str__(self) -> str:
        return _(self.text)


def one_or_more(value: Any) -> Any:
    """A single value as a tuple of one, a list as a tuple; anything else is left for pydantic to refuse."""
    if isinstance(value, int) and not isinstance(value, bool):
        return (value,)
    return tuple(value) if isinstance(value, list) else value


class OneOrMore:
    """In an annotation of a tuple: one value may stand for a tuple of one, in specs and for editors."""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """What is read: pydantic asks for it."""
        return no_info_before_validator_function(one_or_more, handler(source))

    def __get_pydantic_json_schema__(self, core: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        """What an editor accepts: pydantic asks for it."""
        made = handler(core)
        return {"anyOf": [made["items"], made]}


PositiveInt = Annotated[int, Field(ge=1, le=LARGEST)]
NotNegativeInt = Annotated[int, Field(ge=0, le=LARGEST)]
Channels = Annotated[PositiveInt, Wanted("a whole number from 1 up")]
Sides = Annotated[
    tuple[PositiveInt, ...],
    OneOrMore(),
    Wanted("a whole number from 1 up, or a list with one per axis"),
]
Sides0 = Annotated[
    tuple[NotNegativeInt, ...],
    OneOrMore(),
    Wanted("a whole number from 0 up, or a list with one per axis"),
]
Flag = Annotated[bool, Wanted("true or false")]
Float = Annotated[float, Wanted("a number")]
Axis = Annotated[int, Field(ge=-16, le=16), Wanted("an axis: 1 is the channels, −1 the last one")]


class Kind(BaseModel):
    """A layer kind: its fields as pydantic fields, its rules as methods.

    Class attributes of a concrete kind:
        names: the names a spec uses, each with its number of spatial axes (0: any).
        roles: what it does in a network.
        foreign: names in other frameworks, for hints; field names likewise in `foreign_fields`.
        spoken: how a sentence calls it, in small letters with blanks between the words.
        called: how code calls it, with the fields that its arguments without a name stand for, in order.
        arity: how many inputs it takes: at least, at most (None: any number).
        elementwise: it acts on each value alone and changes no shape.
        weighted_sum: outputs are sums of inputs times numbers that do not depend on the inputs (at inference), so that
            two such layers in a row are worth one.
        idempotent: doing it twice is the same as doing it once.
        monotone: it acts on each value alone, and a larger value never becomes the smaller one.
        picks: each output is the largest of some inputs (of one, where values are only moved), so that a monotone kind
            may stand before or behind it.
        probabilities: `each` output is a probability of its own, or some of them sum to 1 `together`, or outputs are
            the `logarithms` of such; "" where outputs are no probabilities.
        keeps_spread: what it drops while training it replaces, so that mean and variance stay.
        taken_for: the family that it is mixed up with in a calculation by hand, or "".
        opaque: what it does to the values is not known, so it cannot be computed, may leave counts unknown, and no rule
            judges it.
        several: it may have more than one output, which `from` calls `name:1`, `name:2`, …
        defaults_in: defaults that differ in another framework, by its name.
        mirror: the family whose kind of the same rank turns its sizes round, or "".
        examples: worked cases.

    A fact that hangs on the fields is a property of the same name.
    """

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, defer_build=True, protected_namespaces=())

    names: ClassVar[Mapping[str, int]] = {}
    name: ClassVar[str] = ""
    rank: ClassVar[int] = 0
    roles: ClassVar[frozenset[Role]] = frozenset()
    foreign: ClassVar[tuple[str, ...]] = ()
    foreign_fields: ClassVar[Mapping[str, str]] = {}
    spoken: ClassVar[tuple[str, ...]] = ()
    called: ClassVar[Mapping[str, tuple[str, ...]]] = {}
    arity: ClassVar[tuple[int, int | None]] = (1, 1)
    elementwise: ClassVar[bool] = False
    weighted_sum: ClassVar[bool] = False
    idempotent: ClassVar[bool] = False
    monotone: ClassVar[bool] = False
    picks: ClassVar[bool] = False
    probabilities: ClassVar[Literal["", "each", "together", "logarithms"]] = ""
    keeps_spread: ClassVar[bool] = False
    opaque: ClassVar[bool] = False
    several: ClassVar[bool] = False
    defaults_in: ClassVar[Mapping[str, Mapping[str, Any]]] = {}
    mirror: ClassVar[str] = ""
    taken_for: ClassVar[str] = ""
    examples: ClassVar[tuple[Example, ...]] = ()

    @classmethod
    def manual(cls) -> str:
        """What a student can read about the kind: the text at the head of its file."""
        return (sys.modules[cls.__module__].__doc__ or "").strip()

    def output(self, inputs: tuple[Shape, ...], name: Naming = plain) -> tuple[Number, ...]:
        """The output's shape.

        Raises:
            Refused: the inputs do not suit; carries the problem.
        """
        return inputs[0]

    def outputs(self, inputs: tuple[Shape, ...], name: Naming = plain) -> tuple[tuple[Number, ...], ...]:
        """The shapes of all outputs; `output` is the first of them."""
        return (self.output(inputs, name),)

    def weights(self, inputs: tuple[Shape, ...], name: Naming = plain) -> Weights:
        """How many numbers the layer learns, and keeps."""
        return NO_WEIGHTS

    def learned(self, found: Weights, inputs: tuple[Shape, ...], name: Naming = plain) -> Number:
        """All that is learned: weights and biases together."""
        return rules.parameters(found.weights, found.biases)

    def cost(self, inputs: tuple[Shape, ...], output: Shape, name: Naming = plain) -> Cost:
        """Operations for one input."""
        return FREE

    def window(self, inputs: tuple[Shape, ...]) -> Window:
        """The receptive-field rule: one reach per spatial axis, or a rule without numbers."""
        return Sight.SAME

    def geometry(self, inputs: tuple[Shape, ...]) -> Geometry | None:
        """What the columns k, s, p, d, g show; None for a layer without a window."""
        return None

    def connections(
        self, inputs: tuple[Shape, ...], output: Shape, own: Forms, name: Naming = plain
    ) -> Connections | None:
        """The same maps connected fully, locally and as they are (`own`: the layer's weights and multiplications).

        None for a kind that does not connect maps by weights.
        """
        return None

    def products(self, inputs: tuple[Shape, ...], name: Naming = plain) -> Number:
        """Weights that one output value meets (a neuron's weights); 0 for a kind that connects nothing by weights."""
        return 0

    def kernels(self, inputs: tuple[Shape, ...], name: Naming = plain) -> Number:
        """Separate kernels, one for each pair of an input and an output channel that meet; 0 for a kind without."""
        return 0

    def columns(self, inputs: tuple[Shape, ...], name: Naming = plain) -> Number:
        """Windows that lie side by side as columns; 0 for a kind that makes or takes none."""
        return 0

    def together(self, inputs: tuple[Shape, ...]) -> int:
        """How many outputs, or what they are logarithms of, sum to 1 together; 0 for a kind without such outputs."""
        return 0

    def centres_channels(self, inputs: tuple[Shape, ...]) -> bool:
        """Whether it takes each channel's own mean off, which undoes whatever was added to the whole channel."""
        return False

    def drops(self) -> float | None:
        """The share of the values that is dropped while training; None for a kind that drops none."""
        return None

    def tensors(self, inputs: tuple[Shape, ...]) -> Mapping[str, Shape]:
        """Name and shape of each tensor that `compute` takes, by PyTorch's names (`weight`, `bias`, …)."""
        return {}

    def compute(self, inputs: tuple[Tensor, ...], tensors: Mapping[str, Tensor]) -> Tensor:
        """The layer on real numbers, as plain loops; inference mode, one input, no batch.

        Numbers may be of any type that has arithmetic; `exp`, `tanh` and the like are asked of the number itself.
        """
        return inputs[0]

    def computed(self, inputs: tuple[Tensor, ...], tensors: Mapping[str, Tensor]) -> tuple[Tensor, ...]:
        """All outputs on real numbers; `compute` gives the first of them."""
        return (self.compute(inputs, tensors),)

    def written_out(self, inputs: tuple[Tensor, ...], tensors: Mapping[str, Tensor], at: Index) -> WrittenOut:
        """How `compute` comes to the value at one place of its output; here only the value itself."""
        return WrittenOut(given(self.compute(inputs, tensors)[at]))


class WrongRank(Problem):
    """The layer needs another number of axes than its input has.

    `conv2d` slides over two axes, height and width, so its input is channels × height × width. A spectrogram or a
    text is often 1-D (channels × length), a video 3-D. Use the kind for that number of axes, or give the input as
    channels first: `[1, 28, 28]` for one grey picture, not `[28, 28]`.
    """

    kind: str
    rank: int
    shape: Shape
    sibling: str = ""
    """The kind that does the same along as many axes as there are."""

    def message(self) -> str:
        return plural(
            "{kind} needs channels and {rank} spatial axis ({wanted}), but its input is {shape}",
            "{kind} needs channels and {rank} spatial axes ({wanted}), but its input is {shape}",
            self.rank,
        ).format(
            kind=self.kind,
            rank=self.rank,
            wanted="×".join(("C", "D", "H", "W")[:1] + ("D", "H", "W")[-self.rank :] if self.rank > 1 else ("C", "L")),
            shape=shapes.text(self.shape),
        )

    def hints(self) -> tuple[str, ...]:
        hints = []
        axes = len(self.shape) - 1
        if axes == self.rank + 1:
            hints.append(
                _("if {first} is the batch, leave it out: {shape}").format(
                    first=self.shape[0], shape=shapes.text(self.shape[1:])
                )
            )
        if self.sibling:
            hints.append(_("for {shape} use {kind}").format(shape=shapes.text(self.shape), kind=self.sibling))
        if axes == self.rank - 1:
            whole = shapes.text((1, *self.shape))
            hints.append(_("a map without channels is written with one channel: {shape}").format(shape=whole))
        return tuple(hints)


def spatial(kind: Kind, shape: Shape) -> tuple[int, ...]:
    """The spatial sides of the input.

    Raises:
        Refused: the input has another number of axes than the kind slides over.
    """
    if len(shape) != kind.rank + 1:
        sibling = next((name for name, rank in kind.names.items() if rank == len(shape) - 1), "")
        raise Refused(WrongRank(kind.name, kind.rank, shape, sibling))
    return shape[1:]
