"""From a tree (what YAML or JSON says) to a network: the top level, and the parts in their own files."""

from __future__ import annotations

from typing import Any

from pydantic import ValidationError

from cnncalc.harmless import harmless
from cnncalc.problem import Finding, Problem, in_order
from cnncalc.record import changed
from cnncalc.source import Place, PlacedMapping, Source, key_place, value_place
from cnncalc.spec import expect, inputs
from cnncalc.spec.describe import describe
from cnncalc.spec.expand import Expansion, expand
from cnncalc.spec.fields import complaints
from cnncalc.spec.model import TopLevel
from cnncalc.spec.network import Network, Reference, SpecError
from cnncalc.spec.problems import (
    MissingField,
    MissingKey,
    NoLayers,
    NoOutputs,
    NotASpec,
    RepeatedOutput,
    TooManyLayers,
    UnknownField,
    UnknownKey,
    UnknownSource,
    WrongValue,
)
from cnncalc.suggest import nearest


def build(tree: Any, source: Source | None, read: list[Finding]) -> Network:
    """The network that a tree describes.

    `read` are the findings of the reading so far (warnings, notes; or the errors because of which there is no tree).

    Raises:
        SpecError: something is wrong; it carries every problem and the readable part.
    """
    findings = list(read)

    def report(problem: Problem, place: Place | None) -> None:
        findings.append(Finding(problem, source, place))

    network = _network(tree, source, report, findings)
    # A value that could not be read is missing in the tree; that it is missing then is no second problem.
    unreadable = {finding.place for finding in read if finding.severity == "error" and finding.place is not None}
    findings = sorted(
        [*read, *(finding for finding in findings[len(read) :] if finding.place not in unreadable)], key=in_order
    )
    whole = not unreadable and not any(isinstance(finding.problem, TooManyLayers) for finding in findings)
    network = changed(network, source=source, problems=tuple(findings), whole=whole)
    if any(finding.severity == "error" for finding in findings):
        raise SpecError(network)
    return network


def _network(tree: Any, source: Source | None, report: expect.Report, findings: list[Finding]) -> Network:
    fallback = "" if source is None else _stem(source.name)
    if not isinstance(tree, dict):
        if not findings:
            report(NotASpec(describe(tree)), None)
        return Network(fallback, (), (), ())
    spec = _checked(tree, report)
    if "input" in spec:
        shapes, input_places = inputs.read(spec, tree, report)
    else:
        shapes, input_places = ((inputs.SOLE, None),), {}
    layers = expand(spec.get("layers", []), tuple(name for name, _shape in shapes), source)
    findings.extend(layers.findings)
    if spec.get("layers") == []:
        report(NoLayers(), value_place(tree, "layers"))
    outputs = _outputs(spec, tree, layers, report)
    known = expect.Known({layer.name: None for layer in layers.layers}, [str(output) for output in outputs])
    return Network(
        spec.get("name", fallback),
        shapes,
        tuple(layers.layers),
        outputs,
        tuple((key, str(value)) for key, value in (spec.get("about") or {}).items()),
        expect.read(spec.get("expect"), report, known if layers.layers else None),
        source,
        input_places=input_places,
    )


def _checked(tree: dict[str, Any], report: expect.Report) -> dict[str, Any]:
    """The keys whose values have the right types; the others are reported."""
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
                    report(UnknownKey(harmless(key, 60), near), at)
                case WrongValue(field="layers") if tree["layers"] is None:
                    report(NoLayers(), key_place(tree, "layers"))
                    bad.add("layers")
                case WrongValue(field=key):
                    report(problem, at)
                    bad.add(key)
        return {key: value for key, value in tree.items() if key not in bad}
    return tree


def _stem(file: str) -> str:
    """The name of a file without its folders and its ending; a text that is no file has none."""
    return "" if file.startswith("<") else file.replace("\\", "/").rsplit("/", 1)[-1].rsplit(".", 1)[0]


def _outputs(
    spec: dict[str, Any], tree: dict[str, Any], layers: Expansion, report: expect.Report
) -> tuple[Reference, ...]:
    """The layers that `outputs` names; by default every layer that nobody uses."""
    names = [layer.name for layer in layers.layers]
    written = spec.get("outputs")
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
        layer, _colon, number = bare.rpartition(":")
        if bare in found:
            report(RepeatedOutput(harmless(bare, 60)), place)
        elif bare in known:
            found[bare] = Reference(bare)
        elif layer in layers.several and number.isascii() and number.isdigit() and len(number) < 6:
            found[bare] = Reference(layer, int(number))
        else:
            near = tuple(harmless(candidate, 60) for candidate in nearest(name, names))
            report(UnknownSource(harmless(name, 60), near), place)
    return tuple(found.values())
