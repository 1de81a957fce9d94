"""Every problem of the package: its code is its own, its docstring is a manual."""

import inspect
import pkgutil
from collections import Counter
from importlib import import_module

import pytest

import cnncalc
from cnncalc.problem import Problem


def problems():
    """Every concrete problem in any module of the package."""
    for module in pkgutil.walk_packages(cnncalc.__path__, "cnncalc."):
        if not module.name.endswith("__main__"):
            import_module(module.name)
    waiting, found = [Problem], []
    while waiting:
        for one in waiting.pop().__subclasses__():
            waiting.append(one)
            if one.__module__.startswith("cnncalc.") and not inspect.isabstract(one):
                found.append(one)
    return sorted(set(found), key=lambda one: one.__qualname__)


PROBLEMS = problems()


def test_no_two_problems_share_a_code():
    times = Counter(one.code() for one in PROBLEMS)
    assert [code for code, number in times.items() if number > 1] == []


@pytest.mark.parametrize("problem", PROBLEMS, ids=lambda problem: problem.code())
def test_a_problem_explains_itself_in_a_sentence(problem):
    written = inspect.cleandoc(vars(problem).get("__doc__") or "")
    assert not written.startswith(f"{problem.__name__}(")
    assert written.split("\n\n")[0].rstrip().endswith((".", ":", "`"))
    assert len(written.split()) >= 6


@pytest.mark.parametrize("problem", PROBLEMS, ids=lambda problem: problem.code())
def test_a_code_is_words_with_hyphens(problem):
    assert all(word.isalnum() and word.islower() for word in problem.code().split("-"))
    assert problem.severity in ("error", "warning", "advice", "note")
