"""Numbers recorded from real frameworks and papers (`tests/data`), and where the shipped specs stand."""

import json
from functools import cache
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent / "data"
SPECS = Path(__file__).parent.parent / "specs"


@cache
def recorded(name: str) -> dict[str, Any]:
    """A file of recorded numbers."""
    return json.loads((DATA / f"{name}.json").read_text(encoding="utf-8"))
