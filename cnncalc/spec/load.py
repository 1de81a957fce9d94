"""Reading a spec from a file, a text or a mapping."""

from __future__ import annotations

from collections.abc import Mapping
from os import PathLike, fspath
from typing import Any

from cnncalc.problem import Finding
from cnncalc.source import Source
from cnncalc.spec.build import build
from cnncalc.spec.mapping import from_mapping
from cnncalc.spec.network import Network
from cnncalc.spec.read import decode, parse_text, read_bytes


def load(path: str | PathLike[str], *, name: str | None = None) -> Network:
    """The network of a spec file, YAML or (`.json`) JSON; `-` reads standard input.

    `name` is what messages call the file; the path itself when left out.

    Raises:
        OSError: the file cannot be read.
        SpecError: something is wrong in it; `.problems` says what and where, `.network` is the readable part.
    """
    file = fspath(path)
    shown = "<stdin>" if file == "-" else name or file
    data, findings = read_bytes(file)
    if data is None:
        return build(None, Source(shown, ""), findings)
    return _from_bytes(data, shown, findings, is_json=file.endswith(".json"))


def load_bytes(data: bytes, name: str) -> Network:
    """The network of a spec's bytes; a name that ends in `.json` means JSON.

    Raises:
        SpecError: something is wrong in it.
    """
    return _from_bytes(data, name, [], is_json=name.endswith(".json"))


def _from_bytes(data: bytes, shown: str, findings: list[Finding], *, is_json: bool) -> Network:
    source, found = decode(data, shown)
    findings = [*findings, *found]
    if source is None or found:
        return build(None, source or Source(shown, ""), findings)
    return _from_source(source, findings, is_json=is_json)


def loads(text: str, *, name: str = "<text>") -> Network:
    """The network of a spec's text (YAML, of which JSON is a part).

    Raises:
        SpecError: something is wrong in it.
    """
    return _from_source(Source(name, text), [], is_json=False)


def _from_source(source: Source, findings: list[Finding], *, is_json: bool) -> Network:
    tree, found = parse_text(source, is_json=is_json)
    return build(tree, source, [*findings, *found])


def parse(mapping: Mapping[str, Any]) -> Network:
    """The network of a spec that is already a mapping; its problems have no places.

    Raises:
        SpecError: something is wrong in it.
    """
    tree, findings = from_mapping(mapping)
    return build(tree, None, findings)
