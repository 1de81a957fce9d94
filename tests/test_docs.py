"""The pages in `docs/` and CONTRIBUTING.md: generated ones are fresh, examples run, trees and rows are real."""

import inspect
import json
import os
import re
import shutil
import subprocess
import sys
import tomllib

import pytest

from cnncalc import catalogue
from cnncalc.kinds import every
from cnncalc.problem import Problem
from cnncalc.record import Record
from tests.pages import LINK, ROOT, page, script

PAGES = ["docs/design.md", "docs/kinds.md", "docs/rules.md", "docs/language.md", "CONTRIBUTING.md", "CHANGELOG.md"]
EXAMPLES = {f"{kind.name}-{number}": example for kind in every() for number, example in enumerate(kind.examples)
            if example.kind == kind.name}  # fmt: skip


@pytest.fixture(scope="module")
def made():
    """The generated pages, made in a process of their own: tests define problems too, which belong on no page."""
    lines = (
        "import json, runpy\nscript = runpy.run_path('docs/generate.py')\n"
        "print(json.dumps({name: page() for name, page in script['PAGES'].items()}))"
    )
    environ = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-c", lines], cwd=ROOT, env=environ, capture_output=True, check=True)
    return json.loads(done.stdout)


@pytest.mark.parametrize("name", ["kinds.md", "rules.md"])
def test_a_generated_page_is_fresh(name, made):
    assert page(f"docs/{name}") == made[name]


def test_every_kind_and_every_problem_has_its_heading():
    headings = set(re.findall(r"`(\w+)`", "".join(re.findall(r"(?m)^### .*", page("docs/kinds.md")))))
    assert headings == {kind.name for kind in every()}
    ours = {kind.code() for kind in _problems(Problem) if kind.__module__.startswith("cnncalc.")}
    assert ours <= set(re.findall(r"(?m)^### (\S+)", page("docs/rules.md")))


def _problems(kind):
    for one in kind.__subclasses__():
        if not inspect.isabstract(one) and not one.__name__.startswith("_"):
            yield one
        yield from _problems(one)


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_worked_case_comes_out(name):
    example = EXAMPLES[name]
    kind = next(kind for kind in every() if kind.name == example.kind).model_validate(example.fields)
    output = tuple(kind.output(example.inputs))
    found = {"output": output, **kind.weights(example.inputs)._asdict(), **kind.cost(example.inputs, output)._asdict()}
    assert {key: found[key] for key in example.expected} == dict(example.expected)


@pytest.mark.parametrize("name", PAGES)
def test_every_link_leads_to_a_file(name):
    links = [link for link in LINK.findall(page(name)) if "://" not in link]
    assert [link for link in links if not ((ROOT / name).parent / link).is_file()] == []


def test_the_tree_of_the_design_is_the_tree_of_the_package():
    named = set(re.findall(r"(?m)^\| `([a-z_]+(?:/|\.py))` \|", page("docs/design.md")))
    files = {path.name for path in (ROOT / "cnncalc").glob("*.py") if not path.name.startswith("__")}
    folders = {f"{path.parent.name}/" for path in (ROOT / "cnncalc").glob("*/__init__.py")}
    assert named == files | folders


def test_the_rows_of_the_design_are_those_that_are_held():
    (contract,) = tomllib.loads(page("pyproject.toml"))["tool"]["importlinter"]["contracts"]
    assert "\n".join(contract["layers"]) in page("docs/design.md")


def test_the_design_counts_the_records():
    catalogue.problems()

    def below(kind):
        return sum(1 + below(one) for one in kind.__subclasses__())

    stated = int(re.search(r"more than (\d+) classes of values", page("docs/design.md").replace("\n", " "))[1])
    assert stated < below(Record) < 2 * stated


def test_the_kind_of_the_contributing_page_runs_as_shown(tmp_path):
    outputs = script("outputs")
    shutil.copytree(ROOT / "cnncalc", tmp_path / "cnncalc", ignore=shutil.ignore_patterns("__pycache__"))
    (code,) = outputs.blocks(page("CONTRIBUTING.md"), "python")
    (tmp_path / "cnncalc" / "kinds" / "lisht.py").write_text(code, encoding="utf-8")
    (block,) = outputs.blocks(page("CONTRIBUTING.md"), "console")
    ((command, shown),) = outputs.steps(block)
    done = subprocess.run(
        [sys.executable, "-m", "cnncalc", *command.split()[1:]],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(tmp_path), "COLUMNS": "80", "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        encoding="utf-8",
    )
    assert done.stdout.rstrip("\n") == shown


def test_the_scripts_of_the_contributing_page_exist():
    assert all((ROOT / path).is_file() for path in re.findall(r"python (docs/\w+\.py)", page("CONTRIBUTING.md")))


def test_the_licence_is_the_one_of_the_package():
    project = tomllib.loads(page("pyproject.toml"))["project"]
    assert page("LICENSE").startswith(f"{project['license']} License\n")
    assert f"Copyright (c) 2026 {project['authors'][0]['name']}" in page("LICENSE")
