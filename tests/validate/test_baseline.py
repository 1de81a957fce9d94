"""Baselines: what is new or worse, and why; files that are none."""

import json

import pytest

from tests.cli.running import run
from tests.validate.trees import BIASED, ODD, SMALL, plant


def against(folder, before, after, *argv, name="a.yaml"):
    """What is found in the second state of a file, with the first one accepted."""
    (folder / name).write_text(before, encoding="utf-8")
    accepted = run("validate", folder / name, "--write-baseline", folder / "old.json")
    assert accepted.code == 0
    (folder / name).write_text(after, encoding="utf-8")
    done = run("validate", folder / name, "--baseline", folder / "old.json", "-f", "json", *argv)
    return done.code, [one for file in done.json["files"] for one in file["findings"]]


BROKEN = ODD + "expect: {params: 5, depth: 3}\n"


def test_what_was_accepted_is_clean(tmp_path):
    assert against(tmp_path, BROKEN, BROKEN) == (0, [])


def test_growth_is_found_with_the_difference_and_the_layers(tmp_path):
    # conv2d_1: 8·28 = 224 → 16·28 = 448; linear_1: 20,490 → 16·256·10 + 10 = 40,970. 20,714 → 41,418: +99.9 %.
    code, found = against(tmp_path, SMALL, SMALL.replace("channels: 8", "channels: 16"))
    assert code == 1
    assert [one["code"] for one in found] == ["grew-since-baseline"] * 3
    assert found[0]["message"] == "parameters 20,714 → 41,418 (+99.9 %)"
    assert found[0]["hint"] == "because of linear_1 +20,480, conv2d_1 +224"


def test_what_shrinks_is_no_finding(tmp_path):
    assert against(tmp_path, SMALL, SMALL.replace("channels: 8", "channels: 4")) == (0, [])


def test_a_new_finding_is_told_and_an_old_one_not(tmp_path):
    old = BIASED.replace("32, 32", "33, 33")
    sound = old.replace("padding: 1}", "padding: 1, bias: false}")
    _code, found = against(tmp_path, sound, old)
    assert [one["code"] for one in found] == ["grew-since-baseline", "bias-before-norm"]


WORSE = [
    # rows that are left out of 33×33: 65 values; of 31×31 61, of 35×35 69
    ("33, 33", "31, 31", []),
    ("33, 33", "35, 35", ["window-drops-places"]),
    ("33, 33", "33, 34", []),
]


@pytest.mark.parametrize(("old", "new", "codes"), WORSE)
def test_the_same_finding_with_a_smaller_number_is_not_new(tmp_path, old, new, codes):
    _code, found = against(tmp_path, ODD, ODD.replace(old, new))
    assert [one["code"] for one in found if one["code"] != "grew-since-baseline"] == codes


def test_a_contract_that_is_missed_by_more_is_worse_and_by_less_not(tmp_path):
    expect = "expect: {params: {max: 20k}}\n"
    wider, narrower = (
        SMALL.replace("features: 10", "features: 11"),
        SMALL.replace("channels: 8", "channels: 8, bias: false"),
    )
    code, found = against(tmp_path, SMALL + expect, wider + expect)
    assert (code, "expectation-missed" in [one["code"] for one in found]) == (1, True)
    assert against(tmp_path, SMALL + expect, narrower + expect) == (0, [])


def test_another_line_of_the_contract_is_new(tmp_path):
    old, new = SMALL + "expect: {params: {max: 20k}}\n", SMALL + "expect: {params: {max: 19k}}\n"
    code, found = against(tmp_path, old, new)
    assert (code, [one["code"] for one in found]) == (1, ["expectation-missed"])


def test_a_renamed_layer_is_the_same(tmp_path):
    named = [ODD.replace("kernel_size: 2}", f"kernel_size: 2, name: {name}}}") for name in ("old", "new")]
    assert against(tmp_path, *named) == (0, [])


def test_a_layer_with_another_number_is_the_same(tmp_path):
    other = ODD.replace("layers:\n", "layers:\n- max_pool2d: {kernel_size: 1, name: max_pool2d_0}\n")
    _code, found = against(tmp_path, ODD, other)
    assert "window-drops-places" not in [one["code"] for one in found]


