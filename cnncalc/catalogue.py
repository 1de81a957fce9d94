"""Every code that the program can say, found by looking: problems and design rules by their classes, slips
by their table."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from typing import NamedTuple

from cnncalc.formula.slip_words import SLIPS
from cnncalc.language import _
from cnncalc.problem import Problem
from cnncalc.rules import every
from cnncalc.rules._contract import Rule

COMMAND_LINE = ("cnncalc.__main__", "cnncalc.cli", "cnncalc.render", "cnncalc.views", "cnncalc.catalogue")
"""Parts that meet no problems of their own, and are not imported to look for them."""


class Manual(NamedTuple):
    """A code with what there is to say about it."""

    code: str
    severity: str
    text: str
    bad: str = ""
    """Of a design rule: a spec that breaks it, and one that does not."""
    good: str = ""
    on: bool = True
    """Whether a design rule is asked when nothing is selected."""
    fixable: bool = False


def problems() -> dict[str, Manual]:
    """The manual of every problem, by its code, in order."""
    for module in walk_packages([str(Path(__file__).parent)], "cnncalc."):
        if not module.name.startswith(COMMAND_LINE):
            import_module(module.name)
    found = {kind.code(): kind for kind in _below(Problem) if not issubclass(kind, Rule)}  # type: ignore[type-abstract]  # only looked at, never made
    return {code: Manual(code, found[code].severity, found[code].manual()) for code in sorted(found)}


def design() -> dict[str, Manual]:
    """The manual of every design rule with its examples, by its code, in order."""
    return {
        code: Manual(code, rule.severity, rule.manual(), rule.bad, rule.good, rule.on, rule.fixable)
        for code, rule in every().items()
    }


def _below(kind: type[Problem]) -> Iterator[type[Problem]]:
    """The problems that can be met: subclasses with all their words, at any depth."""
    for one in kind.__subclasses__():
        if not inspect.isabstract(one) and not one.__name__.startswith("_") and one.__module__.startswith("cnncalc."):
            yield one
        yield from _below(one)


def slips() -> dict[str, Manual]:
    """Every slip in a few words and, behind a blank line, in a sentence; the commonest first."""
    return {code: Manual(code, "slip", f"{_(said.short)}\n\n{_(said.sentence)}") for code, said in SLIPS.items()}
