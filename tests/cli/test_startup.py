"""What a run loads: no more than it uses."""

import subprocess
import sys

import pytest

from tests.cli.running import environment

REPORT = """
import sys
bare = set(sys.modules)
{}
sys.stderr.write(" ".join(set(sys.modules) - bare))
"""
RUN = """
sys.argv = ["cnncalc", *{!r}]
from cnncalc.__main__ import main
try:
    main()
except SystemExit:
    pass
"""


def loaded(code, cwd=None):
    line = [sys.executable, "-c", REPORT.format(code)]
    done = subprocess.run(line, capture_output=True, text=True, env=environment(), cwd=cwd, timeout=60)
    return set(done.stderr.split())


def by(*argv, cwd=None):
    return loaded(RUN.format(argv), cwd)


def top(modules):
    return {name.partition(".")[0] for name in modules}


@pytest.fixture(scope="module")
def summary():
    return by("summary", "lenet5")


def test_importing_the_package_loads_nothing():
    modules = loaded("import cnncalc")
    assert {name for name in modules if name.startswith("cnncalc")} == {"cnncalc", "cnncalc.version"}
    assert not top(modules) & {"pydantic", "typer", "rich", "yaml", "json"}


def test_the_version_loads_nothing_either():
    modules = by("--version")
    assert {name for name in modules if name.startswith("cnncalc")} == {
        "cnncalc",
        "cnncalc.__main__",
        "cnncalc.version",
    }
    assert not top(modules) & {"pydantic", "typer", "rich", "yaml", "json"}


def test_a_summary_loads_no_framework(summary):
    assert not top(summary) & {"numpy", "torch", "tensorflow", "onnx", "keras", "jinja2", "pandas", "matplotlib"}


def test_a_summary_loads_the_kinds_of_its_file_only(summary):
    kinds = {name.removeprefix("cnncalc.kinds.") for name in summary if name.startswith("cnncalc.kinds.")}
    assert {kind for kind in kinds if not kind.startswith("_")} == {"conv", "tanh", "avg_pool", "flatten", "linear"}


def test_a_summary_in_yaml_loads_nothing_for_json(summary):
    assert not summary & {"cnncalc.spec.json_text", "cnncalc.spec.json_problems", "cnncalc.render.json"}


def test_a_summary_without_colours_loads_no_rich(summary):
    assert not {name for name in summary if name.startswith("rich")}


def test_a_summary_loads_no_other_command_and_no_other_format(summary):
    assert not {f"cnncalc.cli.{command}" for command in ("compare", "layer", "check", "rules", "specs")} & summary
    assert not {f"cnncalc.render.{format}" for format in ("html", "latex", "markdown", "csv")} & summary
    assert "cnncalc.teach" not in summary
