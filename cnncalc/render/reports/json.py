"""Findings as JSON, all that is known of them; its layout is a promise (`schema_version`)."""

from __future__ import annotations

from cnncalc.findings import Findings
from cnncalc.render import json


def render(found: Findings, encoding: str | None = None, ascii: bool = False) -> str:
    """The findings as one document."""
    return json.render(found, encoding="ascii" if ascii else encoding)
