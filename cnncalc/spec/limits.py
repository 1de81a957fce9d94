"""How much a text may hold, and the list of findings that gives up when there are too many."""

from __future__ import annotations

from cnncalc.findings import MOST_LISTED, TooManyProblems
from cnncalc.problem import Finding, Mark, Problem
from cnncalc.source import Place, PlacedMapping, Source
from cnncalc.spec.reading_problems import DuplicateKey, KeyTooLong, LookAlikeKeys

MOST_BYTES = 8 * 1024 * 1024
MOST_DEPTH = 64
MOST_VALUES = 1_000_000  # keys and values, aliases written out
MOST_KEY = 256


class StopReading(Exception):
    """Raised when the rest of a text can't or shall not be read."""


class Findings:
    """The problems found in one text, in the order of reading."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.found: list[Finding] = []

    def add(self, problem: Problem, place: Place | None, *marks: Mark) -> None:
        """Note a problem; give up reading after ten thousand."""
        self.found.append(Finding(problem, self.source, place, marks=marks))
        if len(self.found) >= MOST_LISTED:
            self.found.append(Finding(TooManyProblems(MOST_LISTED), self.source, place))
            raise StopReading

    def stop(self, problem: Problem, place: Place | None, *marks: Mark) -> StopReading:
        """Note a problem that ends the reading; the answer is there to be raised."""
        self.found.append(Finding(problem, self.source, place, marks=marks))
        return StopReading()

    def refuse_key(self, mapping: PlacedMapping, key: str, place: Place) -> None:
        """Note why a key can't enter the mapping: it is too long, or there already."""
        if len(key) > MOST_KEY:
            self.add(KeyTooLong(len(key), MOST_KEY), place)
        else:
            self.add(DuplicateKey(key), place, Mark(mapping.keys_at[key], DuplicateKey.first()))

    def check_look_alikes(self, mapping: PlacedMapping) -> None:
        """Warn about keys that differ only in how their accents are written."""
        if "".join(mapping).isascii():
            return
        from unicodedata import normalize  # only texts beyond ASCII pay for it

        first: dict[str, str] = {}
        for key in mapping:
            other = first.setdefault(normalize("NFC", key), key)
            if other != key:
                self.add(LookAlikeKeys(key), mapping.keys_at[key], Mark(mapping.keys_at[other], LookAlikeKeys.first()))
