"""GIFT, Moodle XML and Anki, read again by small parsers of the tests' own."""

import csv
import html
import io
import re
import xml.etree.ElementTree as ElementTree

import pytest

from cnncalc.formula.slip_words import SLIPS
from cnncalc.render import anki, gift, moodle
from cnncalc.render.cards import Card, Choice
from cnncalc.teach.practice.quiz import quiz
from cnncalc.teach.practice.topics import TOPICS
from cnncalc.views.quiz_export import cards

NASTY = "a ~ b = {c} # d : e \\ f <g> & \"h\" 'i'\tj\nk"


@pytest.fixture(scope="module", params=(1, 2, 3))
def made(request):
    return quiz(list(TOPICS), request.param, 40, 17)


def gift_questions(text):
    """GIFT by its grammar: (title, text, numeric, answers as (sign, text, feedback), general feedback)."""
    found = []
    for block in re.split(r"\n{2,}", text.strip()):
        body = "\n".join(line for line in block.splitlines() if not line.startswith("//"))
        title, rest = re.match(r"::((?:[^:\\]|\\.)*)::(.*)", body, re.S).groups()
        open_at = bare(rest, "{")
        words, inner = rest[:open_at], rest[open_at + 1 : bare(rest, "}")]
        numeric = inner.startswith("#")
        inner, _sep, general = inner.removeprefix("#").partition("####")
        answers = []
        for piece in re.split(r"(?<!\\)(?=[~=])", inner):
            if piece.strip():
                answer, _sep, feedback = cut(piece[1:].strip())
                answers.append((piece[0], plain(answer), plain(feedback)))
        found.append((plain(title), plain(words.removeprefix("[html]").strip()), numeric, answers, plain(general)))
    return found


def bare(text, sign):
    """Where the first such sign stands that no backslash takes its meaning from."""
    return re.search(rf"(?<!\\)(?:\\\\)*{re.escape(sign)}", text).end() - 1


def cut(piece):
    match = re.search(r"(?<!\\)#", piece)
    return (piece[: match.start()], "#", piece[match.end() :]) if match else (piece, "", "")


def plain(text):
    return re.sub(r"\\(.)", r"\1", text).strip()


def test_gift_has_every_question_with_its_own_answer_right(made):
    found = gift_questions(gift.render(cards(made)))
    assert len(found) == len(made.questions)
    for (title, text, numeric, answers, _general), posed in zip(found, made.questions, strict=True):
        assert title.endswith(posed.topic)
        assert html.escape(posed.text, quote=False) in text
        right = [
            html.unescape(answer) for sign, answer, _said in answers if sign == "=" and not answer.startswith("%0%")
        ]
        if numeric:
            assert right == [f"{posed.answer}:0"]
        else:
            assert posed.mark(right[0]).right
        for sign, answer, said in answers:
            if sign == "~" and not posed.words:
                (slip,) = posed.mark(html.unescape(answer)).slips
                assert html.unescape(said) == SLIPS[slip.code].sentence
            if answer.startswith("%0%"):
                (slip,) = posed.mark(answer.removeprefix("%0%").removesuffix(":0")).slips
                assert html.unescape(said) == SLIPS[slip.code].sentence


def test_moodle_xml_has_every_question_with_one_right_answer(made):
    root = ElementTree.fromstring(moodle.render(cards(made)))
    found = root.findall("question")
    assert len(found) == len(made.questions)
    for one, posed in zip(found, made.questions, strict=True):
        assert html.escape(posed.text, quote=False) in one.findtext("questiontext/text")
        kind = one.get("type")
        unescaped = html.unescape if kind == "multichoice" else str
        answers = [
            (answer.get("fraction"), unescaped(answer.findtext("text")), answer) for answer in one.findall("answer")
        ]
        assert all(posed.mark(text).right == (fraction == "100") for fraction, text, _answer in answers)
        if kind == "multichoice":
            assert [fraction for fraction, _text, _answer in answers].count("100") == 1
        if kind == "numerical":
            assert [answer.findtext("tolerance") for _fraction, _text, answer in answers] == ["0"] * len(answers)
            assert all(re.fullmatch("[0-9.]+", text) for _fraction, text, _answer in answers)
        for fraction, text, answer in answers:
            if fraction == "0" and not posed.words:
                (slip,) = posed.mark(text).slips
                assert html.unescape(answer.findtext("feedback/text")) == SLIPS[slip.code].sentence


def test_anki_has_one_note_a_line_with_the_right_answer_on_its_back(made):
    text = anki.render(cards(made))
    assert text.startswith("#separator:tab\n#html:true\n")
    lines = [line for line in text.split("\n")[:-1] if not line.startswith("#")]
    notes = list(csv.reader(io.StringIO("\n".join(lines)), delimiter="\t", quoting=csv.QUOTE_NONE))
    assert [len(note) for note in notes] == [3] * len(made.questions)
    for (front, back, tags), posed in zip(notes, made.questions, strict=True):
        assert html.escape(posed.text, quote=False) in front
        right = html.unescape(re.match("<b>(.*?)</b>", back)[1])
        assert posed.mark(re.sub(r"^[A-H]\) ", "", right)).right
        assert tags.split()[:2] == ["cnncalc", posed.topic]


def nasty(**changes):
    fields = {"name": NASTY, "text": NASTY, "answers": (NASTY,), "solution": NASTY} | changes
    return Card(**fields)


def test_gift_takes_every_sign_as_it_is():
    ((title, text, numeric, answers, general),) = gift_questions(
        gift.render([nasty(choices=(Choice(NASTY, True, NASTY), Choice("~", False, "}")))])
    )
    words = " ".join(NASTY.split())
    assert title == words
    assert (html.unescape(text), html.unescape(general), numeric) == (f"<p>{words}</p>", words, False)
    assert [(sign, html.unescape(one), html.unescape(said)) for sign, one, said in answers] == [
        ("=", words, words),
        ("~", "~", "}"),
    ]


def test_moodle_xml_takes_every_sign_as_it_is():
    (one,) = ElementTree.fromstring(moodle.render([nasty()])).findall("question")
    assert one.get("type") == "shortanswer"
    assert one.findtext("name/text").split() == NASTY.split()
    assert one.findtext("answer/text").split() == NASTY.split()
    assert html.unescape(one.findtext("generalfeedback/text")).split() == NASTY.split()


def test_anki_keeps_tabs_and_line_ends_out_of_its_fields():
    text = anki.render([nasty(choices=(Choice(NASTY, True), Choice("<b>", False, NASTY)))])
    (note,) = [line for line in text.split("\n")[:-1] if not line.startswith("#")]
    assert note.count("\t") == 2
    assert "<g>" not in note
    assert "&lt;b&gt;" in note
