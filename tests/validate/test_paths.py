"""Which files are meant: directories, patterns, links, names that are odd, and files that are something else."""

import json
import os

import pytest

from cnncalc.validate.paths import candidates
from cnncalc.validate.run import check_all
from cnncalc.validate.settings import Settings
from tests.cli.running import process, run
from tests.validate.trees import ERROR, ODD, SMALL, plant


def meant(*arguments):
    return [(one.file, one.named) for one in candidates([str(one) for one in arguments])]


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_directory_is_all_specs_below_it_in_order(here):
    plant(here, b_yaml=SMALL, a__z_yml=SMALL, a__a__x_json="{}", a__more_txt=SMALL, c_toml="")
    assert meant(".") == [("b.yaml", False), ("a/z.yml", False), ("a/a/x.json", False)]


def test_hidden_directories_and_those_of_others_are_left_out(here):
    plant(here, **{".git__a_yaml": SMALL, "node_modules__a_yaml": SMALL, "src__node_modules__b_yaml": SMALL})
    assert meant(".") == []


def test_patterns_and_names_mean_each_file_once(here):
    plant(here, a_yaml=SMALL, b_yaml=SMALL, c__d_yaml=SMALL)
    assert meant("*.yaml", "./a.yaml", "b.yaml") == [("a.yaml", True), ("b.yaml", True)]
    assert meant("**/*.yaml") == [("a.yaml", True), ("b.yaml", True), ("c/d.yaml", True)]
    assert meant(".", "c/../a.yaml") == [("c/../a.yaml", True), ("b.yaml", False), ("c/d.yaml", False)]


def test_a_link_and_its_file_are_one(here):
    plant(here, a_yaml=SMALL)
    (here / "b.yaml").symlink_to("a.yaml")
    assert meant(".") == [("a.yaml", False)]


def test_a_circle_of_links_ends(here):
    plant(here, a__a_yaml=SMALL)
    (here / "a" / "up").symlink_to("..", target_is_directory=True)
    (here / "a" / "self.yaml").symlink_to("self.yaml")
    assert meant(".") == [("a/a.yaml", False), ("a/self.yaml", False)]
    done = run("validate", ".")
    assert (done.code, "Too many levels of symbolic links" in done.out) == (4, True)


def test_a_dead_link_is_said_and_the_others_are_still_reported(here):
    plant(here, b_yaml=ERROR)
    (here / "a.yaml").symlink_to("nowhere")
    done = run("validate", ".", "-f", "json")
    assert (done.code, [file["status"] for file in done.json["files"]]) == (4, ["unreadable", "findings"])


def test_a_pipe_in_a_directory_keeps_nobody_waiting(here):
    plant(here, b_yaml=SMALL)
    os.mkfifo(here / "a.yaml")
    assert meant(".") == [("b.yaml", False)]


def test_a_directory_that_is_closed_is_said(here, monkeypatch):
    plant(here, a_yaml=SMALL, closed__b_yaml=SMALL)
    scan = os.scandir

    def refusing(path):
        if os.fspath(path).endswith("closed"):
            raise PermissionError(13, "Permission denied", os.fspath(path))
        return scan(path)

    monkeypatch.setattr(os, "scandir", refusing)
    assert [file for file, _named in meant(".")] == ["a.yaml", "./closed"]
    assert run("validate", ".").code == 4


OTHERS = {
    "compose_yaml": "services: {a: {image: layers}}\n",
    "nested_yaml": "model:\n  layers:\n  - 5\n",
    "list_yaml": "- layers: 5\n",
    "keras_json": '{"config": {"layers": [1, 2]}}',
    "list_json": '[{"layers": []}]',
    "empty_yaml": "",
    "chart_yaml": "# layers: 5\nkind: {{ .Values.layers }}\n",
    "binary_json": b"\xff\x00\x01",
    "labels_yaml": "labels: [a]\nlayout: b\nplayers: 3\n",
    "schema_json": '{"properties": {"input": 1, "layers": 2}, "x": {"layer": 1}}',
    "deep_json": '{"a": "b\\"{", "rules": [{"input": 1}], "inputs": {"layers": 5}}',
}


