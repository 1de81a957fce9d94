"""A network as a flat spec: every layer written out, with no variables, blocks or repetition left.

Read again it is the same network, and written again it is the same text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from cnncalc.spec.fields import OF_EVERY_LAYER
from cnncalc.spec.inputs import SOLE
from cnncalc.spec.network import Layer, Network
from cnncalc.spec.scalars import read_plain

_PLAIN = re.compile(r"[^\W\d][\w./+-]*(?: [\w./+-]+)*")
_ESCAPED = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t"}
PASSES = 3


def spec_of(network: Network) -> dict[str, Any]:
    """The flat spec as a mapping, as JSON has it."""
    inputs = dict(network.inputs)
    made: dict[str, Any] = {"name": network.name} if network.name else {}
    alone = next(iter(inputs.values())) if list(inputs) == [SOLE] else None
    made["input"] = list(alone) if alone else {name: list(shape or ()) for name, shape in inputs.items()}
    if network.semantics != "torch":
        made["semantics"] = network.semantics
    made["layers"] = list(_layers(network))
    used = {source.name for layer in network.layers for source in layer.sources if source is not None}
    if [str(one) for one in network.outputs] != [layer.name for layer in network.layers if layer.name not in used]:
        made["outputs"] = [str(one) for one in network.outputs]
    for key in ("about", "expect"):
        if network.written.get(key):
            made[key] = network.written[key]
    return _escaped(made)  # type: ignore[no-any-return]


def text_of(network: Network) -> str:
    """The flat spec as YAML: a line for each layer."""
    lines = []
    for key, value in spec_of(network).items():
        if key == "layers":
            lines += ["layers:", *(f"- {_entry(entry)}" for entry in value)]
        elif key == "about":
            lines += ["about:", *(f"  {_text(name)}: {flow(one)}" for name, one in value.items())]
        else:
            lines.append(f"{key}: {flow(value)}")
    return "\n".join(lines) + "\n"


def _layers(network: Network) -> Iterator[Any]:
    """Every layer as an entry: its name where it is not the one it would get, `from` where it is not the one above."""
    named = _named(network)
    above = next(iter(dict(network.inputs))) if len(network.inputs) == 1 else ""
    for layer in network.layers:
        fields: dict[str, Any] = {"name": layer.name} if layer.name in named else {}
        sources = [str(source) for source in layer.sources if source is not None]
        if sources != [above]:
            fields["from"] = sources[0] if len(sources) == 1 else sources
        fields |= {key: value for key, value in layer.fields.items() if key not in OF_EVERY_LAYER}
        if layer.weights_of is not None:
            fields["weights_of"] = layer.weights_of
        if not layer.trainable:
            fields["trainable"] = False
        own = getattr(layer.kind, "semantics", network.semantics)
        if own != network.semantics:
            fields["semantics"] = own
        above = layer.name
        yield {layer.kind_name: fields} if fields else layer.kind_name


def _named(network: Network) -> set[str]:
    """The layers whose names must be written: those that would get another one when read again."""
    named: set[str] = set()
    for _pass in range(PASSES):
        wrong = {layer.name for layer, given in _numbered(network, named) if layer.name not in named | {given}}
        if not wrong:
            return named
        named |= wrong
    return {layer.name for layer in network.layers}


def _numbered(network: Network, named: set[str]) -> Iterator[tuple[Layer, str]]:
    """Each layer with the name that it gets when it has none, if these have one."""
    counters: dict[str, int] = {}
    taken = {*dict(network.inputs), *named}
    for layer in network.layers:
        kind = layer.kind_name
        given = ""
        while layer.name not in named and (not given or given in taken):
            counters[kind] = counters.get(kind, 0) + 1
            given = f"{kind}_{counters[kind]}"
        taken.add(given or layer.name)
        yield layer, given


def _entry(entry: Any) -> str:
    if isinstance(entry, str):
        return _text(entry)
    ((kind, fields),) = entry.items()
    return f"{_text(kind)}: {flow(fields)}"


def flow(value: Any) -> str:
    """A value in one line."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_text(key)}: {flow(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(flow, value)) + "]"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return _text(value)
    return "null" if value is None else repr(value)


def _text(text: str) -> str:
    """A text, in quotes where it would be read as something else."""
    if _PLAIN.fullmatch(text) and text.isascii() and read_plain(text) == (text, None):
        return text
    return '"' + "".join(map(_sign, text)) + '"'


def _sign(sign: str) -> str:
    if sign in _ESCAPED:
        return _ESCAPED[sign]
    if sign.isprintable():
        return sign
    return f"\\u{ord(sign):04x}" if ord(sign) < 0x10000 else f"\\U{ord(sign):08x}"


def _escaped(value: Any) -> Any:
    """The value with every dollar sign doubled: read again it is one."""
    if isinstance(value, str):
        return str(value).replace("$", "$$")
    if isinstance(value, Mapping):
        return {key: _escaped(inner) for key, inner in value.items()}
    return [_escaped(inner) for inner in value] if isinstance(value, list | tuple) else value
