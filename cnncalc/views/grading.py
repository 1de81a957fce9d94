"""A graded file or class: a table of questions, one of students, and what was done in the wrong answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from cnncalc.document import (
    BLANK,
    Block,
    Cell,
    Column,
    Count,
    Document,
    Fact,
    Facts,
    Heading,
    Paragraph,
    Table,
    Text,
    Verdict,
    bold,
    plain,
)
from cnncalc.harmless import harmless
from cnncalc.language import _, mark, plural
from cnncalc.render.junit import Case
from cnncalc.teach import report
from cnncalc.teach.grade import Graded, Report, Score
from cnncalc.teach.quantities import ASKS
from cnncalc.views.check import check, right
from cnncalc.views.numbers import share

MOST_EXPLAINED = 50

UNREAD = {"unreadable": mark("unreadable"), "unanswered": mark("no answer")}
"""What stands in place of a slip where no answer could be read."""


def grading(graded: Report) -> Document:
    """The whole report."""
    score = graded.score
    said = plural("{right} of {total} answer right", "{right} of {total} answers right", score.total)
    if not graded.students and score.unanswered == score.total:
        said = plural("{total} question, not answered", "{total} questions, none answered", score.total)
    head = Heading(bold(harmless(graded.name, 60)), said.format(right=score.right, total=score.total))
    blocks: list[Block] = [head]
    if graded.students:
        blocks += [*_notes(graded), _questions(graded), _students(graded), *_unreadable(graded)]
    else:
        blocks += [_verdicts(graded), *_posed(score), *_explained(graded)]
    return Document(tuple(blocks))


def _posed(score: Score) -> list[Block]:
    """How the answers are given to questions that stand without any."""
    if not score.unanswered:
        return []
    said = plural(
        "{count} question has no answer; give it with --answers FILE, or write `answer` beside the question.",
        "{count} questions have no answer; give them with --answers FILE, or write `answer` beside each question.",
        score.unanswered,
    )
    return [Paragraph(plain(said.format(count=score.unanswered)))]


def _verdicts(graded: Report) -> Table:
    """One line for each verdict."""
    columns = (
        Column("sign", ""),
        Column("id", _("question")),
        Column("ask", _("asked"), drop=2),
        Column("answer", _("answer")),
        Column("right", _("right"), drop=3),
        Column("slip", _("slip"), drop=1),
    )
    rows = []
    for one in graded.graded:
        verdict = one.verdict
        sign = Text("✓", style="help") if verdict.right else Text("✗", style="error")
        rows.append(
            (
                BLANK if one.posed else sign,
                Text(harmless(one.id, 40)),
                Text(_(ASKS[verdict.ask])),
                Text(harmless(verdict.answer, 30)),
                BLANK if one.posed else Text(harmless(right(verdict), 30)),
                Text(_slip(one)),
            )
        )
    return Table(columns, tuple(rows))


def _slip(one: Graded) -> str:
    if one.verdict.ruling in UNREAD:
        return _(UNREAD[one.verdict.ruling])
    return _(" or ").join(" + ".join(slip.codes) for slip in one.verdict.slips)


def _explained(graded: Report) -> list[Block]:
    """What was done in each wrong answer."""
    wrong = [one for one in graded.graded if not one.verdict.right and not one.posed]
    texts = dict(graded.texts)
    blocks: list[Block] = []
    for one in wrong[:MOST_EXPLAINED]:
        first, *rest = check(one.verdict).blocks
        text = f"{harmless(one.id, 40)}: {first.text}" if isinstance(first, Verdict) else ""
        blocks.append(Verdict(False, text))
        if one.id in texts:
            blocks.append(Paragraph(plain(harmless(texts[one.id], 400)), indent=3))
        blocks += rest
    if len(wrong) > MOST_EXPLAINED:
        left = len(wrong) - MOST_EXPLAINED
        said = plural("{count} more wrong answer is not explained here.", "{count} more are not explained here.", left)
        blocks.append(Paragraph(plain(said.format(count=left))))
    return blocks


def _questions(graded: Report) -> Table:
    """Per question: the share right and the commonest slip."""
    columns = (
        Column("id", _("question")),
        Column("ask", _("asked"), drop=1),
        Column("right", _("right"), align="right"),
        Column("share", "", align="right", drop=3),
        Column("slip", _("commonest slip"), drop=2),
    )
    rows = []
    for tally in graded.questions:
        slip = ""
        if tally.slips:
            code, times = tally.slips[0]
            slip = plural("{code} (once)", "{code} ({count} times)", times).format(code=code, count=times)
        if tally.id in graded.missing:
            slip = _("no column in the answers")
        score = tally.score
        rows.append(
            (Text(harmless(tally.id, 40)), Text(_(ASKS[tally.ask])), _of(score), Text(_share(score)), Text(slip))
        )
    return Table(columns, tuple(rows))


def _students(graded: Report) -> Table:
    """Per student: the score, what was left open, and what was done in the wrong answers."""
    columns = (
        Column("student", _("student")),
        Column("score", _("right"), align="right"),
        Column("percent", "", align="right"),
        Column("unanswered", _("not answered"), align="right"),
        Column("done", _("what was done"), whole=True),
    )
    width = len(graded.graded) // len(graded.students)
    rows = []
    for row, (name, score) in enumerate(graded.students):
        done = _done(graded.graded[row * width : (row + 1) * width])
        rows.append((Text(harmless(name, 40)), *_points(score), Text(done)))
    total = (Text(_("class")), *_points(graded.score), BLANK)
    empty = {index for index in (3, 4) if all(row[index] == BLANK for row in rows)}
    shown = [index for index in range(len(columns)) if index not in empty]
    return Table(
        tuple(columns[index] for index in shown),
        tuple(tuple(row[index] for index in shown) for row in rows),
        tuple(total[index] for index in shown),
    )


def _points(score: Score) -> tuple[Cell, ...]:
    unanswered = Text(str(score.unanswered)) if score.unanswered else BLANK
    return _of(score), Text(_share(score)), unanswered


def _done(answers: Sequence[Graded]) -> str:
    """What led to a student's wrong answers, in short; of several slips the commonest."""
    done = []
    for one in answers:
        verdict = one.verdict
        if verdict.ruling == "unreadable":
            done.append(_("{id} unreadable").format(id=harmless(one.id, 40)))
        elif verdict.ruling == "wrong":
            slip = " + ".join(verdict.slips[0].codes) if verdict.slips else _("unexplained")
            done.append(f"{harmless(one.id, 40)} {slip}")
    return _(", ").join(done)


