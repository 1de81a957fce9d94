"""Did you mean: the known words nearest to an unknown one."""

from __future__ import annotations

from collections.abc import Iterable

LONGEST = 64
CANDIDATES = 500


def nearest(word: str, known: Iterable[str], most: int = 3) -> list[str]:
    """Up to `most` known words that resemble `word`, the nearest first.

    Comparing is slow, so words of another length or with another beginning are left out where there are very many.
    """
    if len(word) > LONGEST:
        return []
    from difflib import get_close_matches

    folded: dict[str, str] = {}
    for candidate in known:
        folded.setdefault(candidate.lower(), candidate)
    candidates = list(folded)
    if len(candidates) > CANDIDATES:
        near = [c for c in candidates if abs(len(c) - len(word)) <= 2 and c[:1] == word[:1].lower()]
        candidates = near[:CANDIDATES]
    return [folded[match] for match in get_close_matches(word.lower(), candidates, most, 0.6)]
