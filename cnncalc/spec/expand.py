"""The layers of a spec as one flat list, in order, each with its name and the names of what feeds it.

`parallel` is taken apart here, and later `repeat`, `blocks` and variables: behind this file there are plain layers
only.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from cnncalc.harmless import harmless
from cnncalc.kinds import find
from cnncalc.kinds._contract import Kind, Role
from cnncalc.language import _, mark
from cnncalc.problem import Finding, Mark, Problem
from cnncalc.source import Place, Source, key_place, value_place
from cnncalc.spec import kernels
from cnncalc.spec.describe import describe
from cnncalc.spec.fields import OF_EVERY_LAYER, read_kind, unknown_kind
from cnncalc.spec.network import Layer, Reference
from cnncalc.spec.problems import (
    AmbiguousInput,
    DuplicateName,
    LaterSource,
    MissingField,
    NoSuchOutput,
    NotALayer,
    NotAName,
    TooManyLayers,
    UnknownField,
    UnknownKind,
    UnknownSource,
    WrongNumberOfInputs,
    WrongValue,
)
from cnncalc.suggest import nearest
from cnncalc.tensor import Tensor

MOST_LAYERS = 100_000
LONGEST_NAME = 256
MOST_SEARCHED = 200_000
"""So many layers are gone through in one spec to show cycles; a later name remains wrong without its cycle."""

NO_FIELDS: Mapping[str, Any] = {}

Sources = tuple[Reference | None, ...]


class Expansion:
    """The state of one expansion: what was built, which names are taken, and what was found wrong."""

    naming = False

    def __init__(self, entries: list[Any], inputs: tuple[str, ...], source: Source | None) -> None:
        self.entries, self.inputs, self.source = entries, inputs, source
        self.layers: list[Layer] = []
        self.findings: list[Finding] = []
        self.taken: dict[str, Place | None] = dict.fromkeys(inputs)
        self.reserved: set[str] = set()
        self.wanted: dict[str, tuple[str, ...]] = {}
        self.searched = 0
        self.counters: dict[str, int] = {}
        self.several: set[str] = set()
        self.kinds: dict[tuple[str, str], Kind | None] = {}
        # What is unknown once is often unknown everywhere, and to find what was meant takes long.
        self.unknown_kinds: dict[str, UnknownKind] = {}
        self.unknown_sources: dict[str, UnknownSource] = {}

    def report(self, problem: Problem, place: Place | None, layer: str | None = None, mark: Mark | None = None) -> None:
        """Keep a problem with its place."""
        named = None if layer is None else harmless(layer, LONGEST_NAME)
        self.findings.append(Finding(problem, self.source, place, named, (mark,) if mark else ()))

    @cached_property
    def all_wanted(self) -> Mapping[str, tuple[str, ...]]:
        """Of every layer, also of those still to come, the names in its `from`.

        Only mistakes ask for it, so that a sound spec is gone through once.
        """
        names = _Naming(self.entries, self.inputs, None)
        names.reserved = self.reserved
        _sequence(self.entries, None, names)
        return names.wanted


class _Naming(Expansion):
    """An expansion that finds out what every layer is called, and nothing else."""

    naming = True

    def report(self, problem: Problem, place: Place | None, layer: str | None = None, mark: Mark | None = None) -> None:
        """Nothing: what is wrong is reported by the expansion proper."""


def expand(entries: list[Any], inputs: tuple[str, ...], source: Source | None) -> Expansion:
    """Every layer of the list, flat and connected; problems are collected in the expansion."""
    state = Expansion(entries, inputs, source)
    _reserve(entries, state)
    start = Reference(inputs[0]) if len(inputs) == 1 else None
    _sequence(entries, start, state)
    return state


def _reserve(entries: Any, state: Expansion) -> None:
    """Collect every name that is given, so that no unnamed layer takes it."""
    if not isinstance(entries, list):
        return
    for entry in entries:
        if not isinstance(entry, dict):
            continue
        for key, fields in entry.items():
            if not isinstance(fields, dict):
                continue
            name = fields.get("name")
            if isinstance(name, str):
                state.reserved.add(name)
            if key == "parallel" and isinstance(fields.get("paths"), list):
                for path in fields["paths"]:
                    _reserve(path, state)


def _sequence(entries: list[Any], feeding: Reference | None, state: Expansion) -> Reference | None:
    """A list of layers, each fed by the one above it; the last one's output."""
    for index, entry in enumerate(entries):
        if len(state.layers) >= MOST_LAYERS:
            state.report(TooManyLayers(MOST_LAYERS), value_place(entries, index))
            return feeding
        feeding = _entry(entry, value_place(entries, index), feeding, state)
    return feeding


