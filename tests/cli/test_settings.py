"""Families and variables on the command line: `@variant`, `--set`, `--semantics`."""

import json

import pytest

from tests.cli.running import run

SPEC = """input: [1, 8, 8]
vars: {n: 2, k: 3}
variants: {small: {}, large: {n: 8}}
layers:
- conv2d: {out_channels: $n, kernel_size: $k}
"""


@pytest.fixture
def net(tmp_path):
    path = tmp_path / "net.yaml"
    path.write_text(SPEC)
    return str(path)


@pytest.mark.parametrize(
    "line",
    [
        "summary {net} --set n=5",
        "compare {net} --set n=5",
        "explain {net} --set n=5",
        "solve {net} --input-between 5 9 --set n=5",
        "trace {net} --random 1 --set n=5",
        "expand {net} --set n=5",
        "validate {net} --set n=5",
    ],
)
def test_every_command_that_reads_a_spec_takes_settings(net, line):
    assert run(*line.format(net=net).split()).code == 0
    wrong = run(*line.format(net=net).replace("n=5", "m=5").split())
    assert wrong.code == 1
    assert "there is no variable m" in wrong.out + wrong.err


def test_diff_takes_settings_for_both(net):
    totals = json.loads(run("diff", net, f"{net}@large", "--set", "n=5", "--format", "json").out)
    assert totals["differs"] is False
    wrong = run("diff", net, net, "--set", "m=5")
    assert "there is no variable m" in wrong.out + wrong.err


def test_a_difference_in_a_variant_is_one(net, tmp_path):
    other = tmp_path / "other.yaml"
    other.write_text(f"name: net\n{SPEC.replace('n: 8', 'n: 9').replace('small', 'tiny')}")
    found = json.loads(run("diff", net, str(other), "--format", "json").out)
    assert (found["differs"], found["totals"]["parameters"]["difference"]) == (True, 0)
    assert [(one["name"], one["change"], one["parameters"]["difference"]) for one in found["variants"]] == [
        ("small", "removed", None),
        ("large", "changed", 10),
        ("tiny", "added", None),
    ]
    done = run("diff", "--exit-code", net, str(other))
    assert (done.code, "No difference: 1 layer." in done.out, " large " in done.out) == (1, True, True)
    assert run("diff", "--exit-code", net, net).code == 0
    assert "variants" not in run("diff", f"{net}@large", f"{other}@large").out


def test_what_is_set_stands_behind_the_name(net):
    """A table or a document of another size can be told from the file's own."""
    assert run("summary", net, "--set", "n=5", "--set", "k=1").out.split(" · ")[0].endswith(" (n=5, k=1)")
    assert json.loads(run("summary", net, "--set", "n=5", "--format", "json").out)["name"].endswith(" (n=5)")


def test_what_is_set_is_judged_by_the_design_rules(net):
    assert run("validate", net, "--set", "k=9").code == 1


def parameters(*argv):
    return json.loads(run("summary", *argv, "--format", "json").out)["totals"]["parameters"]


def test_a_variant_of_a_file_is_chosen_behind_it(net):
    assert parameters(f"{net}@large") == 9 * 8 + 8
    assert parameters(net) == 9 * 2 + 2


def test_every_variant_of_a_file_is_a_line_of_its_own(net):
    csv = run("summary", f"{net}@*", "--format", "csv").out.splitlines()
    assert [line.split(",")[0] for line in csv[1:]] == ["net@small", "net@large"]
    assert parameters(f"{net}@small") == 9 * 2 + 2
    found = json.loads(run("summary", f"{net}@*", "--format", "json").out)["networks"]
    assert [one["totals"]["parameters"] for one in found] == [9 * 2 + 2, 9 * 8 + 8]


def test_a_network_with_a_name_made_of_its_variables_keeps_it(tmp_path):
    path = tmp_path / "named.yaml"
    path.write_text(f"name: net-$n\n{SPEC}")
    assert json.loads(run("summary", f"{path}@large", "--format", "json").out)["name"] == "net-8"


def test_a_file_without_variants_has_one(tmp_path):
    path = tmp_path / "sole.yaml"
    path.write_text("input: 8\nlayers: [relu]\n")
    assert run("summary", f"{path}@*").out.startswith(" sole · 8 → 8")


def test_an_unknown_variant_gets_a_hint(net):
    done = run("summary", f"{net}@lage")
    assert done.code == 1
    assert "did you mean `large`?" in done.err


@pytest.mark.parametrize("name", ["resnet34", "resnet@resnet34", "resnet.yaml@resnet34"])
def test_a_shipped_variant_has_several_names(name):
    assert parameters(name) == 21_797_672


def test_a_file_with_such_a_name_comes_first(tmp_path):
    path = tmp_path / "a@b.yaml"
    path.write_text("input: 8\nlayers: [relu]\n")
    assert run("summary", str(path)).code == 0


@pytest.mark.parametrize("written", ["n", "=3", "n=[1", "n={", "n=", "n= "])
def test_what_sets_nothing_is_a_usage_error(net, written):
    done = run("summary", net, "--set", written)
    assert done.code == 2
    assert written.strip() in done.err
    assert "Traceback" not in done.err


def test_lists_are_set_as_they_are_written_in_a_spec():
    assert parameters("resnet18", "--set", "depths=[3,4,6,3]") == 21_797_672


def test_show_prints_the_file_of_a_family():
    assert "resnet152:" in run("specs", "show", "resnet50").out


def test_the_list_has_every_variant():
    assert {"vgg11_bn", "resnext50_32x4d"} <= {one["name"] for one in json.loads(run("specs", "--format", "json").out)}


@pytest.mark.parametrize("value", ["abc", "0,5", "3 k=5"])
def test_an_error_names_what_was_set_to_another_sort_of_value(net, value):
    done = run("summary", net, "--set", f"n={value}")
    assert done.code == 1
    assert f"`--set n={value}` gives the text `{value}` where the spec has 2" in " ".join(done.err.split())


def test_another_sort_of_value_may_be_meant(tmp_path):
    path = tmp_path / "net.yaml"
    layer = "- conv2d: {out_channels: 1, kernel_size: 3, padding: $p}\n"
    path.write_text("input: [1, 8, 8]\nvars: {p: 1}\nlayers:\n" + layer)
    done = run("summary", path, "--set", "p=same")
    assert (done.code, done.err) == (0, "")


def test_a_spec_without_variables_says_that_nothing_can_be_set():
    done = run("summary", "lenet5", "--set", "width=3")
    said = " ".join(done.err.split())
    assert done.code == 1
    assert "`--set width=3`: there is no variable width" in said
    assert "this spec has no variables" in said
    assert "vars:" not in said
