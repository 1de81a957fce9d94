"""What a project says about `validate`: `cnncalc.toml`, or `[tool.cnncalc]` in `pyproject.toml`.

    select = ["all"]                     # rules that are asked; default: those that are on by themselves
    ignore = ["unsuited-channels"]       # rules that are not
    fail-on = "warning"                  # error (default), warning, never
    channel-multiple = 16                # any number of the design rules

    [severity]
    window-drops-places = "error"

    [per-path-ignores]
    "specs/old/*" = ["bias-before-norm"]

    [budgets."specs/edge/*.yaml"]        # the words of `expect`
    parameters = {max = "1M"}

Patterns are relative to the folder of the configuration; `*` stands for anything but a slash, `**` for that too.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Callable, Collection, Iterator, Mapping
from itertools import chain
from typing import Any, get_args

from cnncalc.findings import FileFindings
from cnncalc.harmless import harmless
from cnncalc.kinds._contract import LARGEST
from cnncalc.language import _
from cnncalc.problem import Finding, Problem, Severity
from cnncalc.record import Record, changed
from cnncalc.rules import ALL, ON, meant
from cnncalc.rules import every as rules
from cnncalc.rules._settings import Settings as RuleSettings
from cnncalc.source import Place, Source
from cnncalc.spec import expect
from cnncalc.spec.network import Expectation
from cnncalc.spec.values import NO_VARIABLES
from cnncalc.suggest import nearest
from cnncalc.validate.codes import can_be_silenced
from cnncalc.validate.codes import codes as codes_of_all
from cnncalc.validate.paths import below
from cnncalc.validate.problems import BudgetWithoutFile, NotToml, UnknownSetting, WrongSetting
from cnncalc.validate.toml_places import place

NAMES = ("cnncalc.toml", "pyproject.toml")
FAIL_ON = ("error", "warning", "never")
SEVERITIES = tuple(one for one in get_args(Severity) if one != "note")
LONGEST = 256 * 1024
_SHOWN = 60


class Settings(Record):
    """The settings of one run. `folder` is where patterns of paths start."""

    rules: RuleSettings = RuleSettings()
    fail_on: str = "error"
    per_path_ignores: tuple[tuple[str, tuple[str, ...]], ...] = ()
    budgets: tuple[tuple[str, tuple[Expectation, ...]], ...] = ()
    folder: str = "."
    variables: Mapping[str, Any] = NO_VARIABLES
    """Other values for the variables of every spec."""
    source: Source | None = None
    """The configuration itself; None where there is none."""

    def ignored(self, file: str) -> frozenset[str]:
        """The codes that are ignored in this file."""
        return frozenset(
            code for pattern, codes in self.per_path_ignores if self._meant(pattern, file) for code in codes
        )

    def budgets_of(self, file: str) -> list[tuple[str, Expectation]]:
        """The budgets that hold for this file, each with its pattern."""
        return [(pattern, line) for pattern, lines in self.budgets if self._meant(pattern, file) for line in lines]

    def without_files(self, files: Collection[str]) -> list[FileFindings]:
        """The configuration with its budgets that mean no file, neither of these nor another below its folder."""
        left = {pattern for pattern, _lines in self.budgets}
        for file in chain(files, below(self.folder)):
            if not left:
                return []
            left -= {pattern for pattern in left if self._meant(pattern, file)}
        findings = [
            Finding(BudgetWithoutFile(harmless(one, _SHOWN)), self.source, place(self.source, ("budgets", one)))
            for one, _lines in self.budgets
            if self.source is not None and one in left
        ]
        return [FileFindings(self.source.name, "configuration", tuple(findings))] if self.source and findings else []

    def _meant(self, pattern: str, file: str) -> bool:
        path = os.path.relpath(os.path.abspath(file), os.path.abspath(self.folder)).replace(os.sep, "/")
        return _compiled(pattern).fullmatch(path) is not None


class WrongSettings(Exception):
    """The configuration cannot be used.

    Attributes:
        findings: everything that is wrong with it, with its place.
    """

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        super().__init__(findings[0].problem.message())
        self.findings = findings


def _compiled(pattern: str) -> re.Pattern[str]:
    """A pattern of paths: `**` reaches through folders, `*` and `?` do not."""
    parts = re.split(r"(\*\*/|\*\*|\*|\?)", pattern)
    signs = {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}
    return re.compile("".join(signs.get(part, re.escape(part)) for part in parts))


def find(start: str = ".") -> str | None:
    """The nearest configuration from a folder upwards; a `pyproject.toml` that says nothing about cnncalc is passed."""
    for file in places(start):
        if os.path.isfile(file) and (os.path.basename(file) != "pyproject.toml" or _mentions(file)):
            return os.path.relpath(file, start)
    return None


def places(start: str = ".") -> Iterator[str]:
    """The files that are the configuration if they are there, the nearest first."""
    here = os.path.abspath(start)
    while True:
        yield from (os.path.join(here, name) for name in NAMES)
        if os.path.dirname(here) == here:
            return
        here = os.path.dirname(here)


def _mentions(file: str) -> bool:
    """Whether a `pyproject.toml` has a table for cnncalc; one that is broken is reported when it looks like it."""
    try:
        with open(file, "rb") as opened:
            data = opened.read(LONGEST)
    except OSError:
        return False
    if b"cnncalc" not in data:
        return False
    try:
        tools = tomllib.loads(data.decode("utf-8-sig")).get("tool")
    except (ValueError, RecursionError):
        return b"[tool.cnncalc" in data
    return isinstance(tools, dict) and "cnncalc" in tools


def load(file: str) -> Settings:
    """The settings in a file.

    Raises:
        OSError: it cannot be read.
        WrongSettings: something in it is wrong.
    """
    with open(file, "rb") as opened:
        data = opened.read(LONGEST + 1)
    source = Source(file, data.decode("utf-8-sig", "replace"))
    try:
        if len(data) > LONGEST:
            raise ValueError(_("more than {limit} bytes").format(limit=f"{LONGEST:,}"))
        table = tomllib.loads(data.decode("utf-8-sig"))
    except ValueError as error:  # TOMLDecodeError and UnicodeDecodeError are such
        raise WrongSettings((Finding(NotToml(harmless(str(error), 200)), source, _stated(str(error))),)) from None
    except RecursionError:
        raise WrongSettings((Finding(NotToml(_("nested too deeply")), source),)) from None
    if os.path.basename(file) == "pyproject.toml":
        tools = table.get("tool")
        table = tools.get("cnncalc", {}) if isinstance(tools, dict) else {}
    reader = _Reader(source)
    settings = reader.settings(reader.table("cnncalc", table))
    if reader.findings:
        raise WrongSettings(tuple(reader.findings))
    return changed(settings, folder=os.path.dirname(os.path.abspath(file)), source=source)


def _stated(message: str) -> Place | None:
    """The place that the TOML reader names in its message."""
    found = re.search(r"at line (\d+), column (\d+)", message)
    if found is None:
        return None
    line, column = int(found[1]), int(found[2])
    return Place(line, column, line, column + 1)


class _Reader:
    """Settings out of a TOML table; what is wrong is gathered."""

    def __init__(self, source: Source | None) -> None:
        self.source = source
        self.findings: list[Finding] = []

    def report(self, problem: Problem, *keys: str) -> None:
        """Something is wrong with what stands under these keys, from the outermost inwards."""
        where = None if self.source is None else place(self.source, keys)
        self.findings.append(Finding(problem, self.source, where))

    def settings(self, table: Mapping[str, Any]) -> Settings:
        own: dict[str, Any] = {}
        of_rules: dict[str, Any] = {}
        for key, value in table.items():
            name = key.replace("-", "_")
            if name in _READERS:
                own |= _READERS[name](self, key, value)
            elif name in RuleSettings._fields:
                of_rules |= {name: self._number(key, value)}
            else:
                known = sorted({*_READERS, *RuleSettings._fields} - {"severities"})
                shown = tuple(one.replace("_", "-") for one in known)
                self.report(UnknownSetting(harmless(key, _SHOWN), tuple(nearest(key, shown)), shown), key)
        codes = {name: own.pop(name) for name in ("select", "ignore", "severities") if name in own}
        return Settings(rules=changed(RuleSettings(), **of_rules, **codes), **own)

    def _number(self, key: str, value: Any) -> int:
        if isinstance(value, int) and not isinstance(value, bool) and 0 < value <= LARGEST:
            return value
        self.report(WrongSetting(key, _("a whole number from 1 up is wanted")), key)
        return 1

    def codes(self, value: Any, known: Callable[..., bool], *keys: str) -> tuple[str, ...]:
        """A list of codes."""
        if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
            self.report(WrongSetting(_shown(keys), _('a list of codes is wanted: ["unsuited-channels"]')), *keys)
            return ()
        return tuple(one for one in value if known(one, *keys))

    def rule(self, code: str, *keys: str) -> bool:
        """Whether a word is the code of a rule; reported where not."""
        return self._is_one(code, rules(), _("there is no rule {code}"), keys)

    def rules(self, word: str, *keys: str) -> bool:
        """Whether a word stands for rules; reported where not."""
        return word in (ALL, ON) or self.rule(word, *keys)

    def silenceable(self, code: str, *keys: str) -> bool:
        """Whether a word stands for rules or is a code that can be silenced; reported where not."""
        if code in (ALL, ON) or code in rules():
            return True
        if not self._is_one(code, codes_of_all(), _("there is no code {code}"), keys):
            return False
        if not can_be_silenced(code):
            reason = _("{code} is an error and no design rule; it cannot be silenced").format(code=code)
            self.report(WrongSetting(_shown(keys), reason), *keys, code)
            return False
        return True

    def _is_one(self, code: str, known: Collection[str], sentence: str, keys: tuple[str, ...]) -> bool:
        if code in known:
            return True
        near = tuple(nearest(code, known))
        self.report(WrongSetting(_shown(keys), sentence.format(code=harmless(code, _SHOWN)), near), *keys, code)
        return False

    def table(self, key: str, value: Any) -> dict[str, Any]:
        """A table of the TOML file."""
        if isinstance(value, dict):
            return value
        name = harmless(key, _SHOWN)
        self.report(WrongSetting(name, _("a table is wanted: [{key}]").format(key=name)), key)
        return {}


def _shown(keys: tuple[str, ...]) -> str:
    return ".".join(harmless(key, _SHOWN) for key in keys)


def codes(option: str, words: str) -> tuple[str, ...]:
    """Codes of rules from the command line, separated by commas.

    Raises:
        WrongSettings: one of them is no rule.
    """
    reader = _Reader(None)
    found = reader.codes([word.strip() for word in words.split(",") if word.strip()], reader.rules, option)
    if reader.findings:
        raise WrongSettings(tuple(reader.findings))
    return found


def _select(reader: _Reader, key: str, value: Any) -> dict[str, Any]:
    return {key: reader.codes(value, reader.rules, key)}


def _fail_on(reader: _Reader, key: str, value: Any) -> dict[str, Any]:
    if value in FAIL_ON:
        return {"fail_on": value}
    reader.report(WrongSetting(key, _("one of {words} is wanted").format(words=", ".join(FAIL_ON))), key)
    return {}


def _severity(reader: _Reader, key: str, value: Any) -> dict[str, Any]:
    found = {}
    for code, word in reader.table(key, value).items():
        if word not in SEVERITIES:
            reason = _("one of {words} is wanted").format(words=", ".join(SEVERITIES))
            reader.report(WrongSetting(_shown((key, code)), reason), key, code)
        elif reader.rule(code, key):
            found[code] = word
    return {"severities": found}


def _per_path_ignores(reader: _Reader, key: str, value: Any) -> dict[str, Any]:
    found = []
    for pattern, written in reader.table(key, value).items():
        named = reader.codes(written, reader.silenceable, key, pattern)
        found.append(
            (pattern, tuple(code for word in named for code in (meant(word) if word in (ALL, ON) else [word])))
        )
    return {"per_path_ignores": tuple(found)}


def _budgets(reader: _Reader, key: str, value: Any) -> dict[str, Any]:
    found = []
    for pattern, written in reader.table(key, value).items():
        bounds = reader.table(pattern, written)

        def report(problem: Problem, _place: Place | None, at: str = pattern) -> None:
            # These problems name what is wrong; where it stands is looked for.
            named = getattr(problem, "name", None) or getattr(problem, "field", None) or getattr(problem, "written", "")
            reader.report(problem, key, at, *([named] if named else []))

        found.append((pattern, expect.read(bounds, report)))
    return {"budgets": tuple(found)}


_READERS: dict[str, Callable[[_Reader, str, Any], dict[str, Any]]] = {
    "select": _select,
    "ignore": _select,
    "fail_on": _fail_on,
    "severity": _severity,
    "per_path_ignores": _per_path_ignores,
    "budgets": _budgets,
}
