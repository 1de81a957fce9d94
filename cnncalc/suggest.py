"""Did you mean: the known words nearest to an unknown one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar

from cnncalc.language import _

LONGEST = 64
CANDIDATES = 500

MOST_COMPARED = 20_000
"""How many known words are gone through for all the unknown ones of a spec: some 0.2 s."""

_left: ContextVar[list[int] | None] = ContextVar("left", default=None)


@contextmanager
def bounded() -> Iterator[None]:
    """Inside, only so many words are compared; when they are used up, nothing resembles an unknown word any more."""
    before = _left.set([MOST_COMPARED])
    try:
        yield
    finally:
        _left.reset(before)


def did_you_mean(words: Sequence[str]) -> tuple[str, ...]:
    """The hint with the words that may be meant; none where there are no words."""
    if not words:
        return ()
    return (_("did you mean {words}?").format(words=_(" or ").join(f"`{word}`" for word in words)),)


def nearest(word: str, known: Iterable[str], most: int = 3) -> list[str]:
    """Up to `most` known words that resemble `word`, the nearest first.

    Comparing is slow, so words of another length or with another beginning are left out where there are very many.
    """
    left = _left.get()
    if len(word) > LONGEST or (left and left[0] <= 0):
        return []
    from difflib import get_close_matches

    folded: dict[str, str] = {}
    for candidate in known:
        folded.setdefault(candidate.lower(), candidate)
    candidates = list(folded)
    if left:
        left[0] -= len(candidates)
    if len(candidates) > CANDIDATES:
        near = [c for c in candidates if abs(len(c) - len(word)) <= 2 and c[:1] == word[:1].lower()]
        candidates = near[:CANDIDATES]
    return [folded[match] for match in get_close_matches(word.lower(), candidates, most, 0.6)]