def _entry(entry: Any, place: Place | None, feeding: Reference | None, state: Expansion) -> Reference | None:
    """One entry of a list of layers: a layer or a `parallel`."""
    if isinstance(entry, str):
        return _layer(entry, NO_FIELDS, place, feeding, state)
    if not isinstance(entry, dict) or len(entry) != 1:
        hint = ""
        if isinstance(entry, dict) and entry:
            first, *others = entry
            hint = _("put the fields in braces: `- {kind}: {{{fields}}}`").format(
                kind=harmless(first, 40), fields=", ".join(f"{harmless(other, 40)}: …" for other in others)
            )
        state.report(NotALayer(describe(entry), hint), place)
        return _unreadable(harmless(describe(entry), 40), place, feeding, state)
    (kind, fields), *_others = entry.items()
    at = key_place(entry, kind) or place
    if fields is None:
        fields = NO_FIELDS
    if not isinstance(fields, dict):
        hint = _("write `- {kind}: {{field: value}}`").format(kind=harmless(str(kind), 40))
        state.report(NotALayer(describe(fields), hint), value_place(entry, kind) or at)
        return _unreadable(kind, at, feeding, state)
    if kind == "parallel":
        return _parallel(fields, at, feeding, state)
    return _layer(kind, fields, at, feeding, state)


def _layer(
    kind_name: str, fields: Mapping[str, Any], at: Place | None, feeding: Reference | None, state: Expansion
) -> Reference:
    kind = find(kind_name)
    if kind is None and not state.naming:
        if kind_name not in state.unknown_kinds:
            state.unknown_kinds[kind_name] = unknown_kind(kind_name)
        state.report(state.unknown_kinds[kind_name], at)
    name = _name(fields, kind_name, at, state)
    sources = _sources(fields, name, at, feeding, state)
    if kind is not None and None not in sources:
        least, most = kind.arity
        if len(sources) < least or (most is not None and len(sources) > most):
            place = value_place(fields, "from") or at
            state.report(WrongNumberOfInputs(kind_name, len(sources), least, most), place, name)
            sources = (None,)
    apart = kind is not None and Role.CONVOLUTION in kind.roles and kernels.is_kernel(fields.get(kernels.KEY, 1))
    read = None if kind is None else _read(kind, fields, at, name, state, (kernels.KEY,) if apart else ())
    slid = _kernels(fields, name, state) if apart else ()
    if kind is not None and kind.several:
        state.several.add(name)
    again = _weights_of(fields, name, state) if "weights_of" in fields and not state.naming else None
    state.layers.append(Layer(name, kind_name, read, sources, at, fields, slid, again))
    return Reference(name)


def _read(
    kind: type[Kind],
    fields: Mapping[str, Any],
    at: Place | None,
    name: str,
    state: Expansion,
    apart: tuple[str, ...] = (),
) -> Kind | None:
    """The kind with its fields. Layers that are written alike share one object: it never changes.

    `apart` are keys that belong to the layer and not to its kind.
    """
    others = (*OF_EVERY_LAYER, *apart)
    key = (kind.name, repr({k: v for k, v in fields.items() if k not in others}) if fields else "")
    if state.kinds.get(key) is None and not state.naming:

        def report(problem: Problem, place: Place | None) -> None:
            state.report(problem, place, name)

        state.kinds[key] = read_kind(kind, fields, report, at, others)
    return state.kinds.get(key)


