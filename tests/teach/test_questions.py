"""Question files: whatever stands in them, there are questions and problems, and never a crash."""

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from cnncalc.source import Source
from cnncalc.teach import cells, roster
from cnncalc.teach.quantities import ASKS
from cnncalc.teach.questions import KEYS, read

NUMBERS = st.integers(-2, 9) | st.floats(-2, 9, allow_nan=False) | st.sampled_from([10**15, True, None, "2", "x", ""])
MATRICES = st.lists(st.lists(st.integers(-3, 9), min_size=1, max_size=4), max_size=4) | st.just("1 2 / 3 4") | NUMBERS
GIVEN = st.dictionaries(
    st.sampled_from(["n", "k", "p", "s", "d", "c_in", "c_out", "input", "groups", "bias", "in", "out", "padding"]),
    NUMBERS | st.lists(NUMBERS, max_size=3) | st.just("3x7x7"),
    max_size=6,
)
PARTS = {
    "kind": st.sampled_from(["conv2d", "linear", "max_pool2d", "avg_pool1d", "softmax", "relu", "conv_transpose2d", 3]),
    "given": GIVEN | st.sampled_from(["n=7 k=3", "7x7 k", "", 7]),
    "ask": st.sampled_from([*ASKS, 7, "size"]),
    "answer": NUMBERS | MATRICES,
    "spec": st.sampled_from(["lenet5", "nowhere", "", ".", 3]),
    "layer": st.sampled_from(["conv2d_1", "linear_1", "flatten_1", 2]),
    "matrix": MATRICES,
    "kernel": MATRICES,
    "options": st.sampled_from([{"A": 1, "B": {"en": "x"}}, ["a", "b"], 3, {}]),
    "text": st.sampled_from(["why", {"en": "why"}, {}, 3]),
}
ROWS = st.fixed_dictionaries(
    {}, optional={key: PARTS.get(key, NUMBERS) for key in KEYS if key not in ("spec", "layer")}
) | st.fixed_dictionaries({"spec": PARTS["spec"], "ask": PARTS["ask"]}, optional={"layer": PARTS["layer"]})


@given(st.lists(ROWS, min_size=1, max_size=3), st.sampled_from(["", "4", "1 2 / 3 4", "B"]))
@settings(max_examples=700, deadline=None)
def test_any_rows_are_questions_or_problems(rows, answer):
    source = Source("q.json", json.dumps({"questions": rows}))
    questions, findings = read(source, folder="", ending=".json")
    assert questions or findings
    for finding in findings:
        assert finding.problem.message()
        assert finding.place is not None
    for question in questions:
        assert question.mark(answer).ruling
        assert question.mark(question.answer).ruling


@given(st.text('ab,;\t"\r\n 1', max_size=60))
@settings(max_examples=800, deadline=None)
def test_any_table_is_read_with_places_or_has_a_problem(text):
    rows, _findings = cells.read(Source("a.csv", text))
    for row in rows:
        for cell in row:
            assert cell.place.line >= 1
            assert cell.place.column >= 1
    roster.read(Source("a.csv", text), ["a", "b"])


def test_a_quoted_cell_may_hold_line_ends_and_quotes():
    rows, _findings = cells.read(Source("a.csv", 'a,b\r\n"1\n2","say ""x"""\nc,d\n'))
    assert [[cell.text for cell in row] for row in rows] == [["a", "b"], ["1\n2", 'say "x"'], ["c", "d"]]
    assert rows[2][0].place[:2] == (4, 1)


def test_a_head_may_hold_the_question_behind_its_id():
    found, _findings = roster.read(Source("a.csv", "Name,q1. How many?,q2\nLi,4,5\n"), ["q1", "q2"])
    assert found.sheets[0].answers == {"q1": "4", "q2": "5"}