def _unreadable(graded: Report) -> list[Block]:
    """The answers that somebody must look at, as they were written."""
    found = [one for one in graded.graded if one.verdict.ruling == "unreadable"]
    if not found:
        return []
    said = plural(
        "{count} answer cannot be read and does not count as right; have a look at it:",
        "{count} answers cannot be read and do not count as right; have a look at them:",
        len(found),
    )
    columns = (
        Column("who", _("student")),
        Column("id", _("question")),
        Column("written", _("what was written"), whole=True),
    )
    rows = tuple(
        (Text(harmless(one.student or "", 40)), Text(harmless(one.id, 40)), Text(harmless(one.verdict.answer, 200)))
        for one in found
    )
    return [Paragraph(plain(said.format(count=len(found)))), Table(columns, rows)]


def _of(score: Score) -> Count:
    return Count(score.right, "complete", f"{score.right}/{score.total}")


def _share(score: Score) -> str:
    return share(score.right, score.total) or "0 %"


def _notes(graded: Report) -> list[Block]:
    """What was not answered, what was left out, and which keys in the file are wrong."""
    facts = []
    if graded.score.unanswered:
        said = plural("{count} of {total} answer", "{count} of {total} answers", graded.score.total)
        said = said.format(count=graded.score.unanswered, total=graded.score.total)
        facts.append(Fact(_("not answered"), plain(said)))
    for label, names in (
        (_("questions without a column"), graded.missing),
        (_("columns that are no question"), graded.ignored),
        (_("questions whose answer in the file is wrong"), graded.doubtful),
    ):
        if names:
            facts.append(Fact(label, plain(_(", ").join(harmless(name, 40) for name in names[:20]))))
    return [Facts(tuple(facts))] if facts else []


def rows(graded: Report) -> Sequence[Mapping[str, Any]]:
    """The verdicts as the rows of a table, for CSV."""
    found = []
    for one in graded.graded:
        verdict = one.verdict
        found.append(
            {
                "student": one.student or "",
                "id": one.id,
                "ask": verdict.ask,
                "verdict": verdict.ruling,
                "expected": "" if one.posed else _written(report.expected(verdict)),
                "given_answer": verdict.answer,
                "slips": "; ".join(" + ".join(slip.codes) for slip in verdict.slips),
                "derivation": "" if one.posed else report.derivation(verdict),
            }
        )
    return found


def _written(expected: Any) -> str:
    """What is right, for a spreadsheet: a plain number, a shape, a matrix or a letter."""
    if not isinstance(expected, list):
        return str(expected)
    if isinstance(expected[0], list):
        return " / ".join(" ".join(map(str, row)) for row in expected)
    return "×".join(map(str, expected))


def cases(graded: Report) -> list[Case]:
    """The verdicts as cases that pass or fail, for JUnit."""
    found = []
    for one in graded.graded:
        group = graded.name if one.student is None else one.student
        if one.verdict.right:
            found.append(Case(one.id, group))
            continue
        if one.posed:
            found.append(Case(one.id, group, _("no answer"), type="unanswered", error=True))
            continue
        said = check(one.verdict).blocks[0]
        failure = said.text if isinstance(said, Verdict) else ""
        slips = [
            _("{words} ({codes})").format(words=slip.sentence(), codes=" + ".join(slip.codes))
            for slip in one.verdict.slips
        ]
        found.append(Case(one.id, group, failure, "\n".join([*slips, report.derivation(one.verdict)])))
    return found
