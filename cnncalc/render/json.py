"""A result as JSON: exact integers, valid in every encoding, nothing in it that a terminal would obey."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import cache
from typing import Any, Protocol

_UNSAFE = re.compile("[\x7f-\x9f\xad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufffe\uffff\ud800-\udfff]")
_COMMAND = re.compile(r"#(?=#[A-Za-z]*\[)")
"""What build servers obey anywhere in a log."""

_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")


class Listed(Protocol):
    """Anything that knows how it stands in a JSON document."""

    def to_dict(self) -> dict[str, Any]:
        """The thing as plain mappings, lists, texts and numbers."""
        ...


def render(thing: Listed | Mapping[str, Any] | list[Any], *, encoding: str | None = None) -> str:
    """The thing as a JSON document; characters that `encoding` cannot carry are written as JSON escapes."""
    plain = thing if isinstance(thing, Mapping | list) else thing.to_dict()
    text = _UNSAFE.sub(_escaped, _written(plain))
    if "##" in text:
        text = _COMMAND.sub(r"\\u0023", text)
    if encoding is not None:
        try:
            text.encode(encoding)
        except (UnicodeEncodeError, LookupError):
            text = _BEYOND_ASCII.sub(_escaped, text)
    return text + "\n"


def _written(value: Any, indent: str = "") -> str:
    """Indented by two; what holds nothing but numbers and words stands in one line."""
    if type(value) is int:  # most of a long document, and much faster than by the encoder
        return str(value)
    inner = indent + "  "
    if isinstance(value, dict) and value:
        lines = [f"{inner}{_key(key)}: {_written(item, inner)}" for key, item in value.items()]
        return _in_lines("{", lines, "}", indent)
    if isinstance(value, list | tuple) and any(_holds(item) for item in value):
        return _in_lines("[", [inner + _written(item, inner) for item in value], "]", indent)
    return _plain(value)


def _in_lines(opening: str, lines: list[str], closing: str, indent: str) -> str:
    return f"{opening}\n" + ",\n".join(lines) + f"\n{indent}{closing}"


def _holds(value: Any) -> bool:
    """Whether a value in a list is worth a line of its own: mappings, and lists that hold them."""
    return isinstance(value, dict) or (isinstance(value, list | tuple) and any(map(_holds, value)))


@cache
def _key(key: str) -> str:
    return _plain(key)


_plain = json.JSONEncoder(ensure_ascii=False, allow_nan=False).encode


def _escaped(match: re.Match[str]) -> str:
    return json.dumps(match.group())[1:-1]
