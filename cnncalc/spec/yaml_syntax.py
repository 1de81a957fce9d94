"""A parser's syntax error -> one of our problems, found by looking at the text where the parser stopped.

libyaml and PyYAML's own parser word their errors differently and stop at the same offset, so little of their words is
used, and none of it is shown.
"""

from __future__ import annotations

import re
from typing import Any

from cnncalc.problem import Finding, Mark, Problem
from cnncalc.source import Source
from cnncalc.spec.language_problems import BracedVariable
from cnncalc.spec.limits import MOST_KEY
from cnncalc.spec.positions import line_around, place_of
from cnncalc.spec.reading_problems import (
    BadEscape,
    ExtraComma,
    KeyTooLong,
    LoneSurrogate,
    MissingColon,
    MissingComma,
    StrayBracket,
    SyntaxProblem,
    TextAfterValue,
    UnclosedBracket,
    UnclosedQuote,
)
from cnncalc.spec.yaml_problems import (
    BadAnchor,
    BadIndentation,
    CodeFence,
    MisplacedDash,
    MissingDash,
    MissingSpace,
    MixedBlock,
    ReservedCharacter,
    TabIndentation,
    TagNotAllowed,
    TwoColons,
    UnquotedExpression,
)
from cnncalc.spec.yaml_words import misread_line

_DOLLAR = re.compile(r"\$[({]")
_MOST_SIMPLE_KEY = 1024  # YAML gives up looking for the colon of a key after so many characters
MOST_LINES_ABOVE, FURTHEST = 100, 10_000
_WORD = re.compile(r"[A-Za-z_]\w*")
_DASH = re.compile(r"^[ \t]*-(?=[ \t])", re.M)
_BRACKETS = re.compile(r"""[\[\]{}]|(?<=[\s\[{,:])(?:"(?:[^"\\]|\\.)*"|'[^']*')|(?<=\s)#[^\r\n]*""", re.S)
_ESCAPE = re.compile(r"\\(?:u[0-9a-fA-F]{0,4}|U[0-9a-fA-F]{0,8}|x[0-9a-fA-F]{0,2}|.)", re.S)

_BARE_WORD = re.compile(r"[\[,][ \t]*([A-Za-z_]\w*)[ \t]*\Z")
_HALF = re.compile(r"\\(?:u|U0000)[dD][89a-fA-F][0-9a-fA-F]{2}")

_BEYOND = re.compile(r"\\U(?!00(?:0[0-9a-fA-F]|10))[0-9a-fA-F]{8}")


def syntax_finding(source: Source, error: Exception) -> Finding:
    """The finding for an error of the parser."""
    text = source.text
    at, opened = _offset(error, "problem_mark"), _offset(error, "context_mark")
    wanted = str(getattr(error, "problem", "")).split(", but found")[0]  # PyYAML says what it found, too
    words = f"{getattr(error, 'context', '')}: {wanted}"
    if at is None:  # an escape that chr() refused, the only error without a mark
        beyond = _BEYOND.search(text)
        at, words = beyond.start() if beyond else 0, "quoted scalar: escape"
    if unquoted := _expression(text, at):
        problem, start, end = unquoted
        return Finding(problem, source, place_of(text, start, end))
    problem, start, end, mark = _diagnose(text, at, at if opened is None else opened, words)
    if mark is None:
        return Finding(problem, source, place_of(text, start, end))
    marks = (Mark(place_of(text, mark[0], mark[0] + 1), mark[1]),)
    return Finding(problem, source, place_of(text, start, end), marks=marks)


def _expression(text: str, at: int) -> tuple[Problem, int, int] | None:
    """An expression or `${…}` on the line, before the place or at it, that YAML has taken apart at a bracket."""
    begin, end = line_around(text, at)
    for sign in _DOLLAR.finditer(text, begin, end):
        before = text[begin : sign.start()]
        if sign.start() > at or before.count('"') % 2 or before.count("'") % 2:
            continue
        if sign[0] == "${":
            closed = text.find("}", sign.start(), end)
            stop = end if closed < 0 else closed + 1
            return BracedVariable(text[sign.end() : stop].rstrip("}").strip()), sign.start(), stop
        stop = sign.end()
        depth = 1
        while stop < end and depth:
            depth += {"(": 1, ")": -1}.get(text[stop], 0)
            stop += 1
        if any(bracket in text[sign.start() : stop] for bracket in "[]{},"):
            return UnquotedExpression(text[sign.start() : stop]), sign.start(), stop
    return None


_Diagnosis = tuple[Problem, int, int, tuple[int, str] | None]


