"""What a stream can carry: its width, its colours, its signs; and how a text is put into it."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from typing import Literal, TextIO

Color = Literal["auto", "always", "never"]

NARROWEST = 20
USUAL = 80


def width_of(stream: TextIO, environ: Mapping[str, str]) -> int:
    """The terminal's width; for anything else COLUMNS, and 80 if that says nothing."""
    if _is_terminal(stream):
        try:
            columns = os.get_terminal_size(stream.fileno()).columns
        except (OSError, ValueError, AttributeError):
            columns = 0
        if columns > 0:
            return max(columns, NARROWEST)
    written = environ.get("COLUMNS", "")
    if written.isascii() and written.isdigit() and 0 < len(written) <= 6 and int(written) > 0:
        return max(int(written), NARROWEST)
    return USUAL


def colored(stream: TextIO, color: Color, environ: Mapping[str, str]) -> bool:
    """Whether to write colours: what was asked for, then the terminal's and the user's settings, in this order."""
    if color != "auto":
        return color == "always"
    if environ.get("TERM") == "dumb" or environ.get("NO_COLOR"):
        return False
    if any(environ.get(name, "0") not in ("", "0") for name in ("FORCE_COLOR", "CLICOLOR_FORCE")):
        return True
    return _is_terminal(stream)


def encoding_of(stream: TextIO) -> str | None:
    """The stream's encoding; None for a stream that keeps text as it is."""
    return getattr(stream, "encoding", None)


def put(text: str, stream: TextIO) -> None:
    """Write the finished text at once; what the stream cannot carry is written as an escape."""
    put_pieces((text,), stream)


def put_pieces(pieces: Iterable[str], stream: TextIO) -> None:
    """The same of a text that is made while it is written."""
    encoding = encoding_of(stream) or "utf-8"
    for piece in pieces:
        stream.write(piece.encode(encoding, "backslashreplace").decode(encoding))
    stream.flush()


def _is_terminal(stream: TextIO) -> bool:
    try:
        return stream.isatty()
    except (AttributeError, ValueError):
        return False
