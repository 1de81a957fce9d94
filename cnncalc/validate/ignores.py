"""Comments in a spec that silence codes: `# cnncalc: ignore[CODE]`, on a line or alone above it."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence

from cnncalc.harmless import harmless
from cnncalc.problem import Finding
from cnncalc.record import Record
from cnncalc.source import Place, Source
from cnncalc.suggest import nearest
from cnncalc.validate.problems import CannotIgnore, UnclearIgnore, UnusedIgnore

_COMMENT = re.compile(r"(?:^|(?<=\s))#\s*cnncalc:\s*(?P<said>.*?)\s*$")
_IGNORE = re.compile(r"ignore\s*\[(?P<codes>[^\]]*)\](?:\s.*)?")


class Ignore(Record):
    """One code, silenced on one line; `place` is the comment's."""

    code: str
    line: int
    place: Place


def read(source: Source) -> tuple[list[Ignore], list[Finding]]:
    """The comments of a spec, and those that say nothing that is understood."""
    if "cnncalc:" not in source.text:
        return [], []
    ignores: list[Ignore] = []
    findings: list[Finding] = []
    lines = source.lines
    texts = _inside_texts(source)
    for number, line in enumerate(lines, 1):
        comment = _COMMENT.search(line)
        if comment is None or any(_covers(place, number, comment.start() + 1) for place in texts):
            continue
        place = Place(number, comment.start() + 1, number, len(line.rstrip()) + 1)
        meant = _IGNORE.fullmatch(comment["said"])
        codes = [code.strip() for code in meant["codes"].split(",") if code.strip()] if meant else []
        if not codes:
            findings.append(Finding(UnclearIgnore(harmless(comment[0].strip(), 60)), source, place))
        target = number if line[: comment.start()].strip() else _next(lines, number)
        ignores += [Ignore(code, target, place) for code in codes]
    return ignores, findings


def _next(lines: Sequence[str], number: int) -> int:
    """The next line that holds more than a comment."""
    for later in range(number + 1, len(lines) + 1):
        words = lines[later - 1].strip()
        if words and not words.startswith("#"):
            return later
    return number


def _inside_texts(source: Source) -> list[Place]:
    """The quoted and block texts of the spec: a sign # in them begins no comment."""
    import yaml

    from cnncalc.spec.yaml_events import open_events

    found: list[Place] = []
    events = open_events(source.text)
    try:
        while (event := events.get_event()) is not None:
            if isinstance(event, yaml.ScalarEvent) and event.style and event.start_mark and event.end_mark:
                start, end = event.start_mark, event.end_mark
                found.append(Place(start.line + 1, start.column + 1, end.line + 1, end.column + 1))
    except yaml.YAMLError:
        pass  # the reader says what is wrong with it
    return found


def _covers(place: Place, line: int, column: int) -> bool:
    return (place.line, place.column) <= (line, column) < (place.end_line, place.end_column)


def silenced(
    findings: Sequence[Finding],
    ignores: Sequence[Ignore],
    source: Source | None,
    asked: Collection[str],
    known: Collection[str],
    may: Callable[[str], bool],
) -> list[Finding]:
    """The findings that no comment silences, and a finding for each comment that silences none.

    `asked` are the codes that could have been found, `known` all there are, and `may` says which can be silenced: a
    comment for a rule that was not asked is no mistake.
    """
    used: set[Ignore] = set()
    left = []
    for finding in findings:
        matching = [one for one in ignores if one.code == finding.code and may(one.code) and _concerns(one, finding)]
        used.update(matching)
        if not matching:
            left.append(finding)
    useless = ((one, _useless(one.code, asked, known, may)) for one in ignores if one not in used)
    return [*left, *(Finding(problem, source, one.place) for one, problem in useless if problem is not None)]


def _useless(
    code: str, asked: Collection[str], known: Collection[str], may: Callable[[str], bool]
) -> CannotIgnore | UnusedIgnore | None:
    if code not in known:
        return UnusedIgnore(harmless(code, 60), tuple(nearest(code, known)), False)
    if not may(code):
        return CannotIgnore(code)
    return UnusedIgnore(code) if code in asked else None


def _concerns(ignore: Ignore, finding: Finding) -> bool:
    """Whether the comment stands on one of the finding's lines."""
    place = finding.place
    return place is not None and place.line <= ignore.line <= max(place.line, place.end_line)
