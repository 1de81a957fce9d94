"""`kernel:` of a convolution in a spec."""

import pytest

from cnncalc.engine.walk import analyze
from cnncalc.kinds._kernels import KERNELS
from cnncalc.spec.load import parse
from cnncalc.spec.network import SpecError
from cnncalc.teach.learned import Chosen
from cnncalc.teach.trace import trace
from cnncalc.tensor import Tensor

X = Tensor((1, 3, 3), [1, 2, 3, 4, 5, 6, 7, 8, 9])
SOBEL_X = (3 - 1) + 2 * (6 - 4) + (9 - 7)
SOBEL_Y = (7 - 1) + 2 * (8 - 2) + (9 - 3)


def network(kernel, kind="conv2d", **fields):
    fields = {"out_channels": 1, "kernel_size": 3, "bias": False, "kernel": kernel} | fields
    return parse({"input": [1, 3, 3], "layers": [{kind: fields}]})


def values(kernel, chosen=None, **fields):
    return trace(network(kernel, **fields), {"input": X}, chosen or Chosen()).layers[0].output.values


@pytest.mark.parametrize(
    ("kernel", "maps", "expected"),
    [
        ("sobel_x", 1, [SOBEL_X]),
        (["sobel_x", "sobel_y"], 2, [SOBEL_X, SOBEL_Y]),
        ([[0, 0, 0], [0, 1, 0], [0, 0, 0]], 1, [5]),
        ([[[1, 0, 0], [0, 0, 0], [0, 0, 0.5]], "sobel_y"], 2, [1 + 9 * 0.5, SOBEL_Y]),
    ],
)
def test_a_kernel_by_name_or_as_a_matrix_is_what_is_slid(kernel, maps, expected):
    assert values(kernel, out_channels=maps) == expected


def test_the_command_line_comes_before_the_spec():
    sobel_y = Tensor((3, 3), [one for row in KERNELS["sobel_y"] for one in row])
    assert values("sobel_x", Chosen((sobel_y,))) == [SOBEL_Y]


def test_the_kernel_changes_no_count():
    plain = parse({"input": [1, 3, 3], "layers": [{"conv2d": {"out_channels": 1, "kernel_size": 3, "bias": False}}]})
    assert analyze(network("blur")).totals == analyze(plain).totals


def test_layers_with_other_kernels_may_share_their_kind():
    fields = {"out_channels": 1, "kernel_size": 3, "padding": 1, "bias": False}
    spec = {"input": [1, 3, 3], "layers": [{"conv2d": {**fields, "kernel": name}} for name in ("sobel_x", "sobel_y")]}
    first, second = parse(spec).layers
    assert first.kind is second.kind
    assert (first.kernels[0][0], second.kernels[0][0]) == ("sobel_x", "sobel_y")


@pytest.mark.parametrize(
    ("kernel", "code"),
    [
        ("sobel_z", "wrong-value"),
        ([[1, 2], [3]], "wrong-value"),
        ({"a": 1}, "wrong-value"),
        ([[True]], "wrong-value"),
        (None, "wrong-value"),
        (3, "unknown-field"),
        ([3, 3], "unknown-field"),
    ],
)
def test_what_is_no_kernel_is_a_problem(kernel, code):
    with pytest.raises(SpecError) as error:
        network(kernel)
    assert {finding.code for finding in error.value.problems} == {code}


def test_an_infinite_number_in_a_kernel_is_no_fault():
    with pytest.raises(SpecError) as error:
        network([[float("inf")]])
    assert "wrong-value" in {finding.code for finding in error.value.problems}


def test_only_convolutions_have_kernels():
    with pytest.raises(SpecError) as error:
        parse({"input": [1, 3, 3], "layers": [{"max_pool2d": {"kernel_size": 2, "kernel": "sobel_x"}}]})
    assert [finding.code for finding in error.value.problems] == ["unknown-field"]
