"""`blocks:` of a spec: lists of layers with a name, arguments and defaults, to be used like a kind.

blocks:
  basic:
    args: [channels, stride: 1]        # channels has no default, so it must be given
    layers:
    - conv2d: {out_channels: $channels, kernel_size: 3, stride: $stride, padding: 1}
  head: [flatten, softmax]             # without arguments the list alone is enough
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from cnncalc.harmless import harmless
from cnncalc.kinds import find
from cnncalc.language import _
from cnncalc.problem import Report
from cnncalc.record import Record
from cnncalc.source import Place, key_place, value_place
from cnncalc.spec.describe import describe
from cnncalc.spec.language_problems import (
    BlockHasKindsName,
    MissingArgument,
    NotAVariable,
    RecursiveBlock,
    UnknownArgument,
)
from cnncalc.spec.problems import MissingField, UnknownField, WrongValue
from cnncalc.spec.values import UNKNOWN, Scope, resolved
from cnncalc.spec.variables import is_name
from cnncalc.suggest import nearest

OWN_KEYS = ("args", "layers")


class Argument(Record):
    """One argument of a block; `required` when it has no default."""

    name: str
    required: bool
    default: Any = None
    place: Place | None = None


class Block(Record):
    """A named list of layers. `sound` is false when it cannot be put in: it uses itself, or is no block at all."""

    name: str
    arguments: tuple[Argument, ...]
    layers: list[Any]
    sound: bool = True


def read(written: Any, report: Report) -> dict[str, Block]:
    """Every block by its name."""
    blocks: dict[str, Block] = {}
    for name, body in written.items() if isinstance(written, dict) else ():
        if name in ("parallel", "layers", "repeat") or find(name) is not None:
            report(BlockHasKindsName(harmless(name, 60)), key_place(written, name))
            continue
        if isinstance(body, list):
            blocks[name] = Block(name, (), body)
            continue
        layers = body.get("layers") if isinstance(body, dict) else None
        if not isinstance(body, dict):
            wanted = _("a list of layers, or {args: […], layers: […]}")
            report(WrongValue(harmless(name, 60), describe(body), wanted), value_place(written, name))
        elif not isinstance(layers, list):
            if "layers" in body:
                report(WrongValue("layers", describe(layers), _("a list of layers")), value_place(body, "layers"))
            else:
                report(
                    MissingField(harmless(name, 60), "layers", _("the layers of the block")), key_place(written, name)
                )
        for key in body if isinstance(body, dict) else ():
            if key not in OWN_KEYS:
                near = tuple(nearest(key, OWN_KEYS))
                report(UnknownField(harmless(name, 60), harmless(key, 60), near, OWN_KEYS), key_place(body, key))
        arguments = tuple(_arguments(body, report)) if isinstance(body, dict) else ()
        sound = isinstance(layers, list)
        blocks[name] = Block(name, arguments, layers if isinstance(layers, list) else [], sound)
    told: set[str] = set()
    for name in _circular(blocks):
        cycle = () if name in told else _cycle(name, blocks)
        if cycle:
            told.update(cycle)
            report(RecursiveBlock(tuple(harmless(one, 60) for one in cycle)), key_place(written, name))
        blocks[name] = Block(name, blocks[name].arguments, blocks[name].layers, False)
    return blocks


def _arguments(body: dict[str, Any], report: Report) -> Iterator[Argument]:
    """The arguments: a name, or name and default."""
    written = body.get("args")
    if written is None:
        return
    found: list[tuple[str, Any, bool, Place | None, Place | None]] = []
    for index, item in enumerate(written) if isinstance(written, list) else [(-1, written)]:
        place = value_place(written, index) if index >= 0 else value_place(body, "args")
        if isinstance(item, str):
            found.append((item, None, True, place, None))
        elif isinstance(item, dict):
            found += [(key, value, False, key_place(item, key), value_place(item, key)) for key, value in item.items()]
        else:
            wanted = _("a list of names, those with a default as `name: value`")
            report(WrongValue("args", describe(item), wanted), place)
    names: set[str] = set()
    for name, default, required, at, value_at in found:
        if not is_name(name) or name in names:
            report(NotAVariable(describe(name)), at)
            continue
        names.add(name)
        yield Argument(name, required, default, value_at)


def _circular(blocks: Mapping[str, Block]) -> list[str]:
    """The blocks that lead into a circle: those that are left when all are taken away that need no other one."""
    waiting = {name: set(uses(block.layers, blocks)) for name, block in blocks.items()}
    users: dict[str, list[str]] = {name: [] for name in blocks}
    for name, used in waiting.items():
        for one in used:
            users[one].append(name)
    free = [name for name, used in waiting.items() if not used]
    while free:
        done = free.pop()
        del waiting[done]
        for name in users[done]:
            waiting[name].discard(done)
            if not waiting[name]:
                free.append(name)
    return list(waiting)[:100]


def _cycle(start: str, blocks: Mapping[str, Block]) -> tuple[str, ...]:
    """The way from a block back to itself; empty when there is none."""
    came: dict[str, str] = {}
    waiting = [start]
    while waiting:
        at = waiting.pop()
        for used in uses(blocks[at].layers, blocks):
            if used == start:
                path = [at]
                while path[-1] != start:
                    path.append(came[path[-1]])
                return (*path[::-1], start)
            if used not in came:
                came[used] = at
                waiting.append(used)
    return ()


def uses(layers: Any, blocks: Mapping[str, Block]) -> Iterator[str]:
    """The names of the blocks that a list of layers uses, at any depth; fields and arguments may be called alike."""
    waiting = [layers]
    while waiting:
        entries = waiting.pop()
        for entry in entries if isinstance(entries, list) else ():
            parts = {entry: None} if isinstance(entry, str) else entry if isinstance(entry, dict) else {}
            yield from (kind for kind in parts if kind in blocks)
            waiting.append(parts.get("layers"))
            for fields in parts.values():
                if isinstance(fields, dict) and isinstance(paths := fields.get("paths"), list):
                    waiting.extend(paths)


def bound(
    block: Block, given: Mapping[str, Any], others: tuple[str, ...], scope: Scope, at: Place | None, report: Report
) -> Scope | None:
    """What names stand for inside a block that is used with these values; None, and reported, when one is missing.

    `given` are the fields of the use, with no variables left in them; `others` are fields that are no arguments.
    """
    names = tuple(argument.name for argument in block.arguments)
    sound = True
    missing = {argument.name for argument in block.arguments if argument.required and argument.name not in given}
    for key in given:
        if key not in names and key not in others:
            near = tuple(nearest(key, [*names, *others]))
            missing.discard(near[0] if near else "")  # it is there under another name
            report(UnknownArgument(harmless(block.name, 60), harmless(key, 60), near, names), key_place(given, key))
    inside = dict(scope)
    for argument in block.arguments:
        if argument.name in given:
            value = given[argument.name]
        elif argument.required:
            if argument.name in missing:
                report(MissingArgument(harmless(block.name, 60), argument.name), at)
            value, sound = UNKNOWN, False
        else:
            value = resolved(argument.default, inside, argument.place, report)
        inside[argument.name] = value
    return inside if sound else None