def _kernels(fields: Mapping[str, Any], name: str, state: Expansion) -> tuple[tuple[str, Tensor], ...]:
    """The kernels of a convolution by their names; reported where they cannot be read."""
    written = fields[kernels.KEY]
    found = kernels.read(written)
    if found is None:
        problem = WrongValue(kernels.KEY, describe(written), kernels.wanted(), kernels.hint(written))
        state.report(problem, value_place(fields, kernels.KEY), name)
    return found or ()


def _weights_of(fields: Mapping[str, Any], name: str, state: Expansion) -> str | None:
    """The layer above whose weights are used again; reported when there is none of this name."""
    written, place = fields["weights_of"], value_place(fields, "weights_of")
    if not isinstance(written, str):
        state.report(WrongValue("weights_of", describe(written), _("the name of a layer above")), place, name)
        return None
    found = _resolve(written, name, place, state)
    if found is None or found.name not in state.inputs:
        return None if found is None else found.name
    state.report(WrongValue("weights_of", describe(written), _("the name of a layer above")), place, name)
    return None


def _unreadable(kind_name: str, at: Place | None, feeding: Reference | None, state: Expansion) -> Reference:
    """A layer in whose place nothing readable stands: unknown, and so is what follows."""
    name = _numbered("layer", state)
    if state.naming:
        state.wanted[name] = ()
    state.layers.append(Layer(name, kind_name, None, (feeding,), at))
    return Reference(name)


def _name(fields: Mapping[str, Any], kind_name: str, at: Place | None, state: Expansion) -> str:
    name = _own_name(fields, kind_name, at, state)
    if state.naming:
        written = fields.get("from")
        every = written if isinstance(written, list) else [written]
        state.wanted[name] = tuple(one.removesuffix(":0") for one in every if isinstance(one, str))
    return name


def _own_name(fields: Mapping[str, Any], kind_name: str, at: Place | None, state: Expansion) -> str:
    written = fields.get("name")
    place = value_place(fields, "name") or at
    if written is None:
        return _numbered(kind_name, state)
    if not isinstance(written, str) or not written or ":" in written or len(written) > LONGEST_NAME:
        state.report(NotAName(describe(written)), place)
        return _numbered(kind_name, state)
    if written in state.taken:
        first = state.taken[written]
        mark = None if first is None else Mark(first, _("first used here"))
        state.report(DuplicateName(harmless(written, 60)), place, mark=mark)
        return _numbered(kind_name, state)
    state.taken[written] = place
    return written


def _numbered(kind_name: str, state: Expansion) -> str:
    """The next free `kind_1`, `kind_2` …"""
    while True:
        state.counters[kind_name] = number = state.counters.get(kind_name, 0) + 1
        name = f"{kind_name}_{number}"
        if name not in state.taken and name not in state.reserved:
            state.taken[name] = None
            return name


def _sources(
    fields: Mapping[str, Any], name: str, at: Place | None, feeding: Reference | None, state: Expansion
) -> Sources:
    if state.naming:
        return (None,)
    if "from" not in fields:
        if feeding is None and not state.layers and len(state.inputs) > 1:
            state.report(AmbiguousInput(state.inputs), at, name)
        return (feeding,)
    written = fields["from"]
    place = value_place(fields, "from") or at
    if isinstance(written, str):
        return (_resolve(written, name, place, state),)
    if not isinstance(written, list) or not written or not all(isinstance(one, str) for one in written):
        wanted = _("the name of a layer above, or a list of names")
        state.report(WrongValue("from", describe(written), wanted), place, name)
        return (None,)
    return tuple(_resolve(one, name, value_place(written, index) or place, state) for index, one in enumerate(written))


