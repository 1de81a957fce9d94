"""Practice: the right answer is right, every wrong option is one slip, the same seed gives the same questions."""

import json
import re

import pytest

from cnncalc.spec.read import decode
from cnncalc.teach import questions
from cnncalc.teach.practice.quiz import quiz
from cnncalc.teach.practice.score import Answered, outcome
from cnncalc.teach.practice.slips import Wrong, clash
from cnncalc.teach.practice.topics import RECIPES, TOPICS, taking_part
from cnncalc.views.quiz_export import cards
from cnncalc.views.quiz_export import questions as as_file

LEVELS = (1, 2, 3)


@pytest.fixture(scope="module")
def asked():
    """300 questions: every topic at every level, from several seeds."""
    return [
        one for level in LEVELS for seed in (1, 2, 3, 4, 5) for one in quiz(list(TOPICS), level, 20, seed).questions
    ]


def test_as_many_questions_as_were_asked_for(asked):
    assert len(asked) == 300
    assert {one.topic for one in asked} == set(TOPICS)


def test_the_right_answer_is_right(asked):
    assert [one.text for one in asked if one.mark(one.answer).ruling != "right"] == []


def test_every_wrong_answer_is_wrong_and_named_as_its_one_slip(asked):
    checked = 0
    for one in asked:
        for wrong in one.wrong:
            verdict = one.mark(wrong.written)
            assert (verdict.ruling, [slip.codes for slip in verdict.slips]) == ("wrong", [(wrong.code,)]), one.text
            checked += 1
    assert checked > 300


def test_options_are_the_right_answer_once_and_slips_that_differ(asked):
    for one in asked:
        texts = [option.text for option in one.options]
        assert len(set(texts)) == len(texts)
        if one.options and not one.words:
            assert [option.text for option in one.options if not option.code] == [one.answer]
            assert len(texts) in (3, 4)


def test_the_right_option_stands_at_every_place(asked):
    places = {next(o.letter for o in one.options if not o.code) for one in asked if one.options and not one.words}
    assert places == set("ABCD")


def test_hints_do_not_say_the_answer(asked):
    for one in asked:
        assert one.hints
        for hint in one.hints:
            assert not hint.endswith(f"= {one.answer}")
            assert hint != one.answer


def numbers(text):
    """The letters of a question about a size, read from its words; without s and p they are 1 and 0."""
    n = int(re.match(r"n = (\d+)|(\d+)", text)[0].removeprefix("n = "))
    found = {letter: int(value) for letter, value in re.findall(r"\b([kspd]) = (\d+)", text)}
    return {"n": n, "s": 1, "p": 0, "d": 1} | found


