"""`cnncalc init`: the spec to start from."""

import json

import pytest

from tests.cli.running import run


@pytest.fixture(autouse=True)
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_starter_is_clean_even_when_every_rule_is_asked():
    assert run("init", "tiny").code == 0
    done = run("validate", "tiny.yaml", "--select", "all", "--format", "json")
    assert (done.code, done.json["files"][0]["findings"]) == (0, [])


def test_the_starter_keeps_its_promise():
    run("init")
    weights = 16 * 3 * 9 + 16 + 32 * 16 * 9 + 32 + 64 * 32 * 9 + 64 + 64 * 10 + 10
    found = run("summary", "net.yaml", "-f", "json").json
    assert found["totals"]["parameters"] == weights
    assert [line["met"] for line in found["expect"]] == [True, True]


def test_the_first_line_names_the_schema_beside_it(here):
    run("init", "tiny")
    first = (here / "tiny.yaml").read_text(encoding="utf-8").splitlines()[0]
    assert first == "# yaml-language-server: $schema=cnncalc.schema.json"
    assert json.loads((here / "cnncalc.schema.json").read_text()) == run("schema").json


def test_without_a_schema_there_is_no_line_for_it(here):
    run("init", "tiny", "--no-schema")
    assert "$schema" not in (here / "tiny.yaml").read_text(encoding="utf-8")
    assert not (here / "cnncalc.schema.json").exists()


def test_a_file_that_is_there_is_not_written_over(here):
    (here / "tiny.yaml").write_text("mine")
    done = run("init", "tiny")
    assert (done.code, len(done.err.splitlines())) == (4, 1)
    assert "--force" in done.err
    assert (here / "tiny.yaml").read_text() == "mine"
    assert run("init", "tiny", "--force").code == 0
    assert (here / "tiny.yaml").read_text(encoding="utf-8") != "mine"


def test_a_schema_that_is_there_is_left_alone(here):
    (here / "cnncalc.schema.json").write_text("mine")
    run("init", "tiny")
    assert (here / "cnncalc.schema.json").read_text() == "mine"


def test_the_ending_may_be_written():
    assert "tiny.yaml" in run("init", "tiny.yaml").out
    assert run("summary", "tiny.yaml").code == 0


@pytest.mark.parametrize("name", ["", ".yaml", ".yml", "a.yaml@b", "a\nb", "x" * 200, "sub/"])
def test_what_is_no_name_is_a_usage_error(name):
    assert run("init", name).code == 2


def test_a_folder_that_is_missing_is_one_line():
    done = run("init", "nowhere/tiny")
    assert done.code == 4
    assert "nowhere" in done.err


@pytest.mark.parametrize("name", ["no", "1e3", "[a]", "a: b"])
def test_a_name_that_yaml_takes_for_something_else_is_quoted(name):
    run("init", name)
    assert run("summary", f"{name}.yaml", "-f", "json").json["name"] == name


def test_an_ending_that_is_written_is_kept():
    assert "tiny.yml" in run("init", "tiny.yml").out
    assert run("validate", "tiny.yml").code == 0


def test_what_lies_beside_a_spec_as_json_is_no_network(here):
    run("init", "net")
    assert (here / "cnncalc.schema.json").exists()
    (here / "base.json").write_text('{"files": {"net.yaml": {"layers": {}}}}')
    done = run("summary", ".", "--format", "json")
    assert (done.code, done.err) == (0, "")
    assert json.loads(done.out)["name"] == "net"
    (here / "net.yaml").unlink()
    assert run("summary", ".").code == 4
