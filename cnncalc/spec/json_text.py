"""JSON text -> the same tree with places. The standard library judges the syntax; places come from our own scan.

Imported only when a file is JSON.
"""

from __future__ import annotations

import json
import re
from json.decoder import scanstring  # type: ignore[attr-defined]

from cnncalc.problem import Finding, Mark, Problem
from cnncalc.source import Place, PlacedList, PlacedMapping, Source
from cnncalc.spec.full_width import misread_sign
from cnncalc.spec.json_problems import CommentInJson, NotDoubleQuoted, NotJson, NotWrittenSo
from cnncalc.spec.limits import MOST_DEPTH, MOST_KEY, MOST_VALUES, Findings, StopReading
from cnncalc.spec.positions import place_of
from cnncalc.spec.reading_problems import (
    BadEscape,
    ControlCharacter,
    ExtraComma,
    LoneSurrogate,
    MissingColon,
    MissingComma,
    NoSpec,
    NotANumber,
    StrayBracket,
    SyntaxProblem,
    TextAfterValue,
    TooDeep,
    TooManyValues,
    UnclosedBracket,
    UnclosedQuote,
)
from cnncalc.spec.scalars import read_plain

_STRING = r'"[^"\\]*+(?:\\.[^"\\]*+)*+"'
_TOKEN = re.compile(rf"{_STRING}|[{{}}\[\]]|[^\s,:}}\]]+", re.S)  # of a text that is JSON: nothing else parts words
_BRACKET = re.compile(rf"{_STRING}?|[{{}}\[\]]", re.S)  # a string may lack its end: it then reaches to the text's end
_ESCAPE = re.compile(r"\\(?:u[0-9a-fA-F]{0,4}|.)", re.S)
_SURROGATE = re.compile("[\ud800-\udfff]")
_OF_A_WORD = re.compile(r"[\w.+-]")
_NUMBER = re.compile(r"\+?(?P<minus>-)?(?P<whole>[0-9]*)(?:(?P<point>\.)(?P<part>[0-9]*))?(?![\w.+-])")
_WORDS = {"true": "true", "false": "false", "none": "null", "null": "null", "nil": "null"}
LONGEST_WORD = 40
_OPENING = frozenset("[{")
_CLOSING = frozenset("]}")
_LIST = frozenset("[")
_ENDLESS = frozenset(("NaN", "Infinity", "-Infinity"))


def read_json(source: Source) -> tuple[object | None, list[Finding]]:
    """The tree of a JSON text (None when there is none) and what was found. The characters are checked before."""
    findings = Findings(source)
    try:
        _judge(source.text, findings)
        return _build(source.text, findings), findings.found
    except StopReading:
        return None, findings.found


def _judge(text: str, findings: Findings) -> None:
    """Stop unless the text is JSON and not too deep."""
    if not text.strip(" \t\r\n"):
        raise findings.stop(NoSpec(), Place(1, 1, 1, 1))
    # Depth first: the standard library recurses. A text with few brackets can't be deep.
    if text.count("[") + text.count("{") > MOST_DEPTH:
        waiting = _open_brackets(text, len(text))
        if len(waiting) > MOST_DEPTH:
            raise findings.stop(TooDeep(MOST_DEPTH), place_of(text, waiting[-1], waiting[-1] + 1))
    try:
        # Only the verdict is wanted, so numbers and mappings become a length at once; no digits are converted.
        json.loads(text, parse_int=len, parse_float=len, parse_constant=len, object_pairs_hook=len)
    except json.JSONDecodeError as error:
        problem, start, end, opened = _diagnose(text, error.pos, error.msg)
        marks = () if opened is None else (Mark(place_of(text, opened, opened + 1), UnclosedBracket.opened()),)
        raise findings.stop(problem, place_of(text, start, end), *marks) from None


def _build(text: str, findings: Findings) -> object:
    """The tree of a text that is known to be JSON."""
    line, line_begin, behind, count = 1, 0, 0, 0
    around: list[tuple[PlacedMapping | PlacedList | None, str | None, Place | None]] = []
    container: PlacedMapping | PlacedList | None = None
    key: str | None = None  # None: refused
    key_place: Place | None = None  # None: a key is what comes next
    value: object = None
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        gap = text[behind:start]
        if "\n" in gap or "\r" in gap:
            line += gap.count("\n") + gap.count("\r") - gap.count("\r\n")
            line_begin = behind + max(gap.rfind("\n"), gap.rfind("\r")) + 1
        behind = end
        token = match.group()
        place = Place(line, start - line_begin + 1, line, end - line_begin + 1)
        if token in _CLOSING:
            assert container is not None  # noqa: S101 - for the type checker: the text is JSON
            begin = container.place or place
            if isinstance(container, PlacedMapping):
                findings.check_look_alikes(container)
            place = container.place = Place(begin.line, begin.column, line, place.end_column)
            value = container
            container, key, key_place = around.pop()
        else:
            count += 1
            if count > MOST_VALUES:
                raise findings.stop(TooManyValues(MOST_VALUES), place)
            if token in ("{", "["):
                around.append((container, key, key_place))
                container = PlacedList(place) if token in _LIST else PlacedMapping(place)
                key, key_place = None, None
                continue
            value = _scalar(token, place, findings)
            if isinstance(container, PlacedMapping) and key_place is None:
                key_place = place
                key = value if isinstance(value, str) else None
                if key is not None and (len(key) > MOST_KEY or key in container):
                    findings.refuse_key(container, key, place)
                    key = None
                continue
        if isinstance(container, PlacedList):
            container.append(value)
            container.items_at.append(place)
        elif container is not None:
            if key is not None and key_place is not None:
                container[key] = value
                container.keys_at[key] = key_place
                container.values_at[key] = place
            key_place = None
    if value is None and not findings.found:
        findings.add(NoSpec(), Place(1, 1, 1, 1))
    return value


