"""YAML text -> a tree of placed mappings, placed lists and plain values, built from events without recursion.

Aliases are shared and not copied, but counted as if they were written out, so a short text can't stand for a huge one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import yaml
from yaml import events as ev

from cnncalc.problem import Finding
from cnncalc.source import Place, PlacedList, PlacedMapping, Source
from cnncalc.spec.limits import MOST_DEPTH, MOST_VALUES, Findings, StopReading
from cnncalc.spec.positions import place_within
from cnncalc.spec.reading_problems import LoneSurrogate, NoSpec, TooDeep, TooManyValues
from cnncalc.spec.scalars import FIRST_CHARACTERS, read_plain
from cnncalc.spec.yaml_events import Events, open_events
from cnncalc.spec.yaml_problems import (
    AliasBomb,
    BadAnchor,
    KeyNotText,
    MergeKey,
    RecursiveAlias,
    SeveralDocuments,
    TagNotAllowed,
    UndefinedAlias,
)
from cnncalc.spec.yaml_syntax import half_character, syntax_finding
from cnncalc.spec.yaml_words import Role, misread_word

_PENDING = object()  # no key was read yet
_DROPPED = object()  # the key was refused; its value is read and forgotten
_SURROGATE = re.compile("[\ud800-\udfff]")
_TAG = re.compile(r"(?:&\S+\s+)?(!\S*)")


@dataclass(frozen=True, slots=True)
class _Anchored:
    """What an anchor names: its value, how many values it stands for, and how deep they go."""

    value: object
    size: int
    height: int


class _Frame:
    """A container that is being filled."""

    __slots__ = ("anchor", "before", "container", "height", "is_key", "key", "key_place")

    def __init__(self, container: PlacedMapping | PlacedList, is_key: bool, anchor: str | None, before: int) -> None:
        self.container = container
        self.is_key = is_key  # it stands where a key belongs, and goes nowhere
        self.anchor = anchor
        self.before = before  # how many values came before it
        self.height = 1
        self.key: object = _PENDING
        self.key_place = Place(1, 1, 1, 1)


def read_yaml(source: Source) -> tuple[object | None, list[Finding]]:
    """The tree of a YAML text (None when there is none) and what was found. The characters are checked before."""
    builder = _Builder(source)
    try:
        return builder.build(open_events(source.text)), builder.findings.found
    except StopReading:
        pass
    except (yaml.YAMLError, ValueError, OverflowError) as error:  # the pure parser lets chr() refuse an escape
        finding = syntax_finding(source, error, builder.behind)
        if finding not in builder.findings.found[-1:]:  # a key may have been too long for us before it was for YAML
            builder.findings.found.append(finding)
    return None, builder.findings.found


class _Builder:
    """The tree while it grows: the containers that are still open, and the anchors."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.findings = Findings(source)
        self.open: list[_Frame] = []
        self.anchors: dict[str, _Anchored | None] = {}  # None: its container is still open
        self.count = 0
        self.root: object = None
        self.behind = 0  # the offset behind the last event
        self.end = (1, 1)  # line and column behind the last scalar or bracket

    def build(self, events: Events) -> object | None:
        """The root of the one document."""
        get = events.get_event
        get()
        event: Any = get()
        if type(event) is ev.StreamEndEvent:
            raise self.findings.stop(NoSpec(), Place(1, 1, 1, 1))
        start = event
        while True:
            event = get()
            kind = type(event)
            if kind is ev.ScalarEvent:
                self.scalar(event)
            elif kind is ev.MappingStartEvent:
                self.begin(event, PlacedMapping())
            elif kind is ev.SequenceStartEvent:
                self.begin(event, PlacedList())
            elif kind is ev.MappingEndEvent or kind is ev.SequenceEndEvent:
                self.finish(event)
            elif kind is ev.AliasEvent:
                self.alias(event)
            else:
                break
        event = get()
        if type(event) is not ev.StreamEndEvent:
            raise self.findings.stop(SeveralDocuments(), _place(event))
        if self.root is None and not self.findings.found:
            self.findings.add(NoSpec(), _place(start))
        return self.root

    def scalar(self, event: Any) -> None:
        """Take a word or a quoted text, as a key or as a value."""
        self.more(event)
        text: str = event.value
        start, end = event.start_mark, event.end_mark
        self.end = (end.line + 1, end.column + 1)
        place = tuple.__new__(Place, (start.line + 1, start.column + 1, end.line + 1, end.column + 1))
        plain = not event.style
        if event.anchor is not None or event.tag is not None:
            self.properties(event)
            if plain and start.line == end.line:  # libyaml begins the place at the anchor
                place = Place(place.line, place.end_column - len(text), place.end_line, place.end_column)
        if event.style == '"' and _SURROGATE.search(text):
            written = self.source.text[start.index : end.index]
            raise self.findings.stop(
                LoneSurrogate(_SURROGATE.findall(text)[0]), place_within(place, written, *half_character(written))
            )
        frame = self.open[-1] if self.open else None
        role: Role = "item"
        if frame is not None and type(frame.container) is PlacedMapping:
            if frame.key is _PENDING:
                frame.key_place = place
                frame.key = self.key(frame.container, event, place) if plain else self.quoted_key(frame, text, place)
                return
            role = "value"
        value: object = text
        if plain:
            if not text or text[0] in FIRST_CHARACTERS:
                value, problem = read_plain(text)
                if problem is not None:
                    self.findings.add(problem, place)
            if type(value) is str and (not text.isascii() or (role != "value" and _glued(event, text))):
                self.misread(event, place, role)
        if event.anchor is not None:
            self.anchors[event.anchor] = _Anchored(value, 1, 0)
        self.attach(value, place)

    def key(self, mapping: PlacedMapping, event: Any, place: Place) -> object:
        """The key that a plain word is, or _DROPPED."""
        text: str = event.value
        if not text or text[0] in FIRST_CHARACTERS:
            value, problem = read_plain(text)
            if type(value) is not str or problem is not None:
                self.findings.add(KeyNotText(text), place)
                return _DROPPED
        elif text == "<<":
            self.findings.add(MergeKey(), place)
            return _DROPPED
        if not text.isascii() or _glued(event, text):
            self.misread(event, place, "key")
        if event.anchor is not None:
            self.anchors[event.anchor] = _Anchored(text, 1, 0)
        return text if self.findings.key_fits(mapping, text, place) else _DROPPED

    def quoted_key(self, frame: _Frame, text: str, place: Place) -> object:
        """The key that a quoted text is, or _DROPPED."""
        mapping = frame.container
        assert isinstance(mapping, PlacedMapping)  # noqa: S101 - for the type checker; the caller looked
        return text if self.findings.key_fits(mapping, text, place) else _DROPPED

    def begin(self, event: Any, container: PlacedMapping | PlacedList) -> None:
        """Open a list or a mapping."""
        self.more(event)
        place = _place(event)
        if len(self.open) >= MOST_DEPTH:
            raise self.findings.stop(TooDeep(MOST_DEPTH), place)
        if event.anchor is not None or event.tag is not None:
            self.properties(event)
            if event.anchor is not None:
                self.anchors[event.anchor] = None
        container.place = place
        is_key = self.at_key()
        if is_key:
            self.findings.add(KeyNotText(""), place)
        self.open.append(_Frame(container, is_key, event.anchor, self.count - 1))

    def finish(self, event: Any) -> None:
        """Close the innermost container and give it to the one around it."""
        frame = self.open.pop()
        container = frame.container
        start, end = event.start_mark, event.end_mark
        self.behind = end.index
        if start.index != end.index:  # a bracket; the end of a block is only noticed at the next line
            self.end = (end.line + 1, end.column + 1)
        assert container.place is not None  # noqa: S101 - for the type checker; `begin` set it
        place = container.place = Place(container.place.line, container.place.column, *self.end)
        if type(container) is PlacedMapping:
            self.findings.check_look_alikes(container)
        if frame.anchor is not None:
            self.anchors[frame.anchor] = _Anchored(container, self.count - frame.before, frame.height)
        if self.open:
            self.open[-1].height = max(self.open[-1].height, frame.height + 1)
        if frame.is_key:
            self.open[-1].key = _DROPPED
        else:
            self.attach(container, place)

    def alias(self, event: Any) -> None:
        """Take the value that an alias names."""
        place, name = _place(event), event.anchor
        self.end = (place.end_line, place.end_column)
        self.more(event)
        if self.source.text[event.end_mark.index : event.end_mark.index + 1] not in ("", *" \t\r\n,]}"):
            raise self.findings.stop(BadAnchor(), place)
        if self.at_key():
            self.findings.add(KeyNotText("*" + name), place)
            self.open[-1].key = _DROPPED
            return
        anchored = self.anchors.get(name)
        if anchored is None:
            self.findings.add(RecursiveAlias(name) if name in self.anchors else UndefinedAlias(name), place)
            self.attach(None, place)
            return
        self.count += anchored.size - 1
        if self.count > MOST_VALUES:
            raise self.findings.stop(AliasBomb(MOST_VALUES), place)
        if len(self.open) + anchored.height > MOST_DEPTH:
            raise self.findings.stop(TooDeep(MOST_DEPTH), place)
        if self.open:
            self.open[-1].height = max(self.open[-1].height, anchored.height + 1)
        self.attach(anchored.value, place)

    def attach(self, value: object, place: Place) -> None:
        """Put a complete value where it belongs."""
        if not self.open:
            self.root = value
            return
        frame = self.open[-1]
        container = frame.container
        if type(container) is PlacedList:
            container.append(value)
            container.items_at.append(place)
            return
        if type(container) is PlacedMapping and type(frame.key) is str:
            container[frame.key] = value
            container.keys_at[frame.key] = frame.key_place
            container.values_at[frame.key] = place
        frame.key = _PENDING

    def at_key(self) -> bool:
        """Whether a key is what comes next."""
        return bool(self.open) and type(self.open[-1].container) is PlacedMapping and self.open[-1].key is _PENDING

    def more(self, event: Any) -> None:
        """Count one more value."""
        self.behind = event.end_mark.index
        self.count += 1
        if self.count > MOST_VALUES:
            raise self.findings.stop(TooManyValues(MOST_VALUES), _place(event))

    def properties(self, event: Any) -> None:
        """Look at what stands before a value: no tags, and only simple names for anchors."""
        text, start = self.source.text, event.start_mark.index
        if event.anchor is not None:
            at = text.find("&" + event.anchor, start)
            behind = at + len(event.anchor) + 1
            if text[behind : behind + 1] not in ("", *" \t\r\n,]}"):  # libyaml ends the name at a colon
                raise self.findings.stop(
                    BadAnchor(), place_within(_place(event), text[start:behind], at - start, behind)
                )
        if event.tag is not None:
            written = _TAG.match(text, start)
            begin, end = written.span(1) if written else (start, start + 1)
            place = place_within(_place(event), text[start:end], begin - start, end - start)
            self.findings.add(TagNotAllowed(text[begin:end]), place)

    def misread(self, event: Any, place: Place, role: Role) -> None:
        """Note what was probably meant otherwise in a plain word."""
        written = self.source.text[event.end_mark.index - len(event.value) : event.end_mark.index]
        if place.line != place.end_line:
            written = self.source.text[event.start_mark.index : event.end_mark.index]
        found = misread_word(written, role)
        if found is not None:
            problem, start, end = found
            self.findings.add(problem, place_within(place, written, start, end))


def _glued(event: Any, text: str) -> bool:
    """Whether a word is worth a look for a blank left out: a cheap test for the many that are not."""
    return ":" in text or text[:1] == "-" or event.start_mark.line != event.end_mark.line


def _place(event: Any) -> Place:
    start, end = event.start_mark, event.end_mark
    return Place(start.line + 1, start.column + 1, end.line + 1, end.column + 1)
