"""Files that lie beside specs and are none: schemas, baselines, settings. A network has `layers`, or something like it
that was misspelt, or an `input`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher

from cnncalc.problem import Finding
from cnncalc.spec.limits import MOST_BYTES
from cnncalc.spec.problems import MissingKey, UnknownKey

_KEY = re.compile(rb"(?m)^[\"']?(\w{4,8})[\"']?[ \t]*:")
"""A key at the start of a line, as long as those that are looked for."""

_IN_BRACES = re.compile(rb"(?P<open>[{\[])|(?P<close>[}\]])|(?P<quoted>\"(?:\\.|[^\"\\])*\"|'[^']*'|\w+)(?=\s*(:?))")

_NO_SPEC = ("not-a-spec", "no-spec")

_ALIKE = 0.8
"""`layer`, `layes` and `layres` are as near to `layers` as that; `labels` is not."""


def may_hold_a_spec(file: str) -> bool:
    """Whether a file has a key of a spec; one that cannot be opened may, so that this is said. Reading it tells."""
    try:
        with open(file, "rb") as opened:
            data = opened.read(MOST_BYTES)
    except (OSError, ValueError):
        return True
    in_braces = data.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"{")
    keys = _outermost(data) if in_braces else (found[1] for found in _KEY.finditer(data))
    return any(key == "input" or _is_like_layers(key) for key in {key.decode("ascii", "replace") for key in keys})


def _outermost(data: bytes) -> Iterator[bytes]:
    """The keys of the outermost braces."""
    depth = 0
    for found in _IN_BRACES.finditer(data):
        if found["open"]:
            depth += 1
        elif found["close"]:
            depth -= 1
        elif depth == 1 and found[4]:
            yield found["quoted"].strip(b"\"'")


def is_no_spec(findings: Iterable[Finding]) -> bool:
    """Whether these say that the file is something else: no mapping, or one with neither `layers` nor `input`."""
    missing = set()
    for finding in findings:
        match finding.problem:
            case MissingKey(key=key):
                missing.add(key)
            case UnknownKey(key=key) if _is_like_layers(key):
                return False
        if finding.code in _NO_SPEC:
            return True
    return missing >= {"layers", "input"}


def _is_like_layers(key: str) -> bool:
    """Whether the key is `layers`, or may have been meant for it."""
    word = key.lower()
    return word[:1] == "l" and len(word) < 9 and SequenceMatcher(None, word, "layers").ratio() >= _ALIKE
