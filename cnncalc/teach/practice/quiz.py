"""Practice: questions made from a seed, with numbers for which every slip gives an answer of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

from cnncalc.formula.expression import NotExact
from cnncalc.kinds._contract import Kind
from cnncalc.language import _
from cnncalc.problem import Refused
from cnncalc.record import Record
from cnncalc.teach.bilingual import in_words
from cnncalc.teach.check import Mark
from cnncalc.teach.given import NotUnderstood
from cnncalc.teach.practice import found, numbers
from cnncalc.teach.practice.hand import by_hand
from cnncalc.teach.practice.hints import hints
from cnncalc.teach.practice.numbers import Draw
from cnncalc.teach.practice.slips import MOST, Wrong, clash, distractors, unpunished
from cnncalc.teach.practice.topics import QUESTIONS, RECIPES, taking_part
from cnncalc.teach.questions import posed

TURNS, TRIES = 8, 40
"""So often it is drawn what to ask, and each time the numbers for it, before a topic counts as used up."""

Drawn = Callable[[], tuple[str, dict[str, Any]]]
"""What draws a question: its words, and what a file says of it."""


class Option(NamedTuple):
    """One of several answers to choose from; `code` is the slip that leads to it, empty for the right one."""

    letter: str
    text: str
    code: str = ""


class Posed(Record):
    """A question of a quiz.

    `row` is what a question file says of it, without id, words, options and answer; `wrong` are answers that one slip
    leads to; `options` are offered where the question is asked with a choice.
    """

    topic: str
    text: str
    row: dict[str, Any]
    ask: str
    mark: Mark
    answer: str
    wrong: tuple[Wrong, ...] = ()
    options: tuple[Option, ...] = ()
    hints: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """What tells it from all other questions."""
        return f"{self.text} {self.row.get('matrix', '')} {self.row.get('kernel', '')}"

    @property
    def words(self) -> bool:
        """Whether it is answered in words: then the options belong to the question."""
        return self.ask == "choice"


class Quiz(Record):
    """The questions, and what they were made from."""

    topics: tuple[str, ...]
    level: int
    seed: int
    questions: tuple[Posed, ...]


def quiz(topics: Sequence[str], level: int, count: int, seed: int) -> Quiz:
    """As many questions as were asked for, or as there are; the same for the same seed."""
    draw = Draw(seed)
    left = draw.shuffled(topics)
    asked: dict[str, Posed] = {}
    turn = 0
    while left and len(asked) < count:
        topic = left[turn % len(left)]
        question = next((one for one in _tries(topic, level, draw) if one.key not in asked), None)
        if question is None:
            left.remove(topic)
        else:
            asked[question.key] = question
            turn += 1
    return Quiz(tuple(topics), level, seed, tuple(asked.values()))


def _tries(topic: str, level: int, draw: Draw) -> Iterator[Posed]:
    """Questions on a topic whose slips can be told apart."""
    for _turn in range(TURNS):
        drawn = _asking(topic, level, draw)
        for _try in range(TRIES):
            try:
                question = _question(topic, *drawn(), draw)
            except (NotUnderstood, Refused, NotExact):
                continue
            if question is not None:
                yield question


def _asking(topic: str, level: int, draw: Draw) -> Drawn:
    """What is asked, of which kind; the numbers of it are still to be drawn."""
    if topic == "concepts":
        return lambda: found.in_the_lectures(draw)
    recipes = [one for one in RECIPES[topic] if one.level <= level <= one.last]
    if not recipes or (topic == "receptive-field" and draw.number(0, 1)):
        return lambda: found.in_a_network(draw, level)
    recipe = draw.one(recipes)
    kind = draw.one(taking_part(recipe, level))
    if recipe.ask == "values":
        return lambda: by_hand(kind, draw, level)
    padded = bool(draw.number(0, 1))
    return lambda: _of_layer(kind, recipe.ask, draw, level, padded)


def _of_layer(kind: type[Kind], ask: str, draw: Draw, level: int, padded: bool) -> tuple[str, dict[str, Any]]:
    """A question about one layer."""
    fields: dict[str, Any] = {}
    sentence = ask
    n = numbers.size(draw, level, ask)
    if "kernel_size" in kind.model_fields:
        fields = numbers.window(kind, draw, level, ask, padded)
    if ask == "padding":
        fields = {"kernel_size": draw.one((3, 5, 7, 9, 11))}
        fields |= {"dilation": draw.number(2, 4)} if level == 3 else {}
    if ask == "receptive_field":
        fields = {"kernel_size": draw.one((3, 5, 7)), "dilation": draw.number(2, 6)}
    if ask in ("weights", "biases", "parameters") and level == 1:
        # What plays no part is for the higher levels.
        fields = {name: value for name, value in fields.items() if name == "kernel_size"}
    if ask in ("output_size", "padding", "receptive_field"):
        given: dict[str, Any] = {"n": n, **fields}
        shown = "×".join([str(n)] * kind.rank) if kind.rank > 1 else f"n = {n}"
    elif "out_features" in kind.model_fields:
        low, high = numbers.FEATURES[level]
        fields = {"in_features": draw.number(low, high), "out_features": draw.number(low - 1, high // 4)}
        given, shown = dict(fields), _("A vector of {count}").format(count=fields.pop("in_features"))
    else:
        sides = (numbers.channels(kind, draw, level, fields), *[n] * (kind.rank or 2))
        given = {"input": "x".join(map(str, sides)), **fields}
        shown = "×".join(map(str, sides))
    if "bias" in kind.model_fields and ask not in ("output_size", "output_shape", "padding", "receptive_field"):
        given["bias"] = ask != "parameters" or bool(draw.number(0, 2))
        sentence = ask if given["bias"] else "without_biases"
    elif ask == "parameters":
        sentence = "learned"
    row = {"kind": kind.name, "given": given, "ask": ask}
    return _(QUESTIONS[sentence]).format(input=shown, layer=numbers.layer(kind, fields)), row


def _question(topic: str, text: str, row: dict[str, Any], draw: Draw) -> Posed | None:
    """The question with everything that belongs to it; None when its slips cannot be told apart."""
    ask, mark = posed(row)
    if ask == "choice":
        options = tuple(Option(letter, in_words(words)) for letter, words in row["options"].items())
        return Posed(topic, text, row, ask, mark, row["answer"], (), options, hints(row, ask, mark, options))
    truth, answer, wrong = found.slips(row, ask, mark)
    if not answer or clash(wrong) or unpunished(truth, row, wrong):
        return None
    wrong = list(distractors(wrong, mark))
    chosen: tuple[Option, ...] = ()
    if len(wrong) > 1:
        offered = draw.shuffled([("", answer), *((one.code, one.written) for one in draw.shuffled(wrong)[:MOST])])
        chosen = tuple(Option(letter, written, code) for letter, (code, written) in zip("ABCD", offered, strict=False))
    return Posed(topic, text, row, ask, mark, answer, tuple(wrong), chosen, hints(row, ask, mark, ()))