def test_a_second_finding_of_a_code_is_new(tmp_path):
    both = ODD.replace("- flatten", "- max_pool2d: {kernel_size: 3}\n- flatten")
    _code, found = against(tmp_path, ODD, both)
    assert [one["layer"] for one in found if one["code"] == "window-drops-places"] == ["max_pool2d_2"]


def test_a_file_that_is_new_has_only_new_findings(tmp_path):
    plant(tmp_path, a_yaml=BROKEN)
    run("validate", tmp_path / "a.yaml", "--write-baseline", tmp_path / "old.json")
    plant(tmp_path, b_yaml=BROKEN)
    (tmp_path / "a.yaml").unlink()
    done = run("validate", tmp_path, "--baseline", tmp_path / "old.json")
    assert (done.code, "b.yaml" in done.out, "a.yaml" in done.out) == (1, True, False)


def test_paths_start_at_the_baselines_folder(tmp_path, monkeypatch):
    plant(tmp_path, one__specs__a_yaml=BROKEN)
    monkeypatch.chdir(tmp_path / "one")
    run("validate", "specs", "--write-baseline", "specs/old.json")
    assert list(json.loads((tmp_path / "one" / "specs" / "old.json").read_text())["files"]) == ["a.yaml"]
    (tmp_path / "one").rename(tmp_path / "two")
    monkeypatch.chdir(tmp_path)
    assert run("validate", "two/specs", "--baseline", "two/specs/old.json").code == 0


def test_its_bytes_do_not_depend_on_the_order_or_the_jobs(tmp_path):
    plant(tmp_path, **{f"n{i}_yaml": [BIASED, BROKEN, SMALL][i % 3] for i in range(12)})
    files = sorted(tmp_path.glob("*.yaml"))
    for name, argv in (("a", files), ("b", files[::-1]), ("c", [*files, "-j", "3"])):
        run("validate", *argv, "--write-baseline", tmp_path / f"{name}.json")
    first, *others = [(tmp_path / f"{name}.json").read_bytes() for name in "abc"]
    assert others == [first, first]


NONE = [
    b"", b"[]", b"5", b"null", b"{}", b'{"schema_version": 1}', b'{"schema_version": 2, "files": {}}',
    b'{"schema_version": 1, "files": []}', b'{"schema_version": 1, "files": {"a.yaml": 5}}',
    b'{"schema_version": 1, "files": {"a.yaml": {"findings": [], "totals": {"macs": NaN}, "layers": {}}}}',
    b'{"schema_version": 1, "files": {"a.yaml": {"findings": [], "totals": {"macs": true}, "layers": {}}}}',
    b'{"schema_version": 1, "files": {"a.yaml": {"findings": [], "totals": {"macs": 1e999}, "layers": {}}}}',
    b'{"schema_version": 1, "files": {"a.yaml": {"findings": [], "totals": {}, "layers": {"x": [5]}}}}',
    b'{"schema_version": 1, "files": {"a.yaml": {"findings": [{"code": []}], "totals": {}, "layers": {}}}}',
    b'{"schema_version": 1, "files": {"a.yaml": {"findings": {"code": 1}, "totals": {}, "layers": {}}}}',
    b'{"schema_version": ' + b"9" * 5000 + b"}", b"[" * 200_000, b"\xff\xfe{}", b"{\"a\": \x00}",
]  # fmt: skip


@pytest.mark.parametrize("data", NONE, ids=lambda data: data[:40].decode("latin-1"))
def test_what_is_no_baseline_is_one_line_and_exit_code_2(tmp_path, data):
    plant(tmp_path, a_yaml=SMALL, old_json=data)
    done = run("validate", tmp_path / "a.yaml", "--baseline", tmp_path / "old.json", COLUMNS="200")
    assert (done.code, done.out) == (2, "")
    assert "baseline" in done.err
    assert "Traceback" not in done.err


def test_a_baseline_that_is_not_there_is_exit_code_4(tmp_path):
    plant(tmp_path, a_yaml=SMALL)
    done = run("validate", tmp_path / "a.yaml", "--baseline", tmp_path / "no.json")
    assert (done.code, done.out) == (4, "")
