"""What a question gives: a layer kind, its input, and values under PyTorch's and the lectures' names."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import ValidationError

from cnncalc import shape as shapes
from cnncalc.harmless import harmless
from cnncalc.kinds import find
from cnncalc.kinds._contract import Kind
from cnncalc.language import _
from cnncalc.problem import Problem
from cnncalc.record import Record
from cnncalc.shape import Shape
from cnncalc.source import Source
from cnncalc.spec import shipped
from cnncalc.spec.fields import SHORT_FIELDS, complaints, meant
from cnncalc.spec.problems import UnknownField, WrongNumberOfInputs
from cnncalc.spec.read import parse_text
from cnncalc.spec.unknown_kinds import unknown_kind

SIZE = ("n", "W", "w", "h", "H", "size", "input_size", "in_size", "输入")
CHANNELS_IN = (
    *("c_in", "C_in", "cin", "in_channels", "C", "channels", "in", "M", "in_features"),
    *("通道", "通道数", "输入通道", "输入通道数", "输入特征"),
)
CHANNELS_OUT = (
    *("c_out", "C_out", "cout", "out_channels", "filters", "neurons", "out", "out_features", "units", "N"),
    *("输出通道", "输出通道数", "输出特征"),
)

UNSTATED = 1
"""What stands for a number of channels that the question leaves open; no answer that depends on it is given."""


class NotUnderstood(ValueError):
    """The givens cannot be read; carries the problems."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__("; ".join(problem.message() for problem in problems))
        self.problems = problems


class NotALayerKind(Problem):
    """A network stands where a layer kind is wanted. A layer of a network has its own commands."""

    name: str

    def message(self) -> str:
        return _("{name} is a network, not a layer kind").format(name=harmless(self.name, 60))

    def hints(self) -> tuple[str, ...]:
        name = harmless(self.name, 60)
        return (
            _("`cnncalc explain {name} LAYER` derives the numbers of one of its layers").format(name=name),
            _("`cnncalc summary {name}` lists its layers").format(name=name),
        )


class Given(Record):
    """A layer with its input.

    `stated` are the fields that were given; `channels` and `outputs` say whether the numbers of input and output
    channels were, without which nothing is counted.
    """

    kind: Kind
    inputs: tuple[Shape, ...]
    stated: frozenset[str]
    channels: bool
    outputs: bool

    @property
    def countable(self) -> bool:
        """Whether weights and operations are determined."""
        return self.channels and self.outputs


def read(kind_name: str, words: Sequence[str]) -> Given:
    """A kind's name and words: shapes (`3x7x7`, `7x7`) and assignments (`k=3`, `out_channels=10`).

    Raises:
        NotUnderstood: the kind, a name or a value is unknown, or something needed is missing.
    """
    kind = find(kind_name)
    if kind is None:
        network = shipped.find(kind_name) is not None or kind_name.endswith(shipped.ENDINGS)
        raise NotUnderstood(NotALayerKind(kind_name) if network else unknown_kind(kind_name))
    return given(kind, *assignments(kind, words))


def assignments(kind: type[Kind], words: Sequence[str]) -> tuple[list[Shape], dict[str, Any]]:
    """The shapes among the words, and the values under the names of the kind's fields (`n` and `c_in` besides).

    Raises:
        NotUnderstood: a word is neither, or a name is unknown.
    """
    written: list[Shape] = []
    values: dict[str, Any] = {}
    names: dict[str, str] = {}
    for word in words:
        name, equals, text = word.partition("=")
        if equals:
            _put(values, names, kind, name, as_written(text))
        else:
            # Several shapes may come as one word; blanks alone separate the sides of one.
            for one in word.split() if re.search(r"[x×X*,]", word) else [word]:
                shape = shapes.parse(one)
                if shape is None or 0 in shape:
                    raise NotUnderstood(NotAGiven(harmless(word, 60)))
                written.append(shape)
    return written, values


