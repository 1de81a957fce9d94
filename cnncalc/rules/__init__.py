"""The design rules, one file each. There is no list of rules: a rule's file is found by looking.

Files that begin with `_` hold what several share.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib import import_module
from inspect import isabstract
from pathlib import Path

from cnncalc.engine.remedy import place_of
from cnncalc.harmless import harmless
from cnncalc.problem import Finding, in_order
from cnncalc.result import Result
from cnncalc.rules._contract import Breach, Rule
from cnncalc.rules._design import Design, Node
from cnncalc.rules._settings import DEFAULT, Settings
from cnncalc.source import Place, PlacedMapping
from cnncalc.spec.network import Network

ALL, ON = "all", "default"
"""The words that stand for every rule, and for those that are on by themselves."""


@cache
def every() -> dict[str, type[Rule]]:
    """Every design rule by its code, in order; imports all files."""
    found: dict[str, type[Rule]] = {}
    for path in sorted(Path(__file__).parent.glob("[a-z]*.py")):
        module = import_module(f"{__name__}.{path.stem}")
        for value in vars(module).values():
            own = isinstance(value, type) and issubclass(value, Rule) and value.__module__ == module.__name__
            if own and not isabstract(value):
                found[value.code()] = value
    return dict(sorted(found.items()))


def chosen(settings: Settings) -> list[type[Rule]]:
    """The rules that the settings ask for, in order.

    Raises:
        KeyError: a code that is no rule's; its argument is the code.
    """
    wanted, unwanted = (
        {code for word in words for code in meant(word)} for words in (settings.select, settings.ignore)
    )
    return [rule for code, rule in every().items() if code in wanted - unwanted]


def meant(word: str) -> list[str]:
    """The codes that a word stands for: its own, or those of many.

    Raises:
        KeyError: it is no rule's.
    """
    if word in (ALL, ON):
        return [code for code, rule in every().items() if word == ALL or rule.on]
    if word not in every():
        raise KeyError(word)
    return [word]


def broken(network: Network, result: Result, settings: Settings = DEFAULT) -> list[Finding]:
    """What the rules find in a network and its result, as it stands in the file.

    Layers that could not be calculated, and what follows from them, are passed over.

    Raises:
        KeyError: the settings name a code that is no rule's.
    """
    design = Design(network, result, settings)
    findings = [
        finding for rule in chosen(settings) for finding in _findings(list(rule.find(design)), design, settings)
    ]
    return sorted(findings, key=in_order)


def _places(node: Node) -> Iterator[Place]:
    if node.layer.place is not None:
        yield node.layer.place
    if isinstance(node.layer.fields, PlacedMapping) and node.layer.fields.place is not None:
        yield node.layer.fields.place


def _findings(breaches: list[Breach], design: Design, settings: Settings) -> Iterator[Finding]:
    """One finding for each place and sentence; an edit only where it mends every layer that is written there."""
    meant = {breach.node.index for breach in breaches if breach.node is not None and breach.edit is not None}
    unsafe = {place for node in design.nodes if meant and node.index not in meant for place in _places(node)}
    seen = set()
    for rule, node, marks, edit, place in breaches:
        at = place if node is None else place or place_of(node.layer, rule)
        key = (at, None if at is not None or node is None else node.index)
        if key in seen:
            continue
        seen.add(key)
        safe = edit is not None and node is not None and unsafe.isdisjoint(_places(node))
        yield Finding(
            rule,
            design.network.source,
            at,
            None if node is None else harmless(node.layer.name, 256),
            marks,
            edits=(edit,) if safe and edit is not None else (),
            graded=settings.severities.get(rule.code()),
        )