def _resolve(written: str, asking: str, place: Place | None, state: Expansion) -> Reference | None:
    """What a name in `from` means; None, and reported, when it means nothing above."""
    name, colon, number = written.rpartition(":")
    output = int(number) if colon and number.isascii() and number.isdigit() and len(number) < 6 else None
    if output is None:
        name, output = written, 0
    if name != asking and name in state.taken:
        if output == 0 or name in state.several:
            return Reference(name, output)
        state.report(NoSuchOutput(harmless(name, 60), output), place, asking)
    elif name == asking or name in state.reserved or name in state.all_wanted:
        state.report(LaterSource(harmless(name, 60), _cycle(asking, name, state)), place, asking)
    else:
        if name not in state.unknown_sources:
            near = nearest(name, [*state.inputs, *state.all_wanted, *state.reserved])
            state.unknown_sources[name] = UnknownSource(harmless(name, 60), tuple(harmless(n, 60) for n in near))
        state.report(state.unknown_sources[name], place, asking)
    return None


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
        for source in state.all_wanted.get(at, ()):
            if source not in came:
                came[source] = at
                waiting.append(source)
    return ()


def _parallel(
    fields: Mapping[str, Any], at: Place | None, feeding: Reference | None, state: Expansion
) -> Reference | None:
    """Several paths from one source, joined by a merging layer; an empty path passes its source on."""
    for key in fields:
        if key not in ("merge", "paths", "name", "from"):
            near = nearest(key, ["merge", "paths"])
            state.report(
                UnknownField("parallel", harmless(key, 60), tuple(near), ("merge", "paths")), key_place(fields, key)
            )
    for needed, description in (
        ("merge", mark("how the paths are joined")),
        ("paths", mark("a list of lists of layers")),
    ):
        if needed not in fields:
            state.report(MissingField("parallel", needed, description), at)
            return _unreadable("parallel", at, feeding, state)
    paths = fields["paths"]
    if not isinstance(paths, list) or not paths or not all(isinstance(path, list) for path in paths):
        wanted = _("a list of lists of layers")
        state.report(WrongValue("paths", describe(paths), wanted), value_place(fields, "paths") or at)
        return _unreadable("parallel", at, feeding, state)
    if "from" in fields:
        (feeding, *more) = _sources(fields, "", at, feeding, state)
        if more:
            wanted = _("one name; each path starts from it")
            state.report(WrongValue("from", describe(fields["from"]), wanted), value_place(fields, "from") or at)
    ends = tuple(_sequence(path, feeding, state) for path in paths)
    return _merge(fields, ends, at, state)


def _merge(fields: Mapping[str, Any], ends: Sources, at: Place | None, state: Expansion) -> Reference | None:
    """The layer that joins the ends of the paths."""
    merge = fields["merge"]
    place = value_place(fields, "merge") or at
    own: Mapping[str, Any] = NO_FIELDS
    if isinstance(merge, dict) and len(merge) == 1:
        ((merge, inner),) = merge.items()
        own = inner if isinstance(inner, dict) else NO_FIELDS
    kind = find(merge) if isinstance(merge, str) else None
    if kind is None or Role.MERGE not in kind.roles:
        wanted = _("a merging kind such as add, mul or concat")
        state.report(WrongValue("merge", describe(merge), wanted), place)
        return _unreadable("parallel", at, ends[0], state)
    name = _name(fields, kind.name, at, state)
    least = kind.arity[0]
    sources: Sources = ends
    if len(ends) < least:
        state.report(WrongNumberOfInputs(kind.name, len(ends), least, kind.arity[1]), place, name)
        sources = (None,)
    state.layers.append(Layer(name, kind.name, _read(kind, own, place, name, state), sources, at, own))
    return Reference(name)
