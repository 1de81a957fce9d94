"""Reading a spec from a file, a text or a mapping."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from functools import lru_cache
from os import PathLike, fspath
from typing import Any

from cnncalc.kinds._contract import SEMANTICS
from cnncalc.language import _
from cnncalc.problem import Finding
from cnncalc.record import changed
from cnncalc.source import Source
from cnncalc.spec.build import build
from cnncalc.spec.mapping import from_mapping
from cnncalc.spec.network import Network, SpecError
from cnncalc.spec.read import decode, parse_text, read_bytes
from cnncalc.spec.values import NO_VARIABLES
from cnncalc.spec.variables import Choice, choices


def load(
    path: str | PathLike[str],
    *,
    name: str | None = None,
    variant: str | None = None,
    variables: Mapping[str, Any] | None = None,
    semantics: str | None = None,
) -> Network:
    """The network of a spec file, YAML or (`.json`) JSON; `-` reads standard input.

    `resnet.yaml@resnet50`, or `variant`, chooses one of a family; `variables` replace values of the file's `vars`, as
    in `{"width": 0.5}`; `semantics` says whose rules hold where frameworks differ. `name` is what messages call the
    file; the path itself when left out.

    Raises:
        OSError: the file cannot be read.
        SpecError: something is wrong in it; `.problems` says what and where, `.network` is the readable part.
    """
    file = fspath(path)
    if variant is None:
        file, variant = apart(file)
    shown = "<stdin>" if file == "-" else name or fspath(path)
    chosen, findings = _choice(variant, variables, semantics)
    data, found = read_bytes(file)
    findings += found
    if data is None:
        return build(None, Source(shown, ""), findings)
    return _from_bytes(data, shown, findings, chosen, is_json=file.endswith(".json"))


def family(
    path: str | PathLike[str],
    *,
    name: str | None = None,
    variant: str | None = None,
    variables: Mapping[str, Any] | None = None,
) -> Iterator[Network]:
    """Every network of a spec file, read once: of a family each variant, or the one that is named.

    `variables` replace values of the file's `vars`. What is wrong with a network stands in its `problems`.

    Raises:
        OSError: the file cannot be read.
    """
    file = fspath(path)
    shown = "<stdin>" if file == "-" else name or file
    data, findings = read_bytes(file)
    source, found = (None, []) if data is None else decode(data, shown)
    chosen, wrong = _choice(variant, variables, None)
    findings += [*wrong, *found]
    tree = None
    if source is not None and not found:
        tree, more = parse_text(source, is_json=file.endswith(".json"))
        findings += more
    variants = choices(tree) if isinstance(tree, dict) and variant is None else ()
    for one in variants or (variant,):
        yield _readable(tree, source or Source(shown, ""), findings, changed(chosen, variant=one))


def _readable(tree: Any, source: Source, findings: list[Finding], chosen: Choice) -> Network:
    try:
        return build(tree, source, findings, chosen)
    except SpecError as error:
        return error.network


def load_bytes(
    data: bytes, name: str, *, variant: str | None = None, variables: Mapping[str, Any] | None = None
) -> Network:
    """The network of a spec's bytes; a name that ends in `.json` means JSON, also before the `@` of a variant.

    Raises:
        SpecError: something is wrong in it.
    """
    chosen, findings = _choice(variant, variables, None)
    file = name.removesuffix(f"@{variant}")
    return _from_bytes(data, name, findings, chosen, is_json=file.endswith(".json"))


def _from_bytes(data: bytes, shown: str, findings: list[Finding], chosen: Choice, *, is_json: bool) -> Network:
    source, found = decode(data, shown)
    findings = [*findings, *found]
    if source is None or found:
        return build(None, source or Source(shown, ""), findings)
    return _from_source(source, findings, chosen, is_json=is_json)


def apart(path: str) -> tuple[str, str | None]:
    """The file and the variant of `file@variant`; a file that has such a name itself comes first."""
    file, sign, variant = path.rpartition("@")
    if not sign or not file or os.path.lexists(path) or not os.path.lexists(file):
        return path, None
    return file, variant


def loads(
    text: str,
    *,
    name: str = "<text>",
    variant: str | None = None,
    variables: Mapping[str, Any] | None = None,
    semantics: str | None = None,
) -> Network:
    """The network of a spec's text (YAML, of which JSON is a part).

    Raises:
        SpecError: something is wrong in it.
    """
    chosen, findings = _choice(variant, variables, semantics)
    return _from_source(Source(name, text), findings, chosen, is_json=False)


def as_written(network: Network) -> Network:
    """The same network, read again under the rules that its file names, whatever else was decided."""
    if network.source is None:
        return network
    try:
        return _from_source(network.source, [], changed(network.choice, semantics=None), is_json=False)
    except SpecError as error:
        return error.network


def _from_source(source: Source, findings: list[Finding], chosen: Choice, *, is_json: bool) -> Network:
    tree = None if chosen.variant is None else _sound(source.text, is_json)
    found: list[Finding] = []
    if tree is None:
        tree, found = parse_text(source, is_json=is_json)
    return build(tree, source, [*findings, *found], chosen)


@lru_cache(maxsize=2)  # old and new
def _sound(text: str, is_json: bool) -> Any:
    """The tree of a text in which nothing is wrong, else None: a family is read once for many of its variants."""
    tree, found = parse_text(Source("", text), is_json=is_json)
    return None if found else tree


def variants(network: Network) -> tuple[str, ...]:
    """The names of the variants in the file that a network comes from; none where the file cannot be read."""
    source = network.source
    tree = None if source is None else _sound(source.text, source.name.endswith(".json"))
    return choices(tree) if isinstance(tree, dict) else ()


def _choice(
    variant: str | None, variables: Mapping[str, Any] | None, semantics: str | None
) -> tuple[Choice, list[Finding]]:
    """What was decided, and what is wrong with it.

    Raises:
        ValueError: there are no such semantics.
    """
    if semantics is not None and semantics not in SEMANTICS:
        raise ValueError(_("semantics is one of {names}").format(names=", ".join(SEMANTICS)))
    if not variables:
        return Choice(variant, NO_VARIABLES, semantics), []
    values, findings = from_mapping(variables)
    return Choice(variant, values if isinstance(values, dict) else NO_VARIABLES, semantics), findings


def parse(
    mapping: Mapping[str, Any],
    *,
    variant: str | None = None,
    variables: Mapping[str, Any] | None = None,
    semantics: str | None = None,
) -> Network:
    """The network of a spec that is already a mapping; its problems have no places.

    Raises:
        SpecError: something is wrong in it.
    """
    tree, findings = from_mapping(mapping)
    chosen, found = _choice(variant, variables, semantics)
    return build(tree, None, [*findings, *found], chosen)
