"""What other people's projects use: the hook of pre-commit, the GitHub Action, the pages' snippets. No network."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from cnncalc.cli import reporting
from tests.cli.running import environment, run
from tests.cli.specs import MNIST, SMALL
from tests.pages import page

PAGE = "docs/integrations.md"
BLOCKS = re.findall(r"(?ms)^```(\w+)\n(.*?)^```$", page(PAGE))
COMMANDS = [line for language, text in BLOCKS if language == "sh" for line in text.splitlines()]


def tree(text):
    """What a YAML text says, read by events only, as everywhere here."""
    from cnncalc.source import Source
    from cnncalc.spec.read import parse_text

    found, findings = parse_text(Source("<text>", text))
    assert not [finding for finding in findings if finding.severity == "error"]
    return found


@pytest.fixture
def project(tmp_path, monkeypatch):
    """Specs in a directory, and `cnncalc` where the action puts it."""
    (tmp_path / "specs").mkdir()
    (tmp_path / "specs" / "net.yaml").write_text(SMALL)
    program = tmp_path / "cnncalc" / "bin" / "cnncalc"
    program.parent.mkdir(parents=True)
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m cnncalc "$@"\n')
    program.chmod(0o755)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_hook_of_pre_commit_is_complete():
    (hook,) = tree(page(".pre-commit-hooks.yaml"))
    assert hook["id"] == "cnncalc-validate"
    assert hook["language"] == "python"
    assert hook["entry"].split() == ["cnncalc", "validate"]
    assert hook["types_or"] == ["yaml", "json"]


@pytest.mark.parametrize(
    ("path", "taken"),
    [("specs/a.yaml", True), ("models/specs/a.json", True), ("a.yaml", False), ("myspecs/a.yaml", False)],
)
def test_the_hook_takes_files_below_specs(path, taken):
    (hook,) = tree(page(".pre-commit-hooks.yaml"))
    assert bool(re.search(hook["files"], path)) is taken


def steps():
    return tree(page("action.yml"))["runs"]["steps"]


def test_no_input_is_pasted_into_a_script_of_the_action():
    assert [step["name"] for step in steps() if "${{" in step["run"]] == []
    assert all(step["shell"] == "bash" for step in steps())


def test_every_input_of_the_action_arrives_as_a_variable():
    variables = {value for step in steps() for value in step["env"].values()}
    for name in tree(page("action.yml"))["inputs"]:
        assert f"${{{{ inputs.{name} }}}}" in variables


def validate(project, paths="specs/", args="", format="terminal", sarif=""):
    """The action's second step, as a runner starts it."""
    script = project / "step.sh"
    script.write_text(steps()[1]["run"])
    inputs = {"CNNCALC_PATHS": paths, "CNNCALC_ARGS": args, "CNNCALC_FORMAT": format, "CNNCALC_SARIF": sarif}
    return subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", script],
        capture_output=True,
        text=True,
        cwd=project,
        env=environment(RUNNER_TEMP=str(project), **inputs),
        timeout=60,
    )


def test_the_action_is_clean_for_a_clean_spec(project):
    assert validate(project, "specs/\nspecs/*.yaml", "--fail-on warning -j 1").returncode == 0


def test_the_action_fails_for_a_broken_spec(project):
    (project / "specs" / "net.yaml").write_text(MNIST)
    done = validate(project)
    assert done.returncode == 1
    assert "in-features-mismatch" in done.stdout


@pytest.mark.parametrize("name", ["paths", "args", "format", "sarif"])
@pytest.mark.parametrize(
    "evil", ["$(touch hit)", "`touch hit`", "; touch hit", '"; touch hit; "', "a\ntouch hit", "&& touch hit"]
)
def test_no_input_becomes_a_command(name, evil, project):
    validate(project, **{name: evil})
    assert not (project / "hit").exists()


def test_a_path_cannot_become_an_option(project):
    validate(project, "--write-baseline=hit specs/")
    assert not (project / "hit").exists()


@pytest.mark.parametrize("evil", ["1.0 evil", "--index-url=x", "1.0;touch hit", "git+https://x", "1.0\n--pre"])
def test_only_a_version_is_installed(evil, tmp_path):
    script = tmp_path / "step.sh"
    script.write_text(steps()[0]["run"])
    env = environment(RUNNER_TEMP=str(tmp_path), CNNCALC_ACTION="", CNNCALC_VERSION=evil)
    done = subprocess.run(["bash", script], capture_output=True, cwd=tmp_path, env=env, timeout=60)
    assert done.returncode == 2
    assert sorted(path.name for path in tmp_path.iterdir()) == ["step.sh"]


@pytest.mark.parametrize("text", [text for language, text in BLOCKS if language == "yaml"])
def test_a_snippet_is_valid_yaml(text):
    assert list(yaml.parse(text, Loader=yaml.SafeLoader))


def test_the_snippets_use_inputs_and_hooks_that_there_are():
    inputs = set(tree(page("action.yml"))["inputs"])
    snippets = [tree(text) for language, text in BLOCKS if language == "yaml"]
    (hook,) = (one["repos"][0]["hooks"][0] for one in snippets if isinstance(one, dict) and "repos" in one)
    (job,) = (one["jobs"]["validate"] for one in snippets if isinstance(one, dict) and "jobs" in one)
    assert hook["id"] in page(".pre-commit-hooks.yaml")
    assert set(job["steps"][1]["with"]) <= inputs


def scripts():
    """The lines of the GitLab snippet, and those of the shell."""
    (job,) = (tree(text)["cnncalc"] for language, text in BLOCKS if language == "yaml" and text.startswith("cnncalc:"))
    return [*job["script"], *COMMANDS]


@pytest.mark.parametrize(
    "line", [line for line in scripts() if line.startswith("cnncalc ") and line.split()[1][0] != "-"]
)
def test_a_command_of_the_page_runs(line, project, request):
    assert set(re.findall(r"--format (\w+)", line)) <= set(reporting.FORMATS)
    (project / "net.yaml").write_text(SMALL)
    if "init" in line:
        Path("net.yaml").unlink()
    if "--baseline" in line:
        run("validate", "specs/", "--write-baseline", "baseline.json")
    words = [word for word in line.split()[1:] if word != "--watch"]
    assert run(*words).code == 0
