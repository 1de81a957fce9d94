"""Single layers with random fields and inputs, against what PyTorch made of them."""

from functools import cache
from typing import Any

import pytest

from cnncalc.api import SpecError, analyze, parse
from tests.golden.torch_layers import entry
from tests.recorded import recorded

CASES: dict[int, dict[str, Any]] = {case["id"]: case for case in recorded("layers_random")["cases"]}
LAYERS = sorted({case["layer"] for case in CASES.values()})

EMPTY_BATCH = "an empty batch: a batch holds at least one example"
NO_CHANNELS = "an input of no channels: a side of a shape is at least 1"
INEXPRESSIBLE = {
    240: EMPTY_BATCH,
    450: EMPTY_BATCH,
    792: EMPTY_BATCH,
    1018: EMPTY_BATCH,
    1436: NO_CHANNELS,
    1730: EMPTY_BATCH,
    1788: EMPTY_BATCH,
    2196: EMPTY_BATCH,
    2976: EMPTY_BATCH,
}
"""What PyTorch accepts and no spec can say, by case."""


def accepted(layer):
    return [
        case for case in CASES.values() if case["layer"] == layer and case["ok"] and case["id"] not in INEXPRESSIBLE
    ]


def batch_and_shape(case):
    """The batch, and the shape without it; an input that has no batch stands for one example."""
    rank = int(case["layer"][-2])
    return (1, case["input"]) if len(case["input"]) == rank + 1 else (case["input"][0], case["input"][1:])


@cache
def read(number):
    """The network that one case makes, and its result; or the problems of a spec that cannot be used."""
    case = CASES[number]
    batch, shape = batch_and_shape(case)
    try:
        network = parse({"input": shape, "layers": [entry(case["layer"], case["args"])]})
    except SpecError as error:
        return None, error.problems
    result = analyze(network, batch=max(batch, 1))
    return (network.layers[0].kind, result.layers[0]), result.problems


def calculated(number):
    """The kind and its result for one case; None when it is refused."""
    found, problems = read(number)
    return None if refusals(problems) else found


def refusals(problems):
    return [finding.code for finding in problems if finding.severity == "error"]


def test_only_what_no_spec_can_say_is_refused_although_pytorch_takes_it():
    refused = {n for n, case in CASES.items() if case["ok"] and (calculated(n) is None or batch_and_shape(case)[0] < 1)}
    assert refused == set(INEXPRESSIBLE)


def test_whatever_pytorch_refuses_is_refused():
    assert [n for n, case in CASES.items() if not case["ok"] and calculated(n) is not None] == []


def test_few_layers_cannot_be_said():
    assert len(INEXPRESSIBLE) < 0.03 * len(CASES)


REASONS = {
    "ceil_rescues_big_kernel": "output-empty",
    "channel_mismatch": "in-channels-mismatch",
    "channels_zero": "not-a-shape",
    "circular_too_big": "padding-mode-needs-input",
    "groups_not_dividing_in": "groups-do-not-divide",
    "groups_not_dividing_out": "groups-do-not-divide",
    "kernel_too_big": "kernel-exceeds-input",
    "kernel_too_big_dilated": "kernel-exceeds-input",
    "output_not_positive": "output-empty",
    "output_padding_too_big": "output-padding-too-large",
    "pad_over_half": "padding-exceeds-half",
    "pad_over_half_dilated": "padding-exceeds-half",
    "rank_high": "wrong-rank",
    "reflect_too_big": "padding-mode-needs-input",
    "same_with_stride": "same-needs-stride-one",
    "spatial_zero": "not-a-shape",
}

VALUES = {
    "dilation_negative": "dilation",
    "dilation_zero": "dilation",
    "divisor_zero": "divisor_override",
    "groups_negative": "groups",
    "groups_zero": "groups",
    "kernel_fraction": "kernel_size",
    "kernel_negative": "kernel_size",
    "kernel_tuple_length": "kernel_size",
    "kernel_zero": "kernel_size",
    "out_channels_zero": "out_channels",
    "output_padding_negative": "output_padding",
    "output_tuple_length": "output_size",
    "padding_mode_not_zeros": "padding_mode",
    "padding_mode_unknown": "padding_mode",
    "padding_negative": "padding",
    "padding_same": "padding",
    "padding_string_unknown": "padding",
    "padding_tuple_length": "padding",
    "stride_negative": "stride",
    "stride_tuple_length": "stride",
    "stride_zero": "stride",
}
"""Categories in which one field has a value that it cannot have."""

