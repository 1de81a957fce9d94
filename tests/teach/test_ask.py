"""Questions in words: what is answered, what is refused, and that nothing is dropped in silence."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cnncalc.teach.ask.answering import answer
from cnncalc.teach.ask.checking import claimed, verdicts
from cnncalc.teach.ask.problems import NotRead
from cnncalc.teach.ask.report import answered, value
from cnncalc.teach.ask.words import table
from tests.teach.phrasings import (
    CLAIMED,
    NATURAL,
    NETWORKS,
    NOTHING_LEFT,
    PHRASINGS,
    REFUSED,
    STACKED,
    TWO,
    WITH_BIASES,
)


def values(question):
    """The answers by what they answer: one value, or a list of them where several readings are open."""
    found = {}
    for one in answer(question, "q").answers:
        found.setdefault(one.ask, []).append(value(one))
    return {ask: every[0] if len(every) == 1 else every for ask, every in found.items()}


ANSWERED = [*PHRASINGS, *STACKED, *NATURAL, *TWO, *NETWORKS]


@pytest.mark.parametrize(("question", "expected"), ANSWERED, ids=[question for question, _expected in ANSWERED])
def test_a_question_in_words_is_answered(question, expected):
    assert values(question) == expected


@pytest.mark.parametrize(("question", "code"), REFUSED, ids=[question[:60] for question, _code in REFUSED])
def test_what_cannot_be_read_is_a_problem(question, code):
    with pytest.raises(NotRead) as refused:
        answer(question, "q")
    assert code in [finding.code for finding in refused.value.findings]


@pytest.mark.parametrize(("question", "ask", "truth", "right"), CLAIMED, ids=[one[0] for one in CLAIMED])
def test_an_answer_in_the_question_is_checked(question, ask, truth, right):
    done = answer(question, "q")
    assert [(one.ask, value(one)) for one in done.answers] == [(ask, truth)]
    assert [one.right for one in claimed(done)] == right


def test_where_what_is_meant_and_is_the_output_begin_alike_nothing_is_claimed():
    question = "is the output size of max pooling 3x3 with stride 2 on a 13x13 map?"
    assert values(question) == {"output_size": (13 - 3) // 2 + 1}
    assert values("is the stride 2 with a 7x7 input, 3x3 kernel: output size?") == {"output_size": (7 - 3) // 2 + 1}


def test_a_network_that_is_not_shipped_is_near_to_others():
    with pytest.raises(NotRead) as refused:
        answer("vgg17有多少参数", "q")
    assert {"vgg16", "vgg19"} < set(refused.value.findings[0].problem.near)


def test_a_question_about_a_layer_reads_no_network(monkeypatch):
    monkeypatch.setattr("cnncalc.teach.ask.networks.result", None)
    assert values("AlexNet: 96 11x11 filters, 227x227x3, stride 4: output size?") == {"output_size": 55}


def test_the_problem_points_at_the_number():
    question = "输入7*7，卷积核3*3，香蕉5，输出多大？"
    with pytest.raises(NotRead) as refused:
        answer(question, "q")
    place = refused.value.findings[0].place
    assert question[place.column - 1 : place.end_column - 1] == "5"


WORDS = st.sampled_from(
    [*table(), "7x7", "3", "5x5", "1.5", "-2", "Conv2d(", ")", "，", "?", "=", "\n", "k", "28x28x3", "²", "½"]
)


@given(st.lists(WORDS, max_size=20).map(" ".join) | st.text(max_size=80) | st.lists(WORDS, max_size=12).map("".join))
@settings(max_examples=300, deadline=None)
def test_any_text_is_answered_or_refused(text):
    try:
        done = answer(text, "q")
    except NotRead:
        return
    assert answered(done)["answers"]


@pytest.mark.parametrize("text", ["7*" * 50_000, "9" * 100_000, "卷积" * 40_000, "(" * 1_990, "k=" * 990, "7x7 " * 490])
def test_a_long_text_takes_no_time(text):
    start = time.monotonic()
    with pytest.raises(NotRead):
        answer(text, "q")
    assert time.monotonic() - start < 5


CHAIN = "784→512→10: how many parameters in total?"


@pytest.mark.parametrize(
    ("written", "ruling", "slips"),
    [
        ("407050", "right", []),
        ("784*512+512+512*10+10", "right", []),
        ("406528", "right_by_convention", ["forgot_bias"]),
        ("5120", "wrong", []),
        ("5130", "wrong", []),
    ],
)
def test_a_total_is_checked_as_a_whole(written, ruling, slips):
    (verdict,) = verdicts(answer(CHAIN, "q"), written)
    assert (verdict.ruling, [slip.code for slip in verdict.slips]) == (ruling, slips)


def test_with_a_bias_that_is_said_leaving_it_out_is_wrong():
    (verdict,) = verdicts(answer("784→512→10 with bias: how many parameters in total?", "q"), "406528")
    assert verdict.ruling == "wrong"


@pytest.mark.parametrize("question", WITH_BIASES)
def test_where_biases_are_said_no_convention_leaves_them_out(question):
    done = answer(question, "q")
    assert [verdicts(done, written)[0].ruling for written in ("280", "270")] == ["right", "wrong"]


@pytest.mark.parametrize("question", NOTHING_LEFT)
def test_ordinary_words_leave_no_note(question):
    assert answer(question, "q").understood.notes == ()


@pytest.mark.parametrize(
    ("written", "right"), [("13", True), ("14", True), ("13x14", True), ("12", False), ("15", False), ("0", False)]
)
def test_every_input_size_that_gives_the_output_is_right(written, right):
    done = answer("what input size gives 7x7 output with a 3x3 kernel, stride 2, padding 1?", "q")
    assert done.answers[0].settings == (13, 14)
    assert verdicts(done, written)[0].right is right


def test_a_count_of_layers_that_is_not_read_is_pointed_at():
    question = "784→512→10 and three 3x3 convs, two 5x5 convs: receptive field?"
    with pytest.raises(NotRead) as refused:
        answer(question, "q")
    assert all(finding.place is not None for finding in refused.value.findings)
