"""The solver finds what a search by hand finds: no value more, none less."""

from hypothesis import given, settings
from hypothesis import strategies as st

from cnncalc.formula import rules
from cnncalc.formula.solve import solve


@given(n=st.integers(1, 40), p=st.integers(0, 4), k=st.integers(1, 9), wanted=st.integers(1, 40))
@settings(max_examples=150, deadline=None)
def test_strides_are_those_under_which_so_many_windows_fit(n, p, k, wanted):
    found = [
        one["s"] for one in solve(rules.window_size, wanted, {"s": range(1, 13)}, n=n, total_padding=2 * p, kernel=k)
    ]
    places = n + 2 * p
    fitting = [s for s in range(1, 13) if sum(start + k <= places for start in range(0, places, s)) == wanted]
    assert k > places or found == fitting


@given(wanted=st.integers(1, 30), k=st.integers(1, 9), s=st.integers(1, 5))
@settings(max_examples=100, deadline=None)
def test_input_sizes_are_those_that_give_the_wanted_output(wanted, k, s):
    found = [one["n"] for one in solve(rules.window_size, wanted, {"n": range(1, 200)}, total_padding=0, kernel=k, s=s)]
    least = (wanted - 1) * s + k
    assert found == list(range(least, min(least + s, 200)))


@given(wanted=st.integers(1, 60))
@settings(max_examples=40, deadline=None)
def test_several_unknowns_are_all_tried_smallest_first(wanted):
    ranges = {"features_in": range(1, 13), "features_out": range(1, 13)}
    found = [(one["features_in"], one["features_out"]) for one in solve(rules.linear_weights, wanted, ranges)]
    assert found == sorted(found)
    assert set(found) == {(a, wanted // a) for a in range(1, 13) if wanted % a == 0 and wanted // a <= 12}


def test_what_the_formula_refuses_is_no_solution():
    found = [one["g"] for one in solve(rules.channels_per_group, 3, {"g": range(13)}, channels=12)]
    assert found == [4]


def test_without_a_solution_nothing_comes():
    assert list(solve(rules.symmetric_padding, 5, {"p": range(100)})) == []
