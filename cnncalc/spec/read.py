"""A file or a text -> a tree with places: bytes, then characters, then YAML or JSON.

Each step returns what it made and what it found; None means that the step made nothing, and then a finding says why.
Only reading from the disk raises: an OSError, which is no fault of the text.
"""

from __future__ import annotations

import errno
import os
import re
import sys

from cnncalc import collector
from cnncalc.problem import Finding
from cnncalc.source import Place, Source
from cnncalc.spec.characters import check_characters, check_directives
from cnncalc.spec.limits import MOST_BYTES
from cnncalc.spec.positions import place_of
from cnncalc.spec.reading_problems import NotUtf8, TooLarge

STDIN_NAME = "<stdin>"

_BOMS = ((b"\xff\xfe\0\0", "UTF-32"), (b"\0\0\xfe\xff", "UTF-32"), (b"\xff\xfe", "UTF-16"), (b"\xfe\xff", "UTF-16"))
_UTF16_LITTLE = re.compile(rb"(?:[\t\n\r -~]\0){2}")
_UTF16_BIG = re.compile(rb"(?:\0[\t\n\r -~]){2}")
_CHINESE_PAIR = re.compile(rb"[\xa1-\xf7][\xa1-\xfe]")
_HIGH = re.compile(rb"[\x80-\xff]")


def read_bytes(path: str | os.PathLike[str]) -> tuple[bytes | None, list[Finding]]:
    """The bytes of a file, or of standard input for `-`, read once and never more than 8 MiB. Raises OSError."""
    if path == "-":
        if sys.stdin is None:
            raise OSError(errno.EBADF, os.strerror(errno.EBADF), STDIN_NAME)
        name, data = STDIN_NAME, sys.stdin.buffer.read(MOST_BYTES + 1)
    else:
        name = os.fspath(path)
        if "\0" in name:  # open() raises a ValueError for it
            raise OSError(errno.EINVAL, os.strerror(errno.EINVAL), name)
        with open(name, "rb") as file:
            data = file.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        return None, [Finding(TooLarge(MOST_BYTES), Source(name, ""))]
    return data, []


def decode(data: bytes, name: str) -> tuple[Source | None, list[Finding]]:
    """The text of the bytes, which must be UTF-8 (a byte order mark is left out) without control characters."""
    if wide := _wide_encoding(data):
        text = data.decode(wide.lower(), errors="replace")
        problem = NotUtf8(wide, 0, data[0])
        return None, [Finding(problem, Source(name, text), Place(1, 1, 1, 2))]
    mark = 3 if data.startswith(b"\xef\xbb\xbf") else 0
    try:
        source = Source(name, data[mark:].decode("utf-8"))
    except UnicodeDecodeError as error:
        offset = error.start + mark
        before = data[mark:offset].decode("utf-8")
        shown = Source(name, data[mark:].decode("utf-8", errors="replace"))
        problem = NotUtf8("GBK" if _looks_chinese(data) else "", offset, data[offset])
        return None, [Finding(problem, shown, place_of(shown.text, len(before), len(before) + 1))]
    findings = check_characters(source)
    return (None, findings) if _has_error(findings) else (source, [])  # warnings are parse_text's to give


def parse_text(source: Source, *, is_json: bool = False) -> tuple[object | None, list[Finding]]:
    """The tree of a text: placed mappings and lists, texts, numbers, true, false and null. None when it can't be read.

    A value that is refused (a number too large, an alias without an anchor) is null in the tree; a refused key is left
    out with its value.
    """
    if source.text.startswith("\ufeff"):
        source = Source(source.name, source.text.lstrip("\ufeff"))
    findings = check_characters(source)
    if not is_json:
        findings += check_directives(source)
    if _has_error(findings):
        return None, findings
    with collector.paused():
        if is_json:
            from cnncalc.spec.json_text import read_json

            tree, found = read_json(source)
        else:
            from cnncalc.spec.yaml_text import read_yaml

            tree, found = read_yaml(source)
    return tree, findings + found


def _has_error(findings: list[Finding]) -> bool:
    return any(finding.severity == "error" for finding in findings)


def _wide_encoding(data: bytes) -> str:
    """UTF-16 or UTF-32 by the byte order mark, or by every second byte being zero; else nothing."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return encoding
    if _UTF16_LITTLE.match(data):
        return "UTF-16-LE"
    return "UTF-16-BE" if _UTF16_BIG.match(data) else ""


def _looks_chinese(data: bytes) -> bool:
    """Whether bytes that are not UTF-8 are GBK, mostly in the pairs of common characters."""
    try:
        data.decode("gb18030")
    except UnicodeDecodeError:
        return False
    return 4 * len(_CHINESE_PAIR.findall(data)) > len(_HIGH.findall(data))
