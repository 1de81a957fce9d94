"""From a tree (what YAML or JSON says) to a network: the top level, and the parts in their own files."""

from __future__ import annotations

from itertools import chain
from typing import Any

from pydantic import ValidationError

from cnncalc import arithmetic, suggest
from cnncalc.arithmetic_problems import TooManyItems
from cnncalc.findings import TooManyProblems
from cnncalc.harmless import harmless
from cnncalc.kinds import find
from cnncalc.problem import Finding, Problem, Report, in_order
from cnncalc.record import changed
from cnncalc.source import Place, PlacedMapping, Source, key_place, value_place
from cnncalc.spec import blocks, expect, inputs, variables
from cnncalc.spec.describe import describe
from cnncalc.spec.expand import expand
from cnncalc.spec.expansion import Expansion
from cnncalc.spec.fields import complaints
from cnncalc.spec.language_problems import TooManySteps
from cnncalc.spec.model import TopLevel
from cnncalc.spec.names import split
from cnncalc.spec.network import Network, Reference, SpecError
from cnncalc.spec.problems import (
    MissingField,
    MissingKey,
    NoLayers,
    NoOutputs,
    NoSuchOutput,
    NotASpec,
    RepeatedOutput,
    TooManyLayers,
    UnknownField,
    UnknownKey,
    UnknownSource,
    WrongValue,
)
from cnncalc.spec.training import trained
from cnncalc.spec.values import UNKNOWN, mentioned_beside, mentions, resolved_entries
from cnncalc.spec.variables import AS_WRITTEN, Choice
from cnncalc.suggest import nearest

_CUT = TooManyLayers | TooManySteps | TooManyItems | TooManyProblems
"""After these the rest of a spec was not looked at."""

APART = ("vars", "variants", "blocks", "layers")
"""The parts of a spec in which variables mean what they mean where they are used."""


def build(
    tree: Any,
    source: Source | None,
    read: list[Finding],
    chosen: Choice = AS_WRITTEN,
) -> Network:
    """The network that a tree describes.

    `chosen` is what the reader of the file decides. `read` are the findings of the reading so far (warnings, notes; or
    the errors because of which there is no tree).

    Raises:
        SpecError: something is wrong; it carries every problem and the readable part.
    """
    findings = list(read)

    def report(problem: Problem, place: Place | None) -> None:
        findings.append(Finding(problem, source, place))

    with suggest.bounded(), arithmetic.bounded():
        network = _network(tree, source, report, findings, chosen)
    # A value that could not be read is missing in the tree; that it is missing then is no second problem.
    unreadable = {finding.place for finding in read if finding.severity == "error" and finding.place is not None}
    findings = sorted(
        [*read, *(finding for finding in findings[len(read) :] if finding.place not in unreadable)], key=in_order
    )
    if chosen.variables and isinstance(tree, dict) and (reasons := variables.unlike(tree, chosen)):
        findings = [changed(one, help=(*one.help, *reasons)) if one.severity == "error" else one for one in findings]
    cut = any(isinstance(finding.problem, _CUT) for finding in findings)
    if cut:
        network = changed(network, layers=(), outputs=())  # numbers of a part would pass for those of the whole
    network = changed(network, source=source, problems=tuple(findings), whole=not unreadable and not cut)
    if any(finding.severity == "error" for finding in findings):
        raise SpecError(network)
    return network


def _network(tree: Any, source: Source | None, report: Report, findings: list[Finding], chosen: Choice) -> Network:
    fallback = "" if source is None else _stem(source.name)
    if not isinstance(tree, dict):
        if not findings:
            report(NotASpec(describe(tree)), None)
        return Network(fallback, (), (), ())
    scope = variables.read(tree, chosen.variant, chosen.variables, report)
    if not variables.there(tree, chosen, scope):  # numbers would be those of another network than the one asked for
        return Network(fallback, (), (), ())
    own_name = mentions(tree.get("name"))
    # What the other parts mean is known first; layers have variables of their own, and come one by one.
    tree = resolved_entries(tree, scope, report, APART) if mentioned_beside(tree, APART) else tree
    lost = {key for key, value in tree.items() if value is UNKNOWN}
    spec = _checked(tree, lost, report)
    if "input" in spec:
        shapes, input_places = inputs.read(spec, tree, report)
    else:
        shapes, input_places = ((inputs.SOLE, None),), {}
    semantics = chosen.semantics or spec.get("semantics")
    found = blocks.read(spec.get("blocks"), report)
    layers = expand(spec.get("layers", []), tuple(name for name, _shape in shapes), source, scope, found, semantics)
    findings.extend(layers.findings)
    if "layers" in spec and not layers.layers and not layers.findings:
        report(NoLayers(), value_place(tree, "layers"))
    outputs = _outputs(spec, tree, layers, report)
    known = expect.Known({layer.name: None for layer in layers.layers}, _called(outputs, layers))
    return Network(
        _named(spec.get("name", fallback), own_name, chosen),
        shapes,
        trained(layers.layers, spec.get("trainable", True), report),
        outputs,
        tuple((key, str(value)) for key, value in (spec.get("about") or {}).items()),
        () if chosen.variables else expect.read(spec.get("expect"), report, known if layers.layers else None),
        source,
        input_places=input_places,
        trainable_place=value_place(tree, "trainable"),
        semantics=semantics or "torch",
        choice=chosen,
        written=_written(spec, chosen, known),
        title=spec.get("name", fallback),
    )


