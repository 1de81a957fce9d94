"""The grammar: pieces of a question -> its layers, what is asked of them, what was assumed, and what stays open."""

from __future__ import annotations

import re
from collections.abc import Sequence

from cnncalc.harmless import harmless
from cnncalc.kinds import find
from cnncalc.kinds._contract import Role
from cnncalc.problem import Finding
from cnncalc.record import Record, changed
from cnncalc.source import Source
from cnncalc.teach.ask import claims, networks, stacks
from cnncalc.teach.ask.asked import Asked, asked, of_one
from cnncalc.teach.ask.attach import attach
from cnncalc.teach.ask.attached import Attached
from cnncalc.teach.ask.claims import Claim
from cnncalc.teach.ask.kind_meant import implied, kind_of
from cnncalc.teach.ask.layers import Said
from cnncalc.teach.ask.networks import Name
from cnncalc.teach.ask.overlooked import overlooked
from cnncalc.teach.ask.pointing import Pointing
from cnncalc.teach.ask.problems import (
    ClaimNotPlain,
    ClaimOfSeveral,
    NoLayerNamed,
    NotAnswerable,
    NothingAsked,
    NotRead,
    NumberNotRead,
    OnlyTotalsOfNetworks,
    QuestionTooLong,
    RecurrentLayer,
    TooManyWords,
    WordsNotUsed,
)
from cnncalc.teach.ask.segments import segments
from cnncalc.teach.ask.stacked import said_layers, stacked
from cnncalc.teach.ask.stacks import Stack
from cnncalc.teach.ask.wording import LONGEST, Piece, pieces
from cnncalc.teach.ask.words import table

RECURRENT = ("LSTM", "GRU", "RNN")
"""Recurrent layers as code calls them."""

MOST_NUMBERS, MOST_WORDS = 60, 400


class Understood(Record):
    """A question: its layers in order, what is asked, and notes on words that were left out."""

    source: Source
    layers: tuple[Said, ...]
    asks: tuple[Asked, ...]
    notes: tuple[Finding, ...] = ()
    sole: bool = False
    """Whether one of several layers is asked about."""
    claim: Claim | None = None
    """An answer that is to be checked."""
    network: str = ""
    """The shipped network that is asked about, instead of layers."""


def read(written: str, name: str) -> Understood:
    """What a question in words says.

    Raises:
        NotRead: it is none, or something in it cannot be read; carries the findings.
    """
    source = Source(name, written)
    if len(written) > LONGEST:
        raise NotRead(Finding(QuestionTooLong(len(written), LONGEST)))
    found = pieces(written)
    pointing = Pointing(source)
    numbers = sum(one.kind in ("number", "size") for one in found)
    for count, most in ((numbers, MOST_NUMBERS), (len(found), MOST_WORDS)):
        if count > most:
            raise NotRead(Finding(TooManyWords(count, most)))
    for one in found:
        if one.says("difference"):
            raise NotRead(pointing.at(NotAnswerable(harmless(one.text, 40)), one))
        if one.says("recurrent") or (one.kind == "call" and one.meaning[0] in RECURRENT):
            named = one.meaning[0].lower() if one.kind == "call" else one.text
            raise NotRead(pointing.at(RecurrentLayer(harmless(named, 40)), one))
        if one.says("compares") and _beside_number(found, one):
            raise NotRead(pointing.at(NotAnswerable(harmless(one.text, 40)), one))
    known = networks.names(found, written)
    if (whole := _of_network(found, known, pointing)) is not None:
        return whole
    if changing := overlooked(found, pointing):
        raise NotRead(*changing)
    found, stack = stacks.apart(found, written)
    if stack.claim is not None:
        unclear = next((one for at, one in enumerate(found) if claims.denies(found, at) or one.says("compares")), None)
        stack = changed(stack, claim=changed(stack.claim, unclear=unclear))
    found, claim = claims.apart(found, written)
    claim = stack.claim or claim
    _judged(claim, pointing)
    try:
        layers, asks = _layers(found, pointing, claim, stack)
    except NotRead as error:
        if (
            known
            and known[0].network
            and all(isinstance(one.problem, NoLayerNamed | NothingAsked) for one in error.findings)
        ):
            raise NotRead(pointing.at(OnlyTotalsOfNetworks(known[0].network))) from None
        raise
    if claim is not None and len(asks) > 1:
        raise NotRead(pointing.at(ClaimOfSeveral(harmless(claim.answer or claim.doubted, 40))))
    notes = _notes(found, pointing)
    return Understood(source, tuple(layers), tuple(asks), notes, of_one(found), claim)


def _beside_number(found: Sequence[Piece], word: Piece) -> bool:
    """Whether a word such as `at least` makes something else of a number behind it, or 以上 of one in front."""
    at = list(found).index(word)
    behind = next((one for one in found[at + 1 :] if one.text not in ("是", "为")), word)
    front = found[at - 1] if at and not word.text.isascii() else word
    return any(one.kind in ("number", "size", "unread") for one in (behind, front))


