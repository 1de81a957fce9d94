"""Writing a quiz into files, each in its format."""

from __future__ import annotations

from cnncalc.cli.output import Output
from cnncalc.document import Document
from cnncalc.record import changed
from cnncalc.teach.practice.quiz import Quiz
from cnncalc.views import quiz_export as view

SHOW = "-"


def write(quiz: Quiz, format: str, file: str, key: str | None, out: Output) -> None:
    """Write the quiz, and where it was asked for its answers into a file of their own; `-` is standard output."""
    sheet, answers = (changed(out, file=None if name == SHOW else name) for name in (file, key))
    if format == "json":
        # The key is complete, so that it can be checked and a class be graded by it.
        if key is not None:
            answers.json(view.questions(quiz, solved=True))
        sheet.json(view.questions(quiz, solved=key is None))
    elif format == "markdown":
        from cnncalc.render import markdown

        questions, solved = view.worksheet(quiz), view.answers(quiz)
        if key is not None:
            answers.put(markdown.render(solved))
        sheet.put(markdown.render(questions if key is not None else Document((*questions.blocks, *solved.blocks))))
    else:
        from cnncalc.render import anki, gift, moodle

        render = {"gift": gift.render, "moodle": moodle.render, "anki": anki.render}[format]
        sheet.put(render(view.cards(quiz)))