def _put(values: dict[str, Any], names: dict[str, str], kind: type[Kind], name: str, value: Any) -> None:
    """Keep a value under what its word means, and the word that said it first.

    Height and width are the two sides of n where both are given.
    """
    word = meaning(kind, name)
    before = values.get(word)
    if word == "n" and kind.rank == 2 and before is not None and {name.lower(), names[word]} == {"h", "w"}:
        values[word] = [before, value] if name.lower() == "w" else [value, before]
        return
    if before is not None and before != value:
        raise NotUnderstood(GivenTwice(harmless(name, 60), harmless(str(before), 40), harmless(str(value), 40)))
    values[word] = value
    names.setdefault(word, name.lower())


def from_mapping(kind_name: str, written: Mapping[str, Any]) -> Given:
    """The same from a mapping, as it stands in a question file: `{n: 7, k: 3}`, `{input: 3x7x7, c_out: 10}`.

    Raises:
        NotUnderstood: as `read`.
    """
    kind = find(kind_name)
    if kind is None:
        raise NotUnderstood(unknown_kind(kind_name))
    shapes_: list[Shape] = []
    values: dict[str, Any] = {}
    names: dict[str, str] = {}
    for name, value in written.items():
        if name in ("input", "shape"):
            sides = ",".join(map(str, value)) if isinstance(value, list) else str(value)
            shape = shapes.parse(sides)
            if shape is None or 0 in shape:
                raise NotUnderstood(NotAGiven(f"{name}: {harmless(str(value), 40)}"))
            shapes_.append(shape)
        else:
            _put(values, names, kind, name, as_written(value) if isinstance(value, str) else value)
    return given(kind, shapes_, values)


class GivenTwice(Problem):
    """One and the same thing is given twice, with different values.

    `k`, `kernel` and `kernel_size` are one thing, and so are `n` and the sides of a shape, `c_in` and its channels.
    Height and width that differ are `h=7 w=9`, `n=7x9`, or a shape.
    """

    word: str
    first: str
    second: str

    def message(self) -> str:
        return _("{word} is {second}, but {first} was given before").format(
            word=self.word, second=self.second, first=self.first
        )


class NotAGiven(Problem):
    """A layer is given in words: a shape such as `3x7x7` or `7x7`, and assignments such as `k=3`."""

    word: str

    def message(self) -> str:
        return _("`{word}` is neither a shape such as 3x7x7 nor an assignment such as k=3").format(word=self.word)


class NoInput(Problem):
    """A layer alone does not say how large its output is: the input's size is needed, as `3x7x7`, `7x7` or `n=7`."""

    kind: str

    def message(self) -> str:
        return _("the input is missing: a shape such as 3x7x7, or n=7")


class WrongInput(Problem):
    """The shape that was given has another number of axes than the kind slides over."""

    kind: str
    rank: int
    shape: Shape

    def message(self) -> str:
        return _("{kind} slides over {rank} axes; {shape} is neither their sizes nor a channel more").format(
            kind=self.kind, rank=self.rank, shape=shapes.text(self.shape)
        )


def given(kind: type[Kind], written: Sequence[Shape], values: Mapping[str, Any]) -> Given:
    """The layer, put together from input shapes and values under the names of its fields (`n` and `c_in` besides)."""
    fields = {name: value for name, value in values.items() if name not in ("n", "c_in")}
    inputs, channels = _inputs(kind, written, values.get("n"), values.get("c_in"), fields)
    needed = "out_channels" if "out_channels" in kind.model_fields else "out_features"
    outputs = needed not in kind.model_fields or needed in fields
    complete = dict(fields) if outputs else {**fields, needed: fields.get("groups", UNSTATED)}
    if not channels and isinstance(fields.get("groups"), int):
        inputs = tuple((fields["groups"], *shape[1:]) for shape in inputs)
    try:
        layer = kind.model_validate(complete)
    except ValidationError as error:
        found = [problem for problem, _place in complaints(kind, kind.name, error, complete)]
        raise NotUnderstood(*found) from None
    return Given(layer, inputs, frozenset(fields), channels, outputs)


