"""The state of an expansion: what was built, which names are taken where, and what was found wrong."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cnncalc.arithmetic_problems import TooManyItems
from cnncalc.findings import MOST_LISTED, TooManyProblems
from cnncalc.harmless import harmless
from cnncalc.kinds._contract import Kind
from cnncalc.language import _
from cnncalc.problem import Finding, Mark, Problem
from cnncalc.record import Record
from cnncalc.source import Place, Source
from cnncalc.spec.blocks import Block
from cnncalc.spec.language_problems import TooManySteps
from cnncalc.spec.network import Layer, Reference
from cnncalc.spec.problems import TooManyLayers, UnknownKind, UnknownSource
from cnncalc.spec.values import NO_VARIABLES, Scope

LONGEST_NAME = 256
MOST_LAYERS = 100_000
GROUP = "layers"
"""An entry with this key is a list of layers that are repeated, named or left out together."""

MOST_STEPS = 400_000
MOST_USES = 4
"""So many uses of blocks are marked beside a problem, the outermost ones left out."""

Sources = tuple[Reference | None, ...]
"""What feeds a layer; more than one behind a `parallel` that merges nothing."""


class Passed(str):
    """A text that was given to a block: as the name of a layer it means what it means where the block is used."""

    space: Space

    def __new__(cls, text: str, space: Space) -> Passed:
        """The text, and the names of the place where the block is used."""
        made = super().__new__(cls, text)
        made.space = space
        return made


class Space:
    """The names of one place: of the spec, or inside a named block, whose layers are called `prefix` + own name."""

    __slots__ = ("counters", "feeding", "outer", "prefix", "reserved")

    def __init__(self, prefix: str, outer: Space | None, reserved: frozenset[str], feeding: Sources | None) -> None:
        self.prefix, self.outer, self.reserved = prefix, outer, reserved
        self.feeding = feeding
        """What the word `input` means here; None where it means an input of the network."""
        self.counters: dict[str, int] = {}


class Context(Record):
    """Where the expansion is: what names mean, what blocks it is in, and what holds for all layers there."""

    space: Space
    scope: Scope = NO_VARIABLES
    uses: tuple[Mark, ...] = ()
    depth: int = 0
    trainable: bool = True
    semantics: str | None = None


class Expansion:
    """The state of one expansion."""

    naming = False

    def __init__(
        self,
        entries: list[Any],
        inputs: tuple[str, ...],
        source: Source | None,
        scope: Scope = NO_VARIABLES,
        blocks: Mapping[str, Block] | None = None,
        semantics: str | None = None,
    ) -> None:
        self.entries, self.inputs, self.source = entries, inputs, source
        self.blocks: Mapping[str, Block] = blocks or {}
        self.start = Context(Space("", None, given_names(entries), None), scope, semantics=semantics)
        self.context = self.start
        self.layers: list[Layer] = []
        self.findings: list[Finding] = []
        self.said: set[tuple[Problem, Place | None]] = set()
        self.taken: dict[str, Place | None] = dict.fromkeys(inputs)
        self.meant: dict[str, Sources] = {}
        """What the name of a block or of a repetition stands for: what leaves it."""
        self.passed: dict[str, Sources] = {}
        """What the name of something that is left out stands for: what would have come in."""
        self.several: set[str] = set()
        """The layers that may have more than one output; how many tells the engine."""
        self.opened: set[str] = set()
        """The names of blocks and repetitions, which are no layers."""
        self.names_in: dict[int, frozenset[str]] = {}
        self.wanted: dict[str, tuple[str, ...]] = {}
        self.searched = 0
        self.steps = 0
        self.stopped = False
        self.kinds: dict[tuple[str, str, str | None], Kind | None] = {}
        # What is unknown once is often unknown everywhere, and to find what was meant takes long.
        self.unknown_kinds: dict[str, UnknownKind] = {}
        self.unknown_sources: dict[str, UnknownSource] = {}
        self._all_wanted: Mapping[str, tuple[str, ...]] | None = None

    def spend(self, steps: int, place: Place | None) -> bool:
        """Go so many steps further on; whether it is time to give up, which is said once."""
        self.steps += steps
        if not self.stopped and (self.steps > MOST_STEPS or len(self.layers) >= MOST_LAYERS):
            self.stopped = True
            self.report(TooManySteps(MOST_STEPS) if self.steps > MOST_STEPS else TooManyLayers(MOST_LAYERS), place)
        return self.stopped

    def report(self, problem: Problem, place: Place | None, layer: str | None = None, mark: Mark | None = None) -> None:
        """Keep a problem with its place; inside blocks, which come again and again, once."""
        if len(self.findings) > MOST_LISTED:
            return
        if len(self.findings) == MOST_LISTED:  # nobody reads on, and each takes time
            problem, mark = TooManyProblems(MOST_LISTED), None
        self.stopped = self.stopped or isinstance(problem, TooManyItems | TooManyProblems)
        marks: tuple[Mark, ...] = (mark,) if mark else ()
        if self.context.depth:
            if (problem, place) in self.said:
                return
            self.said.add((problem, place))
            marks += self.context.uses
        named = None if layer is None else harmless(layer, LONGEST_NAME)
        self.findings.append(Finding(problem, self.source, place, named, marks))

    def all_wanted(self) -> Mapping[str, tuple[str, ...]]:
        """Of every layer, also of those still to come, the names in its `from`.

        Only mistakes ask for it, so that a sound spec is gone through once.
        """
        if self._all_wanted is None:
            from cnncalc.spec.expand import walk

            names = Naming(self.entries, self.inputs, None, self.start.scope, self.blocks)
            walk(names)
            self._all_wanted = {**dict.fromkeys(names.meant, ()), **names.wanted}
        return self._all_wanted


class Naming(Expansion):
    """An expansion that finds out what every layer is called, and nothing else."""

    naming = True

    def report(self, problem: Problem, place: Place | None, layer: str | None = None, mark: Mark | None = None) -> None:
        """Nothing: what is wrong is reported by the expansion proper."""


def used_here(place: Place | None) -> tuple[Mark, ...]:
    """The mark at the use of a block."""
    return () if place is None else (Mark(place, _("used here")),)


def given_names(entries: Any) -> frozenset[str]:
    """Every name that is given in a list of layers, so that no unnamed layer takes it."""
    found: set[str] = set()
    waiting = [entries]
    while waiting:
        for entry in one if isinstance(one := waiting.pop(), list) else ():
            if not isinstance(entry, dict):
                continue
            if "layers" in entry:
                name = entry.get("name")
                if not isinstance(name, str):
                    waiting.append(entry["layers"])
                    continue
                found.add(name)
            for fields in entry.values():
                if not isinstance(fields, dict):
                    continue
                if isinstance(name := fields.get("name"), str):
                    found.add(name)
                if isinstance(paths := fields.get("paths"), list):
                    waiting.extend(paths)
    return frozenset(found)
