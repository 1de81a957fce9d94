"""Full-width signs of a Chinese keyboard, where YAML and JSON have signs of their own.

In texts of one's own they are no mistake; so a sign counts only where nothing but a setting, a number or a bracket can
be meant.
"""

from __future__ import annotations

import re
from typing import Literal

from cnncalc.spec.yaml_problems import FullWidthPunctuation

Role = Literal["key", "item", "value", "words"]
"""What a plain word is for: an item stands in a list or is the whole text, words are a text of one's own, as a name."""

Misread = tuple[FullWidthPunctuation, int, int]

_HALF_WIDTH = {full: chr(ord(full) - 0xFEE0) for full in "：，｛｝［］－．＊＃＇＂０１２３４５６７８９"} | dict(
    zip("、；。【】“”‘’", ",,.[]\"\"''", strict=True)
)
_CLOSING = {"(": ")", "[": "]", "{": "}"}

_OWN = re.compile("[\u3400-\u9fff]")
_OPENING = re.compile("[［｛]")
_NUMBERS = re.compile(r"(?=\D*\d)[-+－0-9０-９.,．，、；。xX×*＊\[\]()［］【】（）“”‘’＂＇\s]*")
_IN_NUMBERS = re.compile("[０-９．，、；。－＊［］【】（）“”‘’＂＇]")
_SETTING = re.compile(r"[，、；](?=\s*[A-Za-z_]\w*\s*：)|(?<=\$)（", re.ASCII)
_KEY = re.compile(r"(?:(?<=\s)|\A)[A-Za-z_]\w*\s*(：)", re.ASCII)
_IN_KEY = re.compile("[：，｛｝［］“”‘’＂＇]")
_QUOTED = re.compile(r"""(?<=[\s\[{,:])(?:"(?:[^"\\]|\\.)*"|'[^']*')|(?<=\s)#.*""")
_PART = re.compile(r"[^\[{,:]+")
_SYNTAX = re.compile(r"[：，、；｛｝［］】）]|(?<!\S)[【（]|(?<=\$)（|(?<=\s)＃|\A\s*－(?=\s)")


def in_word(written: str, role: Role) -> Misread | None:
    """The sign in a plain word that was probably meant as one of YAML's; None when there is none."""
    if role == "words":
        return None
    sign = _OPENING.match(written)
    if sign is None and _NUMBERS.fullmatch(written):
        sign = _IN_NUMBERS.search(written)
    if sign is None and not _OWN.search(written):
        sign = _SETTING.search(written)
    if sign is None and role == "key":
        sign = _IN_KEY.search(written)
    if sign is not None:
        return misread_sign(written, sign.start())
    key = _KEY.search(written) if role == "item" else None
    return None if key is None else misread_sign(written, key.start(1))


def in_line(line: str) -> Misread | None:
    """The same in a line that could not be read at all."""
    if key := _KEY.search(line):
        return misread_sign(line, key.start(1))
    bare = _QUOTED.sub(lambda quoted: "'" * len(quoted[0]), line)
    for part in _PART.finditer(bare):
        sign = _SYNTAX.search(part[0])
        if sign and not _OWN.search(part[0], 0, sign.start()):
            return misread_sign(line, part.start() + sign.end() - 1)
    return None


def misread_sign(text: str, at: int) -> Misread | None:
    """The sign at that place, when there is a plain one that it stands for."""
    wanted = _plain(text, at)
    return None if wanted is None else (FullWidthPunctuation(text[at], wanted), at, at + 1)


def _plain(text: str, at: int) -> str | None:
    """The plain sign. Round brackets stand for all three: what is between them, or how they opened, tells for which."""
    sign = text[at : at + 1]
    if sign == "（":
        if text[at - 1 : at] == "$":
            return "("
        return "{" if re.match("[^）]*[:：]", text[at:]) else "["
    if sign == "）":
        opened = max(text.rfind(bracket, 0, at) for bracket in "([{（")
        return None if opened < 0 else _CLOSING[_plain(text, opened) or text[opened]]
    return _HALF_WIDTH.get(sign)
