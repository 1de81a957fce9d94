"""What a shell offers while a word is still being typed. It waits for the answer: nothing is imported for it that takes
long, so kinds and codes are read off the sources as text (a test holds them against the program)."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

from cnncalc.spec.shipped import ENDINGS

PACKAGE = Path(__file__).resolve().parent.parent

_NAMES = re.compile(r"^    names(?:: [^=]+)? = \{(.*?)\}", re.M | re.S)
_CLASS = re.compile(r"^class (\w+)\(([\w, ]+)\):", re.M)
_WORD = re.compile(r'"([a-z0-9_]+)"')


def asked() -> str:
    """The command whose words are being completed; empty while it is not yet known which one."""
    if "_CNNCALC_COMPLETE" not in os.environ:
        return ""
    words = (os.environ.get("_TYPER_COMPLETE_ARGS") or os.environ.get("COMP_WORDS") or "").split()
    return words[1] if len(words) > 1 else ""


def nets(incomplete: str) -> list[str]:
    """Shipped networks and spec files; a directory with the sign behind which it goes on."""
    return [*shipped(incomplete), *files(incomplete)]


def shipped(incomplete: str) -> list[str]:
    """The names of the shipped networks."""
    from cnncalc.spec.shipped import names

    return list(names())


def files(incomplete: str) -> list[str]:
    """Spec files, and the directories in which there may be more."""
    folder, begun = os.path.split(incomplete)
    try:
        entries = sorted(os.scandir(folder or "."), key=lambda entry: entry.name)
    except (OSError, ValueError):
        return []
    found = []
    for entry in entries:
        if entry.name.startswith(".") and not begun:
            continue
        if entry.is_dir():
            found.append(os.path.join(folder, entry.name) + "/")
        elif entry.name.endswith(ENDINGS):
            found.append(os.path.join(folder, entry.name))
    fitting = [path for path in found if path.startswith(incomplete) and path.isprintable()]
    if len(fitting) == 1 and fitting[0].endswith("/") and fitting[0] != incomplete:
        # bash puts a blank behind the only answer, and nobody could go on from there.
        return files(fitting[0]) or fitting
    return fitting


def kinds(incomplete: str) -> list[str]:
    """Layer kinds by their names."""
    texts = map(_text, sorted((PACKAGE / "kinds").glob("[a-z]*.py")))
    return sorted(name for text in texts for inner in _NAMES.findall(text) for name in _WORD.findall(inner))


def kinds_and_files(incomplete: str) -> list[str]:
    """Layer kinds, and files of questions."""
    return [*kinds(incomplete), *files(incomplete)]


def kinds_and_nets(incomplete: str) -> list[str]:
    """Layer kinds, shipped networks and files."""
    return [*kinds(incomplete), *nets(incomplete)]


def codes(incomplete: str) -> list[str]:
    """The codes of problems, design rules and slips, and the words for all of these."""
    from cnncalc.formula.slip_words import SLIPS

    return ["design", "slips", *rules(incomplete), *sorted(_problems()), *SLIPS]


def rules(incomplete: str) -> list[str]:
    """The codes of design rules: their files are called like them."""
    return sorted(path.stem.replace("_", "-") for path in (PACKAGE / "rules").glob("[a-z]*.py"))


def some_rules(incomplete: str) -> list[str]:
    """The same for a list with commas."""
    before, comma, _begun = incomplete.rpartition(",")
    return [before + comma + code for code in ["all", *rules("")]]


def reports(incomplete: str) -> list[str]:
    """The formats of `validate`."""
    from cnncalc.cli.reporting import FORMATS

    return list(FORMATS)


def _problems() -> Iterator[str]:
    """The codes of classes below `Problem`, at any depth."""
    bases = {name: set(above.split(", ")) for text in map(_text, _sources()) for name, above in _CLASS.findall(text)}
    known = {"Problem"}
    while more := {name for name, above in bases.items() if above & known} - known:
        known |= more
    for name in known - {"Problem", "Rule"}:
        if not name.startswith("_") and "Rule" not in bases[name]:
            yield re.sub(r"(?<!^)(?=[A-Z])", "-", name).lower()


def _sources() -> Iterator[Path]:
    return (path for path in PACKAGE.rglob("*.py") if path.parent.name not in ("cli", "render", "views"))


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError:
        return ""
