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


TOGETHER = 10_000
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
    """Indented by two; what holds nothing but numbers and words stands in one line.

    Something in it that knows how it stands in a document is only asked when its turn comes.
    """
    if hasattr(value, "outline"):
        value = value.outline()
    elif hasattr(value, "to_dict"):
        value = value.to_dict()
    inner = indent + "  "
    if isinstance(value, dict) and value:
        separator = "{\n"
        for key, item in value.items():
            yield f"{separator}{inner}{_key(key)}: "
            written = _in_line(item)
            if written is None:
                yield from _pieces(item, inner)
            else:
                yield written
            separator = ",\n"
        yield f"\n{indent}}}"
        return
    written = _in_line(value)
    if written is not None:
        yield written
        return
    separator = "[\n"
    for item in value:
        yield separator
        yield inner
        yield from _pieces(item, inner)
        separator = ",\n"
    yield f"\n{indent}]"


def _in_line(value: Any) -> str | None:
    """A value that stands in one line; None for a mapping, for what becomes one, and for a list that holds them."""
    kind = type(value)
    if kind is int:  # most of a long document, and much faster than by the encoder
        return str(value)
    if kind is str:
        return _text(value)
    if value is None:
        return "null"
    if hasattr(value, "to_dict"):
        return None
    if isinstance(value, list | tuple):
        inside = [_in_line(item) for item in value]
        return None if None in inside else f"[{', '.join(inside)}]"  # type: ignore[arg-type]
    return None if isinstance(value, dict) and value else _plain(value)


@cache
def _key(key: str) -> str:
    return _plain(key)


_plain = json.JSONEncoder(ensure_ascii=False, allow_nan=False).encode
_text = json.encoder.encode_basestring


def _escaped(match: re.Match[str]) -> str:
    return json.dumps(match.group())[1:-1]
