"""`cnncalc specs`: the shipped networks."""

import csv
import json
from io import StringIO

from cnncalc.spec import shipped
from tests.cli.running import ROOT, rows, run

NAMES = list(shipped.names())


def test_all_are_listed_with_their_numbers():
    done = run("specs")
    listed = [row for row in rows(done.out) if row]
    assert [row[0] for row in listed[2:-3]] == NAMES
    assert ["lenet5", "1998", "1×28×28", "61,706", "416,520", "16"] in listed
    assert done.code == 0


def test_a_part_of_a_name_filters():
    out = run("specs", "resnet").out
    assert "resnet18" in out
    assert "lenet5" not in out


def test_the_list_fits_into_80_columns_and_a_field_of_several_sides_gives_way():
    assert max(map(len, run("specs").out.splitlines())) <= 80
    # Two 1×3×3 poolings aside the field of C3D is as wide as it is high, and half as long in time.
    assert "76×150×150" in run("specs", "c3d").out


def test_the_json_has_these_keys():
    (one,) = json.loads(run("specs", "lenet5", "--format", "json").out)
    assert list(one) == ["name", "family", "year", "source", "inputs", "parameters", "macs"]
    assert (one["year"], one["inputs"], one["parameters"], one["macs"]) == (1998, [[1, 28, 28]], 61_706, 416_520)


def test_show_prints_the_file_of_a_family_for_each_of_its_names():
    assert run("specs", "show", "resnet50").out == (ROOT / "specs" / "resnet.yaml").read_text(encoding="utf-8")


def test_show_prints_the_spec_as_it_is():
    assert run("specs", "show", "lenet5").out == (ROOT / "specs" / "lenet5.yaml").read_text(encoding="utf-8")


def test_a_shown_spec_can_be_saved_and_used(tmp_path):
    assert run("specs", "show", "lenet5", "-o", tmp_path / "my.yaml").code == 0
    assert json.loads(run("summary", tmp_path / "my.yaml", "--format", "json").out)["totals"]["parameters"] == 61_706


def test_a_shipped_spec_is_not_written_over():
    before = (ROOT / "specs" / "lenet5.yaml").read_bytes()
    assert run("specs", "show", "lenet5", "-o", ROOT / "specs" / "lenet5.yaml").code == 2
    assert (ROOT / "specs" / "lenet5.yaml").read_bytes() == before


def test_a_name_that_is_none_is_met_with_the_nearest():
    done = run("specs", "show", "lenet")
    assert done.code == 4
    assert "lenet5" in done.err


def test_json_and_csv():
    listed = json.loads(run("specs", "--format", "json").out)
    assert [one["name"] for one in listed] == NAMES
    table = list(csv.DictReader(StringIO(run("specs", "--format", "csv").out)))
    assert [row["parameters"] for row in table] == [str(one["parameters"]) for one in listed]


def test_usage():
    assert run("specs", "show").code == 2
    assert run("specs", "a", "b").code == 2
