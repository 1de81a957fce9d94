"""How far a long run is, in one line of a terminal that is gone at the end."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from os import environ as surroundings
from time import monotonic
from typing import TextIO

from cnncalc.render.cells import cells
from cnncalc.render.signs import speaker
from cnncalc.render.stream import encoding_of, width_of

LONG = 20
"""From so many files, or sizes that are tried, on a run may be long."""

PATIENCE, PACE = 0.5, 0.1
"""Seconds: what is over sooner shows nothing; and from one line to the next."""

LONGEST_BAR = 40


@contextmanager
def progress(
    total: int, ascii: bool = False, environ: Mapping[str, str] = surroundings, clock: Callable[[], float] = monotonic
) -> Iterator[Callable[[], None]]:
    """What is called after each file or size: on a terminal, in a long run, a line says how far it is."""
    stream = sys.stderr
    if total < LONG or not (_is_terminal(stream) and _is_terminal(sys.stdout)):
        yield lambda: None
        return
    say = speaker(encoding_of(stream), ascii)
    room = width_of(stream, environ) - 1
    done, shown, due = 0, 0, clock() + PATIENCE

    def put(text: str) -> None:
        with suppress(OSError, ValueError):
            stream.write(text)
            stream.flush()

    def seen() -> None:
        nonlocal done, shown, due
        done += 1
        if clock() < due:
            return
        due = clock() + PACE
        line = say(_line(done, total, room))
        put(f"\r{line}")
        shown = cells(line)

    try:
        yield seen
    finally:
        if shown:
            put("\r" + " " * shown + "\r")


def _line(done: int, total: int, room: int) -> str:
    """`  70/200 ███████░░░░░░`, of the same width however far it is."""
    counted = f" {done:>{len(str(total))}}/{total} "
    longest = min(room - len(counted), LONGEST_BAR)
    if longest < 1:
        return counted[:room]
    filled = done * longest // total
    return counted + "█" * filled + "░" * (longest - filled)


def _is_terminal(stream: TextIO | None) -> bool:
    try:
        return stream is not None and stream.isatty()
    except (OSError, ValueError):
        return False
