"""The shipped networks, each in a few numbers.

Calculating all of them takes seconds. Their numbers are noted in `listing.json`, with a digest of each file: what is
noted of a file that has changed since is not used, but calculated anew. `docs/generate.py` writes the notes.
"""

from __future__ import annotations

import json
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from cnncalc.record import Record
from cnncalc.result import Quantity
from cnncalc.shape import Shape, elements
from cnncalc.spec import shipped

NOTES = Path(__file__).with_suffix(".json")


class Listed(Record):
    """A shipped network: what it is, and its totals."""

    name: str
    about: tuple[tuple[str, str], ...]
    inputs: tuple[tuple[str, Shape], ...]
    parameters: Quantity
    macs: Quantity
    receptive_field: tuple[int, ...] | None
    sees_all: bool
    """Whether a place of the last map sees the whole input, as it does behind a gate or an attention."""


def listed(names: list[str]) -> list[Listed]:
    """The networks of these names, in their order."""
    notes = json.loads(NOTES.read_bytes())
    return [_noted(name, notes) or calculated(name) for name in names]


def calculated(name: str) -> Listed:
    """The network of this name, analysed."""
    from cnncalc.engine.walk import analyze
    from cnncalc.spec.load import load

    result = analyze(load(shipped.find(name) or name))
    totals = result.totals
    last = next((layer for layer in reversed(result.layers) if layer.geometry and _is_map(layer.output_shape)), None)
    return Listed(
        name,
        result.about,
        result.inputs,
        totals["parameters"],
        totals["macs"],
        result.receptive_field,
        last is not None and last.sees_all,
    )


def _is_map(shape: Shape | None) -> bool:
    """Whether it has places to tell apart."""
    return shape is not None and elements(shape[1:]) > 1


def notes() -> str:
    """What is to be noted of all shipped networks: a line for each."""
    files: dict[str, dict[str, Any]] = {}
    for name in shipped.names():
        if path := shipped.file_of(name):
            noted = files.setdefault(path.name, {"sha256": _digest(path), "networks": {}})
            noted["networks"][name] = dict(zip(Listed._fields[1:], calculated(name)._values()[1:], strict=True))
    lines = [
        f"  {json.dumps(file)}: {{\n   "
        + f'"sha256": "{noted["sha256"]}",\n   "networks": {{\n'
        + ",\n".join(f"    {json.dumps(name)}: {json.dumps(one)}" for name, one in noted["networks"].items())
        + "\n   }\n  }"
        for file, noted in files.items()
    ]
    return "{\n" + ",\n".join(lines) + "\n}\n"


def _noted(name: str, notes: dict[str, Any]) -> Listed | None:
    """The network as it is noted; None where its file is another by now."""
    path = shipped.file_of(name)
    noted = notes.get(path.name) if path is not None else None
    if path is None or noted is None or noted["sha256"] != _digest(path) or name not in noted["networks"]:
        return None
    one = noted["networks"][name]
    field = one["receptive_field"]
    return Listed(
        name,
        tuple((key, text) for key, text in one["about"]),
        tuple((source, tuple(shape)) for source, shape in one["inputs"]),
        Quantity(*one["parameters"]),
        Quantity(*one["macs"]),
        None if field is None else tuple(field),
        one["sees_all"],
    )


@cache
def _digest(path: Path) -> str:
    return sha256(path.read_bytes()).hexdigest()
