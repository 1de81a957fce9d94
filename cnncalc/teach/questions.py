"""Question files: YAML, JSON or CSV -> questions, each ready to mark answers; and everything wrong with its place."""

from __future__ import annotations

import os
from typing import Any

from cnncalc.formula.expression import NotExact
from cnncalc.harmless import harmless
from cnncalc.language import _
from cnncalc.problem import Finding, Mark, Problem, Refused
from cnncalc.record import Record
from cnncalc.source import Place, PlacedMapping, Source, key_place, value_place
from cnncalc.spec.describe import describe
from cnncalc.spec.read import parse_text
from cnncalc.suggest import nearest
from cnncalc.teach import cells, check, from_spec
from cnncalc.teach.apart import answered
from cnncalc.teach.bilingual import in_words
from cnncalc.teach.choice import lettered
from cnncalc.teach.given import Given, NotUnderstood
from cnncalc.teach.parts import by_hand, chosen, layer, option_texts
from cnncalc.teach.quantities import ASKS, determined, expressions
from cnncalc.teach.question_problems import (
    AskMissing,
    MissingInQuestion,
    NoQuestions,
    NotAQuestion,
    NotWhole,
    RepeatedQuestion,
    UnknownAsk,
    UnknownQuestionKey,
    WrongInQuestion,
)

KEYS = (
    *("id", "text", "kind", "given", "spec", "layer", "ask", "answer"),
    *("matrix", "kernel", "bias", "stride", "padding", "padding_value", "kernel_size", "dilation"),
    *("options", "key", "model"),
)
"""What a question may say."""


class Question(Record):
    """A question: its id, its words, what it asks for, the answer that stands beside it, and what marks answers."""

    id: str
    ask: str
    answer: str
    mark: check.Mark
    text: str = ""
    place: Place | None = None


def read(source: Source, *, folder: str, ending: str) -> tuple[list[Question], list[Finding]]:
    """The questions of a file, and what is wrong in it. `folder` is where the paths of specs begin."""
    if ending == ".csv":
        tree, findings = _table(source)
    else:
        found, findings = parse_text(source, is_json=ending == ".json")
        tree = found
    rows, apart = (tree.get("questions"), tree.get("answers")) if isinstance(tree, dict) else (tree, None)
    if not isinstance(rows, list) or not rows:
        if not any(finding.severity == "error" for finding in findings):
            findings = [*findings, Finding(NoQuestions(describe(tree)), source, Place(1, 1, 1, 2))]
        return [], findings
    reading = _Reading(source, folder)
    for index, row in enumerate(rows):
        reading.question(answered(row, apart), value_place(rows, index), str(index + 1))
    return reading.questions, [*findings, *reading.findings]


def _offered(row: dict[str, Any], mark: check.Mark) -> check.Mark:
    """What marks answers that may also be the letter of an option."""
    return lettered(mark, option_texts(row)) if "options" in row else mark


def posed(row: dict[str, Any]) -> tuple[str, check.Mark]:
    """What a question that was made here asks for, and what marks its answers.

    Raises:
        NotUnderstood, Refused: it has no answer.
    """
    return _Reading(Source("", ""), "").marked(row)


def _table(source: Source) -> tuple[Any, list[Finding]]:
    """A table as the same tree: a list of mappings, one a row; empty cells are left out."""
    rows, findings = cells.read(source)
    tree: list[PlacedMapping] = []
    for row in rows[1:]:
        mapping = PlacedMapping(row[0].place)
        for name, cell in zip(cells.names(rows[0]), row, strict=False):
            if cell.text and name and name not in mapping:
                mapping[name] = cell.text
                mapping.keys_at[name] = mapping.values_at[name] = cell.place
        tree.append(mapping)
    return tree, findings


