"""What the names in a spec stand for: `vars`, the chosen one of its `variants`, and what was set from outside."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache
from itertools import islice
from typing import Any

from cnncalc.arithmetic import FUNCTIONS
from cnncalc.arithmetic_syntax import VALUES
from cnncalc.harmless import harmless
from cnncalc.language import _
from cnncalc.problem import Problem, Report
from cnncalc.record import Record, changed
from cnncalc.source import Place, key_place, value_place
from cnncalc.spec.describe import describe
from cnncalc.spec.language_problems import (
    ChooseVariant,
    NotAVariable,
    TooManyVariables,
    UnknownVariable,
    UnknownVariant,
    VariableBelow,
)
from cnncalc.spec.problems import WrongValue
from cnncalc.spec.values import NO_VARIABLES, UNKNOWN, Scope, copied, resolved, unknown_variable
from cnncalc.suggest import nearest


class Choice(Record):
    """What the one who reads a spec decides: the variant, values of variables, and whose rules hold."""

    variant: str | None = None
    variables: Mapping[str, Any] = NO_VARIABLES
    semantics: str | None = None


AS_WRITTEN = Choice()

MOST_VARIABLES = 1_000

RESERVED = frozenset({"if", "else", "and", "or", "not", *VALUES, *FUNCTIONS})
Needed = Callable[[str], frozenset[str]]
_NAME = re.compile(r"[^\W\d]\w*")


def read(tree: Mapping[str, Any], variant: str | None, settings: Mapping[str, Any], report: Report) -> Scope:
    """Every variable with its value, in the order of `vars`; each may use those above it."""
    own, variants = _mapping(tree, "vars"), _mapping(tree, "variants")
    chosen = _chosen(tree, variants, variant, report)
    for mapping in (own, *(one for one in variants.values() if isinstance(one, dict))):
        for name in mapping:
            if not is_name(name):
                report(NotAVariable(describe(name)), key_place(mapping, name))
    if len(own) > MOST_VARIABLES:
        report(TooManyVariables(MOST_VARIABLES), key_place(tree, "vars"))
        own = copied(own, dict(islice(own.items(), MOST_VARIABLES)))
    everywhere = [set(one) for one in variants.values() if isinstance(one, dict)]
    of_all = set.intersection(*everywhere) if everywhere else set()
    for one in variants.values():
        for name in one if isinstance(one, dict) else ():
            if name not in own and name not in of_all:
                report(unknown_variable(name, own), key_place(one, name))
    missing = of_all - set(own) - set(settings)
    if variants and variant is None and missing:
        report(ChooseVariant(tuple(harmless(name, 60) for name in variants)), key_place(tree, "variants"))
    # Those that only variants have come first: `vars` may be worked out from them.
    scope: dict[str, Any] = {} if variant is not None else dict.fromkeys(sorted(missing), UNKNOWN)
    holders = {name: settings if name in settings else chosen if name in chosen else own for name in (*chosen, *own)}
    values = {name: holder[name] for name, holder in holders.items()}
    needed = _needed(values)
    for name in (*(name for name in chosen if name not in own), *own):
        place = value_place(holders[name], name)
        value = values[name]
        if not _suits(value):
            wanted = _("a number, a text, true, false or a list of them")
            report(WrongValue(harmless(name, 60), describe(value), wanted), place)
            value = UNKNOWN
        scope[name] = resolved(value, scope, place, _reporter(name, values, needed, report))
    for name in settings:
        if name not in scope:
            problem = changed(unknown_variable(name, scope), setting=setting(name, settings[name]))
            report(problem, key_place(tree, "vars"))
    # Of what could not be worked out the reason was said; what uses it is unknown and not wrong once more.
    return scope


def _reporter(name: str, values: Mapping[str, Any], needed: Needed, report: Report) -> Report:
    """What reports a problem in the value of a variable: one that is not known here may be known further down."""

    def reported(problem: Problem, place: Place | None) -> None:
        if isinstance(problem, UnknownVariable) and problem.name in values:
            problem = VariableBelow(problem.name, name, name in _reached(problem.name, needed))
        report(problem, place)

    return reported


def _needed(values: Mapping[str, Any]) -> Needed:
    """Which variables a value is made of, looked for once and only when somebody asks."""

    @cache
    def needed(name: str) -> frozenset[str]:
        written = str(values[name])
        return frozenset(_NAME.findall(written)) & values.keys() if "$" in written else frozenset()

    return needed


def _reached(name: str, needed: Needed) -> set[str]:
    """All that the value of a variable is made of, directly or through others, and the variable itself."""
    met, waiting = {name}, [name]
    while waiting:
        others = needed(waiting.pop()) - met
        met |= others
        waiting += others
    return met


def setting(name: str, value: Any) -> str:
    """What was set, as it is written behind `--set`: `width=0.5`."""
    if isinstance(value, str):
        return f"{name}={value}"
    import json  # few runs set anything

    return f"{name}={json.dumps(value)}"


def unlike(tree: Mapping[str, Any], chosen: Choice) -> tuple[str, ...]:
    """A sentence for each variable that was set to another sort of value than the file has there.

    That may be meant (`padding: same` for a number), so it is no problem; where there is one it may be the reason.
    """
    own, variants = _mapping(tree, "vars"), _mapping(tree, "variants")
    values = {**own, **_mapping(variants, chosen.variant or "")}
    sentence = _("`--set {setting}` gives {found} where the spec has {own}")
    return tuple(
        sentence.format(setting=harmless(setting(name, value), 60), found=describe(value), own=describe(values[name]))
        for name, value in chosen.variables.items()
        if name in values and _sort(value) is not _sort(values[name])
    )


def _sort(value: Any) -> type | None:
    """Text, number, list …; an expression may be anything."""
    if isinstance(value, str):
        return None if "$" in value else str
    return float if type(value) is int else type(value)


def there(tree: Mapping[str, Any], chosen: Choice, scope: Mapping[str, Any]) -> bool:
    """Whether the spec has the variant and the variables that were decided from outside."""
    return (chosen.variant is None or chosen.variant in choices(tree)) and set(chosen.variables) <= set(scope)


def is_name(name: str) -> bool:
    """Whether a variable or an argument can be called so."""
    return _NAME.fullmatch(name) is not None and name not in RESERVED and len(name) <= 60


def choices(tree: Mapping[str, Any]) -> tuple[str, ...]:
    """The names of the variants of a spec."""
    return tuple(_mapping(tree, "variants"))


def _mapping(tree: Mapping[str, Any], key: str) -> dict[str, Any]:
    """What stands under the key, if it is the mapping that it should be."""
    value = tree.get(key)
    return value if isinstance(value, dict) else {}


def _chosen(tree: Mapping[str, Any], variants: dict[str, Any], variant: str | None, report: Report) -> dict[str, Any]:
    if variant is None:
        return {}
    if variant not in variants:
        near = tuple(harmless(name, 60) for name in nearest(variant, variants))
        known = tuple(harmless(name, 60) for name in variants)
        report(UnknownVariant(harmless(variant, 60), near, known), key_place(tree, "variants"))
        return {}
    chosen = variants[variant]
    if chosen is None:
        return {}
    if not isinstance(chosen, dict):
        place: Place | None = value_place(variants, variant)
        report(WrongValue(harmless(variant, 60), describe(chosen), _("variables: {width: 64}")), place)
        return {}
    return chosen


def _suits(value: Any) -> bool:
    if isinstance(value, list):
        return all(map(_suits, value))
    return value is None or isinstance(value, str | int | float)
