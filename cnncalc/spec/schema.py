"""The JSON Schema of a spec, for editors: made of the models that read specs, so that it cannot say anything else."""

from __future__ import annotations

from typing import Any

from cnncalc.kinds import every
from cnncalc.kinds._contract import LARGEST, Kind, Role
from cnncalc.kinds._kernels import KERNELS
from cnncalc.result import SHORT
from cnncalc.spec import kernels
from cnncalc.spec.expand import LONGEST_NAME
from cnncalc.spec.expect import NAMES
from cnncalc.spec.inputs import AXIS_NAMES
from cnncalc.spec.model import TopLevel

DIALECT = "https://json-schema.org/draft/2020-12/schema"

Schema = dict[str, Any]

_SIDE: Schema = {"type": "integer", "minimum": 1, "maximum": LARGEST}
_COUNT: Schema = {
    "description": "a number such as 61706, or as stated: 61.1M",
    "anyOf": [{"type": "number", "minimum": 0}, {"type": "string", "pattern": "^[0-9]"}],
}


def schema() -> Schema:
    """The schema of a whole spec (draft 2020-12)."""
    kinds = sorted(every(), key=lambda kind: kind.name)
    top = TopLevel.model_json_schema()
    properties = {name: _without_titles(inner) for name, inner in top["properties"].items()}
    properties["input"] |= {"anyOf": [{"$ref": "#/$defs/shape"}, _mapping({"$ref": "#/$defs/shape"})]}
    properties["layers"] |= {"items": {"$ref": "#/$defs/layer"}, "minItems": 1}
    properties["expect"] = {"description": properties["expect"]["description"], **_expectations()}
    return {
        "$schema": DIALECT,
        "title": "cnncalc spec",
        "description": "A convolutional network, layer by layer, as cnncalc reads it.",
        "type": "object",
        "properties": properties,
        "required": top["required"],
        "additionalProperties": False,
        "$defs": {
            "shape": _shape(),
            "bounds": _bounds(),
            "name": {"type": "string", "minLength": 1, "maxLength": LONGEST_NAME, "pattern": "^[^:]*$"},
            "source": {"type": "string", "minLength": 1},
            "from": {
                "description": "the layers above that feed this one; the one right above when left out",
                "anyOf": [
                    {"$ref": "#/$defs/source"},
                    {"type": "array", "items": {"$ref": "#/$defs/source"}, "minItems": 1},
                ],
            },
            "layer": _layer(kinds),
            "parallel": _parallel(kinds),
            **{kind.name: _kind(kind) for kind in kinds},
        },
    }


def _layer(kinds: list[type[Kind]]) -> Schema:
    """A layer: a bare name, where no field is needed, or one key with its fields."""
    bare = [kind.name for kind in kinds if not _needed(kind)]
    fields = {kind.name: {"$ref": f"#/$defs/{kind.name}"} for kind in kinds}
    return {
        "description": "a layer: its kind, or its kind with fields",
        "anyOf": [
            {"enum": bare},
            {
                "type": "object",
                "properties": {**fields, "parallel": {"$ref": "#/$defs/parallel"}},
                "additionalProperties": False,
                "minProperties": 1,
                "maxProperties": 1,
            },
        ],
    }


def _needed(kind: type[Kind]) -> list[str]:
    return [name for name, field in kind.model_fields.items() if field.is_required()]


def _kind(kind: type[Kind]) -> Schema:
    """The fields of a kind, and those of every layer."""
    own = kind.model_json_schema()
    properties = {name: _bounded(_without_titles(inner), kind.rank) for name, inner in own["properties"].items()}
    if Role.CONVOLUTION in kind.roles:
        properties[kernels.KEY] = _kernel()
    return {
        "description": kind.manual().split("\n\n")[0].replace("\n", " "),
        "type": "object" if _needed(kind) else ["object", "null"],
        "properties": {**properties, "name": {"$ref": "#/$defs/name"}, "from": {"$ref": "#/$defs/from"}},
        "required": _needed(kind),
        "additionalProperties": False,
    }


def _bounded(field: Schema, rank: int) -> Schema:
    """The field with as many values as the kind has spatial axes, where there is one for each."""
    if not rank:
        return field
    forms = [
        {**form, "minItems": 1, "maxItems": rank} if form.get("type") == "array" else form
        for form in field.get("anyOf", [])
    ]
    return {**field, "anyOf": forms} if forms else field