@pytest.mark.parametrize("level", [1, 2])
def test_the_words_hold_all_the_numbers_that_the_answer_needs(level):
    for one in quiz(["output-size"], level, 20, 31).questions:
        given = numbers(one.text)
        n, k, s, p = (given[letter] for letter in "nksp")
        assert one.answer == str((n + 2 * p - k) // s + 1), one.text
        assert one.hints[0] == "⌊(n + 2p − k)/s⌋ + 1"
        assert one.hints[1] == f"⌊({n} + 2·{p} − {k})/{s}⌋ + 1"


@pytest.mark.parametrize("level", [1, 2])
def test_every_slip_in_a_size_gives_another_answer(level):
    for one in quiz(["output-size"], level, 40, 32).questions:
        given = numbers(one.text)
        n, k, s, p = (given[letter] for letter in "nksp")
        right = (n + 2 * p - k) // s + 1
        slips = [right - 1]
        slips += [(n - k) // s + 1, (n + p - k) // s + 1] if p else []
        slips += [n + 2 * p - k + 1] if s > 1 else []
        assert len({right, *slips}) == 1 + len(slips), one.text


def test_the_padding_that_keeps_the_size_is_half_of_what_the_kernel_covers_beyond_one_place():
    for one in quiz(["padding"], 3, 20, 31).questions:
        given = numbers(one.text)
        assert one.answer == str(given["d"] * (given["k"] - 1) // 2)


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("topic", TOPICS)
def test_every_topic_has_questions_at_every_level_and_none_twice(topic, level):
    found = quiz([topic], level, 10, 11).questions
    assert len(found) == 10
    assert len({(one.text, str(one.row)) for one in found}) == 10
    assert topic == "by-hand" or len({one.text for one in found}) == 10
    assert {one.topic for one in found} == {topic}


def test_a_topic_that_is_used_up_ends_the_quiz():
    found = quiz(["concepts"], 1, 500, 3).questions
    assert len(found) == len(questions_in_words())


def questions_in_words():
    from cnncalc.source import Source
    from cnncalc.spec import shipped
    from cnncalc.spec.read import parse_text

    tree, _found = parse_text(Source("", shipped.questions("lectures").read_text(encoding="utf-8")))
    return [row for row in tree["questions"] if row.get("ask") == "choice"]


def test_the_same_seed_gives_the_same_questions_and_another_one_others():
    texts = [[one.key for one in quiz(list(TOPICS), 2, 20, seed).questions] for seed in (5, 5, 6)]
    assert texts[0] == texts[1] != texts[2]


def test_a_question_keeps_its_seed_and_level_in_its_tags():
    made = quiz(["padding"], 3, 1, 9)
    assert cards(made)[0].tags == ("cnncalc", "padding", "level-3", "seed-9")


def test_what_plays_no_part_is_not_asked_at_the_first_level():
    for recipe in RECIPES["output-size"]:
        assert not any("transpose" in kind.name for kind in taking_part(recipe, 1))
        assert any("transpose" in kind.name for kind in taking_part(recipe, 3))


def test_two_slips_with_one_answer_clash():
    assert clash([Wrong("4", "ignored_padding"), Wrong("4", "dropped_plus_one")])
    assert not clash([Wrong("4", "ignored_padding"), Wrong("5", "dropped_plus_one")])
    assert not clash([Wrong("4", "ignored_padding"), Wrong("4", "ignored_padding")])


@pytest.mark.parametrize("level", LEVELS)
def test_the_file_of_a_quiz_marks_its_own_answers_right_and_its_letters_too(level):
    made = quiz(list(TOPICS), level, 40, 21)
    document = as_file(made, solved=True)
    read = reading(document)
    assert len(read) == 40
    for one, posed in zip(read, made.questions, strict=True):
        assert one.mark(one.answer).ruling == "right", one.id
        for option in posed.options:
            verdict = one.mark(option.letter)
            assert verdict.right == (posed.answer in (option.letter, option.text))
            if option.code:
                assert [slip.codes for slip in verdict.slips] == [(option.code,)]


def reading(document):
    source, _findings = decode(json.dumps(document, ensure_ascii=False).encode(), "quiz.json")
    found, findings = questions.read(source, folder="", ending=".json")
    assert not findings
    return found


def test_a_sheet_without_answers_gives_none_away():
    sheet = json.dumps(as_file(quiz(list(TOPICS), 1, 20, 4), solved=False))
    assert '"answer' not in sheet
    assert '"model"' not in sheet


def test_an_answer_beside_its_question_counts_before_one_that_stands_apart():
    row = {"id": "a", "kind": "conv2d", "given": {"n": 7, "k": 3}, "ask": "output_size"}
    (apart,) = reading({"questions": [row], "answers": {"a": 5}})
    (beside,) = reading({"questions": [{**row, "answer": 4}], "answers": {"a": 5}})
    assert (apart.answer, beside.answer) == ("5", "4")


def test_the_score_counts_skipped_questions_apart_and_names_the_weakest_topic_first():
    made = quiz(["output-size", "shapes"], 2, 8, 2).questions
    done = []
    for index, one in enumerate(made):
        if one.topic == "shapes" and one.wrong:
            done.append(Answered(one, one.mark(one.wrong[0].written)))
        else:
            done.append(Answered(one, one.mark(one.answer) if index % 2 else None))
    found = outcome(done)
    assert found.right + found.wrong + found.skipped == 8
    assert [one.topic for one in found.revise] == ["shapes"]
    assert found.revise[0].wrong == found.wrong > 0
    assert sum(times for _code, times in found.revise[0].slips) <= found.wrong