def _scalar(token: str, place: Place, findings: Findings) -> object:
    """The value of a text, a number or a word; None for a refused one."""
    if token[0] == '"':
        if "\\" not in token:
            return token[1:-1]
        text, _end = scanstring(token, 1)
        if lone := _SURROGATE.search(text):
            findings.add(LoneSurrogate(lone.group()), place)
            return None
        return text
    if token in _ENDLESS:
        findings.add(NotANumber(token), place)
        return None
    value, problem = read_plain(token)
    if problem is not None:
        findings.add(problem, place)
    return value


def _open_brackets(text: str, end: int) -> list[int]:
    """Where the brackets begin that are open at `end`; stops at the first one that is too deep."""
    waiting: list[int] = []
    for match in _BRACKET.finditer(text, 0, end):
        sign = match.group()
        if sign in _OPENING:
            waiting.append(match.start())
            if len(waiting) > MOST_DEPTH:
                break
        elif waiting and sign in _CLOSING:
            waiting.pop()
    return waiting


def _diagnose(text: str, at: int, words: str) -> tuple[Problem, int, int, int | None]:
    """The problem, the offsets of its place, and the offset of the bracket or quote that belongs to it."""
    sign = text[at : at + 1]
    waiting = _open_brackets(text, at)
    bracket = text[waiting[-1]] if waiting else ""
    before = text[:at].rstrip(" \t\r\n")
    if (full := misread_sign(text, at)) and not _in_quotes(text, at):
        return *full, None
    if not before and sign not in ("'", "/", "#", "]", "}", '"', "\\"):
        return NotJson(), at, at + 1, None
    if text.count('"', 0, at + 1) and (quoted := _in_quotes(text, at)):
        return quoted
    if other := _written_otherwise(text, at):
        return *other, None
    if not sign:  # all before it is JSON so far, so a bracket is open
        return UnclosedBracket(bracket), len(before) - 1, len(before), waiting[-1]
    if sign == "/" or sign == "#":
        return CommentInJson(), at, at + 1, None
    if "':'" in words and sign != "]":  # a key stands alone
        return MissingColon(), at, at + 1, None
    if sign == "," or (sign in ("]", "}") and before.endswith(",")):  # newer libraries point at the comma itself
        comma = at if sign == "," else len(before) - 1
        return ExtraComma(), comma, comma + 1, None
    if sign in ("]", "}"):
        if not waiting:
            return StrayBracket(sign), at, at + 1, None
        if _is_json(text[:at] + text[at + 1 :]):
            return StrayBracket(sign), at, at + 1, None
        if (bracket, sign) in (("[", "}"), ("{", "]")):
            return UnclosedBracket(bracket), at, at + 1, waiting[-1]
        return MissingColon(), at, at + 1, None
    if not waiting:
        return (TextAfterValue() if before else NotDoubleQuoted()), at, at + 1, None
    if before[-1] in "[{,:":
        unquoted = sign == "'" or sign.isalpha() or (bracket == "{" and before[-1] != ":")
        return (NotDoubleQuoted() if unquoted else SyntaxProblem()), at, at + 1, None
    return MissingComma(bracket), at, at + 1, waiting[-1]


def _written_otherwise(text: str, at: int) -> tuple[Problem, int, int] | None:
    """The number or word at `at` that JSON writes otherwise, with its place."""
    start = at
    while start > max(0, at - LONGEST_WORD) and _OF_A_WORD.match(text, start - 1):
        start -= 1
    word = text[start : start + LONGEST_WORD]
    named = re.match(r"[A-Za-z]+\b", word)
    if named and _WORDS.get(named[0].lower(), named[0]) != named[0]:
        return NotWrittenSo(named[0], _WORDS[named[0].lower()]), start, start + named.end()
    number = _NUMBER.match(word)
    if number is None or not (number["whole"] or number["part"]):
        return None
    part = f".{number['part'] or 0}" if number["point"] else ""
    meant = f"{number['minus'] or ''}{number['whole'].lstrip('0') or 0}{part}"
    return None if meant == number[0] else (NotWrittenSo(number[0], meant), start, start + number.end())


def _is_json(text: str) -> bool:
    try:
        json.loads(text, parse_int=len, parse_float=len, parse_constant=len, object_pairs_hook=len)
    except json.JSONDecodeError:
        return False
    return True


def _in_quotes(text: str, at: int) -> tuple[Problem, int, int, int | None] | None:
    """The problem when `at` is inside a text in quotes, or at its beginning and it has no end."""
    quote = -1
    for match in _BRACKET.finditer(text):
        if match.start() > at:
            break
        if match.group()[0] == '"' and match.start() <= at < match.end():
            quote = match.start()
    if quote < 0:
        return None
    complete = re.compile(_STRING, re.S).match(text, quote)
    escape = text.rfind("\\", quote, at + 1)
    if text[at] in "\n\r" or complete is None:
        end = at if text[at] in "\n\r" else len(text.rstrip())
        return UnclosedQuote('"'), end - 1, end, quote
    if text[at] == "\t":
        return ControlCharacter("\t"), at, at + 1, None
    if escape >= 0 and (written := _ESCAPE.match(text, escape)):
        return BadEscape(written.group()), *written.span(), None
    return None
