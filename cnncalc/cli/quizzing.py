"""A quiz under way: questions out, answers in, line by line, until there are no more of either."""

from __future__ import annotations

import sys

from cnncalc.cli.output import Output
from cnncalc.harmless import harmless
from cnncalc.render import stream
from cnncalc.teach.practice.quiz import Posed, Quiz
from cnncalc.teach.practice.score import Answered, outcome
from cnncalc.views import quiz as view
from cnncalc.views.check import check

LONGEST = 4000
"""Bytes of an answer that are read; what stands behind them on the line is left out."""

HINT, SKIP, QUIT = ("?", "？", "h", "hint"), ("s", "skip"), ("q", "quit")


def run(quiz: Quiz, again: str, out: Output) -> None:
    """Ask all questions; whatever ends it, the score of what was answered is said."""
    answered: list[Answered] = []
    out.show(view.opening(quiz))
    try:
        for number, question in enumerate(quiz.questions, 1):
            stream.put("\n", sys.stdout)
            out.show(view.question(question, number, len(quiz.questions)))
            stream.put("\n", sys.stdout)
            done = _asked(question, out)
            if done is None:
                break
            answered.append(done)
    except KeyboardInterrupt:
        stream.put("\n", sys.stdout)
    stream.put("\n", sys.stdout)
    out.show(view.score(outcome(answered), again))


def _asked(question: Posed, out: Output) -> Answered | None:
    """The answer to one question; None when the quiz is to end."""
    hints = 0
    while True:
        line = _line()
        word = "" if line is None else line.strip().lower()
        if line is None or word in QUIT:
            return None
        if word in HINT:
            out.show(view.hint(question, hints))
            hints += 1
        elif word in SKIP:
            out.show(view.skipped(question))
            return Answered(question, None)
        elif word:
            verdict = question.mark(line.strip())
            if verdict.ruling != "unreadable":
                out.show(check(verdict))
                return Answered(question, verdict)
            # A slip of the finger is no wrong answer.
            out.show(view.unreadable(question))


def _line() -> str | None:
    """The next line that is typed; None at the end. Without a keyboard the line is shown behind the prompt."""
    stream.put(" > ", sys.stdout)
    if sys.stdin is None:
        return None
    data = sys.stdin.buffer.readline(LONGEST)
    rest = data
    while rest and not rest.endswith(b"\n") and len(rest) == LONGEST:
        rest = sys.stdin.buffer.readline(LONGEST)
    if not data:
        stream.put("\n", sys.stdout)
        return None
    line = data.decode(sys.stdin.encoding or "utf-8", "replace").lstrip("\ufeff").rstrip("\r\n")
    if not sys.stdin.isatty():
        stream.put(f"{harmless(line, 70)}\n", sys.stdout)
    return line
