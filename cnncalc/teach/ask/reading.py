"""The grammar: pieces of a question -> its layers, what is asked of them, what was assumed, and what stays open."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Any

from cnncalc.harmless import harmless
from cnncalc.kinds import find
from cnncalc.kinds._contract import Kind, Role
from cnncalc.problem import Finding, Problem
from cnncalc.record import Record
from cnncalc.source import Place, Source
from cnncalc.teach.ask import calls
from cnncalc.teach.ask.asked import Asked, asked, of_one
from cnncalc.teach.ask.attach import attach
from cnncalc.teach.ask.attached import Attached
from cnncalc.teach.ask.layers import Said
from cnncalc.teach.ask.problems import (
    NoLayerNamed,
    NotAnswerable,
    NothingAsked,
    NotRead,
    NumberNotRead,
    QuestionTooLong,
    SeveralLayers,
    TooManyWords,
    UnreadableCall,
    WordsNotUsed,
)
from cnncalc.teach.ask.stacked import said_layers
from cnncalc.teach.ask.wording import LONGEST, Piece, pieces
from cnncalc.teach.ask.words import table

MOST_NUMBERS, MOST_WORDS = 60, 400


class Understood(Record):
    """A question: its layers in order, what is asked, and notes on words that were left out."""

    source: Source
    layers: tuple[Said, ...]
    asks: tuple[Asked, ...]
    notes: tuple[Finding, ...] = ()
    sole: bool = False
    """Whether one of several layers is asked about."""


def read(written: str, name: str) -> Understood:
    """What a question in words says.

    Raises:
        NotRead: it is none, or something in it cannot be read; carries the findings.
    """
    source = Source(name, written)
    if len(written) > LONGEST:
        raise NotRead(Finding(QuestionTooLong(len(written), LONGEST)))
    found = pieces(written)
    pointing = _Pointing(source)
    numbers = sum(one.kind in ("number", "size") for one in found)
    for count, most in ((numbers, MOST_NUMBERS), (len(found), MOST_WORDS)):
        if count > most:
            raise NotRead(Finding(TooManyWords(count, most)))
    layers, asks = _layers(found, pointing)
    notes = _notes(found, pointing)
    return Understood(source, tuple(layers), tuple(asks), notes, of_one(found))


class _Pointing:
    """From pieces to places in the source."""

    def __init__(self, source: Source) -> None:
        self.source = source

    def at(self, problem: Problem, *found: Piece) -> Finding:
        """The problem at these pieces."""
        if not found:
            return Finding(problem, self.source, self._place(0, max(len(self.source.text.rstrip()), 1)))
        return Finding(problem, self.source, self._place(found[0].start, found[-1].end))

    def _place(self, start: int, end: int) -> Place:
        before = self.source.text[:start].splitlines() or [""]
        if self.source.text[:start].endswith(("\n", "\r")):
            before.append("")
        line, column = len(before), len(before[-1]) + 1
        inside = self.source.text[start:end].splitlines() or [""]
        return Place(line, column, line, column + max(len(inside[0]), 1))


def point(source: Source, problem: Problem) -> Finding:
    """The problem at the whole question."""
    return _Pointing(source).at(problem)


def _layers(found: Sequence[Piece], point: _Pointing) -> tuple[list[Said], list[Asked]]:
    segments = _segments(found)
    layers: list[Said] = []
    asks: list[Asked] = []
    wrong: list[Finding] = []
    for segment in segments:
        kind, call = _kind(segment, point)
        attached = attach(segment, kind)
        if kind and "out_features" in attached.values and (own := find(kind)) is not None and Role.SHAPE in own.roles:
            # Flattened and connected to neurons: the layer that learns is meant.
            kind = table()["fully connected"][1]
            attached = attach(segment, kind)
        wrong += [point.at(NumberNotRead(harmless(one.text, 40)), one) for one in attached.left()]
        wrong += [point.at(NumberNotRead(harmless(one.text, 40)), one) for one in segment if one.says("times")]
        kind = kind or _implied(segment, attached)
        asks += asked(segment, attached, kind, bool(layers) or len(segments) > 1)
        if not kind:
            if _empty(attached):
                continue
            raise NotRead(*(wrong or [point.at(NoLayerNamed() if asks or _about(found) else NothingAsked())]))
        try:
            layers += said_layers(segment, attached, kind, call)
        except NotRead as error:
            wrong += [point.at(finding.problem) for finding in error.findings]
    unknown = [one for one in found if one.kind == "unknown"]
    beyond = [one for one in found if one.says("beyond")]
    if beyond and (not asks or any(_asks_for(found, one) for one in beyond)):
        raise NotRead(point.at(NotAnswerable(harmless(beyond[0].text, 40)), beyond[0]))
    if not asks:
        shown = unknown if unknown and not layers else []
        raise NotRead(
            *([point.at(NothingAsked(), *shown[:1])] if not wrong or not layers else [*wrong, point.at(NothingAsked())])
        )
    lost = _question_lost(found)
    if lost:
        wrong.append(point.at(NotAnswerable(harmless(" ".join(one.text for one in lost), 60)), *lost))
    if not wrong and not layers:
        raise NotRead(point.at(NoLayerNamed()))
    if wrong:
        raise NotRead(*wrong)
    return layers, list(dict.fromkeys(asks))


def _about(found: Sequence[Piece]) -> bool:
    return any(one.kind in ("field", "asked") for one in found)


def _empty(attached: Attached) -> bool:
    return not attached.values and not attached.run and not attached.left()


def _asks_for(found: Sequence[Piece], word: Piece) -> bool:
    """Whether a clause that asks asks for this word."""
    at = list(found).index(word)
    return any(one.says("howmany", "what") for one in _clause(found, at)) and not any(
        one.kind == "asked" for one in _clause(found, at)
    )


def _clause(found: Sequence[Piece], at: int) -> Sequence[Piece]:
    first = at
    while first > 0 and found[first - 1].kind != "stop" and not found[first - 1].says("and"):
        first -= 1
    last = at
    while last + 1 < len(found) and found[last + 1].kind != "stop" and not found[last + 1].says("and"):
        last += 1
    return found[first : last + 1]


def _question_lost(found: Sequence[Piece]) -> list[Piece]:
    """A `how many …` whose thing is a word that nobody knows."""
    for at, one in enumerate(found):
        if one.says("howmany"):
            clause = _clause(found, at)
            known = any(p.kind == "asked" or (p.kind == "field" and p.kind) or p.says("bias") for p in clause)
            unknown = [p for p in clause if p.kind == "unknown" or p.says("beyond")]
            if unknown and not known:
                return [p for p in clause if p.kind in ("unknown", "other")][:3]
    return []


def _segments(found: Sequence[Piece]) -> list[Sequence[Piece]]:
    """The pieces of each layer: cut where a next layer is said to follow, and in front of every further call."""
    cuts: list[int] = []
    in_order = any(one.says("in_order") for one in found)
    for at, one in enumerate(found):
        ahead = found[at + 1 :]
        layer_before = any(
            p.kind in ("kind", "call") or p.says("filter", "kernel_size") for p in found[(cuts[-1] if cuts else 0) : at]
        )
        numbers = one.kind == "arrow" and at and ahead and {found[at - 1].kind, ahead[0].kind} <= {"number", "size"}
        if numbers and not (len(ahead) > 1 and ahead[1].kind == "kind" and ahead[0].kind == "size"):
            continue
        follows = (one.says("then") or one.kind == "arrow") and layer_before and _layer_follows(ahead)
        called = one.kind == "call" and any(p.kind == "call" for p in found[(cuts[-1] if cuts else 0) : at])
        in_turn = (
            in_order and one.kind == "kind" and any(p.kind == "kind" for p in found[(cuts[-1] if cuts else 0) : at])
        )
        if follows or called or in_turn:
            cuts.append(at)
    edges = [0, *cuts, len(found)]
    return [found[a:b] for a, b in itertools.pairwise(edges)]


def _layer_follows(ahead: Sequence[Piece]) -> bool:
    for one in ahead[:12]:
        if one.says("then") or one.kind == "arrow":
            return False
        if one.kind in ("kind", "call") or one.says("filter"):
            return True
        if one.kind == "asked" or one.text in ("?", "\n", "."):
            return False
    return False


def _kind(segment: Sequence[Piece], point: _Pointing) -> tuple[str, tuple[type[Kind], dict[str, Any], Any] | None]:
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


def _implied(segment: Sequence[Piece], attached: Attached) -> str:
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


def _notes(found: Sequence[Piece], point: _Pointing) -> tuple[Finding, ...]:
    unknown = [one for one in found if one.kind == "unknown" or one.says("beyond")]
    if not unknown:
        return ()
    words = ", ".join(dict.fromkeys(f"`{harmless(one.text, 30)}`" for one in unknown[:6]))
    return (point.at(WordsNotUsed(words), unknown[0]),)
