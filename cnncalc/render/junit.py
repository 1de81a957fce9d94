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
    """One case: its name, the group it is counted in, and why it fails (None: it passes), in a line and in full."""

    name: str
    group: str
    failure: str | None = None
    details: str = ""


def render(name: str, cases: Sequence[Case]) -> str:
    """The cases as one suite."""
    failures = sum(case.failure is not None for case in cases)
    lines = ['<?xml version="1.0" encoding="UTF-8"?>']
    lines.append(f'<testsuite name={_attribute(name)} tests="{len(cases)}" failures="{failures}" errors="0">')
    for case in cases:
        head = f"  <testcase classname={_attribute(case.group)} name={_attribute(case.name)}"
        if case.failure is None:
            lines.append(f"{head}/>")
            continue
        details = escape(_NOT_XML.sub("?", case.details))
        lines.append(f"{head}>")
        lines.append(f"    <failure message={_attribute(case.failure)}>{details}</failure>")
        lines.append("  </testcase>")
    return "\n".join([*lines, "</testsuite>", ""])


def _attribute(text: str) -> str:
    return quoteattr(_NOT_XML.sub("?", harmless(text, LONGEST)))
