"""The JSON Schema of a spec, for editors: made of the models that read specs, so that it cannot say anything else."""

from __future__ import annotations

from typing import Any

from cnncalc.kinds import every
from cnncalc.kinds._contract import LARGEST, SEMANTICS, Kind, Role
from cnncalc.kinds._kernels import KERNELS
from cnncalc.result import SHORT
from cnncalc.spec import kernels
from cnncalc.spec.expansion import GROUP, LONGEST_NAME
from cnncalc.spec.expect import NAMES
from cnncalc.spec.fields import OF_EVERY_ENTRY, OF_EVERY_LAYER
from cnncalc.spec.inputs import AXIS_NAMES
from cnncalc.spec.model import TopLevel

DIALECT = "https://json-schema.org/draft/2020-12/schema"

Schema = dict[str, Any]

_EXPRESSION: Schema = {"$ref": "#/$defs/expression"}
_SIDE: Schema = {"anyOf": [{"type": "integer", "minimum": 1, "maximum": LARGEST}, _EXPRESSION]}
_COUNT: Schema = {
    "description": "a number such as 61706, or as stated: 61.1M",
    "anyOf": [{"type": "number", "minimum": 0}, {"type": "string", "pattern": "^[0-9]|\\$"}],
}
_NAME: Schema = {"$ref": "#/$defs/name"}

_PLAIN, _WITH_BLOCKS = "layer", "layer_or_block"
"""What stands in a list of layers. In a spec without blocks every key is a kind, so that a misspelt one is marked."""


def schema() -> Schema:
    """The schema of a whole spec (draft 2020-12)."""
    kinds = sorted(every(), key=lambda kind: kind.name)
    top = TopLevel.model_json_schema()
    properties = {name: _without_titles(inner) for name, inner in top["properties"].items()}
    properties["input"] |= {"anyOf": [{"$ref": "#/$defs/shape"}, _mapping({"$ref": "#/$defs/shape"})]}
    properties["layers"] |= {"minItems": 1}
    properties["outputs"] |= {"anyOf": [*properties["outputs"]["anyOf"], _EXPRESSION]}
    properties["blocks"] |= {"anyOf": [_mapping({"$ref": "#/$defs/block"}), {"type": "null"}]}
    properties["semantics"] = _or_expression(properties["semantics"])
    properties["trainable"] = _or_expression(properties["trainable"])
    properties["expect"] = {"description": properties["expect"]["description"], **_expectations()}
    return {
        "$schema": DIALECT,
        "title": "cnncalc spec",
        "description": "A convolutional network, layer by layer, as cnncalc reads it.",
        "type": "object",
        "properties": properties,
        "required": top["required"],
        "additionalProperties": False,
        "if": {"required": ["blocks"]},
        "then": {"properties": {"layers": _list_of(_WITH_BLOCKS)}},
        "else": {"properties": {"layers": _list_of(_PLAIN)}},
        "$defs": {
            "expression": {
                "description": "a variable or an expression: $width, $(2 * width), enc$i",
                "type": "string",
                "pattern": "\\$",
            },
            "shape": _shape(),
            "bounds": _bounds(),
            "name": {"type": "string", "minLength": 1, "maxLength": LONGEST_NAME, "pattern": "^[^:]*$"},
            "source": {"type": "string", "minLength": 1},
            **_of_layers(),
            "block": _block(),
            "use": _use(),
            **{
                name: schema
                for entry in (_PLAIN, _WITH_BLOCKS)
                for name, schema in {
                    entry: _layer(kinds, entry),
                    f"{entry}_in_parallel": _parallel(kinds, entry),
                    f"{entry}_in_group": _group(entry),
                }.items()
            },
            **{kind.name: _kind(kind) for kind in kinds},
        },
    }


def _list_of(entry: str) -> Schema:
    return {"type": "array", "items": {"$ref": f"#/$defs/{entry}"}}


def _layer(kinds: list[type[Kind]], entry: str) -> Schema:
    """A layer: a bare name, where no field is needed, or one key with its fields; or a list of them under `layers`."""
    bare = [kind.name for kind in kinds if not _needed(kind)]
    never_bare = [kind.name for kind in kinds if _needed(kind)]
    fields = {kind.name: {"$ref": f"#/$defs/{kind.name}"} for kind in kinds}
    use: Schema = {"$ref": "#/$defs/use"}
    return {
        "description": "a layer: its kind, or its kind with fields",
        "anyOf": [
            {"enum": bare} if entry == _PLAIN else {"type": "string", "not": {"enum": never_bare}},
            _EXPRESSION,
            {
                "type": "object",
                "properties": {**fields, "parallel": {"$ref": f"#/$defs/{entry}_in_parallel"}, GROUP: False},
                "patternProperties": {"\\$": use},
                "additionalProperties": False if entry == _PLAIN else use,
                "minProperties": 1,
                "maxProperties": 1,
            },
            {"$ref": f"#/$defs/{entry}_in_group"},
        ],
    }


def _block() -> Schema:
    """What stands behind a name under `blocks`."""
    argument = {"anyOf": [{"type": "string"}, {"type": "object"}]}
    return {
        "description": "a list of layers, or {args: […], layers: […]}",
        "anyOf": [
            _list_of(_WITH_BLOCKS),
            {
                "type": "object",
                "properties": {
                    "args": {
                        "description": "the names of the arguments; those with a default as `name: value`",
                        "anyOf": [{"type": "array", "items": argument}, {"type": ["string", "object", "null"]}],
                    },
                    "layers": {"description": "the layers of the block", **_list_of(_WITH_BLOCKS)},
                },
                "required": ["layers"],
                "additionalProperties": False,
            },
        ],
    }


