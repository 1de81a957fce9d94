"""`cnncalc diff`: files, shipped names, commits; every format; and what cannot be read."""

import csv
import json
import re
import subprocess
from io import StringIO
from pathlib import Path

import pytest

from cnncalc.cli import revisions
from tests.cli.running import process, run
from tests.cli.specs import MNIST, SMALL

WIDER = SMALL.replace("out_channels: 4", "out_channels: 8")
MORE = 4 * 27 + 4 + 4 * 64 * 10
"""Four channels more: their kernels and biases, and their values' weights in the linear layer."""


@pytest.fixture
def files(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "old.yaml").write_text(SMALL)
    (tmp_path / "new.yaml").write_text(WIDER)
    return tmp_path


def git(*words, cwd):
    who = ["-c", "user.name=a", "-c", "user.email=a@b", "-c", "commit.gpgsign=false", "-c", "init.defaultBranch=main"]
    subprocess.run(["git", *who, *words], cwd=cwd, check=True, capture_output=True)


@pytest.fixture
def repository(files):
    git("init", cwd=files)
    (files / "below").mkdir()
    (files / "below" / "net.yaml").write_text(SMALL)
    git("add", ".", cwd=files)
    git("commit", "-m", "first", cwd=files)
    (files / "below" / "net.yaml").write_text(WIDER)
    return files


def test_the_table_has_totals_with_signed_differences_and_shares(files):
    out = run("diff", "old.yaml", "new.yaml").out
    old, new = 112 + 4 * 64 * 10 + 10, 112 + 2570 + MORE
    share = f"+{MORE / old * 100:.1f} %"
    assert f"parameters {old:,} {new:,} +{MORE:,} {share}".split() in [line.split() for line in out.splitlines()]


def test_the_table_says_what_a_layer_is_set_to(files):
    assert "conv2d_1  out_channels 4 → 8" in run("diff", "old.yaml", "new.yaml").out


def test_a_layer_whose_input_changed_is_adapted(files):
    rows = [line.split()[:2] for line in run("diff", "old.yaml", "new.yaml").out.splitlines()]
    assert ["changed", "conv2d_1"] in rows
    assert ["adapted", "linear_1"] in rows


@pytest.mark.parametrize(("old", "new"), [("tinyvgg", "lenet5"), ("vgg16", "resnet18"), ("old.yaml", "resnet18")])
def test_the_page_fits_into_80_columns(old, new, files):
    assert max(map(len, run("diff", old, new).out.splitlines())) <= 80


def test_equal_networks_are_said_to_be_equal():
    done = run("diff", "tinyvgg", "tinyvgg", "--exit-code")
    assert done.code == 0
    assert "No difference: 13 layers." in done.out


def test_the_exit_code_is_one_only_when_asked_for(files):
    assert run("diff", "old.yaml", "new.yaml").code == 0
    assert run("diff", "old.yaml", "new.yaml", "--exit-code").code == 1


def test_the_json_document(files):
    found = run("diff", "old.yaml", "new.yaml", "-f", "json").json
    assert (found["schema_version"], found["differs"]) == (1, True)
    assert found["totals"]["parameters"]["difference"] == MORE
    assert found["layers"][0]["settings"] == {"out_channels": {"old": 4, "new": 8}}
    assert found["layers"][0]["output_shape"] == {"old": [4, 8, 8], "new": [8, 8, 8]}
    assert [layer["change"] for layer in found["layers"]] == ["changed", "adapted", "adapted", "adapted"]
    assert found["totals"]["activations"]["difference"] == 4 * 64 * 3


