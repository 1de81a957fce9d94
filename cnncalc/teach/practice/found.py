"""Questions that are found, not drawn: in words in the lectures, and about the shipped networks."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import cache
from typing import Any

from cnncalc.formula.expression import Expression
from cnncalc.language import _
from cnncalc.source import Source
from cnncalc.spec import shipped
from cnncalc.spec.read import parse_text
from cnncalc.teach import from_spec
from cnncalc.teach import written_matrix as matrix
from cnncalc.teach.bilingual import in_words
from cnncalc.teach.check import Mark
from cnncalc.teach.given import NotUnderstood
from cnncalc.teach.parts import layer, worked
from cnncalc.teach.practice.numbers import Draw
from cnncalc.teach.practice.slips import Wrong, of_matrix, of_quantity, plain, written
from cnncalc.teach.practice.topics import QUESTIONS

LECTURES = "lectures"

WINDOWS = {1: (2, 3), 2: (3, 5), 3: (4, 8)}
"""How many windows stand one behind the other, at each level."""


@cache
def _lectures() -> tuple[dict[str, Any], ...]:
    """The questions of the lectures that offer a choice."""
    path = shipped.questions(LECTURES)
    if path is None:
        return ()
    tree, _findings = parse_text(Source(LECTURES, path.read_text(encoding="utf-8")))
    rows = tree["questions"] if isinstance(tree, dict) else []
    return tuple(_copied(row) for row in rows if row.get("ask") == "choice")


def _copied(tree: Any) -> Any:
    """The tree without places."""
    if isinstance(tree, dict):
        return {key: _copied(value) for key, value in tree.items()}
    return tree


def in_the_lectures(draw: Draw) -> tuple[str, dict[str, Any]]:
    """A question of the lectures, in words."""
    if not _lectures():
        raise NotUnderstood
    row = draw.one(_lectures())
    return in_words(row["text"]), {key: value for key, value in row.items() if key != "id"}


@cache
def _chains(name: str) -> tuple[tuple[str, str, int], ...]:
    """The layers of a shipped network that a chain of windows leads to: name, the windows in letters, how many."""
    of = from_spec.analysed(name, "")
    chains: list[tuple[str, str, int]] = []
    for one in of[1].layers:
        windows = from_spec.windows(of, one.name)
        if windows and (not chains or len(windows) > chains[-1][2]) and len(set(one.receptive_field or ())) == 1:
            gaps = [f" d{reach.dilation}" if reach.dilation > 1 else "" for reach in windows]
            said = [f"k{reach.kernel} s{reach.stride}{gap}" for reach, gap in zip(windows, gaps, strict=True)]
            chains.append((one.name, " → ".join(said), len(windows)))
    return tuple(chains)


def in_a_network(draw: Draw, level: int) -> tuple[str, dict[str, Any]]:
    """A question about the receptive field in a shipped network."""
    low, high = WINDOWS[level]
    name = draw.one(shipped.names())
    chains = [one for one in _chains(name) if low <= one[2] <= high]
    if not chains:
        return "", {"spec": name, "ask": "padding"}
    behind, windows, _count = draw.one(chains)
    text = _(QUESTIONS["network"]).format(network=name, windows=windows, layer=behind)
    return text, {"spec": name, "layer": behind, "ask": "receptive_field"}


def slips(row: dict[str, Any], ask: str, mark: Mark) -> tuple[Sequence[Expression], str, list[Wrong]]:
    """The formulas behind a question, its right answer, and what each slip leads to; no answer when it is unfit."""
    truth = mark("")
    if any(Fraction(value).denominator != 1 for value in truth.expected):
        return (), "", []
    if ask == "values":
        return (), plain(matrix.text(truth.expected, truth.columns)), of_matrix(worked(row))
    given = None if "spec" in row else layer(row)
    alike = ask == "output_size" and len(truth.expected) > 1
    answer = "" if alike else written(truth.expected)
    return truth.truth, answer, of_quantity(given, ask, truth.truth, truth.expected)
