"""YAML text as a stream of events: from libyaml where PyYAML has it, else from PyYAML's own parser.

Events are all that is taken from PyYAML. Its `load` and `compose` recurse, and deep nesting ends the process.
"""

from __future__ import annotations

import re
from typing import Any, Protocol

import yaml
from yaml.events import Event
from yaml.scanner import ScannerError


class Events(Protocol):
    """What hands out events, one at a time."""

    def get_event(self) -> Event | None: ...


def open_events(text: str) -> Events:
    """The events of a text, from the fastest parser there is."""
    reader: Any = yaml.CSafeLoader if yaml.__with_libyaml__ else _PureEvents
    events: Events = reader(text)
    return events


_GLUED_COMMENT = re.compile("(?:([-+])?([1-9])?|([1-9])([-+]))(?=#)")
"""What may stand behind the sign of a block of text, with a comment that follows at once."""


class _PureEvents(yaml.SafeLoader):
    """PyYAML's own parser, brought to libyaml's verdict on tabs, which may separate words, but not indent; and on a
    comment right behind the sign of a block of text, which needs no blank."""

    def scan_block_scalar_indicators(self, start_mark: Any) -> tuple[bool | None, int | None]:
        glued = _GLUED_COMMENT.match(self.prefix(3))
        if glued is None:
            found: tuple[bool | None, int | None] = super().scan_block_scalar_indicators(start_mark)
            return found
        self.forward(glued.end())
        keeps, indent = glued[1] or glued[4], glued[2] or glued[3]
        return keeps == "+" if keeps else None, int(indent) if indent else None

    def scan_to_next_token(self) -> None:
        found = False
        while not found:
            # the one line that differs: PyYAML skips blanks only
            while self.peek() == " " or (self.peek() == "\t" and (self.flow_level or not self.allow_simple_key)):
                self.forward()
            if self.peek() == "#":
                while self.peek() not in "\0\r\n":
                    self.forward()
            if self.scan_line_break():  # type: ignore[no-untyped-call]
                if not self.flow_level:
                    self.allow_simple_key = True
            else:
                found = True

    def scan_plain_spaces(self, indent: int, start_mark: Any) -> Any:
        """What stands between two words of a plain text. PyYAML ends the text at a tab; libyaml takes it as a blank."""
        length = 0
        while self.peek(length) in " \t":
            length += 1
        blanks = self.prefix(length)
        self.forward(length)
        if self.peek() not in "\r\n":
            return [blanks] if blanks else []
        self.scan_line_break()  # type: ignore[no-untyped-call]
        self.allow_simple_key = True
        breaks: list[str] = []
        while not self._at_document_mark():
            if self.peek() == " " or (self.peek() == "\t" and self.column >= indent):
                self.forward()
            elif self.peek() in "\r\n":
                breaks.append(self.scan_line_break())  # type: ignore[no-untyped-call]
            elif self.peek() == "\t":
                words = "found a tab character that violates indentation"
                raise ScannerError("while scanning a plain scalar", start_mark, words, self.get_mark())
            else:
                return breaks or [" "]
        return None

    def _at_document_mark(self) -> bool:
        return self.column == 0 and self.prefix(3) in ("---", "...") and self.peek(3) in "\0 \t\r\n"