TYPOS = {
    "layer": "input: 8\nlayer: [relu]\n",
    "Layers": "Layers: [relu]\n",
    "only an input": "input: 8\n",
    "layes": '"layes" : [relu]\ninput: 8\n',
    "in braces": '{"name": "a}", "layer": ["relu"]}',
    "in braces, only an input": "{input: 8, name: x}",
}


@pytest.mark.parametrize("text", TYPOS.values(), ids=TYPOS)
def test_a_slip_in_layers_is_the_broken_spec_that_it_is(here, text):
    plant(here, a_yaml=SMALL, b_yaml=text)
    found = run("validate", ".", "-f", "json")
    assert found.code == 1
    assert [file["status"] for file in found.json["files"]] == ["clean", "findings"]
    assert found.json["summary"]["skipped"] == 0


def test_files_that_are_something_else_are_passed_over_and_counted(here):
    plant(here, a_yaml=SMALL, **OTHERS)
    done = run("validate", ".")
    assert (done.code, done.out.split()) == (
        0,
        f"✓ 1 spec, clean; {len(OTHERS)} files without layers passed over".split(),
    )


def test_a_json_spec_on_one_line_is_found(here):
    plant(here, a_json=json.dumps({"input": 8, "layers": ["relu"]}), b_yaml='{input: 8, "layers": [relu]}\n')
    assert run("validate", ".", "-f", "json").json["summary"] == {
        "files": 2, "skipped": 0, "errors": 0, "warnings": 0, "advice": 0,
    }  # fmt: skip


def test_a_named_file_without_layers_is_a_problem(here):
    plant(here, a_yaml="input: 8\n")
    done = run("validate", "a.yaml")
    assert (done.code, "error[missing-key]: `layers` is missing" in done.out) == (1, True)


@pytest.mark.parametrize("argument", ["empty", "nothing/*.yaml", "no.yaml", "a\nb.yaml", "x" * 5000, "[", "**" * 200])
def test_what_holds_no_spec_is_exit_code_4(here, argument):
    (here / "empty").mkdir()
    done = run("validate", argument)
    assert done.code == 4
    assert "Traceback" not in done.out + done.err


def test_a_directory_without_specs_is_one_line(here):
    (here / "empty").mkdir()
    done = run("validate", "empty")
    assert (done.out, done.err) == ("", "cnncalc: empty: no specs\n")


@pytest.mark.parametrize("name", ["a b.yaml", "é.yaml", "\x1b[31m.yaml", "a\nb.yaml", "-x.yaml", "[a].yaml", "=1.yaml"])
def test_odd_names_are_read_and_written_harmlessly(here, name):
    (here / name).write_text(ODD, encoding="utf-8")
    done = run("validate", ".")
    assert (done.code, "\x1b" in done.out) == (0, False)
    assert "warning[window-drops-places]" in done.out


def test_standard_input_is_read_once(here):
    assert run("validate", "-", stdin=SMALL).code == 0
    assert run("validate", "-", "-", stdin=SMALL).code == 2


def test_any_number_of_jobs_writes_the_same_bytes(here):
    plant(here, **{f"n{i}_yaml": [SMALL, ODD, ERROR, "x: 1\n"][i % 4] for i in range(40)})
    runs = [process("validate", ".", "-f", "json", "-j", jobs, cwd=here) for jobs in ("1", "2", "5")]
    assert {done.returncode for done in runs} == {1}
    assert len({done.stdout for done in runs}) == 1


def test_standard_input_among_many_files_and_jobs(here):
    plant(here, **{f"n{i}_yaml": SMALL for i in range(12)})
    done = process("validate", ".", "-", "-j", "2", "-f", "json", cwd=here, stdin=ODD.encode())
    found = [file["file"] for file in json.loads(done.stdout)["files"] if file["status"] == "findings"]
    assert found == ["<stdin>"]


def test_what_was_calculated_is_not_kept(here):
    plant(here, a_yaml=SMALL)
    (one,) = check_all(candidates(["a.yaml"]), Settings())
    assert (one.findings.status, one.findings.findings, one.entries) == ("clean", (), {})
