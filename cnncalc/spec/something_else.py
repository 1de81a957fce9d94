"""Files that lie beside specs and are none: schemas, baselines, settings. Without `layers` there is no network."""

from __future__ import annotations

import re

from cnncalc.problem import Finding
from cnncalc.spec.limits import MOST_BYTES
from cnncalc.spec.problems import MissingKey

_KEY = re.compile(rb"(?m)^[\"']?layers[\"']?[ \t]*:")
_KEY_IN_BRACES = re.compile(rb"[\"']?layers[\"']?\s*:")
"""A file with a key `layers`, at the start of a line or in braces, may hold a spec; reading it tells."""

_NO_SPEC = ("not-a-spec", "no-spec")


def may_hold_a_spec(file: str) -> bool:
    """Whether a file has a key `layers`; one that cannot be opened may, so that this is said."""
    try:
        with open(file, "rb") as opened:
            data = opened.read(MOST_BYTES)
    except (OSError, ValueError):
        return True
    if b"layers" not in data:
        return False
    in_braces = data.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"{")
    return (_KEY_IN_BRACES if in_braces else _KEY).search(data) is not None


def is_no_spec(finding: Finding) -> bool:
    """Whether this says that the file is something else: a mapping without `layers`, or no mapping."""
    missing = isinstance(finding.problem, MissingKey) and finding.problem.key == "layers"
    return missing or finding.code in _NO_SPEC