def _use() -> Schema:
    """A block with its arguments, or a layer whose kind is an expression."""
    return {
        "description": "a block with the values of its arguments",
        "type": ["object", "null"],
        "properties": _of(OF_EVERY_ENTRY),
    }


def _of_layers() -> dict[str, Schema]:
    """The fields that any layer may have besides its name, each by itself."""
    source: Schema = {"$ref": "#/$defs/source"}
    flag: Schema = {"anyOf": [{"type": "boolean"}, _EXPRESSION]}
    return {
        "from": {
            "description": "the layers above that feed this one; the one right above when left out",
            "anyOf": [source, {"type": "array", "items": source, "minItems": 1}],
        },
        "repeat": {"description": "how often it comes", "anyOf": [{"type": "integer", "minimum": 0}, _EXPRESSION]},
        "index": {"description": "what the running number is called; i when left out", "type": "string"},
        "when": {"description": "whether it is there at all", **flag},
        "trainable": {"description": "whether its weights learn", **flag},
        "semantics": {
            "description": "whose rules hold where frameworks differ",
            "anyOf": [{"enum": list(SEMANTICS)}, _EXPRESSION],
        },
        "weights_of": {"description": "the layer above whose weights are used again", "type": "string"},
    }


def _of(fields: tuple[str, ...]) -> dict[str, Schema]:
    return {field: {"$ref": f"#/$defs/{field}"} for field in fields}


def _group(entry: str) -> Schema:
    """A list of layers that are repeated, named or left out together."""
    return {
        "description": "layers that are repeated, named or left out together",
        "type": "object",
        "properties": {GROUP: {"description": "the layers", **_list_of(entry)}, **_of(OF_EVERY_ENTRY)},
        "required": [GROUP],
        "additionalProperties": False,
    }


def _needed(kind: type[Kind]) -> list[str]:
    return [name for name, field in kind.model_fields.items() if field.is_required()]


def _kind(kind: type[Kind]) -> Schema:
    """The fields of a kind, and those of every layer."""
    own = kind.model_json_schema()
    properties = {
        name: _or_expression(_bounded(_without_titles(inner), kind.rank)) for name, inner in own["properties"].items()
    }
    if Role.CONVOLUTION in kind.roles:
        properties[kernels.KEY] = _kernel()
    return {
        "description": kind.manual().split("\n\n")[0].replace("\n", " "),
        "type": "object" if _needed(kind) else ["object", "null"],
        "properties": {
            **properties,
            **_of(OF_EVERY_LAYER),
        },
        "required": _needed(kind),
        "additionalProperties": False,
    }


def _bounded(field: Schema, rank: int) -> Schema:
    """The field with as many values as the kind has spatial axes, where it does not say itself how many it takes."""
    if not rank:
        return field
    forms = [
        {**form, "minItems": 1, "maxItems": rank} if form.get("type") == "array" and "maxItems" not in form else form
        for form in field.get("anyOf", [])
    ]
    return {**field, "anyOf": forms} if forms else field


def _or_expression(field: Schema) -> Schema:
    """The field, which may also be an expression, and so may what is in a list."""
    about: Schema = {key: field[key] for key in ("description", "default") if key in field}
    own = {key: value for key, value in field.items() if key not in about}
    forms = [_items_or_expression(form) for form in own.get("anyOf", [own])]
    return {**about, "anyOf": [*forms, _EXPRESSION]}


def _items_or_expression(form: Schema) -> Schema:
    changed = dict(form)
    if isinstance(form.get("items"), dict):
        changed["items"] = _or_expression(form["items"])
    if "prefixItems" in form:
        changed["prefixItems"] = [_or_expression(one) for one in form["prefixItems"]]
    if isinstance(form.get("additionalProperties"), dict):
        changed["additionalProperties"] = _or_expression(form["additionalProperties"])
    return changed


def _kernel() -> Schema:
    """The numbers that a hand calculation slides."""
    one = {"anyOf": [{"enum": list(KERNELS)}, {"type": "array", "items": {"type": ["array", "number"]}}]}
    return {
        "description": "the numbers that `cnncalc trace` slides, by name or as a matrix; a list has one for each map",
        "anyOf": [*one["anyOf"], {"type": "array", "items": _or_expression(one)}, _EXPRESSION],
    }


def _parallel(kinds: list[type[Kind]], entry: str) -> Schema:
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
            "merge": {
                "description": "how the paths are joined",
                "anyOf": [{"enum": [*merging, "none"]}, with_fields, _EXPRESSION],
            },
            "paths": {
                "description": "a list of lists of layers",
                "type": "array",
                "minItems": 1,
                "items": _list_of(entry),
            },
            **_of(OF_EVERY_ENTRY),
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
            {"type": "string", "pattern": "^[\\s\\[(]*[0-9]|\\$"},
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
        of_each = {**_mapping(shape), "propertyNames": {"$ref": "#/$defs/source"}}  # `split_1:1`
        return {"anyOf": [shape, of_each]}
    return {"$ref": "#/$defs/bounds"}


def _bounds() -> Schema:
    share = {"anyOf": [{"type": "number", "minimum": 0, "maximum": 1}, {"type": "string", "pattern": "%$|\\$"}]}
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
        "propertyNames": _NAME,
        "additionalProperties": inner,
        "minProperties": 1,
    }


def _without_titles(made: Schema) -> Schema:
    """The schema without the titles that only repeat its keys."""
    return {key: value for key, value in made.items() if key != "title"}
