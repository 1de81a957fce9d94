"""Random expressions, deeper and odder than any rule: what a writer of formulas must be able to write."""

from hypothesis import strategies as st

from cnncalc.formula.expression import Constant, Group, Larger, NotExact, Quotient, Symbol, evaluate
from cnncalc.formula.letters import C_IN, D, K, N, P, S

LEAVES = st.one_of(
    st.integers(-9, 3000).map(Constant),
    st.builds(Symbol, st.sampled_from([N, K, P, S, D, C_IN]), st.integers(-9, 3000)),
)
ROUNDINGS = st.sampled_from(["floor", "ceil", "fraction", "exact"])


def _larger_trees(inner):
    return st.one_of(
        st.tuples(inner, inner).map(lambda pair: pair[0] + pair[1]),
        st.tuples(inner, inner).map(lambda pair: pair[0] - pair[1]),
        st.tuples(inner, inner).map(lambda pair: pair[0] * pair[1]),
        st.builds(Quotient, inner, inner, ROUNDINGS),
        st.builds(Larger, inner, inner),
        inner.map(Group),
    )


def _has_value(expression):
    try:
        evaluate(expression)
    except (NotExact, ZeroDivisionError):
        return False
    return True


TREES = st.recursive(LEAVES, _larger_trees, max_leaves=8).filter(_has_value)
