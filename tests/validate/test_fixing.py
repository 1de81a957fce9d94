"""`--fix` through the command: what it changes, what it leaves alone, and what happens where it may not write."""

import os
import stat

import pytest

from tests.cli.running import run
from tests.validate.trees import BIASED, SMALL, plant

MENDED = BIASED.replace("padding: 1}", "padding: 1, bias: false}")


def fix(*arguments, **options):
    return run("validate", *arguments, "--fix", **options)


def test_the_fixed_file_passes_and_a_second_time_nothing_changes(tmp_path):
    file = plant(tmp_path, a_yaml=BIASED) / "a.yaml"
    first = fix(file)
    assert (first.code, first.out) == (0, " ✓ 1 spec, clean; 1 change made\n")
    assert file.read_text() == MENDED
    second = fix(file)
    assert (second.out, file.read_text()) == (" ✓ 1 spec, clean\n", MENDED)


@pytest.mark.parametrize("change", [lambda text: "\ufeff" + text, lambda text: text.replace("\n", "\r\n")])
def test_byte_order_mark_and_line_ends_stay(tmp_path, change):
    file = plant(tmp_path, a_yaml=change(BIASED)) / "a.yaml"
    fix(file)
    assert file.read_bytes() == change(MENDED).encode()


def test_modes_and_links_stay(tmp_path):
    file = plant(tmp_path, a_yaml=BIASED) / "a.yaml"
    file.chmod(0o640)
    link = tmp_path / "link.yaml"
    link.symlink_to("a.yaml")
    fix(link)
    assert (link.is_symlink(), file.read_text()) == (True, MENDED)
    assert stat.S_IMODE(file.stat().st_mode) == 0o640


def test_what_a_comment_silences_is_not_changed(tmp_path):
    text = BIASED.replace("padding: 1}", "padding: 1}  # cnncalc: ignore[bias-before-norm]")
    file = plant(tmp_path, a_yaml=text) / "a.yaml"
    fix(file)
    assert file.read_text() == text


def test_standard_input_is_only_reported(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    done = fix("-", stdin=BIASED)
    assert done.code == 0
    assert "advice[bias-before-norm]" in done.out
    assert done.err == "cnncalc: <stdin>: nothing is changed; save it as a file of your own\n"
    assert list(tmp_path.iterdir()) == []


def test_shipped_specs_are_not_written(tmp_path, monkeypatch):
    from cnncalc.spec import shipped

    monkeypatch.setattr(shipped, "FOLDERS", (plant(tmp_path, ours_yaml=BIASED),))
    done = fix("ours")
    assert ((tmp_path / "ours.yaml").read_text(), "ours: nothing is changed" in done.err) == (BIASED, True)


def test_a_file_that_may_not_be_written_is_exit_code_4_and_the_others_are_fixed(tmp_path, monkeypatch):
    plant(tmp_path, a_yaml=BIASED, b_yaml=BIASED)
    (tmp_path / "a.yaml").chmod(0o444)
    may = os.access  # root may everything
    monkeypatch.setattr(os, "access", lambda path, mode: not str(path).endswith("a.yaml") and may(path, mode))
    done = fix(tmp_path, "-f", "json")
    assert done.code == 4
    first, second = done.json["files"]
    assert [one["code"] for one in first["findings"]] == ["cannot-write", "bias-before-norm"]
    assert second["status"] == "clean"
    assert [(tmp_path / name).read_text() for name in ("a.yaml", "b.yaml")] == [BIASED, MENDED]


def test_a_full_disk_leaves_the_file_as_it_was(tmp_path, monkeypatch):
    plant(tmp_path, a_yaml=BIASED)

    def full(*_arguments):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    done = fix(tmp_path)
    assert (done.code, "No space left on device" in done.out) == (4, True)
    assert [file.name for file in tmp_path.iterdir()] == ["a.yaml"]
    assert (tmp_path / "a.yaml").read_text() == BIASED


def test_a_sound_file_is_not_touched(tmp_path):
    file = plant(tmp_path, a_yaml=SMALL) / "a.yaml"
    before = file.stat().st_mtime_ns
    fix(file)
    assert file.stat().st_mtime_ns == before
