"""Questions about a shipped network by its name: `how many parameters does resnet50 have?`, `vgg16有多少参数`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING
from unicodedata import normalize

from cnncalc.harmless import harmless
from cnncalc.record import Record
from cnncalc.teach.ask.asked import Asked, asked
from cnncalc.teach.ask.attached import Attached
from cnncalc.teach.ask.chains import SUMMED
from cnncalc.teach.ask.pointing import Pointing
from cnncalc.teach.ask.problems import (
    NotAnswerable,
    NothingAsked,
    NotRead,
    OnlyTotalsOfNetworks,
    SeveralNetworks,
    UnknownNetwork,
)
from cnncalc.teach.ask.wording import Piece
from cnncalc.teach.ask.words import SIGHT, table

if TYPE_CHECKING:
    from cnncalc.result import Result

MOST_PARTS = 4
"""Parts that a name is written in: `yolo v3 tiny`, `vit-b/16`."""

CLASSES = (["classes"], ["类"], ["类别"], ["分类"], ["output classes"])

MOST_RUNS = 16
"""So many words of a question are compared with the names."""

_PART = re.compile("[a-z0-9]+", re.IGNORECASE)
_GAP = re.compile("[-_./ ]?")

SHAPE = "output_shape"

PLAIN = (
    "a|an|the|this|that|of|in|on|to|by|for|does|do|did|has|have|let|please|i|you|we|it|its|network|net|model|cnn|neural|"
    "architecture|all|total|only|just|there|are there|is there|my|your|us|pytorch|torch|about|exactly|question|answer|"
    "hi|hello|hey|ok|s|'s|standard|default|usual|contain|contains|take|takes|make|well|so|use|thanks|interview|quick|"
    "right|correct|why|how come|is it right|is that right|is that correct|is this correct|true|"
    "的|了|请|请问|问|一|一个|个|网络|模型|神经|神经网络|整个|全部|所有|总|总共|共|共有|一共|呢|吧|啊|么|吗|怎么|如何|老师|大家|面试|面试题|题|"
    "谢谢|这个|这|那|那么|该|它|它的|标准|默认|普通|求|给|一下|帮|帮忙|我|你|我们|大|次|要|做|进行|于|数|数量|个数|多|就|也|时|以|由|"
    "对吗|对么|对不对|对吧|是不是|是否|为什么|为何|正确吗"
)
"""Fillers that leave the whole network meant. `The first layer` of a network is something else."""


class Name(Record):
    """A name in a question, and where it stands; `network` is the shipped one of that name, else `near` are like it."""

    written: str
    start: int
    end: int
    network: str = ""
    near: tuple[str, ...] = ()


def names(found: Sequence[Piece], written: str) -> list[Name]:
    """The shipped networks that a question names; failing that, a word that resembles the name of one."""
    table_ = table()
    strange = [one for one in found if one.kind == "unknown" or (one.kind == "filler" and one.text not in table_)]
    starts = {one.start for one in strange if one.text[:1].isascii() and one.text[:1].isalpha()}
    if not starts:
        return []
    from cnncalc.spec.shipped import names as shipped

    written = "".join(half if len(half := normalize("NFKC", sign)) == 1 else sign for sign in written)
    plain = {_plain(name): name for name in shipped()}
    runs = [run for run in _runs(written) if run[0] in starts]
    exact: list[Name] = []
    for start, end in sorted(runs, key=lambda run: (run[0], -run[1])):
        network = plain.get(_plain(written[start:end]))
        if network is not None and (not exact or start >= exact[-1].end):
            exact.append(Name(written[start:end], start, end, network))
    if exact or about_a_layer(found) or not any(one.kind == "asked" for one in found):
        return exact
    return _near(runs[:MOST_RUNS], written, plain)


def _plain(name: str) -> str:
    return re.sub("[^a-z0-9]", "", name.lower())


def _runs(written: str) -> list[tuple[int, int]]:
    """Every few parts that stand together, from where to where."""
    parts = [match.span() for match in _PART.finditer(written)]
    runs = []
    for first, (start, end) in enumerate(parts):
        runs.append((start, end))
        for after, stop in parts[first + 1 : first + MOST_PARTS]:
            if not _GAP.fullmatch(written[end:after]):
                break
            end = stop
            runs.append((start, end))
    return runs


def _near(runs: Sequence[tuple[int, int]], written: str, plain: dict[str, str]) -> list[Name]:
    """A word like a shipped name: one with another number behind it, a family's, a slip of the pen."""
    from cnncalc.suggest import nearest

    for start, end in sorted(runs, key=lambda run: (run[0], run[1])):
        word = _plain(written[start:end])
        stem = word.rstrip("0123456789")
        family = [name for name in plain if len(stem) > 2 and name.startswith(stem)]
        near = nearest(word, family or plain) or sorted(family, key=len)[:3]
        if near and (family or len(word) > 4):
            longer = [stop for first, stop in runs if first == start and written[end:stop].strip(" -_.").isdigit()]
            end = max(longer, default=end)
            word = _plain(written[start:end])
            near = nearest(word, family or plain) or near
            return [Name(written[start:end], start, end, "", tuple(plain[one] for one in near))]
    return []


