"""Cases that pass or fail as JUnit XML, which build servers show."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple
from xml.sax.saxutils import escape, quoteattr

from cnncalc.harmless import harmless

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
LONGEST = 2000


class Case(NamedTuple):
    """One case: its name, the group it is counted in, and why it fails (None: it passes), in a line and in full.

    `error` is a case that could not be decided. A case that passes may have details too, as a remark.
    """

    name: str
    group: str
    failure: str | None = None
    details: str = ""
    type: str = "wrong"
    error: bool = False


def render(name: str, cases: Sequence[Case]) -> str:
    """The cases as one suite, with the attributes that Jenkins and Surefire demand; there was no clock."""
    errors = sum(case.failure is not None and case.error for case in cases)
    failures = sum(case.failure is not None for case in cases) - errors
    lines = ['<?xml version="1.0" encoding="UTF-8"?>']
    counted = f'tests="{len(cases)}" failures="{failures}" errors="{errors}" skipped="0"'
    lines.append(f"<testsuite name={_attribute(name)} {counted}>")
    for case in cases:
        head = f'  <testcase classname={_attribute(case.group)} name={_attribute(case.name)} time="0"'
        if case.failure is None and not case.details:
            lines.append(f"{head}/>")
            continue
        lines += [f"{head}>", f"    {_inside(case)}", "  </testcase>"]
    return "\n".join([*lines, "</testsuite>", ""])


def _inside(case: Case) -> str:
    details = escape(_NOT_XML.sub("?", case.details))
    if case.failure is None:
        return f"<system-out>{details}</system-out>"
    kind = "error" if case.error else "failure"
    return f"<{kind} message={_attribute(case.failure)} type={_attribute(case.type)}>{details}</{kind}>"


def _attribute(text: str) -> str:
    return quoteattr(_NOT_XML.sub("?", harmless(text, LONGEST)))
