"""What `import cnncalc` offers: load, loads, parse, analyze."""

from __future__ import annotations

from collections.abc import Mapping
from os import PathLike
from typing import Any

from cnncalc.engine.walk import analyze
from cnncalc.result import Result
from cnncalc.source import Source
from cnncalc.spec.build import build
from cnncalc.spec.mapping import from_mapping
from cnncalc.spec.network import Network, SpecError
from cnncalc.spec.read import decode, parse_text, read_bytes

__all__ = ["Network", "Result", "SpecError", "analyze", "load", "loads", "parse"]


def load(path: str | PathLike[str]) -> Network:
    """The network of a spec file, YAML or (`.json`) JSON; `-` reads standard input.

    Raises:
        OSError: the file cannot be read.
        SpecError: something is wrong in it; `.problems` says what and where, `.network` is the readable part.
    """
    name = str(path)
    data, findings = read_bytes(name)
    if data is None:
        return build(None, Source(name, ""), findings)
    source, found = decode(data, "<stdin>" if name == "-" else name)
    findings = [*findings, *found]
    if source is None:
        return build(None, Source(name, ""), findings)
    return _from_source(source, findings, is_json=name.endswith(".json"))


def loads(text: str, *, name: str = "<text>") -> Network:
    """The network of a spec's text (YAML, of which JSON is a part).

    Raises:
        SpecError: something is wrong in it.
    """
    return _from_source(Source(name, text), [], is_json=False)


def _from_source(source: Source, findings: list[Any], *, is_json: bool) -> Network:
    tree, found = parse_text(source, is_json=is_json)
    return build(tree, source, [*findings, *found])


def parse(mapping: Mapping[str, Any]) -> Network:
    """The network of a spec that is already a mapping; its problems have no places.

    Raises:
        SpecError: something is wrong in it.
    """
    tree, findings = from_mapping(mapping)
    return build(tree, None, findings)