def _diagnose(text: str, at: int, opened: int, words: str) -> _Diagnosis:
    """The problem, the offsets of its place, and the offset of a second place with its words."""
    sign = text[at : at + 1]
    if "quoted scalar" in words:
        return _quoted(text, at, opened, words)
    if sign == "\t":
        return TabIndentation(), at, at + 1, None
    if text.startswith("```", at):
        return CodeFence(), at, at + 3, None
    if "cannot start any token" in words:
        return ReservedCharacter(sign), at, at + 1, None
    if "unexpected ':'" in words:
        return MissingSpace(":"), at, at + 1, None
    if "an anchor" in words or "an alias" in words:
        begin, end = line_around(text, opened)
        if text[opened] == "*" and (bullet := misread_line(text[begin:end])):
            return bullet[0], begin + bullet[1], begin + bullet[2], None
        return BadAnchor(), opened, at, None
    if "tag" in words:
        written = re.compile(r"!\S*").search(text, opened)
        begin, end = written.span() if written else (opened, at)
        return TagNotAllowed(text[begin:end]), begin, end, None
    if "simple key" in words:
        return _no_colon(text, opened)
    if "mapping values" in words:
        return _unexpected_colon(text, at)
    if "sequence entries" in words:
        return MisplacedDash(), at, at + 1, None
    if "flow sequence" in words or "flow mapping" in words:
        return _in_brackets(text, at, opened)
    if "node content" in words and sign == ",":
        return ExtraComma(), at, at + 1, None
    if sign in ("]", "}"):
        return StrayBracket(sign), at, at + 1, None
    if "block mapping" in words or "block collection" in words:
        return _in_block(text, at, opened)
    if "document start" in words:
        begin, end = line_around(text, at)
        if found := misread_line(text[begin:end]):
            return found[0], begin + found[1], begin + found[2], None
        return TextAfterValue(), *_rest_of_line(text, at), None
    return SyntaxProblem(), *_rest_of_line(text, at), None


def _quoted(text: str, at: int, opened: int, words: str) -> _Diagnosis:
    if "end of stream" in words or "document" in words:
        end = len(text[:at].rstrip())
        quote = text[opened]
        return UnclosedQuote(quote), max(end - 1, opened), end, (opened, UnclosedQuote.opened())
    start = text.rfind("\\", 0, at + 1)
    written = _ESCAPE.match(text, start)
    escape = written.group() if written else "\\"
    if _HALF.fullmatch(escape):
        return LoneSurrogate(chr(int(escape[2:], 16))), start, start + len(escape), None
    return BadEscape(escape), start, start + len(escape), None


def _no_colon(text: str, opened: int) -> _Diagnosis:
    begin, end = line_around(text, opened)
    if found := misread_line(text[begin:end]):
        return found[0], begin + found[1], begin + found[2], None
    if long := _long_key(text, opened, end):
        return long
    start, stop = _rest_of_line(text, opened)
    word = text[start:stop]
    if _WORD.fullmatch(word) and text.startswith("-", _line_above(text, begin)[0]):
        return MissingDash(word), start, stop, None
    return MissingColon(), start, stop, None


def _unexpected_colon(text: str, at: int) -> _Diagnosis:
    begin, end = line_around(text, at)
    if found := misread_line(text[begin:end]):
        return found[0], begin + found[1], begin + found[2], None
    key = re.compile(r"[ \t]*(?:- +)*").match(text, begin, at)
    start = key.end() if key else begin
    if long := _long_key(text, start, at):
        return long
    first = re.compile(r":(?=\s)").search(text, start, at)
    if first:
        return TwoColons(), at, at + 1, (first.start(), TwoColons.first())
    if text.startswith("---", begin):  # behind it no key can begin on the same line
        return SyntaxProblem(), at, at + 1, None
    above, end = _line_above(text, begin)
    line_begin = line_around(text, above)[0]
    column = above - line_begin + 1
    if start - begin + 1 != column:
        return BadIndentation(start - begin + 1, column, column), start, at, (above, BadIndentation.begins())
    # In the same column as the line above, and both were taken as one text: that line has no colon of its own.
    if found := misread_line(text[line_begin:end]):
        return found[0], line_begin + found[1], line_begin + found[2], None
    return MissingColon(), above, end, None


def _line_above(text: str, begin: int) -> tuple[int, int]:
    """The offsets of the first and behind the last character of the nearest line above that isn't blank."""
    end = len(text[:begin].rstrip())
    start = line_around(text, end - 1)[0]
    return end - len(text[start:end].lstrip(" ")), end


