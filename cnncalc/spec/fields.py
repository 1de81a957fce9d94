"""A layer's fields, validated by the kind's pydantic model, and pydantic's complaints turned into problems."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, get_args

from pydantic import BaseModel, ValidationError

from cnncalc.harmless import harmless
from cnncalc.kinds._contract import Kind, Wanted
from cnncalc.language import _
from cnncalc.problem import Problem, Report
from cnncalc.record import changed
from cnncalc.source import Place, key_place, value_place
from cnncalc.spec.describe import describe
from cnncalc.spec.problems import MissingField, UnknownField, WrongValue
from cnncalc.spec.values import Scope
from cnncalc.suggest import nearest

OF_EVERY_ENTRY = ("name", "from", "repeat", "index", "when", "trainable", "semantics")
"""Fields that any layer or block may have; they say who it is, what feeds it and how often it comes, not what it does.
"""

OF_EVERY_LAYER = (*OF_EVERY_ENTRY, "weights_of")
"""The same of a layer, which may also use the weights of another one."""

SHORT_FIELDS = {
    "k": "kernel_size",
    "F": "kernel_size",
    "s": "stride",
    "S": "stride",
    "step": "stride",
    "p": "padding",
    "P": "padding",
    "pad": "padding",
    "d": "dilation",
    "g": "groups",
    "op": "output_padding",
    "filter_size": "kernel_size",
    "filter": "kernel_size",
    "kernel": "kernel_size",
    "卷积核": "kernel_size",
    "卷积核大小": "kernel_size",
    "核": "kernel_size",
    "核大小": "kernel_size",
    "过滤器": "kernel_size",
    "滤波器": "kernel_size",
    "感受野": "kernel_size",
    "步长": "stride",
    "步幅": "stride",
    "填充": "padding",
    "补零": "padding",
    "输出填充": "output_padding",
    "膨胀": "dilation",
    "膨胀率": "dilation",
    "空洞": "dilation",
    "空洞率": "dilation",
    "分组": "groups",
    "分组数": "groups",
    "偏置": "bias",
    "输入通道": "in_channels",
    "输入通道数": "in_channels",
    "输出通道": "out_channels",
    "输出通道数": "out_channels",
    "卷积核个数": "out_channels",
    "输入特征": "in_features",
    "输出特征": "out_features",
    "神经元": "out_features",
    "神经元个数": "out_features",
}
"""The lectures' words and letters for fields: hints in a spec, accepted on the command line."""

SILENT = ("name", "kernel_initializer", "bias_initializer", "data_format", "device", "dtype", "inplace")
"""Arguments of layers elsewhere that change no number here."""

ACTIVATION = "activation"
"""In Keras an argument of many layers."""

Said = tuple[Problem, Place | None]


def read_kind(
    kind: type[Kind],
    written: Mapping[str, Any],
    report: Report,
    at: Place | None,
    others: tuple[str, ...] = OF_EVERY_LAYER[:-1],
    semantics: str | None = None,
    scope: Scope | None = None,
    original: Mapping[str, Any] | None = None,
) -> Kind | None:
    """The layer's kind with its fields; None, and everything reported, when some do not suit. `others` are not its.

    `semantics` goes to the kinds that frameworks count differently. Hints are made of the `original` fields, before
    variables were put in, and of what variables stand for.
    """
    own = {key: value for key, value in written.items() if key not in others}
    if semantics is not None and "semantics" in kind.model_fields:
        own = {**kind.defaults_in.get(semantics, {}), **own, "semantics": semantics}
    try:
        return kind.model_validate(own)
    except ValidationError as error:
        for problem, place in complaints(kind, kind.name, error, written, scope, original):
            report(problem, place or at)
        return None


