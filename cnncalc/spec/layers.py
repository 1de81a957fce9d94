"""One layer of a spec: its kind with its fields, its name, and what feeds it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cnncalc.harmless import harmless
from cnncalc.kinds import find
from cnncalc.kinds._contract import Kind, Role
from cnncalc.language import _
from cnncalc.problem import Problem
from cnncalc.source import Place, value_place
from cnncalc.spec import kernels
from cnncalc.spec.describe import describe
from cnncalc.spec.expansion import Expansion, Sources
from cnncalc.spec.fields import OF_EVERY_LAYER, read_kind
from cnncalc.spec.names import left_out, meant, numbered, own_name, sources
from cnncalc.spec.network import Layer, Reference
from cnncalc.spec.problems import WrongNumberOfInputs, WrongValue
from cnncalc.tensor import Tensor

NO_FIELDS: Mapping[str, Any] = {}


def layer(
    kind_name: str,
    fields: Mapping[str, Any],
    at: Place | None,
    feeding: Sources,
    state: Expansion,
    original: Mapping[str, Any],
) -> Sources:
    """Add a plain layer; its output. `original` are the fields before variables were put in: those that could not be
    worked out are missing in `fields`."""
    kind = find(kind_name)
    if kind is None and not state.naming:
        if kind_name not in state.unknown_kinds:
            from cnncalc.spec.unknown_kinds import unknown_kind

            state.unknown_kinds[kind_name] = unknown_kind(kind_name, state.blocks)
        state.report(state.unknown_kinds[kind_name], at)
    name = own_name(fields, kind_name, at, state)
    feeding = sources(fields, name, at, feeding, state)
    if kind is not None and None not in feeding:
        least, most = kind.arity
        if len(feeding) < least or (most is not None and len(feeding) > most):
            place = value_place(fields, "from") or at
            state.report(WrongNumberOfInputs(kind_name, len(feeding), least, most), place, name)
            feeding = (None,)
    apart = kind is not None and Role.CONVOLUTION in kind.roles and kernels.is_kernel(fields.get(kernels.KEY, 1))
    read = None
    if kind is not None and len(fields) == len(original):
        read = _read(kind, fields, at, name, state, original, (kernels.KEY,) if apart else ())
    slid = _kernels(fields, name, state) if apart else ()
    if kind is not None and kind.several:
        state.several.add(name)
    again = _weights_of(fields, name, state) if "weights_of" in fields and not state.naming else None
    context = state.context
    state.layers.append(Layer(name, kind_name, read, feeding, at, fields, slid, context.uses, context.trainable, again))
    return (Reference(name),)


def merged(fields: Mapping[str, Any], ends: Sources, at: Place | None, state: Expansion) -> Sources:
    """Add the layer that joins the ends of paths; its output."""
    merge = fields["merge"]
    place = value_place(fields, "merge") or at
    own: Mapping[str, Any] = NO_FIELDS
    if isinstance(merge, dict) and len(merge) == 1:
        ((merge, inner),) = merge.items()
        own = inner if isinstance(inner, dict) else NO_FIELDS
    kind = find(merge) if isinstance(merge, str) else None
    if kind is None or Role.MERGE not in kind.roles:
        wanted = _("a merging kind such as add, mul or concat, or none")
        state.report(WrongValue("merge", describe(merge), wanted), place)
        return unreadable("parallel", at, ends, state)
    name = own_name(fields, kind.name, at, state)
    least, most = kind.arity
    if len(ends) < least:
        state.report(WrongNumberOfInputs(kind.name, len(ends), least, most), place, name)
        ends = (None,)
    context = state.context
    read = _read(kind, own, place, name, state, own)
    state.layers.append(Layer(name, kind.name, read, ends, at, own, (), context.uses, context.trainable))
    return (Reference(name),)


def unreadable(kind_name: str, at: Place | None, feeding: Sources, state: Expansion) -> Sources:
    """Add a layer in whose place nothing readable stands: unknown, and so is what follows."""
    name = numbered("layer", state)
    if state.naming:
        state.wanted[name] = ()
    state.layers.append(Layer(name, kind_name, None, feeding[:1], at, NO_FIELDS, (), state.context.uses))
    return (Reference(name),)


def _read(
    kind: type[Kind],
    fields: Mapping[str, Any],
    at: Place | None,
    name: str,
    state: Expansion,
    original: Mapping[str, Any],
    apart: tuple[str, ...] = (),
) -> Kind | None:
    """The kind with its fields. Layers that are written alike share one object: it never changes.

    `apart` are keys that belong to the layer and not to its kind.
    """
    others = (*OF_EVERY_LAYER, *apart)
    semantics = state.context.semantics
    key = (kind.name, repr({k: v for k, v in fields.items() if k not in others}) if fields else "", semantics)
    if state.kinds.get(key) is None and not state.naming:

        def report(problem: Problem, place: Place | None) -> None:
            state.report(problem, place, name)

        state.kinds[key] = read_kind(kind, fields, report, at, others, semantics, state.context.scope, original)
    return state.kinds.get(key)


def _kernels(fields: Mapping[str, Any], name: str, state: Expansion) -> tuple[tuple[str, Tensor], ...]:
    """The kernels of a convolution by their names; reported where they cannot be read."""
    written = fields[kernels.KEY]
    found = kernels.read(written)
    if found is None:
        problem = WrongValue(kernels.KEY, describe(written), kernels.wanted(), kernels.hint(written))
        state.report(problem, value_place(fields, kernels.KEY), harmless(name))
    return found or ()


def _weights_of(fields: Mapping[str, Any], name: str, state: Expansion) -> str | None:
    """The layer above whose weights are used again; reported when there is none of this name."""
    written, place = fields["weights_of"], value_place(fields, "weights_of")
    if isinstance(written, str):
        found = meant(written, name, place, state)[0]
        # The name of a block stands for its last layer: whose weights are meant must be said.
        if found is None or (found.name not in state.inputs and found.name.endswith(written)):
            return None if found is None else found.name
    wanted = _("the name of a layer above")
    if isinstance(written, str) and left_out(written, state):
        wanted = _("the name of a layer that is not left out")
    state.report(WrongValue("weights_of", describe(written), wanted), place, name)
    return None
