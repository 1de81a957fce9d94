"""The numbers of a question by what they mean, while they are being attached to its words."""

from __future__ import annotations

from collections.abc import Sequence

from cnncalc.kinds import find
from cnncalc.kinds._contract import Role
from cnncalc.teach.ask.wording import Piece

ON = ("on", "over", "onto", "to", "for", "对", "在")
"""Words behind a layer that lead to its input."""

MOST_STACKED = 5
"""A few 3×3 convolutions may as well be layers one behind the other; more are filters of one."""

EACH = ("each", "每个", "每", "各", "each one", "each is", "each of size")
"""Words in front of what each of several filters has: `10 filters, each 3×3×3`."""

Values = dict[str, list[tuple[int, ...]]]


class Attached:
    """The numbers by what they mean.

    `used` are the pieces that are spoken for, `slots` what they mean, `nouns` what each word has.
    """

    def __init__(self, pieces: Sequence[Piece], layer_kind: str = "") -> None:
        self.pieces = pieces
        self.values: Values = {}
        self.several: Values = {}
        self.used: set[int] = set()
        self.slots: dict[int, str] = {}
        self.nouns: dict[int, set[str]] = {}
        self.linear = is_linear(layer_kind)
        self.run: tuple[int, ...] = ()

    def left(self) -> list[Piece]:
        """Numbers that belong to nothing."""
        return [
            piece
            for index, piece in enumerate(self.pieces)
            if index not in self.used
            and (piece.kind == "unread" or (piece.kind in ("number", "size") and not is_article(piece)))
        ]

    def valued(self, index: int) -> bool:
        """Whether a word has a number."""
        return bool(self.nouns.get(index))


def keep(held: Attached, slot: str, index: int, noun: int | None = None) -> None:
    """Keep a number with its meaning, and the word it belongs to."""
    held.values.setdefault(slot, []).append(held.pieces[index].values)
    held.used.add(index)
    held.slots[index] = slot
    if noun is not None:
        held.nouns.setdefault(noun, set()).add(slot)
        before = noun - 1
        while before >= 0 and held.pieces[before].kind == "filler":
            before -= 1
        letter = held.pieces[noun].kind == "field" and len(held.pieces[noun].meaning) > 1
        same = before >= 0 and _named(held.pieces[before]) in (_named(held.pieces[noun]), slot)
        if same and letter and before not in held.nouns:
            # 填充p=1, padding (p) 1: the letter repeats the word.
            held.nouns.setdefault(before, set()).add(slot)


def _named(piece: Piece) -> str:
    return piece.word if piece.kind in ("field", "asked") else ""


def is_linear(name: str) -> bool:
    """Whether a kind of this name is a fully connected layer."""
    kind = find(name) if name else None
    return kind is not None and Role.LINEAR in kind.roles


def counts_maps(held: Attached, index: int) -> bool:
    """The notation of LeNet's paper: the 6 of `6@28×28`."""
    behind = [one.text for one in held.pieces[index + 1 : index + 2]]
    return behind == ["@"] and [one.kind for one in held.pieces[index + 2 : index + 3]] == ["size"]


def counts_biases(held: Attached, index: int) -> bool:
    """Whether a number stands right in front of biases, and behind nothing that it may belong to: `, 10 biases`."""
    behind = [one for one in held.pieces[index + 1 : index + 3] if one.text != "个"]
    if not behind or not behind[0].says("bias"):
        return False
    front = held.pieces[index - 1] if index else None
    each = any(one.text in EACH for one in held.pieces[max(index - 3, 0) : index])
    return front is None or front.kind in ("stop", "open") or front.says("with", "and", "each") or each


def is_article(piece: Piece) -> bool:
    """Whether a number may be no number: `one` in front of a noun."""
    return piece.word == "numeral" and piece.text == "one"
