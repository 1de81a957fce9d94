"""The layers of a spec as one flat list, in order, each with its name and the names of what feeds it.

`parallel`, `repeat`, `when`, blocks and variables are taken apart here: behind this file there are plain layers only.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from cnncalc.harmless import harmless
from cnncalc.kinds._contract import SEMANTICS
from cnncalc.language import _, mark
from cnncalc.record import changed
from cnncalc.source import Place, Source, key_place, value_place
from cnncalc.spec.blocks import Block, bound
from cnncalc.spec.describe import describe
from cnncalc.spec.expansion import (
    GROUP,
    MOST_STEPS,
    MOST_USES,
    Context,
    Expansion,
    Passed,
    Sources,
    Space,
    given_names,
    used_here,
)
from cnncalc.spec.fields import OF_EVERY_ENTRY
from cnncalc.spec.language_problems import BlocksTooDeep, NotAVariable
from cnncalc.spec.layers import NO_FIELDS, layer, merged, unreadable
from cnncalc.spec.model import TopLevel
from cnncalc.spec.names import leave_out, own_name, sources
from cnncalc.spec.network import Reference
from cnncalc.spec.problems import MissingField, NotALayer, UnknownField, WrongValue
from cnncalc.spec.values import (
    NO_VARIABLES,
    UNKNOWN,
    Scope,
    copied,
    extent,
    mentioned_beside,
    resolved,
    resolved_entries,
    without,
)
from cnncalc.spec.variables import is_name
from cnncalc.suggest import nearest

MOST_NESTED = 32
"""So deep that the deepest expression still fits on Python's stack."""

_OF_A_NEST = 5
"""How many steps more it is to enter a block, a repetition or a path, which takes as long."""

LISTS = (GROUP, "paths")
"""The fields that hold layers, whose variables are replaced when their turn comes."""

Fields = Mapping[str, Any]


def expand(
    entries: list[Any],
    inputs: tuple[str, ...],
    source: Source | None,
    scope: Scope = NO_VARIABLES,
    blocks: Mapping[str, Block] | None = None,
    semantics: str | None = None,
) -> Expansion:
    """Every layer of the list, flat and connected; problems are collected in the expansion."""
    state = Expansion(entries, inputs, source, scope, blocks, semantics)
    walk(state)
    return state


def walk(state: Expansion) -> None:
    """Go through all the layers."""
    start = Reference(state.inputs[0]) if len(state.inputs) == 1 else None
    _sequence(state.entries, (start,), state)


def _sequence(entries: list[Any], feeding: Sources, state: Expansion) -> Sources:
    """A list of layers, each fed by the one above it; the last one's output."""
    for index, entry in enumerate(entries):
        place = value_place(entries, index)
        if state.spend(1, place):
            return feeding
        feeding = _entry(entry, place, feeding, state)
    return feeding


def _entry(entry: Any, place: Place | None, feeding: Sources, state: Expansion) -> Sources:
    """One entry of a list of layers: a layer, a block, a `parallel`, or a list of them under `layers`."""
    if isinstance(entry, str):
        return _named(entry, NO_FIELDS, place, feeding, state)
    if isinstance(entry, dict) and GROUP in entry:
        return _controlled(GROUP, entry, place, feeding, state)
    if not isinstance(entry, dict) or len(entry) != 1:
        from cnncalc.spec import no_layer

        hint = no_layer.hint_for_several(entry, state.blocks) if isinstance(entry, dict) and entry else ""
        state.report(NotALayer(describe(entry), hint), place)
        return unreadable(harmless(describe(entry), 40), place, feeding, state)
    (kind, fields), *_others = entry.items()
    at = key_place(entry, kind) or place
    if fields is None:
        fields = NO_FIELDS
    if not isinstance(fields, dict) or (kind in TopLevel.model_fields and kind not in state.blocks):
        from cnncalc.spec import no_layer

        meant = no_layer.hint_for_one(kind, fields, state.blocks, state.context.scope)
        if meant is None:  # no kind of this name: that is what is said
            return _named(kind, NO_FIELDS, at, feeding, state)
        state.report(NotALayer(describe(fields), meant), value_place(entry, kind) or at)
        return unreadable(kind, at, feeding, state)
    return _named(kind, fields, at, feeding, state)


