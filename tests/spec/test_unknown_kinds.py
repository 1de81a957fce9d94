"""What is said to names that others have for layers."""

import re

import pytest

from cnncalc.kinds import every
from cnncalc.spec.unknown_kinds import BUILT_OF, LONGEST_CALL, MISSING, unknown_kind

KINDS = {kind.name for kind in every()}


@pytest.mark.parametrize(
    ("name", "ours"),
    [
        ("torch.nn.Conv2d", "conv2d"),
        ("nn.Linear", "linear"),
        ("nn.Flatten", "flatten"),
        ("nn.Fold", "fold"),
        ("nn.LSTMCell", "lstm"),
        ("nn.functional.max_pool2d", "max_pool2d"),
        ("nn.UpsamplingBilinear2d", "upsample"),
        ("F.interpolate", "upsample"),
        ("torch.cat", "concat"),
        ("tf.keras.layers.Dense", "linear"),
        ("Dropout", "dropout"),
        ("随机失活", "dropout"),
        ("conv", "conv2d"),
        ("conv-2d", "conv2d"),
        ("nn.ReLU()", "relu"),
        ("nn.Dropout(p)", "dropout"),
    ],
)
def test_the_name_of_another_tool_leads_to_the_one_kind_that_is_meant(name, ours):
    assert unknown_kind(name).hints() == (f"did you mean `{ours}`?",)


@pytest.mark.parametrize(
    ("call", "line"),
    [
        ("nn.Conv2d(3, 16, 3, padding=1)", "- conv2d: {in_channels: 3, out_channels: 16, kernel_size: 3, padding: 1}"),
        ("Conv2D(32, (3, 5), activation='relu')", "- conv2d: {out_channels: 32, kernel_size: [3, 5]}"),
        ("layers.Dense(10, use_bias=False)", "- linear: {out_features: 10, bias: false}"),
        ("nn.MaxPool2d(2)", "- max_pool2d: {kernel_size: 2}"),
    ],
)
def test_a_layer_in_code_is_written_as_a_spec_writes_it(call, line):
    assert unknown_kind(call).hints() == (f"write `{line}`",)


@pytest.mark.parametrize("call", ["nn.Conv2d(c, 16, 3)", "nn.Conv2d(3, -1, 3)", f"nn.Conv2d({'3,' * LONGEST_CALL})"])
def test_code_that_cannot_be_read_is_not_written_otherwise(call):
    assert not any("write" in hint for hint in unknown_kind(call).hints())


@pytest.mark.parametrize("name", MISSING.split())
def test_what_is_not_there_is_not_taken_for_what_resembles_it(name):
    (hint,) = unknown_kind(f"nn.{name}").hints()
    assert "custom" in hint
    assert name.lower() not in KINDS


@pytest.mark.parametrize("name", [word for words in BUILT_OF for word in words.split()])
def test_what_is_built_of_kinds_names_some(name):
    (hint,) = unknown_kind(name).hints()
    assert set(re.findall("`(.*?)`", hint)) <= KINDS | {"layers"}
    assert name.lower() not in KINDS


def test_a_loss_is_left_out():
    assert "leave it out" in unknown_kind("nn.CrossEntropyLoss").hints()[0]


def test_a_block_of_the_spec_may_be_meant():
    assert unknown_kind("bottleneckk", ["bottleneck"]).near == ("bottleneck",)
