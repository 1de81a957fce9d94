"""The notes from which the list of shipped networks is made are the networks' own numbers, and of these very files."""

import pytest

from cnncalc.analysis import listing
from cnncalc.spec import shipped


def test_the_notes_are_fresh():
    assert listing.NOTES.read_text(encoding="utf-8") == listing.notes(), "run docs/generate.py"


@pytest.mark.parametrize("name", ["lenet5", "resnet50", "tinyvgg", "textcnn"])
def test_what_is_noted_is_what_is_calculated(name, monkeypatch):
    (noted,) = listing.listed([name])
    assert noted == listing.calculated(name)
    monkeypatch.setattr(listing, "calculated", None)
    assert listing.listed([name]) == [noted]  # without calculating


def test_a_file_that_has_changed_is_calculated_anew(tmp_path, monkeypatch):
    file = tmp_path / "lenet5.yaml"
    file.write_text("name: Small\ninput: [1, 4, 4]\nlayers: [flatten, linear: {out_features: 2}]\n", encoding="utf-8")
    monkeypatch.setattr(shipped, "FOLDERS", (tmp_path,))
    (found,) = listing.listed(["lenet5"])
    assert (found.parameters.value, found.macs.value) == (16 * 2 + 2, 16 * 2)


@pytest.mark.parametrize(
    ("name", "field", "sees_all"),
    [
        ("resnet50", (427, 427), False),
        ("efficientnet_b0", (7, 7), True),  # the gate of its first block is the mean of the whole map
        ("mnist-mlp", (1, 1), False),  # the input itself: there is no window
    ],
)
def test_behind_a_gate_everything_is_seen(name, field, sees_all):
    found = listing.calculated(name)
    assert (found.receptive_field, found.sees_all) == (field, sees_all)