def _named(kind: str, fields: Fields, at: Place | None, feeding: Sources, state: Expansion) -> Sources:
    """A layer or a block by its name, which may itself be a variable."""
    if "$" in kind:
        found = resolved(kind, state.context.scope, at, state.report)
        if not isinstance(found, str):
            if found is not UNKNOWN:
                state.report(NotALayer(describe(found), ""), at)
            return unreadable(harmless(kind, 40), at, feeding, state)
        kind = str(found)
    return _controlled(kind, fields, at, feeding, state) if fields else _built(kind, fields, at, feeding, state, fields)


def _controlled(kind: str, fields: Fields, at: Place | None, feeding: Sources, state: Expansion) -> Sources:
    """An entry as often as its `repeat` says, by default once."""
    if "repeat" not in fields:
        return _once(kind, fields, at, feeding, state)
    outer = state.context
    times = resolved(fields["repeat"], outer.scope, value_place(fields, "repeat"), state.report)
    if not _is_count(times):
        if times is not UNKNOWN:
            _refuse("repeat", times, _("a whole number from 0 up"), _is_count, fields, at, state)
        return unreadable(harmless(kind, 40), at, feeding, state)
    if times > MOST_STEPS:
        state.spend(times, value_place(fields, "repeat") or at)
        return unreadable(harmless(kind, 40), at, feeding, state)
    if not times:
        leave_out(fields, feeding, state)
        return feeding
    index = fields.get("index", "i")
    if not isinstance(index, str) or not is_name(index):
        state.report(NotAVariable(describe(index)), value_place(fields, "index") or at)
        index = "i"
    given = fields.get("name")
    block = kind in state.blocks or (kind == GROUP and given is not None)
    # Each round of a block is a block of its own, in the name of all of them: `layer2.0`, `layer2.1` …
    apart = (block or given is not None) and not _uses(given, index)
    base = ""
    if apart:
        named = copied(fields, {**fields, "name": _resolved_name(fields, state)})
        base = own_name(named, kind, at, state)
    own = base.removeprefix(outer.space.prefix)
    state.opened.add(base)
    fields = without(fields, ("repeat", "index", "name") if apart else ("repeat", "index"))
    for number in range(times):
        if apart:
            fields = copied(fields, {**fields, "name": f"{own}.{number}"})
        if number == 1:
            fields = without(fields, ("from",))
        if state.spend(1, at):
            break
        state.context = changed(outer, scope={**outer.scope, index: number}, depth=outer.depth + 1)
        feeding = _once(kind, fields, at, feeding, state)
    state.context = outer
    if base:
        state.meant[base] = feeding
    return feeding


def _uses(name: Any, index: str) -> bool:
    """Whether a name is another one in each round."""
    return isinstance(name, str) and "$" in name and re.search(rf"\b{re.escape(index)}\b", name) is not None


def _resolved_name(fields: Fields, state: Expansion) -> Any:
    """The name of an entry, its variables replaced."""
    name = resolved(fields.get("name"), state.context.scope, value_place(fields, "name"), state.report)
    return None if name is UNKNOWN else name


