"""Numbers recorded from real frameworks and papers (`tests/data`), and where the shipped specs stand."""

import json
from functools import cache
from pathlib import Path
from typing import Any

from cnncalc.spec import shipped

DATA = Path(__file__).parent / "data"
SPECS = Path(__file__).parent.parent / "specs"


def spec(name: str) -> str:
    """What `load` takes for the shipped network of this name: a file, or a variant of a family's file."""
    found = shipped.find(name)
    assert found is not None
    return found


@cache
def recorded(name: str) -> dict[str, Any]:
    """A file of recorded numbers."""
    return json.loads((DATA / f"{name}.json").read_text(encoding="utf-8"))
