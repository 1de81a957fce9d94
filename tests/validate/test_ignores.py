"""Comments that silence a code: where they stand, what they reach, and when they say nothing."""

import json

import pytest

from cnncalc.validate.paths import Candidate
from cnncalc.validate.run import check
from cnncalc.validate.settings import Settings
from tests.validate.trees import plant

HEAD = "input: [3, 33, 33]\nlayers:\n"
CONV = "- conv2d: {out_channels: 8, kernel_size: 3, padding: 1}"
TAIL = "- flatten\n- linear: {out_features: 10}\n"
DROPS = "window-drops-places"


def codes(folder, text, name="a.yaml"):
    (folder / name).write_text(text, encoding="utf-8")
    found = check(Candidate(str(folder / name), True), Settings()).findings
    return [(one.code, one.place.line) for one in found.findings]


SILENT = [
    f"{HEAD}{CONV}\n- relu\n- max_pool2d: {{kernel_size: 2}}  # cnncalc: ignore[{DROPS}]\n{TAIL}",
    f"{HEAD}{CONV}\n- relu\n# cnncalc: ignore[{DROPS}]\n- max_pool2d: {{kernel_size: 2}}\n{TAIL}",
    f"{HEAD}{CONV}\n- relu\n# cnncalc: ignore[{DROPS}]\n\n# more to read\n- max_pool2d: {{kernel_size: 2}}\n{TAIL}",
    f"{HEAD}{CONV}\n- relu\n- max_pool2d:\n    kernel_size: 2  #cnncalc:ignore[{DROPS}] the border is empty\n{TAIL}",
    f"{HEAD}{CONV}\n- relu\n- max_pool2d: {{\n    kernel_size: 2  # cnncalc: ignore[ {DROPS} ]\n  }}\n{TAIL}",
    f"{HEAD}{CONV}\n- relu\n- max_pool2d: {{name: 'a # b', kernel_size: 2}} # cnncalc: ignore[{DROPS}]\n{TAIL}",
]  # fmt: skip


@pytest.mark.parametrize("text", SILENT)
def test_on_its_line_or_alone_above_it_silences(tmp_path, text):
    assert codes(tmp_path, text) == []


def test_one_comment_may_have_several_codes(tmp_path):
    both = (
        "input: [3, 33, 33]\nlayers:\n"
        "- conv2d: {out_channels: 8, kernel_size: 2, stride: 2}"
        "  # cnncalc: ignore[window-drops-places, bias-before-norm]\n"
        f"- batch_norm2d\n- relu\n{TAIL}"
    )
    assert codes(tmp_path, both) == []
    assert codes(tmp_path, both.split("  #")[0] + "\n- batch_norm2d\n- relu\n" + TAIL) == [
        ("bias-before-norm", 3),
        ("window-drops-places", 3),
    ]


LOUD = [
    f"{HEAD}{CONV}\n- relu\n- max_pool2d: {{kernel_size: 2, name: 'x # cnncalc: ignore[{DROPS}]'}}\n{TAIL}",
    f'{HEAD}{CONV}\n- relu\n- max_pool2d: {{kernel_size: 2, name: "x # cnncalc: ignore[{DROPS}]"}}\n{TAIL}',
    f"about:\n  x: |\n    # cnncalc: ignore[{DROPS}]\n{HEAD}{CONV}\n- relu\n- max_pool2d: {{kernel_size: 2}}\n{TAIL}",
    f"{HEAD}{CONV}\n- relu\n- max_pool2d: {{kernel_size: 2, name: x#cnncalc:ignore}}\n{TAIL}",
]


@pytest.mark.parametrize("text", LOUD)
def test_the_same_words_in_a_text_are_no_comment(tmp_path, text):
    assert [code for code, _line in codes(tmp_path, text) if code != "not-a-name"] == [DROPS]


def test_json_has_no_comments(tmp_path):
    layers = [{"max_pool2d": {"kernel_size": 2, "name": f"# cnncalc: ignore[{DROPS}]"[:30].replace(":", "")}}]
    text = json.dumps({"input": [3, 33, 33], "layers": layers, "about": {"x": f"# cnncalc: ignore[{DROPS}]"}})
    assert [code for code, _line in codes(tmp_path, text, "a.json")] == [DROPS]


USELESS = [
    ("window-drops-places", "unused-ignore", "nothing here needs ignore[window-drops-places]", "take the comment out"),
    ("window-drop-places", "unused-ignore", "there is no such code", "did you mean `window-drops-places`"),
    ("E501", "unused-ignore", "there is no such code", "`cnncalc rules` lists"),
    ("in-features-mismatch", "cannot-ignore", "no design rule cannot be silenced", "mend it"),
    ("expectation-missed", "cannot-ignore", "no design rule cannot be silenced", "mend it"),
    ("", "unclear-ignore", "is not understood", "write `# cnncalc: ignore[CODE]`"),
]


@pytest.mark.parametrize(("code", "found", "message", "hint"), USELESS)
def test_a_comment_that_silences_nothing_is_a_finding(tmp_path, code, found, message, hint):
    last = "- linear: {out_features: 2}\n"
    text = f"input: 8\nlayers:\n- linear: {{out_features: 4}}\n- relu  # cnncalc: ignore[{code}]\n{last}"
    (tmp_path / "a.yaml").write_text(text, encoding="utf-8")
    (one,) = check(Candidate(str(tmp_path / "a.yaml"), True), Settings()).findings.findings
    assert (one.code, one.severity, one.place.line, one.place.column) == (found, "warning", 4, 9)
    assert message in one.problem.message()
    assert hint in "\n".join(one.all_help())


def test_a_comment_for_a_rule_that_was_not_asked_is_no_mistake(tmp_path):
    text = "input: 8\nlayers:\n- linear: {out_features: 4}  # cnncalc: ignore[unsuited-channels]\n"
    assert codes(tmp_path, text) == []


def test_an_error_of_shapes_stays_and_the_comment_is_told_so(tmp_path):
    text = "input: 8\nlayers:\n- linear: {in_features: 9, out_features: 4}  # cnncalc: ignore[in-features-mismatch]\n"
    assert codes(tmp_path, text) == [("in-features-mismatch", 3), ("cannot-ignore", 3)]


def test_a_contract_cannot_be_silenced(tmp_path):
    text = "input: 8\nlayers: [relu]\nexpect: {params: 5}  # cnncalc: ignore[expectation-missed]\n"
    assert codes(tmp_path, text) == [("expectation-missed", 3), ("cannot-ignore", 3)]


def test_a_warning_of_reading_can_be_silenced(tmp_path):
    text = "input: 010  # cnncalc: ignore[leading-zero]\nlayers: [relu]\n"
    assert codes(tmp_path, text) == []
    assert codes(tmp_path, text.replace("ignore", "ignroe")) == [("leading-zero", 1), ("unclear-ignore", 1)]


def test_configuration_silences_no_error_either(tmp_path):
    plant(tmp_path, a_yaml="input: 8\nlayers: [relu]\nexpect: {params: 5}\n")
    own = Settings(per_path_ignores=(("**", ("expectation-missed",)),), folder=str(tmp_path))
    (one,) = check(Candidate(str(tmp_path / "a.yaml"), True), own).findings.findings
    assert one.code == "expectation-missed"
