"""A spec with variants: each network of the family is held to the contract and to the rules, each finding said once."""

from tests.cli.running import run
from tests.validate.trees import plant

FAMILY = """\
name: $title
input: [3, 32, 32]
vars: {title: small, bn: true, width: 8, params: 0}
variants:
  small: {params: 240}
  wide: {title: wide, width: 16, params: 500}
  plain: {bn: false, params: 224}
layers:
- conv2d: {out_channels: $width, kernel_size: 3, bias: true}
- batch_norm2d: {when: $bn}
- relu
expect: {params: $params}
"""
# 3·8·9 + 8 = 224, and 2·8 = 16 more with the norm; 3·16·9 + 16 + 32 = 480, not 500


def findings(path, *words):
    done = run("validate", path, "-f", "json", *words)
    (file,) = done.json["files"]
    return {one["code"]: one for one in file["findings"]}, done.code


def test_every_network_of_the_family_is_checked(tmp_path):
    plant(tmp_path, a_yaml=FAMILY)
    found, code = findings(tmp_path / "a.yaml")
    assert code == 1
    assert found["expectation-missed"]["variants"] == ["wide"]
    assert found["expectation-missed"]["message"].startswith("parameters: 480 instead of 500")
    assert found["bias-before-norm"]["variants"] == ["small", "wide"]
    assert found["bias-before-norm"]["line"] == 9


def test_one_of_them_by_its_name(tmp_path):
    plant(tmp_path, a_yaml=FAMILY)
    assert findings(f"{tmp_path}/a.yaml@plain") == ({}, 0)
    found, code = findings(f"{tmp_path}/a.yaml@wide")
    assert (found["expectation-missed"]["variants"], code) == (["wide"], 1)


def test_the_terminal_names_them(tmp_path):
    plant(tmp_path, a_yaml=FAMILY)
    out = run("validate", tmp_path / "a.yaml").out
    assert "= variants: small, wide\n" in out
    assert "batch_norm2d_1 undoes the 8 biases of this layer" in out


def test_one_line_formats_name_them_too(tmp_path):
    plant(tmp_path, a_yaml=FAMILY)
    assert (
        "undoes the 8 biases of this layer (small, wide)" in run("validate", tmp_path / "a.yaml", "-f", "concise").out
    )


def test_what_holds_for_all_is_said_without_names(tmp_path):
    plant(tmp_path, a_yaml=FAMILY.replace("- relu", "- relu\n- relu"))
    assert findings(tmp_path / "a.yaml")[0]["activation-twice"]["variants"] == []


def test_a_change_that_would_harm_one_of_them_is_not_made(tmp_path):
    plant(tmp_path, a_yaml=FAMILY)
    assert not findings(tmp_path / "a.yaml")[0]["bias-before-norm"]["fixable"]
    run("validate", tmp_path / "a.yaml", "--fix")
    run("validate", f"{tmp_path}/a.yaml@small", "--fix")
    assert (tmp_path / "a.yaml").read_text() == FAMILY


def test_a_change_that_suits_all_of_them_is_made(tmp_path):
    plant(tmp_path, a_yaml=FAMILY.replace("plain: {bn: false, params: 224}", "plain: {params: 240}"))
    run("validate", tmp_path / "a.yaml", "--fix")
    assert "bias: false}" in (tmp_path / "a.yaml").read_text()


def test_a_baseline_knows_each_of_them(tmp_path):
    plant(tmp_path, a_yaml=FAMILY)
    run("validate", tmp_path / "a.yaml", "--write-baseline", tmp_path / "old.json")
    assert findings(tmp_path / "a.yaml", "--baseline", tmp_path / "old.json") == ({}, 0)
    plant(tmp_path, a_yaml=FAMILY.replace("wide, width: 16, params: 500", "wide, width: 17, params: 510"))
    done = run("validate", tmp_path / "a.yaml", "--baseline", tmp_path / "old.json", "-f", "json")
    grown = {one["message"]: one["variants"] for one in done.json["files"][0]["findings"]}
    # parameters: 16·(27 + 1 + 2) = 480, 17·30 = 510; MACs: 30·30 places times 27·16 and 27·17
    assert grown["parameters 480 → 510 (+6.2 %)"] == grown["macs 388,800 → 413,100 (+6.2 %)"] == ["wide"]
    assert done.code == 1


def test_a_shipped_name_says_nothing_of_its_family():
    (file,) = run("validate", "vgg16", "-f", "json").json["files"]
    assert [(one["code"], one["variants"]) for one in file["findings"]] == [("dominant-linear", [])]


def test_a_file_whose_variants_are_needed_is_whole():
    assert run("validate", "specs/resnet.yaml", "specs/densenet.yaml").code == 0