def outside(found: Sequence[Piece], known: Sequence[Name]) -> list[Piece]:
    """The pieces of a question without those of the names."""
    return [one for one in found if not any(name.start <= one.start < name.end for name in known)]


def about_a_layer(rest: Sequence[Piece]) -> bool:
    """Whether the rest of a question describes a layer of its own: `in AlexNet, 96 11×11 filters …`."""
    numbers = ("kind", "call", "number", "size", "unread")
    return any(one.kind in numbers or _set(one) for one in rest)


def is_meant(rest: Sequence[Piece]) -> bool:
    """Whether it is the network itself that is asked about, with whatever change: `vgg16 with 10 classes`.

    Numbers of anything else than classes describe a layer.
    """
    for at, one in enumerate(rest):
        counted = [p.text for p in rest[at + 1 : at + 3] if p.text != "个"][:1]
        if one.kind in ("call", "size", "unread") or (one.kind == "number" and counted[:1] not in CLASSES):
            return False
    return any(one.kind == "asked" for one in rest)


def _set(one: Piece) -> bool:
    """Whether a word is for what a layer is set to."""
    return one.kind == "field" and one.word != "output" and one.text not in SIGHT


def read(rest: Sequence[Piece], known: Sequence[Name], point: Pointing) -> list[Asked]:
    """What is asked of the network.

    Raises:
        NotRead: it is not shipped, there are several, or more than its totals is asked for.
    """
    asks = asked(rest, Attached(rest), "", chained=False)
    beyond = next((piece for piece in rest if piece.says("beyond")), None)
    if not asks and beyond is not None:
        raise NotRead(point.at(NotAnswerable(harmless(beyond.text, 40)), beyond))
    if not asks:
        raise NotRead(point.at(NothingAsked()))
    one = known[0]
    if not one.network:
        raise NotRead(point.within(UnknownNetwork(harmless(one.written, 40), one.near), one.start, one.end))
    different = tuple(dict.fromkeys(name.network for name in known))
    if len(different) > 1:
        raise NotRead(point.at(SeveralNetworks(different)))
    foreign = [piece for piece in rest if not _plain_word(piece)]
    if foreign or any(ask.name not in (*SUMMED, SHAPE) for ask in asks):
        raise NotRead(point.at(OnlyTotalsOfNetworks(one.network), *foreign[:1]))
    return asks


def _plain_word(one: Piece) -> bool:
    if one.kind == "filler":
        return not one.text or one.text in PLAIN.split("|")
    known = one.says("howmany", "what", "is", "with", "and", "bias", "output", "why", "checks", "claims")
    return known or one.kind in ("asked", "stop", "open")


def result(name: str) -> Result:
    """A shipped network, calculated."""
    from cnncalc.engine.walk import analyze
    from cnncalc.spec.load import load
    from cnncalc.spec.shipped import find

    found = find(name)
    assert found is not None  # noqa: S101
    return analyze(load(found, name=name))