def _kernel() -> Schema:
    """The numbers that a hand calculation slides."""
    one = {"anyOf": [{"enum": list(KERNELS)}, {"type": "array", "items": {"type": ["array", "number"]}}]}
    return {
        "description": "the numbers that `cnncalc trace` slides, by name or as a matrix; a list has one for each map",
        "anyOf": [*one["anyOf"], {"type": "array", "items": one}],
    }


def _parallel(kinds: list[type[Kind]]) -> Schema:
    merging = [kind.name for kind in kinds if Role.MERGE in kind.roles]
    with_fields = {
        "type": "object",
        "properties": {name: {"$ref": f"#/$defs/{name}"} for name in merging},
        "additionalProperties": False,
        "minProperties": 1,
        "maxProperties": 1,
    }
    return {
        "description": "paths side by side from one source, joined at their ends; an empty path passes its source on",
        "type": "object",
        "properties": {
            "merge": {"description": "how the paths are joined", "anyOf": [{"enum": merging}, with_fields]},
            "paths": {
                "description": "a list of lists of layers",
                "type": "array",
                "minItems": 1,
                "items": {"type": "array", "items": {"$ref": "#/$defs/layer"}},
            },
            "name": {"$ref": "#/$defs/name"},
            "from": {"$ref": "#/$defs/from"},
        },
        "required": ["merge", "paths"],
        "additionalProperties": False,
    }


def _shape() -> Schema:
    """A shape: a list, a text, a number, or a mapping of named axes."""
    named = [
        {
            "type": "object",
            "properties": dict.fromkeys(sorted(axes), _SIDE),
            "required": sorted(axes),
            "additionalProperties": False,
        }
        for axes in (*AXIS_NAMES, {"features"}, {"channels"})
    ]
    return {
        "description": "channels first, without the batch: [3, 64, 64] or 3x64x64",
        "anyOf": [
            {"type": "array", "items": _SIDE, "minItems": 1},
            {"type": "string", "pattern": "^[\\s\\[(]*[0-9]"},
            _SIDE,
            *named,
        ],
    }


def _expectations() -> Schema:
    """What `expect` may name, and how; for single layers under `layers`."""
    lines = {**{name: _line(name) for name in NAMES}, **{short: _line(name) for short, name in SHORT.items()}}
    of_a_layer = {"type": "object", "properties": lines, "additionalProperties": False}
    layers = {"description": "the same for layers, by name or pattern", **_mapping(of_a_layer)}
    return {
        "type": ["object", "null"],
        "properties": {**lines, "layers": layers},
        "additionalProperties": False,
    }


def _line(name: str) -> Schema:
    """What may be expected of one quantity: shapes of outputs; else a number, one for each axis, or bounds."""
    shape = {"$ref": "#/$defs/shape"}
    if name == "output":
        return {"anyOf": [shape, _mapping(shape)]}
    return {"$ref": "#/$defs/bounds"}


def _bounds() -> Schema:
    share = {"anyOf": [{"type": "number", "minimum": 0, "maximum": 1}, {"type": "string", "pattern": "%$"}]}
    kind = {"dtype": {"description": "the type of the numbers, where bytes are counted", "type": "string"}}
    between = {"min": _COUNT, "max": _COUNT}
    about = {"value": _COUNT, "tolerance": share}
    return {
        "description": "a number, one for each axis, {min: …, max: …} or {value: …, tolerance: 2%}",
        "anyOf": [
            _COUNT,
            {"type": "array", "items": _SIDE, "minItems": 1},
            {
                "type": "object",
                "properties": {**between, **kind},
                "anyOf": [{"required": ["min"]}, {"required": ["max"]}],
                "additionalProperties": False,
            },
            {
                "type": "object",
                "properties": {**about, **kind},
                "required": ["value"],
                "additionalProperties": False,
            },
        ],
    }


def _mapping(inner: Schema) -> Schema:
    return {
        "type": "object",
        "propertyNames": {"$ref": "#/$defs/name"},
        "additionalProperties": inner,
        "minProperties": 1,
    }


def _without_titles(made: Schema) -> Schema:
    """The schema without the titles that only repeat its keys."""
    return {key: value for key, value in made.items() if key != "title"}
