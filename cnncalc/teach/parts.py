"""The parts of a question, from what a file says: the layer, the matrices, the options."""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from cnncalc.arithmetic import NotCalculable, calculate
from cnncalc.formula.expression import Value
from cnncalc.harmless import harmless
from cnncalc.kinds import BY_HAND, find
from cnncalc.language import _
from cnncalc.source import Source
from cnncalc.spec.describe import describe
from cnncalc.spec.unknown_kinds import unknown_kind
from cnncalc.teach import choice, hand, matrix
from cnncalc.teach.answer import normal
from cnncalc.teach.check import Mark
from cnncalc.teach.given import Given, NotUnderstood, from_mapping, meaning
from cnncalc.teach.given import read as read_words
from cnncalc.teach.question_problems import MissingInQuestion, WrongInQuestion
from cnncalc.tensor import Tensor

FIELDS = ("stride", "padding", "kernel_size", "dilation")
"""Fields of a layer that may stand in a calculation by hand itself, beside `given`."""


def layer(row: Mapping[str, Any]) -> Given:
    """The layer that a question describes by `kind` and `given` (a mapping, a text, or a list of words).

    Raises:
        NotUnderstood: see `given.read`.
    """
    kind, given = str(row["kind"]), row.get("given")
    if given is None:
        raise NotUnderstood(MissingInQuestion("given"))
    if isinstance(given, dict):
        return from_mapping(kind, given)
    words = given if isinstance(given, list) else [given]
    if not all(isinstance(word, str) for word in words):
        raise NotUnderstood(WrongInQuestion("given", describe(given), _("a mapping such as {n: 7, k: 3}")))
    return read_words(kind, [part for word in words for part in re.split(r"[\s;]+", word.strip()) if part])


def by_hand(row: Mapping[str, Any]) -> Mark:
    """What marks a calculation by hand; see `worked`."""
    return hand.marker(worked(row))


def worked(row: Mapping[str, Any]) -> hand.Hand:
    """The calculation by hand that a question describes.

    Raises:
        NotUnderstood: the matrices or the fields cannot be read, or do not fit together.
    """
    name = str(row.get("kind") or BY_HAND)
    kind = find(name)
    if kind is None:
        raise NotUnderstood(unknown_kind(name))
    if row.get("matrix") is None:
        raise NotUnderstood(MissingInQuestion("matrix"))
    given = row.get("given") or {}
    if isinstance(given, str):
        given = dict(word.partition("=")[::2] for word in given.split())
    if not isinstance(given, dict):
        raise NotUnderstood(WrongInQuestion("given", describe(given), _("a mapping such as {n: 7, k: 3}")))
    fields = {meaning(kind, key): _plain(value) for key, value in given.items()}
    fields |= {key: _plain(row[key]) for key in FIELDS if row.get(key) is not None}
    x = _tensor(row["matrix"], "matrix", max(kind.rank, 1))
    kernel = None if row.get("kernel") is None else _tensor(row["kernel"], "kernel", max(kind.rank, 1))
    bias = None if row.get("bias") is None or row["bias"] is False else _number(row["bias"], "bias")
    fill = _number(row.get("padding_value", 0), "padding_value")
    return hand.hand(kind, fields, x, kernel, bias, fill)


def _plain(value: Any) -> Any:
    return int(value) if isinstance(value, str) and re.fullmatch(r"[0-9]{1,9}", value) else value


def _number(value: Any, key: str) -> Value:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise NotUnderstood(WrongInQuestion(key, describe(value), _("a number")))
    try:
        number = calculate(str(value), loose=True)
    except NotCalculable:
        number = None
    if isinstance(number, bool) or not isinstance(number, int | Fraction):
        raise NotUnderstood(WrongInQuestion(key, harmless(str(value), 60), _("a number")))
    return number


def _tensor(written: Any, key: str, rank: int) -> Tensor:
    """A map from rows: a text, nested lists, or one such list for each channel. The channels stand first."""
    wrong = NotUnderstood(WrongInQuestion(key, describe(written), _("rows of numbers, all of one length")))
    if isinstance(written, str):
        try:
            read = matrix.read(Source("", normal(written)))
        except matrix.NotAMatrix:
            raise wrong from None
        values: list[Any] = list(map(Fraction, read.values))
        shape: tuple[int, ...] = read.shape
    else:
        values, sizes = [], list[int]()
        if not _flat(written, 0, key, values, sizes):
            raise wrong
        shape = tuple(sizes)
    while len(shape) < rank + 1:
        shape = (1, *shape)
    if len(shape) == rank + 2 and shape[0] == 1:
        shape = shape[1:]
    if rank == 1 and len(shape) == 3 and shape[0] == shape[1] == 1:
        shape = shape[1:]
    if len(shape) != rank + 1 or not values:
        raise wrong
    return Tensor(shape, [value.numerator if value.denominator == 1 else value for value in values])


def _flat(written: Any, depth: int, key: str, values: list[Any], sizes: list[int]) -> bool:
    """Collect the numbers of nested lists and the length of each level; False when lengths differ."""
    if not isinstance(written, list):
        values.append(Fraction(_number(written, key)))
        return depth == len(sizes)
    if depth > 4 or not written or len(values) > hand.MOST_VALUES:
        return False
    if depth == len(sizes):
        if values:
            return False
        sizes.append(len(written))
    return sizes[depth] == len(written) and all(_flat(inner, depth + 1, key, values, sizes) for inner in written)


def option_texts(row: Mapping[str, Any]) -> dict[str, Any]:
    """The options by their letters: a mapping as it is; a list gets A, B, C …"""
    options = row.get("options")
    if options is None:
        return {}
    if isinstance(options, list) and 0 < len(options) <= 26:
        return {chr(ord("A") + index): text for index, text in enumerate(options)}
    if not isinstance(options, dict) or not options:
        raise NotUnderstood(WrongInQuestion("options", describe(options), _("a mapping such as {A: …, B: …}")))
    return dict(options)


def chosen(row: Mapping[str, Any], key: str, options: Mapping[str, Any]) -> Mark:
    """What marks a choice; the key is `key`, or the answer that stands in the file.

    Raises:
        NotUnderstood: there is no key, or it is none of the options.
    """
    if not key:
        raise NotUnderstood(MissingInQuestion("answer"))
    if options and key.strip().upper() not in {letter.upper() for letter in options}:
        which = "key" if row.get("key") is not None else "answer"
        wanted = _("one of {letters}").format(letters=", ".join(options))
        raise NotUnderstood(WrongInQuestion(which, harmless(key, 60), wanted))
    return choice.marker(key, options, row.get("model"))
