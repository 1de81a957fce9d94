"""The characters of a text, looked at before any parser sees them."""

from __future__ import annotations

import re

from cnncalc.problem import Finding, Problem
from cnncalc.source import Source
from cnncalc.spec.positions import line_around, place_of
from cnncalc.spec.reading_problems import ControlCharacter, InvisibleCharacter, LoneSurrogate
from cnncalc.spec.yaml_problems import DirectiveNotAllowed

# U+0085, U+2028 and U+2029 are line ends for YAML and not for editors; U+FFFE and U+FFFF are no characters.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")


def check_characters(source: Source) -> list[Finding]:
    """One finding for each character that may not stand in a text or can't be seen, at its first place."""
    text = source.text
    found: set[str] = set()
    for pattern in (_FORBIDDEN,) if text.isascii() else (_FORBIDDEN, _INVISIBLE):
        if pattern.search(text):  # a good text has none, so only a bad one pays for looking at each character
            found.update(character for character in set(text) if pattern.match(character))
    at = sorted((text.index(character), character) for character in found)
    return [Finding(_problem(character), source, place_of(text, start, start + 1)) for start, character in at]


def check_directives(source: Source) -> list[Finding]:
    """A finding for the first line that begins with `%`. (Thousands of %TAG lines take libyaml quadratic time.)"""
    text = source.text
    starts = [0] if text.startswith("%") else [at + 1 for at in (text.find("\n%"), text.find("\r%")) if at >= 0]
    if not starts:
        return []
    start = min(starts)
    return [Finding(DirectiveNotAllowed(), source, place_of(text, start, line_around(text, start)[1]))]


def _problem(character: str) -> Problem:
    if "\ud800" <= character <= "\udfff":
        return LoneSurrogate(character)
    return InvisibleCharacter(character) if _INVISIBLE.match(character) else ControlCharacter(character)
