"""Only the kinds' own files name kinds; everything else asks for what a kind declares."""

import ast
import re
from pathlib import Path

import cnncalc
from cnncalc.kinds import BY_HAND, every, find

PACKAGE = Path(cnncalc.__file__).parent


def _texts(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value, node.lineno


WORDS = Path("rules", "name_unlike_kind.py")
"""Its table holds what people call their layers, and `conv` is such a word."""


def test_no_name_of_a_windowed_kind_stands_outside_kinds():
    names = {kind.name for kind in every() if kind.rank} | {re.sub("[123]d$", "", kind.name) for kind in every()}
    names = {name for name in names if "conv" in name or "pool" in name or "norm" in name}
    found = [
        f"{path.relative_to(PACKAGE)}:{line} {text}"
        for path in sorted(PACKAGE.rglob("*.py"))
        if "kinds" not in path.relative_to(PACKAGE).parts and path.relative_to(PACKAGE) != WORDS
        for text, line in _texts(path)
        if text in names or text == "_pool"
    ]
    assert found == []


def test_what_a_kind_is_taken_for_is_a_kind_of_the_same_axes():
    mixed_up = [kind for kind in every() if kind.taken_for]
    assert mixed_up
    for kind in mixed_up:
        other = find(f"{kind.taken_for}{kind.rank}d")
        assert other is not None
        assert other.rank == kind.rank


def test_the_kind_of_a_calculation_by_hand_is_one():
    assert find(BY_HAND) is not None
