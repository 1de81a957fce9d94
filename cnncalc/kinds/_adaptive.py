"""What the adaptive and the global poolings share: the output size is given, the windows follow from it."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import product as choices
from math import gcd
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, field_validator

from cnncalc.formula import rules
from cnncalc.formula.expression import Naming, Number, plain, sides
from cnncalc.formula.letters import GCD, C, M
from cnncalc.formula.worked import Slice, Worked, WrittenOut, added, picked
from cnncalc.kinds._contract import Flag, Kind, PositiveInt, Reach, Role, Sight, Wanted, spatial
from cnncalc.kinds._pointwise import named
from cnncalc.kinds._window import one_per_axis
from cnncalc.language import _, mark
from cnncalc.problem import Problem, Refused
from cnncalc.shape import Shape
from cnncalc.tensor import Index, Tensor, indices


def _one_or_more(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else (value,)


OutputSize = Annotated[
    tuple[PositiveInt | None, ...],
    BeforeValidator(_one_or_more, json_schema_input_type=PositiveInt | None | list[PositiveInt | None]),
    Wanted("a whole number from 1 up, or a list with one per axis (null keeps the size)"),
]


@dataclass(frozen=True)
class NothingToPool(Problem):
    """An adaptive pooling along one axis was told to keep the size of that axis.

    `null` in `output_size` keeps a side while another one is pooled. With a single axis nothing is left to pool, and
    PyTorch refuses it. Give the size that is wanted, or use `identity`.
    """

    n: int

    def message(self) -> str:
        return _("output_size is null, which keeps the length of {n}: nothing is left to pool").format(n=self.n)

    def about(self) -> str:
        return "output_size"


class AdaptivePool(Kind):
    """A pooling whose windows are chosen so that the output has the size that is asked for.

    Window i of m over n places goes from ⌊i·n/m⌋ to ⌈(i + 1)·n/m⌉, so windows differ in size where m does not divide n.
    """

    roles = frozenset({Role.POOLING})

    output_size: OutputSize = Field(description=mark("output size; one number, or one per axis"))

    @field_validator("output_size")
    @classmethod
    def _per_axis(cls, value: Any) -> Any:
        return one_per_axis(cls, value)

    def sizes(self, places: tuple[int, ...]) -> tuple[int, ...]:
        """The output size per axis; null keeps what arrives."""
        return tuple(n if m is None else m for m, n in zip(self.output_size, places, strict=True))

    def output(self, inputs: tuple[Shape, ...], name: Naming = plain) -> tuple[Number, ...]:
        shape = inputs[0]
        places = spatial(self, shape)
        if self.output_size == (None,):
            raise Refused(NothingToPool(*places))
        return (name(C, shape[0]), *sides(name, M, self.sizes(places)))

    def window(self, inputs: tuple[Shape, ...]) -> tuple[Reach, ...] | Sight:
        places = spatial(self, inputs[0])
        sizes = self.sizes(places)
        if set(sizes) == {1}:
            return Sight.ALL
        return tuple(
            Reach(n // m, n // m) if n % m == 0 else Reach(0, adaptive=(n, m))
            for n, m in zip(places, sizes, strict=True)
        )

    def seen(self, inputs: tuple[Shape, ...], name: Naming) -> Number:
        """Values that all windows see together; overlapping ones count for each window."""
        return values_seen(inputs[0], self.sizes(spatial(self, inputs[0])), name)

    def windows(self, shape: Shape) -> list[list[tuple[int, ...]]]:
        """The input places of each output place, in order."""
        axes = [
            [range(rules.adaptive_start(i, n, m), rules.adaptive_end(i, n, m)) for i in range(m)]
            for n, m in zip(shape[1:], self.sizes(shape[1:]), strict=True)
        ]
        return [list(choices(*window)) for window in choices(*axes)]

    def window_of(self, shape: Shape, places: Index) -> list[Index]:
        """The input places of one output place."""
        axes = [
            range(rules.adaptive_start(i, n, m), rules.adaptive_end(i, n, m))
            for i, n, m in zip(places, shape[1:], self.sizes(shape[1:]), strict=True)
        ]
        return list(choices(*axes))


def values_seen(shape: Shape, sizes: Shape, name: Naming) -> Number:
    """Values of a map that adaptive windows see together, so many along each axis.

    Where m divides n along every axis, each value is seen once: C · n · n.
    """
    channels, *places = named(shape, name)
    if not any(n % m for n, m in zip(shape[1:], sizes, strict=True)):
        return rules.values_of(channels, tuple(places))
    shared = sides(name, GCD, tuple(map(gcd, shape[1:], sizes)))
    return rules.values_of(channels, tuple(map(rules.places_seen, places, sides(name, M, sizes), shared)))


class GlobalPool(Kind):
    """A pooling over the whole map: one value per channel."""

    roles = frozenset({Role.POOLING})

    keepdim: Flag = Field(default=False, description=mark("whether the output keeps its axes, as C×1×1"))

    def output(self, inputs: tuple[Shape, ...], name: Naming = plain) -> tuple[Number, ...]:
        shape = inputs[0]
        return (name(C, shape[0]), *((1,) * (len(shape) - 1) if self.keepdim else ()))

    def window(self, inputs: tuple[Shape, ...]) -> Sight:
        return Sight.ALL

    def windows(self, shape: Shape) -> list[list[tuple[int, ...]]]:
        """The one window: every place."""
        return [list(indices(shape[1:]))]


def pooled(x: Tensor, output: Shape, windows: list[list[tuple[int, ...]]], pick: Any) -> Tensor:
    """Each window of each channel turned into one value by `pick`."""
    values = [pick([x[(c, *place)] for place in window]) for c in range(x.shape[0]) for window in windows]
    return Tensor(output, values)


def mean(values: list[Any]) -> Any:
    """The sum divided by how many there are: one addition fewer than values, one division."""
    result = values[0]
    for value in values[1:]:
        result = result + value
    return result / len(values)


def largest(values: list[Any]) -> Any:
    """The largest value: one comparison fewer than values."""
    result = values[0]
    for value in values[1:]:
        result = value if value > result else result
    return result


def written_mean(x: Tensor, c: int, window: list[tuple[int, ...]]) -> WrittenOut:
    """How the mean of one window of a channel comes about."""
    return _written(x, c, window, lambda values: added(values) / len(values))


def written_largest(x: Tensor, c: int, window: list[tuple[int, ...]]) -> WrittenOut:
    """How the largest value of one window of a channel is found."""
    return _written(x, c, window, lambda values: picked("max", values))


def _written(x: Tensor, c: int, window: list[Index], pick: Callable[[list[Any]], Worked]) -> WrittenOut:
    seen = tuple((c, *place) for place in window)
    values = [x[place] for place in seen]
    formula = pick(values)
    axes = [len({place[axis] for place in window}) for axis in range(len(window[0]))]
    return WrittenOut(formula, (Slice(c, seen, Tensor(tuple(axes), values), formula),))
