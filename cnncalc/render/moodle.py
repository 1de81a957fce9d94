"""Questions as Moodle XML."""

from __future__ import annotations

import html
from collections.abc import Sequence
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from cnncalc.render.cards import Card, as_html


def render(cards: Sequence[Card]) -> str:
    """The questions as one quiz."""
    quiz = Element("quiz")
    for card in cards:
        _question(quiz, card)
    indent(quiz)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(quiz, encoding="unicode") + "\n"


def _question(quiz: Element, card: Card) -> None:
    kind = "multichoice" if card.choices else "numerical" if card.numeric else "shortanswer"
    question = SubElement(quiz, "question", type=kind)
    _text(SubElement(question, "name"), card.name)
    _text(SubElement(question, "questiontext", format="html"), as_html(card))
    _text(SubElement(question, "generalfeedback", format="html"), html.escape(card.solution, quote=False))
    SubElement(question, "defaultgrade").text = "1.0"
    if card.choices:
        SubElement(question, "single").text = "true"
        SubElement(question, "shuffleanswers").text = "true"
        SubElement(question, "answernumbering").text = "ABCD"
        for one in card.choices:
            _answer(question, html.escape(one.text, quote=False), one.right, one.feedback, "html")
    else:
        if not card.numeric:
            SubElement(question, "usecase").text = "0"
        for answer in card.answers[:1] if card.numeric else card.answers:
            _answer(question, answer, True, "", "moodle_auto_format")
        for wrong, said in card.foreseen:
            _answer(question, wrong, False, said, "moodle_auto_format")
    tags = SubElement(question, "tags")
    for tag in card.tags:
        _text(SubElement(tags, "tag"), tag)


def _answer(question: Element, text: str, right: bool, feedback: str, form: str) -> None:
    answer = SubElement(question, "answer", fraction="100" if right else "0", format=form)
    SubElement(answer, "text").text = text
    if question.get("type") == "numerical":
        SubElement(answer, "tolerance").text = "0"
    _text(SubElement(answer, "feedback", format="html"), html.escape(feedback, quote=False))


def _text(parent: Element, text: str) -> None:
    SubElement(parent, "text").text = text
