"""What a calculation found: per layer and in total, each number complete, a lower bound, or unknown.

Counts are exact integers, for the whole batch; shapes are without the batch.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from operator import attrgetter
from typing import Any, Literal, NamedTuple

from cnncalc.findings import listed
from cnncalc.problem import Finding
from cnncalc.record import Record
from cnncalc.shape import Shape
from cnncalc.source import Place, Source

Status = Literal["complete", "lower_bound", "unknown"]

COUNTS = (
    "weights",
    "biases",
    "parameters",
    "trainable",
    "buffers",
    "multiplications",
    "additions",
    "macs",
    "flops",
    "comparisons",
    "divisions",
    "transcendentals",
)
"""Every count, by its JSON name, in the order of the JSON document."""

HEADLINE = ("parameters", "multiplications", "macs")
"""The counts by which networks are compared first."""

BYTES = {
    "float64": 8,
    "float32": 4,
    "float16": 2,
    "bfloat16": 2,
    "float8": 1,
    "int64": 8,
    "int32": 4,
    "int16": 2,
    "int8": 1,
    "uint8": 1,
}
"""How many bytes one number of each type takes."""

MEASURES = ("receptive_field", "depth", "activations", "downsampling", "weights_memory")
"""What can be measured of a network or a layer beside its output and its counts; `engine/measures.py` says how."""

SHORT = {"params": "parameters", "mults": "multiplications", "rf": "receptive_field"}
"""Short words for the same names, wherever a name may be written."""


class Quantity(NamedTuple):
    """A number and how far it can be trusted. An unknown one is None; a lower bound leaves out what is unknown."""

    value: int | None
    status: Status


def bounded(text: str, status: Status) -> str:
    """A number as it is written where it may be a lower bound: `≥ 2,572`."""
    return f"≥ {text}" if status == "lower_bound" else text


class Geometry(NamedTuple):
    """What the columns k, s, p, d, g say of a window: one value per spatial axis; padding as (before, after)."""

    kernel: tuple[int, ...]
    stride: tuple[int, ...]
    padding: tuple[tuple[int, int], ...]
    dilation: tuple[int, ...]
    groups: int


class Forms(NamedTuple):
    """Weights and multiplications of one way to connect the same maps (biases left out)."""

    weights: int
    multiplications: int


class Connections(NamedTuple):
    """The same input and output maps, connected in three ways."""

    fully_connected: Forms
    locally_connected: Forms
    convolution: Forms


class LayerResult(NamedTuple):
    """One layer: shapes, counts, receptive field. A count that is None is unknown."""

    name: str
    kind: str
    inputs: tuple[str, ...]
    input_shapes: tuple[Shape | None, ...]
    output_shapes: tuple[Shape | None, ...]
    weights: int | None = None
    biases: int | None = None
    parameters: int | None = None
    trainable: int | None = None
    buffers: int | None = None
    multiplications: int | None = None
    additions: int | None = None
    macs: int | None = None
    flops: int | None = None
    comparisons: int | None = None
    divisions: int | None = None
    transcendentals: int | None = None
    receptive_field: tuple[int, ...] | None = None
    jump: tuple[int | Fraction | None, ...] | None = None
    sees_all: bool = False
    """The receptive field is the whole input (after global pooling, linear layers, attention)."""
    status: Status = "unknown"
    place: Place | None = None
    roles: frozenset[str] = frozenset()
    elementwise: bool = False
    """Acts on each value alone and changes no shape: a table may fold it into the row it belongs to."""
    geometry: Geometry | None = None
    connect: Callable[[], Connections | None] | None = None
    """Makes `connections`, which few ask for and which take as long as all the rest."""
    depth: int | None = None
    """Convolutions and linear layers on the longest path from an input to here, this one included."""

    @property
    def connections(self) -> Connections | None:
        """The same maps connected in three ways; None for a layer that does not connect maps by weights."""
        return None if self.connect is None else self.connect()

    @property
    def output_shape(self) -> Shape | None:
        """The shape of output 0, or None when unknown."""
        return self.output_shapes[0] if self.output_shapes else None

    def to_dict(self) -> dict[str, Any]:
        """The layer as it stands in the JSON document."""
        return {
            "name": self.name,
            "kind": self.kind,
            "inputs": list(self.inputs),
            "input_shapes": [_listed(shape) for shape in self.input_shapes],
            "output_shapes": [_listed(shape) for shape in self.output_shapes],
            **dict(zip(COUNTS, _counts(self), strict=True)),
            "receptive_field": _listed(self.receptive_field),
            "jump": None if self.jump is None else [_jump(jump) for jump in self.jump],
            "status": self.status,
            "place": None if self.place is None else {"line": self.place.line, "column": self.place.column},
        }


_counts = attrgetter(*COUNTS)


def _listed(shape: tuple[int, ...] | None) -> list[int] | None:
    return None if shape is None else list(shape)


def _jump(jump: int | Fraction | None) -> int | str | None:
    if jump is None:
        return None
    return jump.numerator if jump.denominator == 1 else str(jump)


class Judgement(NamedTuple):
    """One line of a spec's `expect`: what was expected, what came out, whether it holds (None: cannot be told).

    A line for layers that match a pattern is one judgement when all of them meet it, with the largest number that came
    out; else one for each layer that does not.
    """

    name: str
    expected: str
    actual: Any
    met: bool | None
    off_by: str
    """By how much it is missed, in words of numbers (`+3.1 %`, `1,234 too many`); empty when met."""
    layer: str | None = None
    """The layer or the pattern that is meant; None for the network."""
    place: Place | None = None
    missed: int = 0
    """The same as a number, rounded up; 0 for shapes."""
    status: Status = "complete"
    """How far `actual` can be trusted: a lower bound can be too large already."""


class Result(Record):
    """A whole network, calculated."""

    name: str
    batch: int
    inputs: tuple[tuple[str, Shape], ...]
    outputs: tuple[tuple[str, Shape | None], ...]
    layers: tuple[LayerResult, ...]
    totals: dict[str, Quantity]
    status: Status
    problems: tuple[Finding, ...] = ()
    expectations: tuple[Judgement, ...] = ()
    depth: int | None = None
    """Convolutions and linear layers on the longest path from an input to an output; 18 for ResNet-18."""
    source: Source | None = None
    about: tuple[tuple[str, str], ...] = ()

    @property
    def receptive_field(self) -> tuple[int, ...] | None:
        """The field of the last layer that does not yet see the whole input: that of the convolutional part."""
        return next((layer.receptive_field for layer in reversed(self.layers) if not layer.sees_all), None)

    def _repr_html_(self) -> str:
        """The summary as a table, for notebooks."""
        from cnncalc.render.html import render
        from cnncalc.views.summary import summary

        return render(summary(self))

    def to_dict(self) -> dict[str, Any]:
        """The result as the JSON document of `cnncalc summary --format json`."""
        return {**self.outline(), "layers": [layer.to_dict() for layer in self.layers]}

    def outline(self) -> dict[str, Any]:
        """The same with its layers as they are: of 100,000 layers the mappings would take more than the network."""
        return {
            "schema_version": 1,
            "name": self.name,
            "batch": self.batch,
            "inputs": [list(shape) for _, shape in self.inputs],
            "outputs": [_listed(shape) for _, shape in self.outputs],
            "status": self.status,
            "layers": self.layers,
            "totals": {name: quantity.value for name, quantity in self.totals.items()},
            "expect": [
                {
                    "name": line.name,
                    "layer": line.layer,
                    "expected": line.expected,
                    "actual": line.actual,
                    "met": line.met,
                }
                for line in self.expectations
            ],
            "problems": [finding.to_dict() for finding in listed(self.problems)],
        }
