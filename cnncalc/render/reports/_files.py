"""Files and findings as build servers know them again: paths from the project's root, fingerprints that stay."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator, Mapping
from hashlib import sha256

from cnncalc.findings import FileFindings
from cnncalc.problem import Finding

ROOTS = ("GITHUB_WORKSPACE", "CI_PROJECT_DIR")
"""The variables in which GitHub and GitLab say where the project lies."""


def from_root(file: str, environ: Mapping[str, str] = os.environ) -> str:
    """The file's path from the project's root, else from the current directory; absolute if it is in neither."""
    if file == "<stdin>":
        return file
    try:
        path = os.path.abspath(file)
        for root in (*(environ.get(name) for name in ROOTS), os.getcwd()):
            if root and os.path.commonpath([path, os.path.abspath(root)]) == os.path.abspath(root):
                return os.path.relpath(path, root).replace(os.sep, "/")
    except (OSError, ValueError):  # no current directory, another drive, or a NUL
        return file.replace(os.sep, "/")
    return path.replace(os.sep, "/")


def fingerprinted(file: FileFindings) -> Iterator[tuple[Finding, str]]:
    """The findings of a file, each with a word that is its own and that stays when lines move or numbers change.

    It is made of the file, the code, the layer, what the problem is about (its first field, where that is a word), and
    the place among those that agree in all of it.
    """
    path = from_root(file.file)
    seen: Counter[tuple[str, ...]] = Counter()
    for finding in file.findings:
        first = getattr(finding.problem, finding.problem._fields[0]) if finding.problem._fields else ""
        key = (path, finding.code, finding.layer or "", first if isinstance(first, str) else "")
        words = "\0".join([*key, str(seen[key])])
        seen[key] += 1
        yield finding, sha256(words.encode("utf-8", "surrogatepass")).hexdigest()[:32]