def _once(kind: str, fields: Fields, at: Place | None, feeding: Sources, state: Expansion) -> Sources:
    """An entry with fields: left out when its `when` is false, else with its variables replaced."""
    outer = state.context
    if "when" in fields:
        when = resolved(fields["when"], outer.scope, value_place(fields, "when"), state.report)
        if not _is_flag(when):
            if when is not UNKNOWN:
                _refuse("when", when, _("true or false, as in `$(stride > 1)`"), _is_flag, fields, at, state)
            return unreadable(harmless(kind, 40), at, feeding, state)
        if not when:
            leave_out(fields, feeding, state)
            return feeding
        fields = without(fields, ("when",))
    original = fields
    if mentioned_beside(fields, LISTS):
        made = resolved_entries(fields, outer.scope, state.report, LISTS)
        lost = [key for key, value in made.items() if value is UNKNOWN]
        fields = without(made, tuple(lost))
        if state.spend(_extent(fields), at):
            return feeding
    elif outer.depth and state.spend(_extent(fields), at):
        return feeding
    if "trainable" in fields or "semantics" in fields:
        state.context = _marked(fields, at, state, original)
    feeding = _built(kind, fields, at, feeding, state, original)
    state.context = outer
    return feeding


def _extent(fields: Fields) -> int:
    """How many values stand in lists among the fields: what a block or a variable stands for is worked on each time."""
    lists = [value for key, value in fields.items() if isinstance(value, list | dict) and key not in LISTS]
    return extent(lists, MOST_STEPS) if lists else 0


def _marked(fields: Fields, at: Place | None, state: Expansion, original: Fields) -> Context:
    """The context with what an entry says of itself and of everything in it."""
    context = state.context
    trainable, semantics = fields.get("trainable", context.trainable), fields.get("semantics", context.semantics)
    if not _is_flag(trainable):
        _refuse("trainable", trainable, _("true or false"), _is_flag, original, at, state)
        trainable = True
    if semantics is not None and semantics not in SEMANTICS:
        wanted = _("torch, keras, onnx or caffe")
        _refuse("semantics", semantics, wanted, lambda other: other in SEMANTICS, original, at, state)
        semantics = context.semantics
    return changed(context, trainable=trainable, semantics=semantics)


