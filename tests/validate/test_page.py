"""docs/validate.md: every example is run."""

import re
from pathlib import Path

import pytest

import cnncalc
from cnncalc.validate import settings
from tests.cli.running import run

PAGE = (Path(cnncalc.__file__).parent.parent / "docs" / "validate.md").read_text(encoding="utf-8")
SPECS = re.findall(r"```yaml\n(.*?)```", PAGE, re.S)
(TOML,) = re.findall(r"```toml\n(.*?)```", PAGE, re.S)


@pytest.mark.parametrize("text", SPECS)
def test_the_specs_pass(tmp_path, text):
    (tmp_path / "a.yaml").write_text(text, encoding="utf-8")
    done = run("validate", tmp_path / "a.yaml", "--fail-on", "warning")
    assert (done.code, "unused-ignore" in done.out) == (0, False), done.out


def test_every_line_of_the_contract_holds():
    result = cnncalc.analyze(cnncalc.loads(SPECS[0]))
    assert len(result.expectations) == 10
    assert [line.name for line in result.expectations if not line.met] == []


def test_the_configuration_is_one_and_names_every_setting(tmp_path):
    (tmp_path / "cnncalc.toml").write_text(TOML, encoding="utf-8")
    own = settings.load(str(tmp_path / "cnncalc.toml"))
    assert (own.fail_on, own.rules.channel_multiple, len(own.budgets[0][1])) == ("warning", 16, 3)
    numbers = set(type(own.rules)._fields) - {"select", "ignore", "severities"}
    assert [name for name in numbers if name.replace("_", "-") not in TOML] == []


def test_every_measure_is_in_the_table():
    from cnncalc.spec.expect import LAYERS, NAMES

    rows = " ".join(re.findall(r"(?m)^\| .*", PAGE))
    some = ("trainable", "additions", "comparisons", "divisions", "transcendentals")  # behind the dots
    assert [name for name in (*NAMES, LAYERS) if name not in some and f"`{name}`" not in rows] == []


def test_the_commands_of_baselines_work(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "specs").mkdir()
    (tmp_path / "specs" / "a.yaml").write_text(SPECS[1], encoding="utf-8")
    commands = re.findall(r"(?m)^cnncalc (validate .*)$", PAGE)
    assert len(commands) == 3
    assert [run(*command.split()).code for command in commands] == [0, 0, 0]
