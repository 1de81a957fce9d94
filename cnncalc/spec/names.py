"""Names and connections: what a layer is called, and what the names in its `from` mean."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import chain
from typing import Any

from cnncalc.harmless import harmless
from cnncalc.language import _
from cnncalc.problem import Mark, Problem
from cnncalc.source import Place, value_place
from cnncalc.spec.describe import describe
from cnncalc.spec.expansion import LONGEST_NAME, Expansion, Passed, Sources, Space
from cnncalc.spec.network import Reference
from cnncalc.spec.problems import (
    AmbiguousInput,
    DuplicateName,
    LaterSource,
    NoSuchOutput,
    NotAName,
    UnknownSource,
    WrongValue,
)
from cnncalc.spec.values import resolved
from cnncalc.suggest import nearest

MOST_SEARCHED = 200_000
"""So many layers are gone through in one spec to show cycles; a later name remains wrong without its cycle."""

_NUMBER = re.compile(r"0|[1-9][0-9]{0,4}")

INPUT = "input"
"""Inside a block, what feeds the block."""


def own_name(fields: Mapping[str, Any], kind_name: str, at: Place | None, state: Expansion) -> str:
    """What a layer or a block is called in full; taken from now on."""
    name = _own_name(fields, kind_name, at, state)
    if state.naming:
        written = fields.get("from")
        every = written if isinstance(written, list) else [written]
        texts = (one.removesuffix(":0") for one in every if isinstance(one, str))
        state.wanted[name] = tuple(full for text in texts for full in _readings(text, state))
    return name


def _own_name(fields: Mapping[str, Any], kind_name: str, at: Place | None, state: Expansion) -> str:
    written = fields.get("name")
    place = value_place(fields, "name") or at
    if written is None:
        return numbered(kind_name, state)
    full = f"{state.context.space.prefix}{written}"
    if not isinstance(written, str) or not written or ":" in written or len(full) > LONGEST_NAME:
        state.report(NotAName(describe(written)), place)
        return numbered(kind_name, state)
    if full in state.taken:
        first = state.taken[full]
        mark = None if first is None else Mark(first, _("first used here"))
        state.report(DuplicateName(harmless(full, 60), first is not None and first == place), place, mark=mark)
        return numbered(kind_name, state)
    state.taken[full] = place
    return full


def numbered(kind_name: str, state: Expansion) -> str:
    """The next free `kind_1`, `kind_2` … of the place."""
    space = state.context.space
    while True:
        space.counters[kind_name] = number = space.counters.get(kind_name, 0) + 1
        own = f"{kind_name}_{number}"
        name = space.prefix + own
        if name not in state.taken and own not in space.reserved:
            state.taken[name] = None
            return name


def sources(fields: Mapping[str, Any], name: str, at: Place | None, feeding: Sources, state: Expansion) -> Sources:
    """What feeds a layer: the layer above it, or what its `from` names."""
    if state.naming:
        return (None,)
    if "from" not in fields:
        if not state.layers and len(state.inputs) > 1 and feeding == (None,):
            state.report(AmbiguousInput(state.inputs), at, name)
        return feeding
    written = fields["from"]
    place = value_place(fields, "from") or at
    if isinstance(written, str):
        return meant(written, name, place, state)
    if not isinstance(written, list) or not written or not all(isinstance(one, str) for one in written):
        wanted = _("the name of a layer above, or a list of names")
        state.report(WrongValue("from", describe(written), wanted), place, name)
        return (None,)
    found: list[Reference | None] = []
    for index, one in enumerate(written):
        reached = meant(one, name, value_place(written, index) or place, state)
        if len(reached) > 1 and state.spend(len(reached), place):
            break
        found += reached
    return tuple(found)


def leave_out(fields: Mapping[str, Any], feeding: Sources, state: Expansion) -> None:
    """Let the name of an entry that is left out stand for what would have come in; another may still take the name.

    What is wrong with the entry is not said: it is not there.
    """
    name, written = (resolved(fields.get(key), state.context.scope, None, _unsaid) for key in ("name", "from"))
    if not isinstance(name, str):
        return
    if isinstance(written, str):
        known = _known(written, "", state)
        if known is None or known[1] >= len(known[0]):
            return
        feeding = known[0][known[1] : known[1] + 1]
    if written is None or isinstance(written, str):  # of several inputs none stands for all
        state.passed[f"{state.context.space.prefix}{name}"] = feeding


def left_out(written: str, state: Expansion) -> bool:
    """Whether a name is that of an entry which is left out."""
    return any(full in state.passed for full in _readings(written, state))


def _unsaid(problem: Problem, place: Place | None) -> None:
    """A problem that nobody needs to hear of."""


def meant(written: str, asking: str, place: Place | None, state: Expansion) -> Sources:
    """What a name in `from` means; None, and reported, when it means nothing above."""
    known = _known(written, asking, state)
    if known is not None:
        outputs, number = known
        if number < len(outputs):
            return (outputs[number],)
        state.report(NoSuchOutput(harmless(split(written)[0], 60), number, len(outputs)), place, asking)
        return (None,)
    name = split(written)[0]
    wanted = state.all_wanted()
    later = next((full for full, _space in _places(name, written, state) if full == asking or full in wanted), None)
    if later is not None:
        state.report(LaterSource(harmless(later, 60), _cycle(asking, later, state)), place, asking)
    else:
        key = f"{state.context.space.prefix}:{name}"
        if key not in state.unknown_sources:
            prefix = state.context.space.prefix
            near = nearest(name, chain(state.inputs, (one.removeprefix(prefix) for one in wanted)))
            state.unknown_sources[key] = UnknownSource(harmless(name, 60), tuple(harmless(n, 60) for n in near))
        state.report(state.unknown_sources[key], place, asking)
    return (None,)


def split(written: str) -> tuple[str, int | None]:
    """The name and the number of the output: `name:1`; without a number None."""
    name, colon, number = written.rpartition(":")
    if colon and _NUMBER.fullmatch(number):
        return name, int(number)
    return written, None


def _known(written: str, asking: str, state: Expansion) -> tuple[Sources, int] | None:
    """What a name stands for, and which output of it is meant: the bare name is output 0. None when it is not known."""
    name, output = split(written)
    number = output or 0
    for full, space in _places(name, written, state):
        if space.feeding is not None and name == INPUT:
            return space.feeding, number
        if full in state.meant:
            return state.meant[full], number
        if full in state.taken and full != asking and full not in state.opened:
            return ((Reference(full, number),), 0) if full in state.several else ((Reference(full),), number)
        if full in state.passed:
            return state.passed[full], number
    return None


def _places(name: str, written: str, state: Expansion) -> Iterator[tuple[str, Space]]:
    """What a name may be in full, with the names it is among: first here, then further and further out."""
    space: Space | None = written.space if isinstance(written, Passed) else state.context.space
    while space is not None:
        yield space.prefix + name, space
        space = space.outer


def _readings(name: str, state: Expansion) -> list[str]:
    return [full for full, _space in _places(split(name)[0], name, state)]


def _cycle(asking: str, name: str, state: Expansion) -> tuple[str, ...]:
    """The way from `name` back to `asking` along `from`, if there is one; shortened in the middle."""
    came: dict[str, str] = {name: ""}
    waiting = [name]
    while waiting and state.searched < MOST_SEARCHED:
        at = waiting.pop()
        state.searched += 1
        if at == asking:
            path = [at]
            while came[path[-1]]:
                path.append(came[path[-1]])
            names = [harmless(one, 60) for one in (*path, asking)]
            return tuple(names if len(names) <= 10 else [*names[:5], "…", *names[-4:]])
        for source in state.all_wanted().get(at, ()):
            if source not in came:
                came[source] = at
                waiting.append(source)
    return ()
