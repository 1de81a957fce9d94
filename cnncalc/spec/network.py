"""A network as the engine takes it: inputs, layers in order, and who feeds whom."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from types import MappingProxyType
from typing import Any, NamedTuple

from cnncalc.kinds._contract import Kind
from cnncalc.problem import Finding, Mark
from cnncalc.record import Record
from cnncalc.shape import Shape
from cnncalc.source import Place, Source
from cnncalc.spec.variables import AS_WRITTEN, Choice
from cnncalc.tensor import Tensor

NOTHING: Mapping[str, Any] = MappingProxyType({})


class Reference(NamedTuple):
    """Output `output` of the layer or input called `name`."""

    name: str
    output: int = 0

    def __str__(self) -> str:
        return f"{self.name}:{self.output}" if self.output else self.name


class Layer(NamedTuple):
    """One layer. `kind` is None when it could not be read; a source is None when nothing of that name exists."""

    name: str
    kind_name: str
    kind: Kind | None
    sources: tuple[Reference | None, ...]
    place: Place | None = None
    fields: Mapping[str, Any] = NOTHING
    """The fields as written, with their places."""
    kernels: tuple[tuple[str, Tensor], ...] = ()
    """The kernels that a hand calculation slides, with their names, one for each map."""
    uses: tuple[Mark, ...] = ()
    """Where the blocks are used that the layer comes from, the innermost first."""
    trainable: bool = True
    """Whether its weights learn, as far as its kind lets them."""
    weights_of: str | None = None
    """The layer above whose weights this one uses again."""


class Expectation(NamedTuple):
    """One line of `expect`: an exact value, bounds, a value with a tolerance, or a shape; and how it was written."""

    name: str
    written: str
    low: int | Fraction | None = None
    high: int | Fraction | None = None
    exact: tuple[int, ...] | None = None
    """A list: a shape, or one number per axis."""
    place: Place | None = None
    layer: str | None = None
    """The layer, or the pattern of layers' names, that it is about; None for the network."""
    dtype: str | None = None
    """The type that bytes are meant for."""


class Network(Record):
    """A network, ready to be analysed; every layer's sources stand above it.

    `problems` holds what was found while reading: warnings and notes, and in the network of a `SpecError` the errors.
    """

    name: str
    inputs: tuple[tuple[str, Shape | None], ...]
    layers: tuple[Layer, ...]
    outputs: tuple[Reference, ...]
    about: tuple[tuple[str, str], ...] = ()
    expect: tuple[Expectation, ...] = ()
    source: Source | None = None
    problems: tuple[Finding, ...] = ()
    input_places: Mapping[str, Place] = NOTHING
    trainable_place: Place | None = None
    """Where it says of the whole network what of it learns."""
    whole: bool = True
    """Whether all that is written is in it: a key that stands twice, say, is left out with its value."""
    semantics: str = "torch"
    """Whose rules hold where frameworks differ, in layers that do not say so themselves."""
    choice: Choice = AS_WRITTEN
    """What was decided when it was read."""
    written: Mapping[str, Any] = NOTHING
    """`about` and `expect` as they are written, variables replaced."""
    title: str = ""
    """The name as the file has it, without what was chosen from outside."""


class SpecError(ValueError):
    """A spec that cannot be used as it is.

    Attributes:
        problems: everything that was found, each with its place.
        network: what could be read, to show as much as is known.
    """

    def __init__(self, network: Network) -> None:
        self.network = network
        self.problems = network.problems
        errors = [finding for finding in network.problems if finding.severity == "error"]
        super().__init__("\n".join(_line(finding) for finding in errors[:100]))


def _line(finding: Finding) -> str:
    where = "" if finding.source is None else finding.source.name
    if finding.place is not None:
        where += f":{finding.place.line}:{finding.place.column}"
    return f"{where}: {finding.code}: {finding.problem.message()}".removeprefix(": ")
