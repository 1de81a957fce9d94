"""Numbers for practice, drawn from a seed: small ones first, more letters and larger ones at the higher levels."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import prod
from typing import Any, TypeVar

from cnncalc.kinds._contract import Kind
from cnncalc.language import _
from cnncalc.teach.seeded import integers

_T = TypeVar("_T")

LETTERS = {
    "in_features": "in",
    "out_features": "out",
    "out_channels": "C_out",
    "kernel_size": "k",
    "stride": "s",
    "padding": "p",
    "dilation": "d",
    "output_padding": "op",
    "groups": "g",
    "ceil_mode": "ceil_mode",
}
"""The fields that a question gives, with the letters that stand for them in its text."""

SIZES = {1: (6, 16), 2: (17, 64), 3: (24, 224)}
CHANNELS = {1: (2, 6), 2: (3, 24), 3: (4, 48)}
FEATURES = {1: (3, 20), 2: (50, 1000), 3: (500, 5000)}
KERNELS = {1: (2, 3, 5), 2: (3, 5, 7), 3: (3, 5, 7)}
POOLS = {1: (2, 3), 2: (2, 3, 5), 3: (2, 3, 5)}
EXTRAS: dict[str, tuple[Any, ...]] = {
    "dilation": (2, 3),
    "groups": (2, 4),
    "output_padding": (1,),
    "padding": ("same",),
    "ceil_mode": (True,),
}
"""What the third level adds, where a kind has it."""


class Draw:
    """A row of draws, the same for the same seed."""

    def __init__(self, seed: int) -> None:
        self._numbers = integers(seed, 0, 2**31 - 1)

    def number(self, low: int, high: int) -> int:
        """A whole number from `low` to `high`."""
        return low + next(self._numbers) % (high - low + 1)

    def one(self, of: Sequence[_T]) -> _T:
        """One of several."""
        return of[self.number(0, len(of) - 1)]

    def shuffled(self, several: Sequence[_T]) -> list[_T]:
        """All of them in another order."""
        left = list(several)
        return [left.pop(self.number(0, len(left) - 1)) for _place in several]


def window(kind: type[Kind], draw: Draw, level: int, ask: str, padded: bool) -> dict[str, Any]:
    """Fields of a window: kernel, stride and padding, at the third level one thing more.

    Padding 1 seldom tells slips apart: left out, counted once and a forgotten + 1 then all give one less.
    """
    pools = "stride" in kind.model_fields and kind.model_fields["stride"].default is None
    k = draw.one(POOLS[level] if pools else KERNELS[level])
    s = k if pools and (level == 1 or draw.number(0, 1)) else draw.number(1, level + 1)
    most = k // 2 if pools else min(k - 1, level + 1)
    p = draw.number(1, most) if padded and (level > 1 or not pools) else 0
    fields: dict[str, Any] = {"kernel_size": k, "stride": s, "padding": p}
    if level < 3:
        return fields
    known = [name for name in EXTRAS if name in kind.model_fields and _matters(name, pools, ask)]
    if known:
        # Padding `same` needs no calculation, so it comes half as often.
        name = draw.one([name for name in known for _turn in range(1 if name == "padding" else 2)])
        fields[name] = draw.one(EXTRAS[name])
        if fields["padding"] == "same":
            fields["stride"] = 1
    return fields


def _matters(name: str, pools: bool, ask: str) -> bool:
    """Whether a field is worth adding: groups change no size, the padding of a pooling is no word."""
    sized = ask in ("output_size", "output_shape")
    return {"groups": not sized, "output_padding": sized, "padding": sized and not pools}.get(name, True)


def channels(kind: type[Kind], draw: Draw, level: int, fields: dict[str, Any]) -> int:
    """Input channels; the output channels are put to the fields. Groups divide both."""
    groups: int = fields.get("groups", 1)
    low, high = CHANNELS[level]
    count = draw.number(-(-low // groups), high // groups) * groups
    if "out_channels" in kind.model_fields:
        other = draw.number(-(-low // groups), high // groups) * groups
        fields["out_channels"] = other if other != count else other + groups
    return count


def size(draw: Draw, level: int, ask: str) -> int:
    """The side of a map. Where whole maps are counted it stays small enough to be written down."""
    low, high = SIZES[level]
    return draw.number(low, high if ask.startswith(("output", "padding")) else min(high, 32))


def letters(fields: Mapping[str, Any]) -> str:
    """The fields as a question gives them: `C_out = 10, k = 3, p = 1, s = 2`."""
    said = []
    for name, letter in LETTERS.items():
        if name in fields:
            value = fields[name]
            said.append(f"{letter} = {str(value).lower() if isinstance(value, bool) else value}")
    return ", ".join(said)


def layer(kind: type[Kind], fields: Mapping[str, Any]) -> str:
    """The layer as a question says it: its name and the letters that are given."""
    written = letters(fields)
    return _("{kind} with {letters}").format(kind=kind.name, letters=written) if written else kind.name


def matrix(draw: Draw, sides: tuple[int, int], low: int, high: int, times: int = 1) -> list[list[int]]:
    """A small matrix, all numbers `times` what was drawn."""
    values = [draw.number(low, high) * times for _place in range(prod(sides))]
    return [values[start : start + sides[1]] for start in range(0, len(values), sides[1])]