def _long_key(text: str, start: int, end: int) -> _Diagnosis | None:
    colon = re.compile(r":(?=\s|\Z)").search(text, start, end + 1)
    length = (colon.start() if colon else end) - start
    if length <= _MOST_SIMPLE_KEY:
        return None
    return KeyTooLong(length, MOST_KEY), start, start + length, None


def _in_brackets(text: str, at: int, opened: int) -> _Diagnosis:
    bracket = text[opened]
    mark = (opened, UnclosedBracket.opened())
    if text[at : at + 1] == ":":
        begin = max(text.rfind(sign, opened, at) for sign in "[{,\n") + 1
        begin = at - len(text[begin:at].lstrip())
        if at - begin > _MOST_SIMPLE_KEY:
            return KeyTooLong(at - begin, MOST_KEY), begin, at, None
    if _is_closed(text, opened):
        begin, end = line_around(text, at)
        if text[at : at + 1] == "{" and (bare := _BARE_WORD.search(text[begin:at])):
            return MissingColon(bare[1]), begin + bare.start(1), at + 1, None
        if found := misread_line(text[begin:end]):
            return found[0], begin + found[1], begin + found[2], None
        return MissingComma(bracket), at, at + 1, mark
    begin, end = line_around(text, opened)
    if found := misread_line(text[begin:end]):
        return found[0], begin + found[1], begin + found[2], None
    end = len(text[: at + 1].rstrip())
    return UnclosedBracket(bracket), end - 1, end, mark


def _is_closed(text: str, opened: int) -> bool:
    """Whether the bracket at `opened` meets its own closing one."""
    pairs = {"]": "[", "}": "{"}
    waiting: list[str] = []
    for match in _BRACKETS.finditer(text, opened):
        sign = match.group()
        if sign in ("[", "{"):
            waiting.append(sign)
        elif sign in pairs:
            if waiting.pop() != pairs[sign]:
                return False
            if not waiting:
                return True
    return False


def _in_block(text: str, at: int, opened: int) -> _Diagnosis:
    begin, end = line_around(text, at)
    if found := misread_line(text[begin:end]):
        return found[0], begin + found[1], begin + found[2], None
    if text[begin:at].strip(" -"):
        return _unclosed_above(text, at) or (TextAfterValue(), *_rest_of_line(text, at), None)
    item = _item_above(text, begin) if text.startswith("-", at) else None
    if item is not None and (column := item - line_around(text, item)[0] + 1) != at - begin + 1:
        problem = BadIndentation(at - begin + 1, column, column)
        return problem, *_rest_of_line(text, at), (item, BadIndentation.begins())
    column, block = at - begin + 1, opened - line_around(text, opened)[0] + 1
    if column == block:
        return MixedBlock(), *_rest_of_line(text, at), (opened, BadIndentation.begins())
    above = _line_above(text, begin)[0]
    problem = BadIndentation(column, above - line_around(text, above)[0] + 1, block)
    return problem, *_rest_of_line(text, at), (opened, BadIndentation.begins())


def _item_above(text: str, begin: int) -> int | None:
    """The offset of the dash of the nearest list item above the line that begins at `begin`."""
    items = list(_DASH.finditer(text, max(0, begin - FURTHEST), begin))
    return items[-1].end() - 1 if items else None


def _unclosed_above(text: str, at: int) -> _Diagnosis | None:
    """The quote on an earlier line that was closed here only, where the next one should have been opened."""
    quote = text[:at].rstrip()[-1:]
    if quote not in ("'", '"'):
        return None
    above = line_around(text, at)[0]
    for _line in range(MOST_LINES_ABOVE):
        if not above:
            return None
        begin, end = line_around(text, above - 1)
        opened = re.compile(rf"[:\-,\[{{][ \t]+({quote})").search(text, begin, end)
        if opened and text.count(quote, begin, end) % 2:
            return UnclosedQuote(quote), end - 1, end, (opened.start(1), UnclosedQuote.opened())
        above = begin
    return None


def _rest_of_line(text: str, at: int) -> tuple[int, int]:
    end = line_around(text, at)[1]
    return at, max(at + len(text[at:end].rstrip()), at)


def _offset(error: Exception, name: str) -> int | None:
    mark: Any = getattr(error, name, None)
    return None if mark is None else int(mark.index)


def half_character(written: str) -> tuple[int, int]:
    """The offsets of the first escape of half a character in a text in double quotes."""
    halves = (match.span() for match in _ESCAPE.finditer(written) if _HALF.fullmatch(match.group()))
    return next(halves, (0, len(written)))