NO_ROOM = {"kernel-exceeds-input", "output-empty"}
BY_CHANCE = {"Conv1d": NO_ROOM, "Conv2d": NO_ROOM, "Conv3d": NO_ROOM, "MaxPool2d": NO_ROOM, "MaxPool3d": NO_ROOM}
BY_CHANCE |= {"AvgPool3d": NO_ROOM, "ConvTranspose2d": {"output-empty"}, "ConvTranspose3d": {"output-empty"}}
BY_CHANCE |= {"AdaptiveAvgPool1d": {"nothing-to-pool"}, "AdaptiveMaxPool1d": {"nothing-to-pool"}}
"""What may be wrong with layers that were meant to be right, by their class."""

REFLECTS_TOO_MUCH = 516
"""One of them: its padding of 6 reflects a side of 6."""


@pytest.mark.parametrize("category", REASONS)
def test_a_layer_is_refused_for_what_is_wrong_with_it(category):
    wrong = [n for n, case in CASES.items() if case["category"] == category and not case["ok"]]
    assert {n: refusals(read(n)[1]) for n in wrong} == {n: [REASONS[category]] for n in wrong}


@pytest.mark.parametrize("category", VALUES)
def test_a_wrong_value_is_named_with_its_field(category):
    wrong = [n for n, case in CASES.items() if case["category"] == category and not case["ok"]]
    said = {n: [(f.code, f.problem.field) for f in read(n)[1] if f.severity == "error"] for n in wrong}
    assert said == {n: [("wrong-value", VALUES[category])] for n in wrong}


def test_a_layer_that_is_wrong_by_chance_is_refused_for_what_is_wrong_with_it():
    wrong = [n for n, case in CASES.items() if case["category"] == "random" and not case["ok"]]
    said = {n: refusals(read(n)[1]) for n in wrong}
    assert said.pop(REFLECTS_TOO_MUCH) == ["padding-mode-needs-input"]
    assert [n for n, codes in said.items() if len(codes) != 1 or codes[0] not in BY_CHANCE[CASES[n]["layer"]]] == []


def test_too_few_axes_are_refused_as_such():
    low = [n for n, case in CASES.items() if case["category"] == "rank_low"]
    said = {n: refusals(read(n)[1]) for n in low}
    assert said == {n: ["wrong-rank" if batch_and_shape(CASES[n])[1] else "not-a-shape"] for n in low}


def test_every_refusal_is_looked_at():
    assert {case["category"] for case in CASES.values() if not case["ok"]} == {*REASONS, *VALUES, "random", "rank_low"}


@pytest.mark.parametrize("layer", LAYERS)
def test_the_output_has_pytorchs_shape(layer):
    shapes = {}
    for case in accepted(layer):
        batch, shape = batch_and_shape(case)
        without_batch = calculated(case["id"])[1].output_shape
        shapes[case["id"]] = [batch, *without_batch] if len(shape) < len(case["input"]) else [*without_batch]
    assert shapes == {case["id"]: case["output"] for case in accepted(layer)}


@pytest.mark.parametrize("layer", LAYERS)
def test_the_parameters_are_pytorchs(layer):
    parameters = {case["id"]: calculated(case["id"])[1].parameters for case in accepted(layer)}
    assert parameters == {case["id"]: case["params"] for case in accepted(layer)}


@pytest.mark.parametrize("layer", [layer for layer in LAYERS if layer.startswith("Conv")])
def test_the_weight_has_pytorchs_shape(layer):
    shapes = {}
    for case in accepted(layer):
        kind, result = calculated(case["id"])
        shapes[case["id"]] = list(kind.tensors(result.input_shapes)["weight"])
    assert shapes == {case["id"]: case["weight_shape"] for case in accepted(layer)}


@pytest.mark.parametrize("layer", LAYERS)
def test_the_macs_are_those_of_pytorchs_loops(layer):
    macs = {case["id"]: calculated(case["id"])[1].macs for case in accepted(layer)}
    assert macs == {case["id"]: case.get("macs", 0) for case in accepted(layer)}


@pytest.mark.parametrize("layer", ["Conv1d", "Conv2d", "Conv3d"])
def test_padding_given_as_a_word_puts_as_many_zeros_on_each_side(layer):
    worded = [case for case in accepted(layer) if "pad_pairs" in case]
    pairs = {case["id"]: [list(pair) for pair in calculated(case["id"])[0].padding_pairs] for case in worded}
    assert pairs == {case["id"]: case["pad_pairs"] for case in worded}
