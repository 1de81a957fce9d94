"""What can be wrong with a file of questions, or with a file of answers to them."""

from __future__ import annotations

from typing import ClassVar

from cnncalc.language import _, plural
from cnncalc.problem import Problem, Severity, some
from cnncalc.suggest import did_you_mean


class NoQuestions(Problem):
    """A question file is a list of questions, or a mapping with such a list under `questions`.

    The smallest one:

        questions:
        - {kind: conv2d, given: {n: 7, k: 3, p: 1, s: 2}, ask: output_size, answer: 4}

    The answers may also stand apart, under `answers`: a mapping from the questions' ids to what is right. In a CSV
    file the first row names the columns: id, kind, given, ask, answer and the like.
    """

    found: str

    def message(self) -> str:
        return _("a question file has a list of questions, but this is {found}").format(found=self.found)


class NotAQuestion(Problem):
    """A question is a mapping such as `{kind: conv2d, given: {n: 7, k: 3}, ask: output_size, answer: 5}`."""

    found: str

    def message(self) -> str:
        return _("a question is a mapping, but this is {found}").format(found=self.found)


class UnknownQuestionKey(Problem):
    """A question has a key that no question knows.

    It knows id, text, kind, given, spec, layer, ask, answer; for a calculation by hand matrix, kernel, bias, stride,
    padding, padding_value, kernel_size, dilation; for a choice options, key and model.
    """

    key: str
    near: tuple[str, ...] = ()

    def message(self) -> str:
        return _("a question has no key `{key}`").format(key=self.key)

    def hints(self) -> tuple[str, ...]:
        return did_you_mean(self.near)


class UnknownAsk(Problem):
    """A question asks for something that cannot be calculated. `ask` is a quantity's name, `values` or `choice`."""

    ask: str
    near: tuple[str, ...]
    known: tuple[str, ...]

    def message(self) -> str:
        return _("`{ask}` cannot be asked for").format(ask=self.ask)

    def hints(self) -> tuple[str, ...]:
        return did_you_mean(self.near) or (_("ask is one of {names}").format(names=", ".join(self.known)),)


class AskMissing(Problem):
    """A question does not say what it asks for, and what it gives determines more than one quantity."""

    known: tuple[str, ...]

    def message(self) -> str:
        return _("`ask` is missing: what is given determines several quantities")

    def hints(self) -> tuple[str, ...]:
        return (_("ask is one of {names}").format(names=", ".join(self.known)),)


class MissingInQuestion(Problem):
    """A question lacks a part without which it has no answer: a kind, what is given, a matrix, a key."""

    key: str

    def message(self) -> str:
        return _("`{key}` is missing in this question").format(key=self.key)


class WrongInQuestion(Problem):
    """A part of a question has a value of another type than it takes."""

    key: str
    found: str
    wanted: str

    def message(self) -> str:
        return _("`{key}` must be {wanted}, but this is {found}").format(
            key=self.key, wanted=_(self.wanted), found=self.found
        )


class RepeatedQuestion(Problem):
    """Two questions have the same id, so that an answer could not be told to belong to one of them."""

    id: str

    def message(self) -> str:
        return _("there is a question `{id}` already").format(id=self.id)


class NotWhole(Problem):
    """The question has no whole answer: a kernel of an even side has no padding that keeps the size, for instance."""

    ask: str
    reason: str

    def message(self) -> str:
        return _("{ask} is not whole here: {reason}").format(ask=self.ask, reason=self.reason)


class SpecNotFound(Problem):
    """A question refers to a spec that is neither a file beside it nor one of those that come with this program."""

    spec: str
    reason: str

    def message(self) -> str:
        return _("the spec `{spec}` cannot be read: {reason}").format(spec=self.spec, reason=self.reason)


class SpecHasProblems(Problem):
    """A question refers to a spec, or to a layer in one, with which something is wrong, so that it has no answer."""

    spec: str
    reason: str

    def message(self) -> str:
        return _("the spec `{spec}` has a problem: {reason}").format(spec=self.spec, reason=self.reason)


class NoSuchLayer(Problem):
    """A question refers to a layer that its spec does not have. `cnncalc summary` lists the names."""

    layer: str
    near: tuple[str, ...] = ()

    def message(self) -> str:
        return _("the spec has no layer `{layer}`").format(layer=self.layer)

    def hints(self) -> tuple[str, ...]:
        return did_you_mean(self.near)


class NotByHand(Problem):
    """A layer of this kind cannot be calculated by hand from what is given.

    It takes a `matrix` (or one per channel), a `kernel` where the kind has weights, and what the kind's fields say. All
    numbers must fit together, and there must be few enough of them.
    """

    kind: str
    reason: str

    def message(self) -> str:
        return _("{kind} cannot be calculated by hand here: {reason}").format(kind=self.kind, reason=self.reason)


class TableBroken(Problem):
    """A CSV file has a quote that is never closed, or a quoted cell with more text behind its end."""

    def message(self) -> str:
        return _("this quote has no proper end")


class NoRows(Problem):
    """There are no answers in a table of a class: it is empty, or nothing stands below its head.

    The first row names the columns, by the questions' ids; every row below it holds the answers of a student.
    """

    def message(self) -> str:
        return _("the table has no row with answers")


class NoAnswersFound(Problem):
    """No column of a file of answers is called like a question, so there is nothing to check."""

    columns: tuple[str, ...]
    questions: tuple[str, ...]

    def message(self) -> str:
        return _("no column is a question's id; the columns are {columns}").format(columns=", ".join(self.columns))

    def hints(self) -> tuple[str, ...]:
        return (_("the questions are {questions}").format(questions=", ".join(self.questions)),)


class RepeatedColumn(Problem):
    """Two columns of a table have the same name; the first one counts."""

    severity: ClassVar[Severity] = "warning"
    column: str

    def message(self) -> str:
        return _("the column `{column}` is there twice; the first one counts").format(column=self.column)


class QuestionsWithoutColumn(Problem):
    """Some questions have no column in a table of answers, so they count as not answered, for everybody.

    A column is called like its question, or begins with its id: `q1`, or `q1. How large …?`.
    """

    severity: ClassVar[Severity] = "warning"
    questions: tuple[str, ...]
    near: tuple[str, ...] = ()

    def message(self) -> str:
        said = plural(
            "no column for {questions}; it counts as not answered",
            "no column for {questions}; they count as not answered",
            len(self.questions),
        )
        return said.format(questions=some(self.questions))

    def hints(self) -> tuple[str, ...]:
        return did_you_mean(self.near)


class RepeatedStudent(Problem):
    """Several rows of a table of answers have the same name: two people, or one who answered twice.

    Every row is graded by itself. Take out what does not count, or write the names so that they differ.
    """

    severity: ClassVar[Severity] = "warning"
    student: str
    lines: tuple[int, ...]

    def message(self) -> str:
        return _("`{student}` stands in lines {lines}; each is graded by itself").format(
            student=self.student, lines=some(tuple(map(str, self.lines)))
        )

    def hints(self) -> tuple[str, ...]:
        return (_("take out what does not count, or tell two people apart by their names"),)


class WrongEncoding(Problem):
    """A file's bytes are not in the encoding that `--encoding` names."""

    encoding: str
    offset: int

    def message(self) -> str:
        return _("the text is not {encoding}: it stops being that at byte {offset}").format(
            encoding=self.encoding, offset=self.offset
        )
