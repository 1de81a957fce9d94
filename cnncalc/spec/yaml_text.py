"""YAML text -> a tree of placed mappings, placed lists and plain values, built from events without recursion.

Aliases are shared and not copied, but counted as if they were written out, so a short text can't stand for a huge one.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import yaml
from yaml import events as ev

from cnncalc.problem import Finding
from cnncalc.record import Record
from cnncalc.source import Place, PlacedList, PlacedMapping, Source
from cnncalc.spec.full_width import Role
from cnncalc.spec.limits import MOST_DEPTH, MOST_KEY, MOST_VALUES, Findings, StopReading
from cnncalc.spec.positions import place_within
from cnncalc.spec.reading_problems import LoneSurrogate, MissingColon, NoSpec, TooDeep, TooManyValues
from cnncalc.spec.scalars import FIRST_CHARACTERS, read_plain
from cnncalc.spec.yaml_events import Events, open_events
from cnncalc.spec.yaml_problems import (
    AliasBomb,
    BadAnchor,
    KeyNotText,
    MergeKey,
    NotADash,
    RecursiveAlias,
    SeveralDocuments,
    TagNotAllowed,
    UndefinedAlias,
)
from cnncalc.spec.yaml_words import cut_number, joined_items, misread_word

if TYPE_CHECKING:
    from cnncalc.spec.yaml_slips import Meant

_PENDING = object()  # no key was read yet
_DROPPED = object()  # the key was refused; its value is read and forgotten
_NOWHERE = Place(1, 1, 1, 1)
_new_tuple: Any = tuple.__new__  # a third of the time of Place(...), which counts for a hundred thousand words
_ALONE = re.compile(r"\s*[,}]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_TAG = re.compile(r"(?:&\S++\s++(?:#[^\r\n]*+\s++)*+)?(!\S*)")  # comments and line ends may stand behind an anchor


class _Anchored(Record):
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
        self.key_place = _NOWHERE


def read_yaml(source: Source) -> tuple[object | None, list[Finding]]:
    """The tree of a YAML text (None when there is none) and what was found. The characters are checked before."""
    builder = _Builder(source)
    found = builder.findings.found
    try:
        return builder.build(open_events(source.text)), found
    except StopReading:
        pass
    except (yaml.YAMLError, ValueError, OverflowError) as error:  # the pure parser lets chr() refuse an escape
        from cnncalc.spec.yaml_syntax import syntax_finding

        finding = syntax_finding(source, error)
        if finding not in found:  # a key may have been too long for us before it was for YAML
            found.append(finding)
    return None, found


class _Builder:
    """The tree while it grows: the containers that are still open, and the anchors."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.findings = Findings(source)
        self.open: list[_Frame] = []
        self.anchors: dict[str, _Anchored | None] = {}  # None: its container is still open
        self.count = 0
        self.cut_until = 0  # keys that begin before this offset are the rest of a value that a comma has cut
        self.root: object = None
        self.last = _NOWHERE  # the place of the last word, alias or bracket
        self.look_alikes = not source.text.isascii() or "\\" in source.text  # else no key goes beyond ASCII
        self.good_keys: set[str] = set()  # the same few keys recur in every layer: looked at once
        self.good_words: dict[str, object] = {}  # so do numbers and true and false

    def build(self, events: Events) -> object | None:
        """The root of the one document."""
        get = events.get_event
        get()
        event: Any = get()
        if type(event) is ev.StreamEndEvent:
            raise self.findings.stop(NoSpec(), _NOWHERE)
        start = _place(event)
        scalar, anything = self.scalar, self.other
        while True:
            event = get()
            if type(event) is ev.ScalarEvent:
                scalar(event)
            elif not anything(event):
                break
        event = get()
        if type(event) is not ev.StreamEndEvent:
            raise self.findings.stop(SeveralDocuments(), _place(event))
        if self.root is None and not self.findings.found:
            self.findings.add(NoSpec(), start)
        return self.root

    def scalar(self, event: Any) -> None:
        """Take a word or a quoted text, as a key or as a value. Most of the time of reading is spent here."""
        text: str = event.value
        start, end = event.start_mark, event.end_mark
        place: Place = _new_tuple(Place, (start.line + 1, start.column + 1, end.line + 1, end.column + 1))
        self.count += 1
        if self.count > MOST_VALUES:
            raise self.findings.stop(TooManyValues(MOST_VALUES), place)
        style = event.style
        anchor = event.anchor
        if anchor is not None or event.tag is not None:
            self.properties(event)
            if not style and place.line == place.end_line:  # libyaml begins the place at the anchor
                place = Place(place.line, place.end_column - len(text), place.end_line, place.end_column)
        if style == '"' and not text.isascii():
            self.refuse_half_characters(event, place)
        self.last = place
        value: object = text
        frame = self.open[-1] if self.open else None
        if frame is not None and type(frame.container) is PlacedMapping:
            key = frame.key
            if key is _PENDING:
                frame.key_place = place
                if not style and text not in self.good_keys:
                    value = self.key(event, place)
                if value is text and (len(text) > MOST_KEY or text in frame.container):
                    self.findings.refuse_key(frame.container, text, place)
                    value = _DROPPED
                frame.key = value
            else:
                if not style:
                    value = self.word(event, place, "words" if self.free(key) else "value")
                    if not text:
                        key, value, place = self.glued(key, frame, value, place, start.index)
                    elif text[0] == "(":
                        value, place = self.whole_tuple(text, value, place, end.index)
                frame.key = _PENDING
                if type(key) is str:
                    container = frame.container
                    container[key] = value
                    container.keys_at[key] = frame.key_place
                    container.values_at[key] = place
        else:
            if not style:
                value = self.word(event, place, "item")
                if place.line != place.end_line and frame is not None:
                    value, place = self.last_joined(event, place, text)
            self.attach(value, place)
        if anchor is not None:
            self.anchors[anchor] = _Anchored(text if value is _DROPPED else value, 1, 0)

    def key(self, event: Any, place: Place) -> object:
        """The key that a plain word is, or _DROPPED."""
        text: str = event.value
        if event.start_mark.index < self.cut_until:
            return _DROPPED
        if not text or text[0] in FIRST_CHARACTERS:
            value, problem = read_plain(text)
            if type(value) is not str or problem is not None:
                if self.cut_number(event, place):
                    return _DROPPED
                alone = _ALONE.match(self.source.text, event.end_mark.index) is not None
                self.findings.add(KeyNotText(text, alone and type(value) in (int, float)), place)
                return _DROPPED
        elif text == "<<":
            self.findings.add(MergeKey(), place)
            return _DROPPED
        if not text.isascii() or _glued(text, place) or "{" in text:
            self.misread(event, place, "key")
        else:
            self.good_keys.add(text)
        return text

    def word(self, event: Any, place: Place, role: Role) -> object:
        """The value of a plain word."""
        text: str = event.value
        if not text or text[0] in FIRST_CHARACTERS:
            if text in self.good_words:
                return self.good_words[text]
            value, problem = read_plain(text)
            if problem is not None:
                self.findings.add(problem, place)
                return value
            if value is not text:
                self.good_words[text] = value
                return value
        if not text.isascii() or (role in ("key", "item") and _glued(text, place)):
            self.misread(event, place, role)
        return text

    def whole_tuple(self, text: str, value: object, place: Place, index: int) -> tuple[object, Place]:
        """A value that begins like a tuple, and its place: all of it, where a comma has cut it."""
        from cnncalc.spec.yaml_slips import cut, tuple_end

        closed = tuple_end(self.source.text, text, index)
        if closed is None:
            return value, place
        return self.taken(cut(self.source.text, index - len(text), closed, place))

    def taken(self, meant: Meant) -> tuple[object, Place]:
        """Report what was read otherwise than it was meant; what was meant, and its place."""
        self.findings.add(meant.problem, meant.where)
        self.cut_until = max(self.cut_until, meant.end)
        return meant.value, meant.place

    def glued(
        self, key: object, frame: _Frame, value: object, place: Place, index: int
    ) -> tuple[object, object, Place]:
        """A key without a value, its value and its place: those that it holds itself, if it holds any."""
        from cnncalc.spec.yaml_slips import glued

        pair = glued(self.source.text, key, frame.key_place, index) if isinstance(key, str) else None
        if pair is None or pair[0] in frame.container:
            return key, value, place
        name, frame.key_place, meant = pair
        return name, *self.taken(meant)

    def cut_number(self, event: Any, place: Place) -> bool:
        """Whether a number that stands for a key is the rest of the number above it, which is a value, and read so."""
        container: Any = self.open[-1].container
        key = next(reversed(container), None)
        begin = container.values_at.get(key)
        if key is None or begin is None or begin.end_line != place.line or type(container[key]) not in (int, float):
            return False
        start = event.start_mark.index - (place.column - begin.column)
        closed = cut_number(self.source.text, start)
        if closed is None or closed <= event.start_mark.index:
            return False
        from cnncalc.spec.yaml_slips import cut

        container[key], container.values_at[key] = self.taken(cut(self.source.text, start, closed, begin))
        return True

    def last_joined(self, event: Any, place: Place, text: str) -> tuple[object, Place]:
        """Put all items but the last one of a joined text where they belong; the last one."""
        written = self.source.text[event.start_mark.index : event.end_mark.index]
        *above, last = joined_items(written)
        for start, end in above:
            self.attach(" ".join(written[start:end].split()), place_within(place, written, start, end))
        return " ".join(written[last[0] : last[1]].split()) if above else text, place_within(place, written, *last)

    def free(self, key: object) -> bool:
        """Whether what stands under a key is a text of one's own: the network's name, and all that is said about it."""
        return key == "name" if len(self.open) == 1 else self.open[-2].key == "about"

    def other(self, event: Any) -> bool:
        """Take what is no scalar; False at the end of the document."""
        kind = type(event)
        if kind is ev.MappingStartEvent:
            self.begin(event, PlacedMapping(_place(event)))
        elif kind is ev.SequenceStartEvent:
            self.begin(event, PlacedList(_place(event)))
        elif kind is ev.AliasEvent:
            self.alias(event)
        elif self.open:
            self.finish(event)
        else:
            return False
        return True

    def begin(self, event: Any, container: PlacedMapping | PlacedList) -> None:
        """Open a list or a mapping."""
        place = _place(event)
        self.count += 1
        if self.count > MOST_VALUES:
            raise self.findings.stop(TooManyValues(MOST_VALUES), place)
        if len(self.open) >= MOST_DEPTH:
            raise self.findings.stop(TooDeep(MOST_DEPTH), place)
        if event.anchor is not None or event.tag is not None:
            self.properties(event)
            if event.anchor is not None:
                self.anchors[event.anchor] = None
        self.last = place
        is_key = self.at_key()
        if is_key:
            self.findings.add(KeyNotText(""), place)
        self.open.append(_Frame(container, is_key, event.anchor, self.count - 1))

    def finish(self, event: Any) -> None:
        """Close the innermost container and give it to the one around it."""
        frame = self.open.pop()
        container = frame.container
        if event.start_mark.index != event.end_mark.index:  # a bracket; the end of a block is noticed a line later
            self.last = _place(event)
        begin = container.place or _NOWHERE
        place = container.place = Place(begin.line, begin.column, self.last.end_line, self.last.end_column)
        if self.look_alikes and type(container) is PlacedMapping:
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
        place = self.last = _place(event)
        name: str = event.anchor
        if not self.name_ends(event.end_mark.index):
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
        self.count += anchored.size
        if self.count > MOST_VALUES:
            raise self.findings.stop(AliasBomb(MOST_VALUES), place)
        if len(self.open) + anchored.height > MOST_DEPTH:
            raise self.findings.stop(TooDeep(MOST_DEPTH), place)
        self.open[-1].height = max(self.open[-1].height, anchored.height + 1)  # what was named before is no root
        self.attach(anchored.value, place)

    def attach(self, value: object, place: Place) -> None:
        """Put a complete value where it belongs."""
        if not self.open:
            self.root = value
            return
        frame = self.open[-1]
        container = frame.container
        if isinstance(container, PlacedList):
            container.append(value)
            container.items_at.append(place)
            return
        if type(frame.key) is str:
            container[frame.key] = value
            container.keys_at[frame.key] = frame.key_place
            container.values_at[frame.key] = place
        frame.key = _PENDING

    def at_key(self) -> bool:
        """Whether a key is what comes next."""
        return bool(self.open) and type(self.open[-1].container) is PlacedMapping and self.open[-1].key is _PENDING

    def properties(self, event: Any) -> None:
        """Look at what stands before a value: no tags, and only simple names for anchors."""
        text, start = self.source.text, event.start_mark.index
        if event.anchor is not None:
            at = text.find("&" + event.anchor, start)
            behind = at + len(event.anchor) + 1
            if not self.name_ends(behind):  # libyaml ends the name at a colon and goes on
                place = place_within(_place(event), text[start:behind], at - start, behind - start)
                raise self.findings.stop(BadAnchor(), place)
        if event.tag is not None:
            written = _TAG.match(text, start)
            begin, end = written.span(1) if written else (start, start + 1)
            place = place_within(_place(event), text[start:end], begin - start, end - start)
            self.findings.add(TagNotAllowed(text[begin:end]), place)

    def name_ends(self, index: int) -> bool:
        """Whether the name of an anchor or alias may end here."""
        return self.source.text[index : index + 1] in ("", *" \t\r\n,]}")

    def refuse_half_characters(self, event: Any, place: Place) -> None:
        """Stop at an escape of half a character. Only the pure parser lets one through; libyaml stops by itself."""
        if half := _SURROGATE.search(event.value):
            from cnncalc.spec.yaml_syntax import half_character

            written = self.source.text[event.start_mark.index : event.end_mark.index]
            place = place_within(place, written, *half_character(written))
            raise self.findings.stop(LoneSurrogate(half.group()), place)

    def misread(self, event: Any, place: Place, role: Role) -> None:
        """Note what was probably meant otherwise in a plain word."""
        written: str = event.value
        if place.line != place.end_line:
            written = self.source.text[event.start_mark.index : event.end_mark.index]
        found = misread_word(written, role)
        if found is not None:
            problem, start, end = found
            where = place_within(place, written, start, end)
            if isinstance(problem, MissingColon | NotADash):  # all behind it was read as something else than was meant
                raise self.findings.stop(problem, where)
            self.findings.add(problem, where)


def _glued(text: str, place: Place) -> bool:
    """Whether a word is worth a look for a blank left out: a cheap test for the many that are not."""
    return ":" in text or text[:1] == "-" or place.line != place.end_line


def _place(event: Any) -> Place:
    start, end = event.start_mark, event.end_mark
    place: Place = _new_tuple(Place, (start.line + 1, start.column + 1, end.line + 1, end.column + 1))
    return place
