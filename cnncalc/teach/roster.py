"""A class's answers as form tools export them: one row a student, one column a question."""

from __future__ import annotations

import re
from collections.abc import Sequence

from cnncalc.harmless import harmless
from cnncalc.language import _
from cnncalc.problem import Finding, Mark
from cnncalc.record import Record
from cnncalc.source import Place, Source
from cnncalc.suggest import nearest
from cnncalc.teach import cells
from cnncalc.teach.question_problems import (
    NoAnswersFound,
    NoRows,
    QuestionsWithoutColumn,
    RepeatedColumn,
    RepeatedStudent,
)

NAMES = (
    *("student", "name", "student name", "full name", "姓名", "学生", "学生姓名", "名字"),
    *("student id", "student_id", "学号", "username", "user name", "user", "用户名", "昵称"),
    *("email", "email address", "e-mail", "邮箱", "电子邮件", "id"),
)
"""What a column that says who a student is may be called, the best first; without one it is the first column."""

SCORED = re.compile(r"\[(?:score|points|feedback|得分|反馈)\]\s*$", re.IGNORECASE)
"""How the head of a form's own marks ends, beside the question's."""

MOST_COMPARED = 20
"""So many questions without a column are compared with the columns' names, which is slow."""


class Sheet(Record):
    """One student's answers, by the questions' ids."""

    student: str
    answers: dict[str, str]


class Roster(Record):
    """The answers of a class, the columns that were left out, and the questions that have no column."""

    sheets: tuple[Sheet, ...]
    ignored: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


def read(source: Source, ids: Sequence[str]) -> tuple[Roster | None, list[Finding]]:
    """The answers of a table; None, and a finding that says why, when there are none to these questions."""
    rows, findings = cells.read(source)
    if findings:
        return None, findings
    heads = rows[0] if rows else []
    columns: dict[str, int] = {}
    first: dict[str, cells.Cell] = {}
    for index, cell in enumerate(heads):
        # A form's head is often `q1` or `q1. How many weights …?`.
        name = cell.text if cell.text in ids else _id(cell.text, ids)
        if name in ids and name in columns:
            place = first[name].place
            findings.append(Finding(RepeatedColumn(harmless(name, 60)), source, cell.place, marks=(Mark(place, ""),)))
        elif name not in columns:
            columns[name] = index
            first[name] = cell
    asked = {name: index for name, index in columns.items() if name in ids}
    others = [cell.text for index, cell in enumerate(heads) if index not in asked.values()]
    if len(rows) < 2:
        return None, [*findings, Finding(NoRows(), source, heads[0].place if heads else Place(1, 1, 1, 2))]
    if not asked:
        problem = NoAnswersFound(tuple(harmless(name, 40) for name in others[:20]), tuple(ids[:20]))
        return None, [Finding(problem, source, heads[0].place)]
    who = _who({name: index for name, index in columns.items() if name not in asked})
    ignored = tuple(name for name in others if name and name not in who)
    missing = tuple(name for name in ids if name not in asked)
    if missing:
        near = [column for name in missing[:MOST_COMPARED] for column in _meant(name, ignored)]
        place = first[near[0]].place if near and near[0] in first else heads[0].place
        said = tuple(harmless(name, 40) for name in dict.fromkeys(near))
        unasked = QuestionsWithoutColumn(tuple(harmless(name, 40) for name in missing), said[:3])
        findings.append(Finding(unasked, source, place))
    sheets = []
    places: dict[str, list[Place]] = {}
    for number, row in enumerate(rows[1:], 1):
        texts = {index: cell.text for index, cell in enumerate(row)}
        student = next(filter(None, (texts.get(index) for index in who.values())), str(number))
        answers = {name: texts.get(index, "") for name, index in asked.items()}
        sheets.append(Sheet(student, answers))
        cell = next((row[index] for index in who.values() if texts.get(index)), row[0])
        places.setdefault(student, []).append(cell.place)
    for student, (place, *again) in places.items():
        if again:
            twice = RepeatedStudent(harmless(student, 40), tuple(one.line for one in (place, *again)))
            findings.append(Finding(twice, source, again[0], marks=(Mark(place, _("the first one")),)))
    return Roster(tuple(sheets), ignored, missing), findings


def _meant(question: str, columns: Sequence[str]) -> list[str]:
    """The columns that may be meant for a question; of a name of two signs, one wrong sign is half."""
    alike = [column for column in columns if len(column) == len(question) > 1]
    return nearest(question, columns) or [
        column for column in alike if sum(a != b for a, b in zip(column, question, strict=True)) == 1
    ]


def _who(columns: dict[str, int]) -> dict[str, int]:
    """The columns that say who a student is, the best first."""
    known = {name: index for name, index in columns.items() if name.casefold() in NAMES}
    if known:
        return dict(sorted(known.items(), key=lambda column: NAMES.index(column[0].casefold())))
    return {name: index for name, index in columns.items() if index == 0}


def _id(head: str, ids: Sequence[str]) -> str:
    """The question's id that a head begins with, before a sign that ends it; else the head itself."""
    if SCORED.search(head):
        return head
    word = head.split(maxsplit=1)[0].rstrip(".:)、．。：）") if head.split() else head
    return word if word in ids else head
