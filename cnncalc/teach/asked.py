"""What a question about sizes gives and what it leaves open: `conv2d n=224 m=112 k=7`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pydantic import ValidationError

from cnncalc import shape as shapes
from cnncalc.harmless import harmless
from cnncalc.kinds import find
from cnncalc.kinds._contract import LARGEST, Kind
from cnncalc.language import _
from cnncalc.problem import Problem
from cnncalc.record import Record
from cnncalc.shape import Shape
from cnncalc.spec.fields import complaints
from cnncalc.spec.unknown_kinds import unknown_kind
from cnncalc.teach.given import NotUnderstood, WrongInput, as_written, assignments
from cnncalc.teach.solving import FIELDS, Sizes

WANTED = ("m", "output", "输出")
"""Words for the output size."""

ASKED_FOR = "output_size"
"""The field of a kind whose output size is given; nothing else of it can be unknown."""


class Question(Record):
    """A layer of which `unknown` letters are open, between input sizes n and output sizes m (None: open or not said).

    `template` has the values that were given; what is unknown has any value in it. `stated` are the given letters.
    """

    template: Kind
    n: Sizes | None
    m: Sizes | None
    unknown: tuple[str, ...]
    stated: frozenset[str]

    @property
    def adaptive(self) -> bool:
        """Whether the output size is a field of the layer itself."""
        return ASKED_FOR in type(self.template).model_fields


class NothingToSolve(Problem):
    """The kind has no window that moves over its input, so no kernel, stride or padding can be looked for.

    Convolutions, transposed convolutions and poolings have one.
    """

    kind: str

    def message(self) -> str:
        return _("{kind} has no window: no kernel, stride or padding to look for").format(kind=self.kind)


class NotASize(Problem):
    """An input or output size is a whole number from 1 up, or one such number for each axis, as in `n=224x200`."""

    letter: str
    written: str

    def message(self) -> str:
        return _("{letter}={written} is no size: a whole number from 1 up, or one per axis").format(
            letter=self.letter, written=self.written
        )


class SizeMissing(Problem):
    """A question about sizes needs the output size m; for the layer that mirrors another one it needs n."""

    letter: str

    def message(self) -> str:
        return _("the size {letter} is missing; write {letter}=…").format(letter=self.letter)

    def hints(self) -> tuple[str, ...]:
        return (_("`cnncalc layer` calculates m from n, k, s, p and d"),) if self.letter == "m" else ()


def read(kind_name: str, words: Sequence[str], any_kernel: bool = False) -> Question:
    """The question that a kind's name and words ask; with `any_kernel` the kernel need not be given.

    Raises:
        NotUnderstood: the kind, a name or a value is unknown, or the kind has no window.
    """
    kind = find(kind_name)
    if kind is None:
        raise NotUnderstood(unknown_kind(kind_name))
    if kind.rank == 0 or not (FIELDS["k"] in kind.model_fields or ASKED_FOR in kind.model_fields):
        raise NotUnderstood(NothingToSolve(kind.name))
    rest = [word for word in words if word.partition("=")[0] not in WANTED or "=" not in word]
    outputs = [as_written(word.partition("=")[2]) for word in words if word not in rest]
    written, fields = assignments(kind, rest)
    n = _sizes(kind, "n", fields.pop("n", None), written[:1])
    m = _sizes(kind, "m", outputs[0] if outputs else fields.get(ASKED_FOR), written[1:2])
    c_in = fields.pop("c_in", None)
    if c_in is not None and "in_channels" in kind.model_fields:
        fields["in_channels"] = c_in
    if ASKED_FOR in kind.model_fields:
        fields[ASKED_FOR] = list(m) if m is not None else 1
    stated = frozenset(letter for letter, field in FIELDS.items() if field in fields)
    open_letters = tuple(letter for letter, field in FIELDS.items() if field in kind.model_fields)
    unknown = tuple(letter for letter in open_letters if letter not in stated) if n is not None else ()
    free = "k" not in stated and (any_kernel or (n is not None and m is not None))
    return Question(_template(kind, fields, free), n, m, unknown if m is not None else (), stated)


def _template(kind: type[Kind], fields: dict[str, Any], any_kernel: bool) -> Kind:
    """The layer with what is given; the number of outputs plays no part for sizes."""
    complete = dict(fields)
    if "out_channels" in kind.model_fields:
        complete.setdefault("out_channels", fields.get("groups", 1))
    if any_kernel and FIELDS["k"] in kind.model_fields:
        complete[FIELDS["k"]] = 1
    try:
        return kind.model_validate(complete)
    except ValidationError as error:
        found = [problem for problem, _place in complaints(kind, kind.name, error, complete)]
        raise NotUnderstood(*found) from None


def _sizes(kind: type[Kind], letter: str, value: Any, written: Sequence[Shape]) -> Sizes | None:
    """A size along every axis: from a number, a list, or a shape (with or without channels)."""
    if written and value is None:
        shape = written[0]
        if len(shape) not in (kind.rank, kind.rank + 1):
            raise NotUnderstood(WrongInput(kind.name, kind.rank, shape))
        return shape[-kind.rank :]
    if value is None:
        return None
    sides = tuple(value) if isinstance(value, list) else (value,)
    if not all(type(side) is int and 0 < side <= LARGEST for side in sides):
        raise NotUnderstood(NotASize(letter, harmless(str(value), 40)))
    if len(sides) == 1:
        return sides * kind.rank
    if len(sides) != kind.rank:
        raise NotUnderstood(WrongInput(kind.name, kind.rank, shapes.parse("x".join(map(str, sides))) or ()))
    return sides
