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
from collections.abc import Callable, Mapping
from typing import Any, get_args

from cnncalc.harmless import harmless
from cnncalc.language import _
from cnncalc.problem import Finding, Problem, Severity
from cnncalc.record import Record, changed
from cnncalc.rules import ALL, ON
from cnncalc.rules import every as rules
from cnncalc.rules._settings import Settings as RuleSettings
from cnncalc.source import Place, Source
from cnncalc.spec import expect
from cnncalc.spec.network import Expectation
from cnncalc.suggest import nearest
from cnncalc.validate.problems import NotToml, UnknownSetting, WrongSetting

NAMES = ("cnncalc.toml", "pyproject.toml")
FAIL_ON = ("error", "warning", "never")
SEVERITIES = tuple(one for one in get_args(Severity) if one != "note")
LONGEST = 1024 * 1024
_SHOWN = 60


class Settings(Record):
    """The settings of one run. `folder` is where patterns of paths start."""

    rules: RuleSettings = RuleSettings()
    fail_on: str = "error"
    per_path_ignores: tuple[tuple[str, tuple[str, ...]], ...] = ()
    budgets: tuple[tuple[str, tuple[Expectation, ...]], ...] = ()
    folder: str = "."

    def ignored(self, file: str) -> frozenset[str]:
        """The codes that are ignored in this file."""
        return frozenset(
            code for pattern, codes in self.per_path_ignores if self._meant(pattern, file) for code in codes
        )

    def budgets_of(self, file: str) -> list[tuple[str, Expectation]]:
        """The budgets that hold for this file, each with its pattern."""
        return [(pattern, line) for pattern, lines in self.budgets if self._meant(pattern, file) for line in lines]

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
    here = os.path.abspath(start)
    while True:
        for name in NAMES:
            file = os.path.join(here, name)
            if os.path.isfile(file) and (name != "pyproject.toml" or _mentions(file)):
                return file
        if os.path.dirname(here) == here:
            return None
        here = os.path.dirname(here)


def _mentions(file: str) -> bool:
    try:
        with open(file, "rb") as opened:
            return b"tool.cnncalc" in opened.read(LONGEST)
    except OSError:
        return False


def load(file: str) -> Settings:
    """The settings in a file.

    Raises:
        OSError: it cannot be read.
        WrongSettings: something in it is wrong.
    """
    with open(file, "rb") as opened:
        data = opened.read(LONGEST + 1)
    source = Source(file, data.decode("utf-8", "replace"))
    try:
        if len(data) > LONGEST:
            raise ValueError(_("more than {limit} bytes").format(limit=f"{LONGEST:,}"))
        table = tomllib.loads(data.decode("utf-8"))
    except ValueError as error:  # TOMLDecodeError and UnicodeDecodeError are such
        raise WrongSettings((Finding(NotToml(harmless(str(error), 200)), source, _stated(str(error))),)) from None
    except RecursionError:
        raise WrongSettings((Finding(NotToml(_("nested too deeply")), source),)) from None
    if os.path.basename(file) == "pyproject.toml":
        tools = table.get("tool")
        table = tools.get("cnncalc", {}) if isinstance(tools, dict) else {}
    reader = _Reader(source)
    settings = reader.settings(table if isinstance(table, dict) else {})
    if reader.findings:
        raise WrongSettings(tuple(reader.findings))
    return changed(settings, folder=os.path.dirname(os.path.abspath(file)))


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

    def report(self, problem: Problem, key: str) -> None:
        self.findings.append(Finding(problem, self.source, _place(self.source, key)))

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
        if isinstance(value, int) and not isinstance(value, bool) and 0 < value <= 10**15:
            return value
        self.report(WrongSetting(key, _("a whole number from 1 up is wanted")), key)
        return 1

    def codes(self, key: str, value: Any) -> tuple[str, ...]:
        """A list of codes of rules."""
        if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
            self.report(WrongSetting(key, _("a list of codes is wanted")), key)
            return ()
        return tuple(one for one in value if self.known(key, one))

    def known(self, key: str, code: str, words: tuple[str, ...] = (ALL, ON)) -> bool:
        """Whether a word is the code of a rule; reported where not."""
        if code in rules() or code in words:
            return True
        reason = _("there is no rule {code}").format(code=harmless(code, _SHOWN))
        if near := nearest(code, rules()):
            reason += "; " + _("did you mean {words}?").format(words=_(" or ").join(near))
        self.report(WrongSetting(key, reason), code)
        return False

    def table(self, key: str, value: Any) -> dict[str, Any]:
        """A table of the TOML file."""
        if isinstance(value, dict):
            return value
        self.report(WrongSetting(key, _("a table is wanted: [{key}]").format(key=key)), key)
        return {}


def codes(option: str, words: str) -> tuple[str, ...]:
    """Codes of rules from the command line, separated by commas.

    Raises:
        WrongSettings: one of them is no rule.
    """
    reader = _Reader(None)
    found = reader.codes(option, [word.strip() for word in words.split(",") if word.strip()])
    if reader.findings:
        raise WrongSettings(tuple(reader.findings))
    return found


def _select(reader: _Reader, key: str, value: Any) -> dict[str, Any]:
    return {key: reader.codes(key, value)}


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
            reader.report(WrongSetting(f"{key}.{harmless(code, _SHOWN)}", reason), code)
        elif reader.known(key, code, ()):
            found[code] = word
    return {"severities": found}


def _per_path_ignores(reader: _Reader, key: str, value: Any) -> dict[str, Any]:
    found = tuple((pattern, reader.codes(pattern, codes)) for pattern, codes in reader.table(key, value).items())
    return {"per_path_ignores": found}


def _budgets(reader: _Reader, key: str, value: Any) -> dict[str, Any]:
    found = []
    for pattern, written in reader.table(key, value).items():
        bounds = reader.table(pattern, written)

        def report(problem: Problem, _place: Place | None, at: str = pattern) -> None:
            reader.report(problem, at)

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


def _place(source: Source | None, word: str) -> Place | None:
    """Where a word stands first; the TOML reader keeps no places."""
    if source is None:
        return None
    for number, line in enumerate(source.text.splitlines(), 1):
        column = line.find(word)
        if column >= 0 and not line[:column].lstrip().startswith("#"):
            return Place(number, column + 1, number, column + 1 + len(word))
    return None
