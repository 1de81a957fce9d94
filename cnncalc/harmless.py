"""Text from outside, made harmless for a terminal, a log or a message: nothing in it can act, hide or fake a line."""

from __future__ import annotations

import re

# Control characters (line ends and tabs too: they fake report lines), what reorders or hides text, letters that show
# nothing, lone surrogates (no encoder takes them), noncharacters, interlinear and tag characters.
_ACTING = re.compile(
    "[\x00-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb"
    "\ufffe\uffff\ud800-\udfff\U000e0000-\U000e007f]"
    # Build servers obey ##[command], ##vso[command] and their like wherever they stand in a line of a log, and
    # ::command:: where a line begins, which may be anywhere once lines are broken. What a text ends with, a sentence
    # goes on with a blank; behind a letter it is part of a name (aten::relu).
    "|#(?=#[A-Za-z]*\\[)|:(?=:[A-Za-z-]+(?:::| ))|(?<!\\w):(?=:[A-Za-z-]+\\Z)"
)
_SHORT = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}


def harmless(text: str, limit: int = 500) -> str:
    """The text with all that acts or hides written as escapes, cut in the middle to `limit` characters."""
    if len(text) > 2 * limit:  # escaping only lengthens, so what is beyond the limit at both ends can't be shown
        text = text[:limit] + text[len(text) - limit :]
    # What is printable and ASCII holds none of the characters, and most texts are.
    shown = (
        text
        if text.isascii() and text.isprintable() and "##" not in text and "::" not in text
        else _ACTING.sub(_escape, text)
    )
    if len(shown) <= limit:
        return shown
    kept = max(limit - 1, 0)
    tail = kept // 2
    return shown[: kept - tail] + "…"[:limit] + shown[len(shown) - tail :]


def _escape(match: re.Match[str]) -> str:
    character = match.group()
    if character in _SHORT:
        return _SHORT[character]
    code = ord(character)
    if code <= 0xFF:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"