def _called(outputs: tuple[Reference, ...], layers: Expansion) -> dict[str, str]:
    """The outputs by their names, and by those of the blocks that they leave."""
    left = {
        f"{block}:{number}" if number else block: str(source)
        for block, sources in layers.meant.items()
        for number, source in enumerate(sources)
    }
    own = {str(output): str(output) for output in outputs}
    return {name: output for name, output in left.items() if output in own} | own


def _written(spec: dict[str, Any], chosen: Choice, known: expect.Known) -> dict[str, Any]:
    """What the flat form keeps as it is written; but blocks are gone there, and outputs have their layers' names."""
    kept: dict[str, Any] = {key: spec[key] for key in ("about", "expect") if key in spec}
    if chosen.variables:
        kept.pop("expect", None)
    lines = kept.get("expect")
    if isinstance(lines, dict) and isinstance(lines.get("output"), dict):
        named = {known.outputs.get(name, name): shape for name, shape in lines["output"].items()}
        kept["expect"] = {**lines, "output": named}
    return kept


def _checked(tree: dict[str, Any], lost: set[str], report: Report) -> dict[str, Any]:
    """The keys whose values have the right types; the others are reported, but for those that are lost already."""
    try:
        TopLevel.model_validate(tree)
    except ValidationError as error:
        place = tree.place if isinstance(tree, PlacedMapping) else None
        bad = set()
        for problem, at in complaints(TopLevel, "", error, tree):
            match problem:
                case MissingField(field=key):
                    report(MissingKey(key), place)
                case UnknownField(field=key, near=near):
                    report(UnknownKey(harmless(key, 60), near, find(key) is not None), at)
                case WrongValue(field="layers") if tree["layers"] is None:
                    report(NoLayers(), key_place(tree, "layers"))
                    bad.add("layers")
                case WrongValue(field=key):
                    if key not in lost:
                        report(problem, at)
                    bad.add(key)
        return {key: value for key, value in tree.items() if key not in bad | lost}
    return {key: value for key, value in tree.items() if key not in lost}


def _named(name: str, own: bool, chosen: Choice) -> str:
    """The network's name with what was chosen from outside: the variant, unless it has a name of its `own`, and the
    variables that were set: `net@large (width=0.5)`."""
    settings = chosen.variables
    if chosen.variant is not None and not own:
        name = f"{name}@{chosen.variant}"
    if not settings:
        return name
    return f"{name} ({', '.join(variables.setting(key, value) for key, value in settings.items())})"


def _stem(file: str) -> str:
    """The name of a file without its folders and its ending; a text that is no file has none."""
    return "" if file.startswith("<") else file.replace("\\", "/").rsplit("/", 1)[-1].rsplit(".", 1)[0]


def _outputs(spec: dict[str, Any], tree: dict[str, Any], layers: Expansion, report: Report) -> tuple[Reference, ...]:
    """The layers that `outputs` names; by default every layer that nobody uses."""
    names = [layer.name for layer in layers.layers]
    written = spec.get("outputs") if "layers" in spec else None
    if written is None:
        used = {source.name for layer in layers.layers for source in layer.sources if source is not None}
        return tuple(Reference(name) for name in names if name not in used)
    one = isinstance(written, str)
    if not one and not written:
        report(NoOutputs(), value_place(tree, "outputs"))
    found: dict[str, Reference] = {}
    known = {*names, *layers.inputs}
    for index, name in enumerate([written] if one else written):
        place = value_place(tree, "outputs") if one else value_place(written, index)
        bare = name.removesuffix(":0")
        block, output = split(name)
        meant = layers.meant.get(block, ())
        if bare in known:
            reference: Reference | None = Reference(bare)
        elif block in layers.several:
            reference = Reference(block, output or 0)
        else:
            reference = meant[output or 0] if (output or 0) < len(meant) else None
        if bare in known or reference is not None:
            if str(reference) in found:
                report(RepeatedOutput(harmless(bare, 60)), place)
            elif reference is not None:
                found[str(reference)] = reference
        elif not meant:
            near = tuple(harmless(candidate, 60) for candidate in nearest(name, chain(names, layers.meant)))
            report(UnknownSource(harmless(name, 60), near), place)
        elif (output or 0) >= len(meant):
            report(NoSuchOutput(harmless(block, 60), output or 0, len(meant)), place)
    return tuple(found.values())
