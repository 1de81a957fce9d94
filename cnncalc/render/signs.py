"""The one table of our signs and what stands for them where a stream cannot carry them.

Signs are exchanged before anything is laid out, because `floor(` is wider than `⌊`. Signs of one family go together: a
bar drawn half in blocks and half in `#` could not be read.
"""

from __future__ import annotations

from collections.abc import Callable

from cnncalc.harmless import harmless

SUBSTITUTES = {
    "⌊": "floor(",
    "⌋": ")",
    "⌈": "ceil(",
    "⌉": ")",
    "−": "-",
    "·": "*",
    "×": "x",
    "÷": "/",
    "→": "->",
    "←": "<-",
    "≥": ">=",
    "≤": "<=",
    "≠": "!=",
    "≈": "~",
    "∞": "inf",
    "±": "+-",
    **{sign: f"^{power}" for power, sign in enumerate("⁰¹²³⁴⁵⁶⁷⁸⁹")},
    "⁻": "^-",
    "ˣ": "^x",
    **{sign: f"_{index}" for index, sign in enumerate("₀₁₂₃₄₅₆₇₈₉")},
    "½": "1/2",
    "√": "sqrt ",
    "α": "alpha",
    "Σ": "sum ",
    "∏": "prod ",
    "✓": "right",
    "✗": "wrong",
    **dict.fromkeys("▏▎▍▌▋▊▉█", "#"),
    "─": "-",
    "│": "|",
    "└": "+",
    "┘": "+",
    "┌": "+",
    "┐": "+",
    "┴": "+",
    "…": "...",
    "–": "-",
    **dict.fromkeys("“”", '"'),
    "░": ".",
    "▒": ":",
    "▓": "%",
}

FAMILIES = ("⌊⌋⌈⌉", "·×÷", "→←", "≥≤≠", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻ˣ", "₀₁₂₃₄₅₆₇₈₉", "✓✗", "▏▎▍▌▋▊▉█", "░▒▓", "─│└┘┌┐┴")

JOINTS = (" ← ", f" {SUBSTITUTES['←']} ")
"""What stands between a layer and what feeds it."""

Say = Callable[[str], str]
"""Turns a text into what is written for it: harmless, and with the signs the stream can carry."""


def speaker(encoding: str | None = None, ascii: bool = False) -> Say:
    """How texts are written on a stream of this encoding; None carries every sign."""
    exchanged = {ord(sign): SUBSTITUTES[sign] for sign in _missing(encoding, ascii)}

    def say(text: str) -> str:
        if not text.isprintable():
            text = harmless(text, limit=12 * len(text))
        return text.translate(exchanged) if exchanged and not text.isascii() else text

    return say


def _missing(encoding: str | None, ascii: bool) -> set[str]:
    if ascii:
        return set(SUBSTITUTES)
    missing = {sign for sign in SUBSTITUTES if not carries(encoding, sign)}
    for family in FAMILIES:
        if missing & set(family):
            missing |= set(family)
    return missing


def carries(encoding: str | None, text: str) -> bool:
    """Whether a stream of this encoding can carry the text."""
    if encoding is None:
        return True
    try:
        text.encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return False
    return True
