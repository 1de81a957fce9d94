"""Forms: a formula without its numbers comes to the same as the formula with them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cnncalc.formula import rules
from cnncalc.formula.expression import NotExact, as_expression, evaluate, traced
from cnncalc.formula.forms import calculation, filled, form, key
from cnncalc.formula.letters import K, N, P, S
from cnncalc.formula.slips import Miscalculated
from tests.formula.every_rule import RULES, numbers, symbolic


@pytest.mark.parametrize("name", RULES)
@given(data=st.data())
@settings(max_examples=20, deadline=None)
def test_a_form_with_its_numbers_is_the_formula_again(name, data):
    expression = as_expression(RULES[name](**symbolic(data.draw(numbers(RULES[name], st.integers(1, 60))))))
    values = []
    key(expression, values)
    opened = form(expression)
    assert filled(opened, values) == expression
    try:
        truth = evaluate(expression)
    except NotExact:
        with pytest.raises(NotExact):
            calculation(opened)(values)
    else:
        assert calculation(opened)(values) == truth


def size(n, p, k, s):
    return rules.window_size(traced(N, n), rules.symmetric_padding(traced(P, p)), traced(K, k), traced(S, s))


def test_formulas_that_differ_in_numbers_only_have_one_form():
    assert key(size(32, 2, 5, 2), []) == key(size(7, 1, 3, 1), [])


def test_formulas_of_other_letters_have_other_forms():
    assert key(rules.valid_size(traced(N, 7), traced(K, 3)), []) != key(
        rules.valid_size(traced(N, 7), traced(S, 3)), []
    )


def test_numbers_of_the_formula_itself_belong_to_the_form():
    assert key(traced(N, 7) + 1, []) != key(traced(N, 7) + 2, [])


def test_two_slips_together_are_named_in_one_order_only():
    found = [one.codes for one in Miscalculated(size(33, 2, 5, 3)).double]
    assert ("ignored_padding", "dropped_plus_one") in found
    assert ("dropped_plus_one", "ignored_padding") not in found


def test_a_pair_is_none_where_one_of_the_two_is_enough():
    wrong = Miscalculated(size(32, 2, 5, 2))
    alone = {(one.codes[0], one.value) for one in wrong.single}
    assert not any((code, pair.value) in alone for pair in wrong.double for code in pair.codes)
    assert wrong.truth not in {pair.value for pair in wrong.double}