def test_all_outputs_of_a_layer_are_held(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name, channels in (("old", 3), ("new", 5)):
        layers = f"- split: {{split_size: 2}}\n- conv2d: {{out_channels: {channels}, kernel_size: 1}}\n"
        Path(f"{name}.yaml").write_text(f"input: [4, 8, 8]\nlayers:\n{layers}", encoding="utf-8")
    found = json.loads(run("diff", "old.yaml", "new.yaml", "-f", "json").out)["totals"]["activations"]
    assert (found["old"], found["new"]) == (2 * 2 * 64 + 3 * 64, 2 * 2 * 64 + 5 * 64)


def test_the_csv_has_a_row_for_each_layer_and_the_total(files):
    rows = list(csv.DictReader(StringIO(run("diff", "old.yaml", "new.yaml", "-f", "csv").out)))
    assert [row["name.new"] for row in rows] == ["conv2d_1", "relu_1", "flatten_1", "linear_1", "total"]
    assert rows[-1]["parameters.difference"] == str(MORE)


def test_markdown_has_the_totals_first_and_the_layers_folded(files):
    out = run("diff", "old.yaml", "new.yaml", "-f", "markdown").out
    totals, _fold, layers = out.partition("<details>\n<summary>layers: 1 changed and 3 adapted</summary>\n\n")
    assert "| parameters |" in totals
    assert "conv2d_1" in layers
    assert out.endswith("\n</details>\n")


def test_names_from_outside_do_nothing_in_markdown(files):
    name = "</details><script>"
    (files / "new.yaml").write_text(WIDER.replace("kernel_size: 3", f"kernel_size: 3, name: '{name}'"))
    assert "<script>" not in run("diff", "old.yaml", "new.yaml", "-f", "markdown").out


def test_a_broken_spec_is_compared_as_far_as_it_goes(files):
    (files / "new.yaml").write_text(MNIST)
    done = run("diff", "old.yaml", "new.yaml")
    assert done.code == 1
    assert "in-features-mismatch" in done.err
    assert re.search(r"parameters +2,682 +≥ [\d,]+ +\?", done.out)


@pytest.mark.parametrize("format", ["terminal", "json", "csv", "markdown"])
@pytest.mark.parametrize("order", [("old.yaml", "broken.yaml"), ("broken.yaml", "old.yaml")])
def test_a_spec_that_cannot_be_parsed_is_an_error_on_either_side(order, format, files):
    (files / "broken.yaml").write_text("input: [3, 8, 8]\nlayers:\n- conv2d: out_channels: 4, kernel_size: 3\n")
    assert run("diff", *order, "-f", format).code == 1


def test_a_warning_is_no_error(files):
    (files / "new.yaml").write_text(WIDER.replace("kernel_size: 3", "kernel_size: 03"))
    done = run("diff", "old.yaml", "new.yaml")
    assert "warning" in done.err
    assert done.code == 0


def test_a_file_that_is_missing_is_one_line(files):
    done = run("diff", "nope.yaml", "new.yaml")
    assert (done.code, done.out) == (4, "")
    assert len(done.err.splitlines()) == 1


def test_standard_input_is_read_once(files):
    assert run("diff", "-", "-").code == 2
    assert run("diff", "-", "new.yaml", stdin=WIDER).code == 0


def test_a_commit_is_read_from_the_root_of_the_repository(repository):
    done = run("diff", "git:HEAD:below/net.yaml", "below/net.yaml", "-f", "json")
    assert done.json["totals"]["parameters"]["difference"] == MORE


def test_a_dot_means_here_as_git_has_it(repository, monkeypatch):
    monkeypatch.chdir(repository / "below")
    assert run("diff", "git:HEAD:./net.yaml", "net.yaml", "-f", "json").json["differs"]
    assert run("diff", "git:HEAD:./net.yaml", "git:HEAD:below/net.yaml", "-f", "json").json["differs"] is False


FAMILY = (
    SMALL.replace("out_channels: 4", "out_channels: $width")
    + "vars: {width: 4}\nvariants: {a: {width: 4}, b: {width: 8}}\n"
)


def test_a_variant_of_a_family_is_read_out_of_a_commit(repository):
    (repository / "family.yaml").write_text(FAMILY)
    git("add", ".", cwd=repository)
    git("commit", "-m", "family", cwd=repository)
    (repository / "family.yaml").unlink()
    done = run("diff", "git:HEAD:family.yaml@a", "git:HEAD:./family.yaml@b", "-f", "json")
    assert done.json["totals"]["parameters"]["difference"] == MORE


def test_a_file_that_has_an_at_in_its_name_comes_first(repository):
    (repository / "net.yaml@a").write_text(SMALL)
    git("add", ".", cwd=repository)
    git("commit", "-m", "at", cwd=repository)
    assert run("diff", "git:HEAD:net.yaml@a", "old.yaml", "-f", "json").json["differs"] is False


def test_variants_of_one_file_are_compared(files):
    (files / "family.yaml").write_text(FAMILY)
    done = run("diff", "family.yaml@a", "family.yaml@b", "-f", "json")
    assert done.json["totals"]["parameters"]["difference"] == MORE


@pytest.mark.parametrize(
    ("net", "said"),
    [
        ("git:HEAD:nope.yaml@a", "does not exist in 'HEAD'"),
        ("git:HEAD:nope.yaml", "does not exist in 'HEAD'"),
        ("git:nope:old.yaml", "invalid object name 'nope'"),
        ("git:HEAD:below", "not a file"),
        ("git:--output=x:old.yaml", "write git:REV:PATH"),
        ("git:HEAD", "write git:REV:PATH"),
        ("git::old.yaml", "write git:REV:PATH"),
    ],
)
def test_what_git_does_not_have_is_one_line(net, said, repository):
    done = run("diff", net, "new.yaml")
    assert (done.code, done.out) == (4, "")
    assert said in done.err
    assert len(done.err.splitlines()) == 1
    assert not (repository / "x").exists()


def test_outside_a_repository_is_one_line(files):
    done = process("diff", "git:HEAD:old.yaml", "new.yaml", cwd=files, GIT_CEILING_DIRECTORIES=str(files.parent))
    assert done.returncode == 4
    assert b"not a git repository" in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_without_git_there_is_one_line(files):
    done = process("diff", "git:HEAD:old.yaml", "new.yaml", cwd=files, PATH=str(files))
    assert done.returncode == 4
    assert b"git is not installed" in done.stderr


def test_a_file_that_is_too_large_is_not_read_whole(repository, monkeypatch):
    monkeypatch.setattr(revisions, "MOST_BYTES", 10)
    done = run("diff", "git:HEAD:old.yaml", "new.yaml")
    assert (done.code, len(done.err.splitlines())) == (4, 1)
    assert "larger than" in done.err


def test_git_is_not_waited_for_without_end(files, monkeypatch):
    (files / "git").write_text("#!/bin/sh\nexec sleep 30\n")
    (files / "git").chmod(0o755)
    monkeypatch.setenv("PATH", f"{files}:/usr/bin:/bin")
    monkeypatch.setattr(revisions, "SECONDS", 0.2)
    done = run("diff", "git:HEAD:old.yaml", "new.yaml")
    assert done.code == 4
    assert "did not answer" in done.err
