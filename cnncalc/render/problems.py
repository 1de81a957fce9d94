"""A problem laid out in lines: what is wrong, where it is written, and what to do about it. Sentences are wrapped."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cnncalc.document import Span, Style
from cnncalc.harmless import harmless
from cnncalc.language import _
from cnncalc.problem import Finding, some
from cnncalc.render.cells import cells, hanging
from cnncalc.render.layout import Line
from cnncalc.render.signs import Say
from cnncalc.source import Place, Source

_INDENT = 4
"""Of a sentence's further lines: more than that of the place below it."""

_LONGEST = 10**6
"""Lines of a source are cut around their mark and not in the middle, so `harmless` need not shorten them."""

_AROUND = 4
"""So many times the width is looked at before, under and behind a mark: a line may hold all of a file."""


def found(finding: Finding, width: int, say: Say) -> list[Line]:
    """The whole report on one finding."""
    gutter = len(str(max((place.line for place in _places(finding)), default=0)))
    lines = list(_head(finding, width, say))
    lines += _where(finding, gutter, say)
    if finding.source is not None and finding.place is not None:
        lines += _excerpt(finding, finding.source, finding.place, gutter, width, say)
    lines += _remarks(finding, gutter, width, say)
    return lines


def _head(finding: Finding, width: int, say: Say) -> Iterator[Line]:
    """What is wrong, further lines set in."""
    lead = say(f"{finding.severity}[{finding.code}]")
    first, *more = hanging(f"{lead}: {say(harmless(finding.problem.message()))}", width - 1, _INDENT)
    start = len(lead) + len(": ")
    yield (Span(lead, finding.severity), Span(first[len(lead) : start]), Span(first[start:], "bold"))
    for line in more:
        yield (Span(" " * _INDENT), Span(line, "bold"))


def _places(finding: Finding) -> list[Place]:
    if finding.source is None or finding.place is None:
        return []
    return [finding.place, *(mark.place for mark in finding.marks)]


def _where(finding: Finding, gutter: int, say: Say) -> Iterator[Line]:
    if finding.source is None:
        return
    name = harmless(finding.source.name)
    if finding.place is not None:
        name = f"{name}:{finding.place.line}:{finding.place.column}"
    yield (Span(" " * gutter + "-->", "gutter"), Span(" " + say(name)))


def _excerpt(finding: Finding, source: Source, place: Place, gutter: int, width: int, say: Say) -> Iterator[Line]:
    """The lines of the source that carry a mark, each with its mark under it."""
    marks: list[tuple[Place, str, str, Style]] = [(place, "^", finding.problem.caret(), finding.severity)]
    marks += [(mark.place, "-", mark.text, "gutter") for mark in finding.marks]
    marks.sort(key=lambda mark: mark[0])
    empty: Line = (Span(" " * (gutter + 1) + "|", "gutter"),)
    yield empty
    shown, line = 0, ""
    for at, sign, text, style in marks:
        if shown and at.line > shown + 1:
            yield (Span("...", "gutter"),)
        before, marked, after = _cut(source.line(at.line), at, width - gutter - 3, say)
        if (at.line, before + marked + after) != (shown, line):  # a long line is cut around each of its marks
            yield (Span(f"{at.line:>{gutter}} |", "gutter"), Span(f" {before}{marked}{after}"))
        shown, line = at.line, before + marked + after
        under = sign * max(cells(marked), 1)
        note = f" {say(harmless(text))}" if text else ""
        yield (Span(" " * (gutter + 1) + "|", "gutter"), Span(" " * (cells(before) + 1)), Span(under + note, style))
    yield empty


def _cut(line: str, place: Place, width: int, say: Say) -> tuple[str, str, str]:
    """What stands before, under and behind the mark; a line that is too long is cut around it."""
    first = place.column - 1
    last = max(place.end_column - 1 if place.end_line == place.line else len(line), first)
    most = _AROUND * max(width, 20)
    parts = (line[max(first - most, 0) : first], line[first : min(last, first + most)], line[last : last + most])
    before, marked, after = (say(harmless(part.replace("\t", "    "), _LONGEST)) for part in parts)
    if harmless(before + marked + after, _LONGEST) != before + marked + after:
        # What a build server obeys, with the mark in the middle of it.
        before, marked, after = (part.replace("#", "\\x23").replace(":", "\\x3a") for part in (before, marked, after))
    if cells(before) + cells(marked) + cells(after) <= width:
        return before, marked, after
    room = max(width, 20)
    marked = _start(marked, room // 2, say)
    before = _start(before[::-1], max(room - cells(marked), room // 3) * 2 // 3, say, backwards=True)[::-1]
    return before, marked, _start(after, max(room - cells(before) - cells(marked), 4), say)


def _start(text: str, width: int, say: Say, backwards: bool = False) -> str:
    """As much of the beginning as fits, with … behind it when something is left out."""
    if cells(text) <= width:
        return text
    dots = say("…")
    taken, used = [], len(dots)
    for character in text:
        used += cells(character)
        if used > width:
            break
        taken.append(character)
    return "".join(taken) + (dots[::-1] if backwards else dots)


def _remarks(finding: Finding, gutter: int, width: int, say: Say) -> Iterator[Line]:
    """Facts and help behind their labels, what is too long for a line set in below its beginning."""
    margin = " " * (gutter + 1)
    remarks: list[tuple[str, str, Style]] = [(label, value, "") for label, value in finding.facts]
    if finding.variants:
        remarks.append((_("variants"), some(finding.variants), ""))
    remarks += [(_("help"), text, "help") for text in finding.all_help()]
    remarks.append((_("more"), f"cnncalc rules {finding.code}", ""))
    for label, text, style in remarks:
        name = say(harmless(label))
        start = len(margin) + len("= : ") + cells(name)
        written, *below = (say(line) for line in _texts(text))
        first, *more = hanging(written, width - 1 - start, 0)
        yield (Span(f"{margin}= ", "gutter"), Span(name, style), Span(f": {first}"))
        for line in more:
            yield (Span(" " * start), Span(line))
        for line in below:
            for part in hanging(line, width - 1 - start - 2, 0):
                yield (Span(" " * (start + 2)), Span(part))


def _texts(text: str) -> Sequence[str]:
    return [harmless(line) for line in text.split("\n")]