def _judged(claim: Claim | None, point: Pointing) -> None:
    """Refuse a claim that is no plain number."""
    if claim is not None and claim.unclear is not None:
        raise NotRead(point.at(ClaimNotPlain(harmless(claim.unclear.text, 40)), claim.unclear))


def _of_network(found: Sequence[Piece], known: Sequence[Name], point: Pointing) -> Understood | None:
    """A question about a shipped network; None where no name stands by itself."""
    if not known:
        return None
    rest, claim = claims.apart(networks.outside(found, known), point.source.text)
    if networks.about_a_layer(rest) and not networks.is_meant(rest):
        return None
    _judged(claim, point)
    asks = networks.read(rest, known, point)
    if claim is not None and len(asks) > 1:
        raise NotRead(point.at(ClaimOfSeveral(harmless(claim.answer or claim.doubted, 40))))
    return Understood(point.source, (), tuple(asks), claim=claim, network=known[0].network)


def _layers(
    found: Sequence[Piece], point: Pointing, claim: Claim | None, stack: Stack
) -> tuple[list[Said], list[Asked]]:
    parts = segments(found)
    layers: list[Said] = []
    asks: list[Asked] = []
    wrong: list[Finding] = []
    for segment in parts:
        kind, call = kind_of(segment, point)
        attached = attach(segment, kind)
        if kind and "out_features" in attached.values and (own := find(kind)) is not None and Role.SHAPE in own.roles:
            # Flattened and connected to neurons: the layer that learns is meant.
            kind = table()["fully connected"][1]
            attached = attach(segment, kind)
        wrong += [point.at(NumberNotRead(harmless(one.text, 40)), one) for one in attached.left()]
        wrong += [point.at(NumberNotRead(harmless(one.text, 40)), one) for one in segment if one.says("times")]
        kind = kind or implied(segment, attached)
        asks += asked(segment, attached, kind, bool(layers) or len(parts) > 1)
        if not kind:
            if _empty(attached):
                continue
            raise NotRead(*(wrong or [point.at(NoLayerNamed() if asks or _about(found) else NothingAsked())]))
        counts = [stack.counts[one.start] for one in segment if one.kind == "size" and one.start in stack.counts]
        if len(counts) > 1:
            wrong += [point.at(NumberNotRead(harmless(one.text, 40)), one) for one in counts]
            continue
        try:
            own_layers = said_layers(segment, attached, kind, call)
        except NotRead as error:
            wrong += [point.at(finding.problem) for finding in error.findings]
            continue
        if counts and len(own_layers) > 1:
            wrong.append(point.at(NumberNotRead(harmless(counts[0].text, 40)), counts[0]))
        elif counts:
            own_layers = stacked(own_layers[0], counts[0].values[0])
        layers += own_layers
    unknown = [one for one in found if one.kind == "unknown"]
    beyond = [one for one in found if one.says("beyond")]
    if beyond and (not asks or any(_asks_for(found, one) for one in beyond)):
        raise NotRead(point.at(NotAnswerable(harmless(beyond[0].text, 40)), beyond[0]))
    if not asks and claim is not None and not wrong:
        asks += _claimed(layers, claim)
    elif claim is not None and [one.name for one in asks] == ["output_size"] and len(_sides(claim)) > 2:
        # 输出是32x32x10吗: with its channels.
        asks = [Asked("output_shape")]
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


def _claimed(layers: Sequence[Said], claim: Claim) -> list[Asked]:
    """What a bare answer answers: the size behind a window. Where maps are counted it may as well be a count."""
    windowed = all(one.kind.rank for one in layers) and layers and layers[0].inputs
    sides = _sides(claim)
    counts = any("out_channels" in one.fields for one in layers) and len(sides) == 1
    return [Asked("output_shape" if len(sides) > 2 else "output_size")] if windowed and not counts else []


def _sides(claim: Claim) -> list[str]:
    return re.findall("[0-9]+", (claim.answer or claim.doubted).replace(",", ""))


def _about(found: Sequence[Piece]) -> bool:
    return any(one.kind in ("field", "asked") for one in found)


def _empty(attached: Attached) -> bool:
    return not attached.values and not attached.run and not attached.left()


def _asks_for(found: Sequence[Piece], word: Piece) -> bool:
    """Whether a clause that asks asks for this word."""
    at = list(found).index(word)
    front = next((one for one in reversed(found[:at]) if one.kind != "filler"), word)
    if front.says("howmany"):
        # How much memory for its parameters?
        return True
    clause = _clause(found, at)
    asking = any(one.says("howmany", "what") for one in clause) or [one.text for one in found[at + 1 : at + 2]] == ["?"]
    return asking and not any(one.kind == "asked" for one in clause)


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


def _notes(found: Sequence[Piece], point: Pointing) -> tuple[Finding, ...]:
    unknown = [one for one in found if one.kind == "unknown" or one.says("beyond")]
    if not unknown:
        return ()
    words = ", ".join(dict.fromkeys(f"`{harmless(one.text, 30)}`" for one in unknown[:6]))
    return (point.at(WordsNotUsed(words), unknown[0]),)