class _Reading:
    """One reading under way: the questions so far, what was found, and the specs that were opened."""

    def __init__(self, source: Source, folder: str) -> None:
        self.source, self.folder = source, folder
        self.questions: list[Question] = []
        self.findings: list[Finding] = []
        self.places: dict[str, Place | None] = {}
        self.specs: dict[str, from_spec.Analysed] = {}

    def report(self, problem: Problem, place: Place | None, *marks: Mark) -> None:
        """Note a problem."""
        self.findings.append(Finding(problem, self.source, place, marks=marks))

    def question(self, row: Any, place: Place | None, number: str) -> None:
        """One question further."""
        if not isinstance(row, dict):
            self.report(NotAQuestion(describe(row)), place)
            return
        place = row.place if isinstance(row, PlacedMapping) and row.place is not None else place
        for key in row:
            if key not in KEYS:
                self.report(UnknownQuestionKey(harmless(key, 60), tuple(nearest(key, KEYS))), key_place(row, key))
        name = str(row["id"]) if row.get("id") is not None else number
        if name in self.places:
            first = self.places[name]
            marks = () if first is None else (Mark(first, _("the first one")),)
            self.report(RepeatedQuestion(harmless(name, 60)), value_place(row, "id") or place, *marks)
            return
        self.places[name] = value_place(row, "id") or place
        try:
            ask, mark = self.marked(row)
        except NotUnderstood as error:
            for problem in error.problems:
                self.report(problem, _where(row, problem) or place)
            return
        except Refused as refusal:
            self.report(refusal.problem, _where(row, refusal.problem) or place)
            return
        self.questions.append(Question(name, ask, self.written(row, "answer"), mark, in_words(row.get("text")), place))

    def marked(self, row: dict[str, Any]) -> tuple[str, check.Mark]:
        """What a question asks for, and what marks its answers."""
        ask = row.get("ask")
        if ask is not None and (not isinstance(ask, str) or ask not in ASKS):
            word = harmless(str(ask), 60)
            raise NotUnderstood(UnknownAsk(word, tuple(nearest(word, ASKS)), tuple(ASKS)))
        if ask == "choice" or (ask is None and "options" in row):
            return "choice", chosen(row, self.written(row, "key") or self.written(row, "answer"), option_texts(row))
        if ask == "values" or (ask is None and "matrix" in row):
            return "values", _offered(row, by_hand(row))
        given: Given | None
        if "spec" in row:
            analysed = self.analysed(row["spec"])
            name = row.get("layer")
            if ask is None:
                raise NotUnderstood(AskMissing(tuple(ASKS)))
            truth, given = from_spec.truth(analysed, None if name is None else str(name), ask)
        else:
            if row.get("kind") is None:
                if row.get("text") and row.get("given") is None:
                    from cnncalc.teach.ask.checking import marked

                    return marked(in_words(row["text"]), ask)
                raise NotUnderstood(MissingInQuestion("kind"))
            given = layer(row)
            if ask is None:
                known = determined(given)
                if len(known) > 1:
                    raise NotUnderstood(AskMissing(tuple(known)))
                ask = known[0]
            truth = expressions(given, ask)
        try:
            mark = check.marker(ask, truth, given)
        except NotExact as error:
            raise NotUnderstood(NotWhole(_(ASKS[ask]), str(error))) from None
        return ask, _offered(row, mark)

    def analysed(self, spec: Any) -> from_spec.Analysed:
        """The spec that a question refers to, read once."""
        if not isinstance(spec, str):
            raise NotUnderstood(WrongInQuestion("spec", describe(spec), _("a path or a name")))
        if spec not in self.specs:
            self.specs[spec] = from_spec.analysed(spec, self.folder)
        return self.specs[spec]

    def written(self, row: dict[str, Any], key: str) -> str:
        """An answer as it stands in the file: a number keeps the form that says how exact it is."""
        value = row.get(key)
        if value is None:
            return ""
        place = value_place(row, key)
        if isinstance(value, float) and place is not None:
            return self.source.line(place.line)[place.column - 1 : place.end_column - 1]
        return str(value)


def _where(row: dict[str, Any], problem: Problem) -> Place | None:
    """The place of the part of a question that a problem is about, as well as it can be told."""
    match problem:
        case UnknownAsk():
            return value_place(row, "ask")
        case WrongInQuestion(key=part):
            return value_place(row, part)
        case AskMissing() | MissingInQuestion():
            return None
    if row.get("kind") is None and "spec" not in row and "matrix" not in row and row.get("given") is None:
        return value_place(row, "text")
    about = problem.about()
    field = getattr(problem, "field", None) or (about[0] if isinstance(about, tuple) else about)
    given = row.get("given")
    for container, key in ((given, field), (row, field)):
        if isinstance(container, dict) and isinstance(key, str) and key in container:
            return (key_place if problem.code() == "unknown-field" else value_place)(container, key)
    code = problem.code()
    order = ("layer", "spec") if code == "no-such-layer" else ("spec",) if code.startswith("spec-") else ()
    order = (*order, *(("kind",) if code in ("unknown-kind", "not-by-hand") else ("given", "matrix", "kind")))
    return next((value_place(row, key) for key in order if key in row), None)


def ending_of(path: str) -> str:
    """A file's ending, in lower case: it says in which form its questions are."""
    return os.path.splitext(path)[1].lower()
