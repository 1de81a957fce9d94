"""A class's answers as form tools export them: one row a student, one column a question."""

from __future__ import annotations

from collections.abc import Sequence

from cnncalc.harmless import harmless
from cnncalc.problem import Finding, Mark
from cnncalc.record import Record
from cnncalc.source import Place, Source
from cnncalc.teach import cells
from cnncalc.teach.question_problems import NoAnswersFound, RepeatedColumn

NAMES = ("student", "name", "id", "student id", "student_id", "email", "姓名", "学生", "学号", "学生姓名", "邮箱")
"""What the column with the students' names may be called; else it is the first one that is no question."""


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
        else:
            columns[name] = index
            first[name] = cell
    asked = {name: index for name, index in columns.items() if name in ids}
    others = [cell.text for index, cell in enumerate(heads) if index not in asked.values()]
    if not asked:
        problem = NoAnswersFound(tuple(harmless(name, 40) for name in others[:20]), tuple(ids[:20]))
        place = heads[0].place if heads else Place(1, 1, 1, 2)
        return None, [Finding(problem, source, place)]
    who = next((name for name in columns if name.casefold() in NAMES and name not in asked), None)
    if who is None:
        who = next((name for name, index in columns.items() if index == 0 and name not in asked), None)
    sheets = []
    for number, row in enumerate(rows[1:], 1):
        texts = {index: cell.text for index, cell in enumerate(row)}
        student = texts.get(columns[who], "") if who is not None else ""
        answers = {name: texts.get(index, "") for name, index in asked.items()}
        sheets.append(Sheet(student or str(number), answers))
    ignored = tuple(name for name in others if name and name != who)
    return Roster(tuple(sheets), ignored, tuple(name for name in ids if name not in asked)), findings


def _id(head: str, ids: Sequence[str]) -> str:
    """The question's id that a head begins with, before a sign that ends it; else the head itself."""
    word = head.split(maxsplit=1)[0].rstrip(".:)、．。：）") if head.split() else head
    return word if word in ids else head