def _is_count(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _is_flag(value: Any) -> bool:
    return isinstance(value, bool)


def _refuse(
    key: str,
    value: Any,
    wanted: str,
    accepts: Callable[[Any], bool],
    original: Fields,
    at: Place | None,
    state: Expansion,
) -> None:
    """Report the value of a field that every entry may have."""
    from cnncalc.spec import instead

    hint = instead.hint(value, accepts, state.context.scope, original, original[key])
    state.report(WrongValue(key, describe(value), wanted, hint), value_place(original, key) or at)


def _built(
    kind: str, fields: Fields, at: Place | None, feeding: Sources, state: Expansion, original: Fields
) -> Sources:
    """What an entry stands for, built. `original` are its fields before variables were put in."""
    if kind in state.blocks:
        return _block(state.blocks[kind], fields, at, feeding, state, len(fields) == len(original))
    if kind == "parallel":
        return _nested(lambda: _parallel(fields, at, feeding, state), at, feeding, state)
    if kind == GROUP:
        return _group(fields, at, feeding, state)
    return layer(kind, fields, at, feeding, state, original)


def _nested(build: Callable[[], Sources], at: Place | None, feeding: Sources, state: Expansion) -> Sources:
    """What is built one level further in, unless that is too deep."""
    outer = state.context
    if outer.depth >= MOST_NESTED:
        state.report(BlocksTooDeep(MOST_NESTED), at)
        return unreadable("parallel", at, feeding, state)
    state.spend(_OF_A_NEST, at)
    state.context = changed(outer, depth=outer.depth + 1)
    feeding = build()
    state.context = outer
    return feeding


def _group(fields: Fields, at: Place | None, feeding: Sources, state: Expansion) -> Sources:
    """The layers of a list that stand together; with a name of its own it has names of its own."""
    layers = fields["layers"]
    for key in fields:
        if key not in (GROUP, *OF_EVERY_ENTRY):
            near = nearest(key, [GROUP, *OF_EVERY_ENTRY])
            state.report(UnknownField(GROUP, harmless(key, 60), tuple(near), (GROUP,)), key_place(fields, key))
    if not isinstance(layers, list):
        state.report(WrongValue(GROUP, describe(layers), _("a list of layers")), value_place(fields, GROUP) or at)
        return unreadable(GROUP, at, feeding, state)
    feeding = sources(fields, "", at, feeding, state)
    if fields.get("name") is None:
        return _nested(lambda: _sequence(layers, feeding, state), at, feeding, state)
    name = own_name(fields, GROUP, at, state)
    return _inside(name, layers, None, at, feeding, state.context.scope, state)


def _block(block: Block, fields: Fields, at: Place | None, feeding: Sources, state: Expansion, whole: bool) -> Sources:
    """The layers of a block, with the arguments that it is given."""
    name = own_name(fields, block.name, at, state)
    feeding = sources(fields, name, at, feeding, state)
    outer = state.context
    passed = copied(fields, {key: _passed(value, outer.space) for key, value in fields.items()})
    state.spend(len(block.arguments), at)
    scope = bound(block, passed, OF_EVERY_ENTRY, state.start.scope, at, state.report) if whole else None
    if scope is None or not block.sound:
        state.meant[name] = unreadable(block.name, at, feeding, state)
        return state.meant[name]
    return _inside(name, block.layers, feeding, at, feeding, scope, state)


def _passed(value: Any, space: Space) -> Any:
    """A value that a block is given; a text in it may name a layer, and then means it where the block is used."""
    if isinstance(value, list):
        return copied(value, [_passed(item, space) for item in value])
    return Passed(value, space) if type(value) is str else value


def _inside(
    name: str,
    layers: list[Any],
    own: Sources | None,
    at: Place | None,
    feeding: Sources,
    scope: Scope,
    state: Expansion,
) -> Sources:
    """A list of layers with names of its own; its last output, which `name` stands for."""
    outer = state.context
    state.opened.add(name)
    if id(layers) not in state.names_in:
        state.names_in[id(layers)] = given_names(layers)
    uses = outer.uses if own is None else (*used_here(at), *outer.uses)[:MOST_USES]
    space = Space(f"{name}.", outer.space, state.names_in[id(layers)], own)
    state.context = changed(outer, space=space, scope=scope, uses=uses)
    feeding = _nested(lambda: _sequence(layers, feeding, state), at, feeding, state)
    state.context = outer
    state.meant[name] = feeding
    return feeding


def _parallel(fields: Fields, at: Place | None, feeding: Sources, state: Expansion) -> Sources:
    """Several paths from one source, joined by a merging layer or not at all; an empty path passes its source on."""
    renamed = []
    for key in fields:
        if key not in ("merge", "paths", *OF_EVERY_ENTRY):
            near = nearest(key, ["merge", "paths"])
            renamed += near
            state.report(
                UnknownField("parallel", harmless(key, 60), tuple(near), ("merge", "paths")), key_place(fields, key)
            )
    for needed, description in (
        ("merge", mark("how the paths are joined")),
        ("paths", mark("a list of lists of layers")),
    ):
        if needed not in fields:
            if needed not in renamed:
                state.report(MissingField("parallel", needed, description), at)
            return unreadable("parallel", at, feeding, state)
    paths = fields["paths"]
    if not isinstance(paths, list) or not paths or not all(isinstance(path, list) for path in paths):
        wanted = _("a list of lists of layers")
        state.report(WrongValue("paths", describe(paths), wanted), value_place(fields, "paths") or at)
        return unreadable("parallel", at, feeding, state)
    if "from" in fields:
        feeding = sources(fields, "", at, feeding, state)
        if len(feeding) > 1:
            wanted = _("one name; each path starts from it")
            state.report(WrongValue("from", describe(fields["from"]), wanted), value_place(fields, "from") or at)
            feeding = feeding[:1]
    ends: Sources = ()
    for path in paths:
        reached = _sequence(path, feeding, state)
        if len(reached) > 1 and state.spend(len(reached), at):
            break
        ends += reached
    if fields["merge"] != "none":
        return merged(fields, ends, at, state)
    if fields.get("name") is not None:
        state.meant[own_name(fields, "parallel", at, state)] = ends
    return ends
