"""A Python mapping as a tree like those that are read from a text: lists, mappings with texts as keys, and scalars."""

from __future__ import annotations

from collections.abc import Mapping
from math import isfinite
from typing import Any

from cnncalc.kinds._contract import LARGEST
from cnncalc.problem import Finding, Problem
from cnncalc.spec.limits import MOST_DEPTH, MOST_VALUES
from cnncalc.spec.reading_problems import NotANumber, NumberTooLarge, TooDeep, TooManyValues


class _GivenUp(Exception):
    """Raised at a tree that no text could hold."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message())
        self.problem = problem


def from_mapping(mapping: Mapping[str, Any]) -> tuple[object | None, list[Finding]]:
    """The tree of a mapping, and what was found wrong; tuples are as good as lists. None when it is given up."""
    copying = _Copying()
    try:
        return copying.copy(mapping, 0), copying.findings
    except _GivenUp as given_up:
        return None, [*copying.findings, Finding(given_up.problem)]


class _Copying:
    """One copy under way: how many values there are so far, and the findings."""

    def __init__(self) -> None:
        self.values = 0
        self.findings: list[Finding] = []

    def copy(self, value: Any, depth: int) -> Any:
        """The value with everything in it."""
        self.values += 1
        if self.values > MOST_VALUES:
            raise _GivenUp(TooManyValues(MOST_VALUES))
        if depth > MOST_DEPTH:
            raise _GivenUp(TooDeep(MOST_DEPTH))
        if isinstance(value, Mapping):
            return {_key(key): self.copy(inner, depth + 1) for key, inner in value.items()}
        if isinstance(value, list | tuple):
            return [self.copy(inner, depth + 1) for inner in value]
        if isinstance(value, int) and abs(value) > LARGEST:
            # Python refuses to write out a number of thousands of digits.
            written = str(value) if abs(value) < LARGEST**2 else f"2^{value.bit_length() - 1}…"
            self.findings.append(Finding(NumberTooLarge(written)))
            return None
        if isinstance(value, float) and not isfinite(value):
            self.findings.append(Finding(NotANumber(str(value))))
            return None
        return value


def _key(key: Any) -> str:
    """The key as a text; Python refuses to write out an integer of thousands of digits."""
    return "…" if isinstance(key, int) and abs(key) > LARGEST else str(key)
