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


HOMONYMS = {
    ("formula/worked.py", "tanh"): "the function",
    ("rules/name_unlike_kind.py", "conv"): "what people call their layers",
    ("spec/fields.py", "pad"): "another name of a field",
    ("teach/ask/overlooked.py", "pad"): "a word of questions",
    ("teach/ask/stacks.py", "stack"): "a word of questions",
    ("views/written_out.py", "sum"): "the sum of a window",
}
"""Words that stand in a file for something else than the kind of that name."""


def test_no_name_of_a_kind_stands_outside_kinds():
    names = {name for kind in every() for name in (kind.name, re.sub("[123]d$", "", kind.name))} | {"_pool"}
    found = {
        (path.relative_to(PACKAGE).as_posix(), text)
        for path in sorted(PACKAGE.rglob("*.py"))
        if "kinds" not in path.relative_to(PACKAGE).parts
        for text, _line in _texts(path)
        if text in names
    }
    assert found == HOMONYMS.keys()


def test_what_a_kind_is_taken_for_is_a_kind_of_the_same_axes():
    mixed_up = [kind for kind in every() if kind.taken_for]
    assert mixed_up
    for kind in mixed_up:
        other = find(f"{kind.taken_for}{kind.rank}d")
        assert other is not None
        assert other.rank == kind.rank


def test_the_kind_of_a_calculation_by_hand_is_one():
    assert find(BY_HAND) is not None
