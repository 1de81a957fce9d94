"""Writing a finished text: to standard output, or to a file that is replaced at once and never half written."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterable
from contextlib import suppress
from io import StringIO
from typing import Any, TextIO

from cnncalc.cli.options import Color, Format
from cnncalc.document import Document
from cnncalc.record import Record


class Output(Record):
    """Where and how a command writes."""

    format: Format = Format.TERMINAL
    file: str | None = None
    color: Color = Color.AUTO
    ascii: bool = False

    def show(self, document: Document) -> None:
        """Write the document in the format that was asked for (one of those for reading)."""
        if self.format is Format.MARKDOWN:
            from cnncalc.render import markdown

            self.put(markdown.render(document))
        elif self.format is Format.LATEX:
            from cnncalc.render import latex

            self.put(latex.render(document))
        elif self.format is Format.HTML:
            from cnncalc.render import html

            self.put(html.render(document))
        elif self.file is not None:
            from cnncalc.render import terminal

            page = StringIO()
            terminal.write(document, page, color="always" if self.color is Color.ALWAYS else "never", ascii=self.ascii)
            self.put(page.getvalue())
        else:
            from cnncalc.render import terminal

            terminal.write(document, _stdout(), color=self.color.value, ascii=self.ascii)

    def json(self, thing: Any) -> None:
        """Write anything with `to_dict`, or a plain mapping, as JSON."""
        from cnncalc.render import json

        self.put_pieces(json.pieces(thing, encoding=None if self.file else _stdout().encoding))

    def put(self, text: str) -> None:
        """Write the text, all of it or nothing."""
        self.put_pieces((text,))

    def put_pieces(self, pieces: Iterable[str]) -> None:
        """Write a text that is made meanwhile; a file is not replaced before all of it is there."""
        if self.file is None:
            from cnncalc.render import stream

            stream.put_pieces(pieces, _stdout())
        else:
            replace(self.file, (piece.encode("utf-8", "backslashreplace") for piece in pieces))

    def complain(self, document: Document, *, below: bool = False) -> None:
        """Write problems to standard error; `below` sets them apart from a table on the same terminal."""
        if not document.blocks or sys.stderr is None:
            return
        from cnncalc.render import terminal

        with suppress(BrokenPipeError):
            if below and self.file is None and sys.stderr.isatty() and _stdout().isatty():
                sys.stderr.write("\n")
            terminal.write(document, sys.stderr, color=self.color.value, ascii=self.ascii)


def _stdout() -> TextIO:
    if sys.stdout is None:
        raise OSError(errno.EBADF, os.strerror(errno.EBADF), "stdout")
    return sys.stdout


def replace(path: str, content: str | bytes | Iterable[bytes]) -> None:
    """Put a text, or bytes in pieces, into the file at once: whoever reads it finds the old content or the new one,
    never a part.

    Raises:
        OSError: it cannot be written; the old file is untouched.
    """
    if isinstance(content, str):
        content = content.encode("utf-8", "backslashreplace")
    data = (content,) if isinstance(content, bytes) else content
    target = os.path.realpath(path)
    if os.path.islink(target):  # a circle of links leads nowhere
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), path)
    if os.path.isdir(target):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), path)
    if os.path.exists(target) and not os.path.isfile(target):
        # A device or a pipe, such as /dev/stdout, has nothing to replace.
        with open(target, "wb") as device:
            device.writelines(data)
        return
    beside = os.path.join(os.path.dirname(target), f".{os.path.basename(target)[:100]}.{os.getpid()}.tmp")
    try:
        with open(beside, "xb") as file:
            file.writelines(data)
            file.flush()
            os.fsync(file.fileno())
        if os.path.exists(target):
            os.chmod(beside, os.stat(target).st_mode & 0o7777)
        os.replace(beside, target)
    except OSError as error:
        raise OSError(error.errno, error.strerror, path) from None
    finally:
        with suppress(OSError):
            os.unlink(beside)
