"""Solutions solve, and none in range is missed: both told by counting windows, without any formula."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cnncalc.teach.asked import read
from cnncalc.teach.mirroring import keeping, mirrored, windows
from cnncalc.teach.passing import runs
from cnncalc.teach.solving import input_sizes, sized, solve


def fitting(n, k, s, p, d):
    """How many windows lie whole on the padded side."""
    taps = [tap * d for tap in range(k)]
    return sum(start + taps[-1] < n + 2 * p for start in range(0, n + 2 * p, s))


def spread(n, k, s, p, d, op):
    """How long the side is that n places are spread over."""
    return max(i * s + tap * d for i in range(n) for tap in range(k)) + 1 - 2 * p + op


def solved(kind, *words):
    question = read(kind, words)
    return solve(question.template, question.unknown, question.n, question.m)


def values(found, letters):
    return [tuple(one.values()[letter] for letter in letters) for one in found.solutions]


@given(n=st.integers(1, 40), m=st.integers(1, 40), k=st.integers(1, 7))
@settings(max_examples=80, deadline=None)
def test_a_convolution_has_the_solutions_that_counting_finds(n, m, k):
    found = solved("conv2d", f"n={n}", f"m={m}", f"k={k}")
    expected = {
        (s, p, d)
        for s in found.tried["s"]
        for d in found.tried["d"]
        for p in found.tried["p"]
        if p <= d * (k - 1) and (k > 1 or d == 1) and fitting(n, k, s, p, d) == m
    }
    assert set(values(found, "spd")) == expected
    assert len(found.solutions) == len(expected)


@given(n=st.integers(1, 30), m=st.integers(1, 30), s=st.integers(1, 4))
@settings(max_examples=60, deadline=None)
def test_a_pooling_has_the_solutions_that_counting_finds(n, m, s):
    found = solved("avg_pool1d", f"n={n}", f"m={m}", f"s={s}")
    expected = {
        (k, p)
        for k in found.tried["k"]
        for p in found.tried["p"]
        if p <= k // 2 and p < k and fitting(n, k, s, p, 1) == m
    }
    assert set(values(found, "kp")) == expected


@given(n=st.integers(1, 12), m=st.integers(1, 30), k=st.integers(1, 5), s=st.integers(1, 4))
@settings(max_examples=60, deadline=None)
def test_a_transposed_convolution_has_the_solutions_that_spreading_finds(n, m, k, s):
    found = solved("conv_transpose2d", f"n={n}", f"m={m}", f"k={k}", f"s={s}")
    expected = {
        (p, d, op)
        for d in found.tried["d"]
        for p in found.tried["p"]
        for op in found.tried["op"]
        if p <= d * (k - 1) and (k > 1 or d == 1) and op < max(s, d) and spread(n, k, s, p, d, op) == m
    }
    assert {(one["p"], one["d"], one["op"]) for one in (one.values() for one in found.solutions)} == expected


@given(m=st.integers(1, 30), k=st.integers(1, 7), s=st.integers(1, 5), p=st.integers(0, 3))
@settings(max_examples=80, deadline=None)
def test_input_sizes_are_those_from_which_so_many_windows_fit(m, k, s, p):
    question = read("conv1d", [f"m={m}", f"k={k}", f"s={s}", f"p={p}"])
    found = input_sizes(question.template, question.m)
    assert [one.n[0] for one in found.solutions] == [n for n in range(1, 300) if fitting(n, k, s, p, 1) == m]


def test_small_choices_come_first():
    found = solved("conv2d", "n=224", "m=112")
    choices = values(found, "dksp")
    assert choices == sorted(choices)


def test_one_choice_is_the_usual_one():
    found = solved("conv2d", "n=224", "m=112", "k=7")
    assert [(one.values()["s"], one.values()["p"], one.values()["d"]) for one in found.solutions if one.usual] == [
        (2, 3, 1)
    ]


def test_the_usual_pooling_has_its_stride_for_a_kernel():
    usual = next(one for one in solved("max_pool2d", "n=26", "m=13").solutions if one.usual)
    assert (usual.values()["k"], usual.values()["s"], usual.values()["p"]) == (2, 2, 0)


def test_without_a_solution_the_nearest_sizes_are_said():
    found = solved("conv2d", "n=10", "m=9", "k=3", "s=2")
    assert found.solutions == ()
    nearest = found.nearest[0]
    assert sized(nearest.kind, nearest.n) == nearest.m == (8, 8)


@given(n=st.integers(1, 60), k=st.integers(1, 7), s=st.integers(1, 5), p=st.integers(0, 3), d=st.integers(1, 3))
@settings(max_examples=120, deadline=None)
def test_a_mirror_maps_back(n, k, s, p, d):
    there = read("conv2d", [f"n={n}", f"k={k}", f"s={s}", f"p={p}", f"d={d}"])
    found = mirrored(there.template, there.n)
    m = fitting(n, k, s, p, d)
    if m < 1:
        assert found is None
        return
    (back,) = found.solutions or (None,)
    if back is None:
        assert 2 * p >= d * (k - 1) + 1 or n < s
        return
    op = back.values()["op"]
    assert spread(m, k, s, p, d, op) == n
    assert 0 <= op < max(s, d)
    again = mirrored(back.kind, back.n)
    assert again.solutions[0].m == (m, m)


@pytest.mark.parametrize(("k", "p"), [(3, 1), (5, 2), (7, 3)])
def test_half_the_kernel_keeps_the_size(k, p):
    question = read("conv2d", [f"k={k}"], any_kernel=True)
    (kept,) = keeping(question.template, [(k, k)], None).solutions
    assert (kept.values()["p"], kept.n) == ((k - 1) // 2, kept.m)
    assert (k - 1) // 2 == p


def test_an_even_kernel_lies_between_two_that_keep_the_size():
    question = read("conv2d", ["k=4"], any_kernel=True)
    found = keeping(question.template, [(4, 4)], None)
    assert found.solutions == ()
    assert [one.values()["k"] for one in found.nearest] == [3, 5]


def test_each_side_of_a_kernel_has_its_own_padding():
    question = read("conv2d", ["k=3x7"], any_kernel=True)
    (kept,) = keeping(question.template, [(3, 7)], None).solutions
    assert kept.values()["p"] == [(3 - 1) // 2, (7 - 1) // 2]


@given(n=st.integers(1, 60), m=st.integers(1, 20))
@settings(max_examples=100, deadline=None)
def test_adaptive_windows_have_these_sizes(n, m):
    assert windows(n, m) == sorted({-(-(i + 1) * n // m) - i * n // m for i in range(m)})


@given(st.sets(st.integers(1, 300), max_size=40))
def test_runs_say_the_very_same_sizes(sizes):
    listed = [size for first, last, step in runs(sorted(sizes)) for size in range(first, last + 1, step or 1)]
    assert listed == sorted(sizes)