def complaints(
    model: type[BaseModel],
    name: str,
    error: ValidationError,
    written: Mapping[str, Any],
    scope: Scope | None = None,
    original: Mapping[str, Any] | None = None,
) -> list[Said]:
    """One problem per field that pydantic complains about, each with its place."""
    found: dict[str, Said] = {}
    for complaint in error.errors(include_url=False, include_context=True):
        field, *inside = complaint["loc"] or ("",)
        field = str(field)
        if field in found:
            continue
        if complaint["type"] == "missing" and not inside:
            description = model.model_fields[field].description or ""
            found[field] = (MissingField(name, field, description), None)
        elif complaint["type"] == "extra_forbidden":
            found[field] = (_unknown_field(model, name, field), key_place(written, field))
        else:
            found[field] = _wrong_value(model, field, written, inside, scope, original or written)
    return list(_causes(found).values())


def _causes(found: Mapping[str, Said]) -> dict[str, Said]:
    """What was found, but for missing fields that are there under another name: of these the other name is said."""
    missing = {field for field, (problem, _place) in found.items() if isinstance(problem, MissingField)}
    told = dict(found)
    for field, (problem, place) in found.items():
        if isinstance(problem, UnknownField) and problem.near[:1] and problem.near[0] in missing:
            missing.remove(problem.near[0])
            del told[problem.near[0]]
            told[field] = changed(problem, near=problem.near[:1]), place
    alone = tuple(field for field, (problem, _place) in told.items() if isinstance(problem, MissingField))
    for number, field in enumerate(alone):
        told[field] = changed(told[field][0], together=() if number else alone), None
    return told


def _unknown_field(model: type[BaseModel], kind: str, field: str) -> UnknownField:
    known = list(model.model_fields)
    if field in SILENT:
        return UnknownField(kind, field, how=_("leave it out: it changes no number here"))
    if field == ACTIVATION:
        return UnknownField(kind, field, how=_("an activation is a layer of its own: `- relu` below this one"))
    foreign = {**SHORT_FIELDS, **getattr(model, "foreign_fields", {})}
    return UnknownField(kind, harmless(field, 60), meant(field, [*known, *OF_EVERY_LAYER], foreign), tuple(known))


def meant(word: str, known: Iterable[str], foreign: Mapping[str, str]) -> tuple[str, ...]:
    """The fields that an unknown word may mean: the one of which it is another name, or all that it resembles, by
    their own or by another name. Letters resemble everything and are left out."""
    names = {other: field for other, field in foreign.items() if field in known} | {field: field for field in known}
    if word in names:
        return (names[word],)
    near = nearest(word, [name for name in names if len(name) > 2 or not name.isascii()])
    return tuple(dict.fromkeys(names[name] for name in near))


def _wrong_value(
    model: type[BaseModel],
    field: str,
    written: Mapping[str, Any],
    inside: list[Any],
    scope: Scope | None,
    original: Mapping[str, Any],
) -> tuple[WrongValue, Place | None]:
    from cnncalc.spec import instead

    value, before = written.get(field), original.get(field)
    wanted = _wanted(model, field)
    index = next((step for step in inside if isinstance(step, int)), None)
    place = value_place(written, field)

    def accepts(other: Any) -> bool:
        return not _refused(model, {**written, field: other}, field)

    if isinstance(value, list) and index is not None and len(value) > index:

        def accepts_inside(other: Any) -> bool:
            return accepts([*value[:index], other, *value[index + 1 :]])

        place = value_place(value, index) or place
        before = before[index] if isinstance(before, list) else before
        hint = instead.hint(value[index], accepts_inside, scope, original, before)
        return WrongValue(field, describe(value), wanted, hint, (index,)), place
    return WrongValue(field, describe(value), wanted, instead.hint(value, accepts, scope, original, before)), place


def _refused(model: type[BaseModel], fields: Mapping[str, Any], field: str) -> bool:
    """Whether the value of this field, among these, is refused."""
    try:
        model.model_validate(fields)
    except ValidationError as error:
        return any(field in one["loc"][:1] for one in error.errors(include_url=False))
    return False


def _wanted(model: type[BaseModel], field: str) -> str:
    """What the field takes, in words; of an optional field (`Channels | None`), what it takes when it is given."""
    info = model.model_fields[field]
    inside = [item for part in get_args(info.annotation) for item in getattr(part, "__metadata__", ())]
    return next((str(item) for item in (*info.metadata, *inside) if isinstance(item, Wanted)), "")
