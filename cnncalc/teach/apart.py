"""Answers that stand apart from their questions in a file, under the questions' ids."""

from __future__ import annotations

from typing import Any

from cnncalc.source import PlacedMapping


def answered(row: Any, apart: Any) -> Any:
    """The question with its answer, where the answers stand apart under the questions' ids."""
    if not isinstance(row, dict) or not isinstance(apart, dict) or row.get("answer") is not None:
        return row
    answer = apart.get(str(row.get("id")))
    if answer is None:
        return row
    whole = PlacedMapping(getattr(row, "place", None))
    whole.update(row)
    if isinstance(row, PlacedMapping):
        whole.keys_at.update(row.keys_at)
        whole.values_at.update(row.values_at)
    whole["answer"] = answer
    if isinstance(apart, PlacedMapping) and str(row["id"]) in apart.values_at:
        whole.keys_at["answer"] = whole.values_at["answer"] = apart.values_at[str(row["id"])]
    return whole
