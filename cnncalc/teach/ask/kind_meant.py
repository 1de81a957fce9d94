"""Which kind of layer a question names, or implies by what only one kind has."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from cnncalc.harmless import harmless
from cnncalc.kinds import find
from cnncalc.kinds._contract import Kind, Role
from cnncalc.spec import calls
from cnncalc.teach.ask.attached import Attached
from cnncalc.teach.ask.pointing import Pointing
from cnncalc.teach.ask.problems import NotRead, SeveralLayers, UnreadableCall
from cnncalc.teach.ask.wording import Piece
from cnncalc.teach.ask.words import table


def kind_of(segment: Sequence[Piece], point: Pointing) -> tuple[str, tuple[type[Kind], dict[str, Any], Any] | None]:
    """The name of the layer's kind, or an empty one; and what a call in code says."""
    for one in segment:
        if one.kind == "call" and calls.known(one.meaning[0]):
            read_ = calls.read(*one.meaning)
            if read_ is None:
                raise NotRead(point.at(UnreadableCall(harmless(one.text, 60)), one))
            return read_[0].name, read_
    rank = next((r for r, w in ((1, "one_d"), (3, "three_d"), (2, "two_d")) if any(p.says(w) for p in segment)), 2)
    names: dict[str, list[Piece]] = {}
    for one in segment:
        if one.kind == "kind":
            names.setdefault(_of_rank(one.meaning, rank), []).append(one)
    if not names:
        names = _inside(segment, rank)
    names = _without_general(names)
    if len(names) > 1:
        names = _without_comparison(segment, names)
    if len(names) > 1:
        wrong = next(iter(names.values()))[0]
        raise NotRead(point.at(SeveralLayers(tuple(names)), wrong))
    return next(iter(names), ""), None


def _inside(segment: Sequence[Piece], rank: int) -> dict[str, list[Piece]]:
    """The kind in front of another word: 池化窗口, `pool size`, `convolution kernel`."""
    spoken = {phrase: what[1:] for phrase, what in table().items() if what[0] == "kind"}
    for one in segment:
        if one.kind in ("field", "asked"):
            for end in range(len(one.text) - 1, 1, -1):
                if one.text[:end].strip() in spoken:
                    return {_of_rank(spoken[one.text[:end].strip()], rank): []}
    return {}


def _of_rank(names: Sequence[str], rank: int) -> str:
    ranked = {kind.rank: name for name in names if (kind := find(name)) is not None}
    return ranked.get(rank) or names[0]


def _without_general(names: dict[str, list[Piece]]) -> dict[str, list[Piece]]:
    """Without kinds that were only named by the end of another one's name: the pooling of an average pooling."""
    kept = {}
    spoken = {
        name: [phrase for phrase, what in table().items() if what[0] == "kind" and name in what[1:]] for name in names
    }
    for name, said_ in names.items():
        general = all(
            any(
                phrase.endswith(one.text) and phrase != one.text
                for other in names
                if other != name
                for phrase in spoken[other]
            )
            for one in said_
        )
        if not general:
            kept[name] = said_
    return kept or names


def _without_comparison(segment: Sequence[Piece], names: dict[str, list[Piece]]) -> dict[str, list[Piece]]:
    """Without a fully connected layer that is only compared with, and without flattening in front of one."""
    roles = {name: kind.roles for name in names if (kind := find(name)) is not None}
    windowed = [name for name, own in roles.items() if own & {Role.CONVOLUTION, Role.POOLING}]
    linear = [name for name, own in roles.items() if Role.LINEAR in own]
    if linear and not windowed:
        return {name: names[name] for name in linear}
    kernels = any(one.says("filter", "kernel_size") for one in segment)
    neurons = any(one.says("out_features") for one in segment)
    if linear and windowed and neurons and not kernels:
        return {name: names[name] for name in linear}
    if linear and windowed and not neurons:
        return {name: names[name] for name in names if name not in linear}
    return names


def implied(segment: Sequence[Piece], attached: Attached) -> str:
    """The kind that is meant where none is named: a convolution has kernels, a fully connected layer neurons."""
    values = attached.values
    if attached.run:
        return table()["fully connected"][1]
    kernel = "kernel_size" in values or any(one.says("filter") for one in segment)
    kernel = kernel or any(one.says("pointwise", "depthwise") for one in segment)
    rank = next((r for r, w in ((1, "one_d"), (3, "three_d")) if any(p.says(w) for p in segment)), 2)
    window = "stride" in values or "padding" in values or "out_channels" in values
    if not kernel and ("out_features" in values or "in_features" in values):
        return table()["fully connected"][1]
    if kernel or window or any(one.says("padding", "kernel_size", "stride") for one in segment):
        return _of_rank(table()["convolution"][1:], rank)
    return ""
