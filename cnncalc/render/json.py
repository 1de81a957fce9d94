"""A result as JSON: exact integers, valid in every encoding, nothing in it that a terminal would obey."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, Protocol

_UNSAFE = re.compile("[\x7f-\x9f\xad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufffe\uffff\ud800-\udfff]")
_COMMAND = re.compile(r"#(?=#[A-Za-z]*\[)")
"""What build servers obey anywhere in a log."""

_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")


TOGETHER = 1_000
"""So many pieces, a few hundred layers, are written together."""


class Listed(Protocol):
    """Anything that knows how it stands in a JSON document."""

    def to_dict(self) -> dict[str, Any]:
        """The thing as plain mappings, lists, texts and numbers."""
        ...


def render(thing: Listed | Mapping[str, Any] | list[Any], *, encoding: str | None = None) -> str:
    """The thing as a JSON document; characters that `encoding` cannot carry are written as JSON escapes."""
    return "".join(pieces(thing, encoding=encoding))


def pieces(thing: Listed | Mapping[str, Any] | list[Any], *, encoding: str | None = None) -> Iterator[str]:
    """The same document piece by piece, so that a very long one never stands in memory as a whole."""
    waiting: list[str] = []
    for piece in _pieces(thing):
        waiting.append(piece)
        if len(waiting) >= TOGETHER and piece.endswith("\n"):
            yield _safe("".join(waiting), encoding)
            waiting.clear()
    yield _safe("".join(waiting), encoding) + "\n"


def _safe(text: str, encoding: str | None) -> str:
    """Whole lines, with everything escaped that a terminal obeys or the encoding cannot carry."""
    text = _UNSAFE.sub(_escaped, text)
    if "##" in text:
        text = _COMMAND.sub(r"\\u0023", text)
    if encoding is not None:
        try:
            text.encode(encoding)
        except (UnicodeEncodeError, LookupError):
            text = _BEYOND_ASCII.sub(_escaped, text)
    return text


def _pieces(value: Any, indent: str = "") -> Iterator[str]:
    """A mapping in pieces, each item of a list in it one; anything else in one piece.

    Something in it that knows how it stands in a document is only asked when its turn comes.
    """
    if hasattr(value, "outline"):
        value = value.outline()
    if not isinstance(value, dict) or not value:
        yield _whole(value, indent)
        return
    inner = indent + "  "
    separator = "{\n"
    for key, item in value.items():
        yield f"{separator}{inner}{_key(key)}: "
        written = _in_line(item)
        if written is not None:
            yield written
        elif isinstance(item, list | tuple):
            opening = "[\n"
            for one in item:
                yield opening
                yield inner + "  "
                yield from _pieces(one, inner + "  ")
                opening = ",\n"
            yield f"\n{inner}]"
        else:
            yield from _pieces(item, inner)
        separator = ",\n"
    yield f"\n{indent}}}"


def _whole(value: Any, indent: str) -> str:
    """Indented by two; what holds nothing but numbers and words stands in one line."""
    written = _in_line(value)
    if written is not None:
        return written
    if hasattr(value, "to_dict"):
        value = value.to_dict()
    inner = indent + "  "
    between = f",\n{inner}"
    if isinstance(value, dict):
        rows = []
        for key, item in value.items():
            written = str(item) if type(item) is int else _in_line(item)
            rows.append(f"{_key(key)}: {_whole(item, inner) if written is None else written}")
        return f"{{\n{inner}{between.join(rows)}\n{indent}}}" if rows else "{}"
    return f"[\n{inner}{between.join([_whole(item, inner) for item in value])}\n{indent}]"


def _in_line(value: Any) -> str | None:
    """A value that stands in one line; None for a mapping, for what becomes one, and for a list that holds them."""
    kind = type(value)
    if kind is int:  # most of a long document, and much faster than by the encoder
        return str(value)
    if kind is str:
        return _text(value)
    if value is None:
        return "null"
    if kind is dict:
        return None if value else "{}"
    if kind is list or kind is tuple:
        inside = []
        for item in value:
            written = str(item) if type(item) is int else _in_line(item)
            if written is None:
                return None
            inside.append(written)
        return f"[{', '.join(inside)}]"
    if hasattr(value, "to_dict"):
        return None
    if isinstance(value, list | tuple):
        return _in_line(list(value))
    return None if isinstance(value, dict) and value else _plain(value)


@cache
def _key(key: str) -> str:
    return _plain(key)


_plain = json.JSONEncoder(ensure_ascii=False, allow_nan=False).encode
_text = json.encoder.encode_basestring


def _escaped(match: re.Match[str]) -> str:
    return json.dumps(match.group())[1:-1]