def _inputs(
    kind: type[Kind], written: Sequence[Shape], n: Any, c_in: Any, fields: Mapping[str, Any]
) -> tuple[tuple[Shape, ...], bool]:
    """The input shapes, and whether their channels were given."""
    least = kind.arity[0]
    if not written and n is None:
        # A fully connected layer says it all with its features.
        features = c_in if c_in is not None else fields.get("in_features")
        if kind.rank == 0 and isinstance(features, int) and features > 0:
            return ((features,),) * least, True
        raise NotUnderstood(NoInput(kind.name))
    if not written:
        sizes = n if isinstance(n, list) else [n] * max(kind.rank, 1)
        if not all(type(side) is int and side > 0 for side in sizes):
            raise NotUnderstood(NotAGiven(f"n={harmless(str(n), 40)}"))
        written = [tuple(sizes)]
    shapes_: list[Shape] = []
    channels = True
    declared = c_in if c_in is not None else fields.get("in_channels")
    for shape in written:
        if kind.rank and len(shape) == kind.rank:
            count = declared if isinstance(declared, int) and declared > 0 else None
            shapes_.append((count or UNSTATED, *shape))
            channels = channels and count is not None
        elif kind.rank in (0, len(shape) - 1):
            shapes_.append(shape)
        else:
            raise NotUnderstood(WrongInput(kind.name, kind.rank, shape))
    for shape in shapes_:
        _agree(kind, shape, n, c_in, channels)
    if len(shapes_) == 1:
        shapes_ *= least
    most = kind.arity[1]
    if len(shapes_) < least or (most is not None and len(shapes_) > most):
        raise NotUnderstood(WrongNumberOfInputs(kind.name, len(shapes_), least, most))
    return tuple(shapes_), channels


def _agree(kind: type[Kind], shape: Shape, n: Any, c_in: Any, channels: bool) -> None:
    """Refuse a size or a number of channels that contradicts the shape."""
    if n is not None and kind.rank:
        sides = tuple(n) if isinstance(n, list) else (n,) * kind.rank
        if sides != shape[1:]:
            raise NotUnderstood(GivenTwice("n", shapes.text(shape[1:]), harmless(str(n), 40)))
    if c_in is not None and channels and kind.rank and c_in != shape[0]:
        raise NotUnderstood(GivenTwice("c_in", str(shape[0]), harmless(str(c_in), 40)))


def meaning(kind: type[Kind], name: str) -> str:
    """The field, or `n` or `c_in`, that a word means for this kind; `filter size` is `filter_size`."""
    fields = kind.model_fields
    name = name.strip().replace(" ", "_").replace("-", "_")
    if name in fields:
        return name
    for word in (kind.foreign_fields.get(name), SHORT_FIELDS.get(name)):
        if word in fields:
            return word
    if name in CHANNELS_OUT:
        for field in ("out_channels", "out_features"):
            if field in fields:
                return field
    if name in CHANNELS_IN or (name in SIZE and kind.rank == 0 and "out_features" in fields):
        return "c_in"
    if name in SIZE:
        return "n"
    known = [*fields, "n", "c_in"]
    others = {**dict.fromkeys(SIZE, "n"), **dict.fromkeys(CHANNELS_IN, "c_in"), **SHORT_FIELDS, **kind.foreign_fields}
    raise NotUnderstood(UnknownField(kind.name, harmless(name, 60), meant(name, known, others), tuple(known)))


def as_written(text: str) -> Any:
    """A value as a spec would read it; sides may be joined as in `3x5`."""
    if text.isascii() and text.isdigit() and len(text) < 16:  # by far the commonest way
        return int(text)
    if re.fullmatch(r"[0-9]+(?:[x×*,][0-9]+)+", text):
        return list(shapes.parse(text) or ())
    value, findings = parse_text(Source("", text))
    if findings or value is None:
        return text
    return value
