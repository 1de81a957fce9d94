"""YAML text as a stream of events: from libyaml where PyYAML has it, else from PyYAML's own parser.

Events are all that is taken from PyYAML. Its `load` and `compose` recurse, and deep nesting ends the process.
"""

from __future__ import annotations

import re
from typing import Any, Protocol

import yaml
from yaml.events import Event
from yaml.scanner import ScannerError
from yaml.tokens import ScalarToken


class Events(Protocol):
    """What hands out events, one at a time."""

    def get_event(self) -> Event | None: ...


def open_events(text: str) -> Events:
    """The events of a text, from the fastest parser there is."""
    reader: Any = yaml.CSafeLoader if yaml.__with_libyaml__ else _PureEvents
    events: Events = reader(text)
    return events


_HEADER = re.compile("(?:([-+])?([1-9])?|([1-9])([-+]))(?=[#\t])")
"""What may stand behind the sign of a block of text, with a comment or a tab that follows at once."""


_BLANKS = "\0 \t\r\n"


class _PureEvents(yaml.SafeLoader):
    """PyYAML's own parser, brought to libyaml's verdict: on tabs, which may separate words, but not indent; on a
    comment right behind the sign of a block of text, which needs no blank; and on `?` and `:` within brackets, of which
    the first is a letter like any other, and the second needs a blank behind it."""

    def scan_block_scalar_indicators(self, start_mark: Any) -> tuple[bool | None, int | None]:
        header = _HEADER.match(self.prefix(3))
        if header is None:
            found: tuple[bool | None, int | None] = super().scan_block_scalar_indicators(start_mark)
            return found
        self.forward(header.end())
        keeps, indent = header[1] or header[4], header[2] or header[3]
        return keeps == "+" if keeps else None, int(indent) if indent else None

    def scan_block_scalar_ignored_line(self, start_mark: Any) -> None:
        while self.peek() in " \t":
            self.forward()
        super().scan_block_scalar_ignored_line(start_mark)

    def scan_block_scalar_indentation(self) -> Any:
        found = super().scan_block_scalar_indentation()
        self._refuse_tab()
        return found

    def scan_block_scalar_breaks(self, indent: int) -> Any:
        found = super().scan_block_scalar_breaks(indent)
        if self.column < indent:
            self._refuse_tab()
        return found

    def _refuse_tab(self) -> None:
        if self.peek() == "\t":
            words = "found a tab character where an indentation space is expected"
            raise ScannerError("while scanning a block scalar", None, words, self.get_mark())

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

    def scan_plain(self) -> ScalarToken:
        start_mark = end_mark = self.get_mark()
        indent = self.indent + 1
        chunks: list[str] = []
        spaces: list[str] = []
        while self.peek() != "#" and (length := self._length_of_word(start_mark)):
            self.allow_simple_key = False
            chunks += [*spaces, self.prefix(length)]
            self.forward(length)
            end_mark = self.get_mark()
            spaces = self.scan_plain_spaces(indent, start_mark)
            if not spaces or (not self.flow_level and self.column < indent):
                break
        return ScalarToken("".join(chunks), True, start_mark, end_mark)

    def _length_of_word(self, start_mark: Any) -> int:
        """How many characters of a plain text follow, up to the next blank or sign."""
        length = 0
        while (character := self.peek(length)) not in _BLANKS:
            if self.flow_level and character in ",[]{}":
                break
            if character == ":":
                behind = self.peek(length + 1)
                if behind in _BLANKS:
                    break
                if self.flow_level and behind in ",?[]{}":
                    self.forward(length)
                    raise ScannerError(
                        "while scanning a plain scalar", start_mark, "found unexpected ':'", self.get_mark()
                    )
            length += 1
        return length

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
