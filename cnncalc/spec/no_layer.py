"""What was probably meant by an entry among the layers that is none: what to write instead.

A template is made of real kinds and blocks only, and of fields that the kind accepts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

from pydantic import ValidationError

from cnncalc.harmless import harmless
from cnncalc.kinds import find
from cnncalc.kinds._contract import Kind
from cnncalc.language import _
from cnncalc.problem import Problem
from cnncalc.source import Place
from cnncalc.spec.blocks import Block
from cnncalc.spec.dump import flow
from cnncalc.spec.expansion import GROUP
from cnncalc.spec.model import TopLevel
from cnncalc.spec.scalars import read_plain
from cnncalc.spec.values import Scope, extent, resolved

PARALLEL = "parallel"
CONTROLS = ("repeat", "when")
"""Fields that may be mistaken for an entry, with the layers that they are about below them."""

_KIND_WORDS = frozenset({"type", "kind", "layer", "op", "module", "class", "layer_type", "class_name"})
_ASSIGNED = re.compile(r"([A-Za-z_]\w*)\s*=\s*([^\s,=]+)(?:,\s*|\Z)")
_MOST, _LONGEST = 20, 100
"""So many fields, values in a list, and characters are written once more."""

Blocks = Mapping[str, Block]


def hint_for_several(entry: Mapping[str, Any], blocks: Blocks) -> str:
    """What to write instead of an entry with several keys."""
    first, *others = entry
    said = entry[first]
    if first in CONTROLS:
        return _below(first)
    if first.lower() in _KIND_WORDS and isinstance(said, str) and _known(said, blocks):
        return _instead(_template(said, {key: entry[key] for key in others}, blocks))
    if all(_known(key, blocks) for key in entry):
        return _("begin each layer with a dash of its own: {entries}").format(
            entries=_(", ").join(f"`- {_entry(key, value)}`" for key, value in entry.items())
        )
    if _known(first, blocks) and (said is None or isinstance(said, dict)):
        fields = {**(said or {}), **{key: entry[key] for key in others}}
        return _("put the fields in braces: {entry}").format(entry=f"`- {_entry(first, fields)}`")
    return _("indent the fields further than their kind, or put them in braces behind it")


def hint_for_one(key: str, value: Any, blocks: Blocks, scope: Scope) -> str | None:
    """What to write instead of one key whose value is no mapping of a layer's fields; None where it is no kind."""
    if key in CONTROLS:
        return _below(key)
    if key == PARALLEL:
        return _instead("parallel: {merge: …, paths: [[…], […]]}")
    if _known(key, blocks):
        return _instead(_with_fields(key, value, blocks, scope))
    if isinstance(value, str) and _known(value, blocks):
        return _instead(_template(value, {}, blocks))
    if stands_beside(key, blocks):
        return _("`{key}:` stands beside `layers:`, in a line of its own, not among the layers").format(key=key)
    if isinstance(value, list) and value and all(_is_entry(item, blocks) for item in value):
        return _instead(_entry(GROUP, value))
    return "" if "$" in key else None


def stands_beside(key: str, blocks: Blocks) -> bool:
    """Whether a key belongs to the top level of a spec and to no layer."""
    return key in TopLevel.model_fields and not _known(key, blocks)


def _below(key: str) -> str:
    return _("write the layers below it: `{key}: …` and `layers: […]`").format(key=key)


def _instead(entry: str) -> str:
    return _("write `{written}`").format(written=f"- {entry}")


def _known(name: str, blocks: Blocks) -> bool:
    """Whether an entry may be called so."""
    return name in blocks or name in (PARALLEL, GROUP) or find(name) is not None


def _is_entry(item: Any, blocks: Blocks) -> bool:
    """Whether an item of a list looks like an entry of the layers."""
    names = [item] if isinstance(item, str) else list(item) if isinstance(item, dict) else []
    return bool(names) and all(_known(name, blocks) for name in names)


def _entry(kind: str, fields: Any) -> str:
    """A kind with its fields as they are written in one line."""
    if not fields:
        return harmless(kind, 60)
    if isinstance(fields, dict):
        return _with(kind, [f"{harmless(key, 40)}: {_brief(value)}" for key, value in islice(fields.items(), _MOST)])
    return f"{harmless(kind, 60)}: {_brief(fields)}"


def _template(kind: str, fields: Mapping[str, Any], blocks: Blocks) -> str:
    """A kind with these fields, and with those that it needs beside them."""
    missing = [f"{harmless(name, 40)}: …" for name in _needed(kind, blocks) if name not in fields]
    given = [f"{harmless(key, 40)}: {_brief(value)}" for key, value in islice(fields.items(), _MOST)]
    return _with(kind, given + missing)


def _with(kind: str, fields: list[str]) -> str:
    return f"{harmless(kind, 60)}: {{{', '.join(fields)}}}" if fields else harmless(kind, 60)


def _brief(value: Any) -> str:
    """A value in one line; dots for a large one."""
    if _is_large(value):
        return "…"
    return harmless(flow(value), _MOST * _LONGEST)


def _is_large(value: Any) -> bool:
    """Whether a value is too large to be written once more."""
    if extent(value, _MOST) > _MOST:
        return True
    inside = list(value.values()) if isinstance(value, dict) else value if isinstance(value, list) else []
    return any(map(_is_large, inside)) or (isinstance(value, str) and len(value) > _LONGEST)


def _needed(kind: str, blocks: Blocks) -> list[str]:
    """The fields without which the kind or the block is not complete."""
    if kind in blocks:
        return [argument.name for argument in blocks[kind].arguments if argument.required]
    model = find(kind)
    return [name for name, field in model.model_fields.items() if field.is_required()] if model else []


def _with_fields(kind: str, value: Any, blocks: Blocks, scope: Scope) -> str:
    """The kind with the fields that a bare value was meant for; a template where they cannot be told."""
    model = find(kind)
    if _is_large(value):
        return _template(kind, {}, blocks)
    for fields in _fields(kind, model, value, blocks):
        if _accepted(model, resolved(fields, scope, None, _unsaid)):
            return _entry(kind, fields)
    if model is not None and model.arity[1] != 1 and isinstance(value, list) and value:
        return _entry(kind, {"from": value})
    return _template(kind, {}, blocks)


def _fields(kind: str, model: type[Kind] | None, value: Any, blocks: Blocks) -> Iterator[dict[str, Any]]:
    """The fields that a bare value may be meant for: those that are needed, else those of a call, else the first."""
    if isinstance(value, str) and _ASSIGNED.sub("", value) == "":
        yield {name: read_plain(written)[0] for name, written in _ASSIGNED.findall(value)}
    needed = _needed(kind, blocks)
    if len(needed) == 1:
        yield {needed[0]: value}
    if isinstance(value, list) and len(value) == len(needed):
        yield dict(zip(needed, value, strict=True))
    arguments = [] if model is None else list(model.called.values())
    for order in arguments:
        several = value if isinstance(value, list) else [value]
        if len(several) <= len(order):
            yield dict(zip(order, several, strict=False))
    if model is not None and not needed:
        yield from ({name: value} for name in model.model_fields if name != "semantics")


def _accepted(model: type[Kind] | None, fields: Any) -> bool:
    """Whether a kind can be made of these fields; of a block it is not asked."""
    if model is None:
        return True
    try:
        model.model_validate(fields)
    except ValidationError:
        return False
    return True


def _unsaid(problem: Problem, place: Place | None) -> None:
    """A problem of what was only tried."""
