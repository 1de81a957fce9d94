"""What `validate` itself can find: broken contracts, growth, comments and settings that say nothing."""

from __future__ import annotations

from typing import ClassVar

from cnncalc.language import _
from cnncalc.problem import Problem, Severity
from cnncalc.suggest import did_you_mean


class ExpectationMissed(Problem):
    """A line of `expect`, or a budget of the configuration, does not hold.

    `expect` is the contract of a spec: its output, its counts, its receptive field, and the same for its layers. The
    numbers are those of batch 1 and of the file's own input. Either the network has changed by mistake, or the contract
    is to be changed with it.
    """

    name: str
    expected: str
    actual: str
    off_by: str
    heaviest: tuple[tuple[str, str], ...] = ()
    budget: str = ""
    """The pattern in the configuration that sets the bound, when it is not the spec itself."""
    layer: str = ""
    missed: int = 0

    def message(self) -> str:
        said = _("{name}: {actual} instead of {expected}")
        if self.budget:
            said = _("{name}: {actual} instead of {expected}, the budget for {pattern}")
        said = said.format(
            name=_of(self.name, self.layer), actual=self.actual, expected=self.expected, pattern=self.budget
        )
        return _("{words}, {more}").format(words=said, more=self.off_by) if self.off_by else said

    def caret(self) -> str:
        return "" if self.budget else _("it is {actual}").format(actual=self.actual)

    def hints(self) -> tuple[str, ...]:
        if not self.heaviest:
            return ()
        layers = _(", ").join(f"{layer} {share}" for layer, share in self.heaviest)
        return (_("most of it: {layers}").format(layers=layers),)

    def subject(self) -> str:
        said = f"{self.budget} {self.name} {self.expected}"
        return said if self.missed else f"{said} {self.actual}"

    def amount(self) -> int:
        return self.missed


def _of(name: str, layer: str) -> str:
    return _("{name} of {layer}").format(name=name, layer=layer) if layer else name


class FamilyTooLarge(Problem):
    """The networks of a family have so many layers together that not all of them were looked at."""

    severity: ClassVar[Severity] = "warning"

    seen: int
    limit: int

    def message(self) -> str:
        return _("only the first {seen:,} networks were looked at: they have more than {limit:,} layers").format(
            seen=self.seen, limit=self.limit
        )


class ExpectationUnknown(Problem):
    """A line of `expect`, or a budget, could be held against nothing, because the number is not known.

    That is no pass: mend what makes the number unknown, or take the line out. A network with several outputs has no one
    `output`, one with several inputs no `receptive_field` and no `downsampling`, and a list of features has neither.
    """

    name: str
    expected: str
    layer: str = ""
    budget: str = ""
    outputs: tuple[str, ...] = ()
    unknown: str = ""
    """The first layer of which something is not known."""

    def message(self) -> str:
        if self.outputs:
            return _("{expected} cannot be checked: the network has {count} outputs").format(
                expected=self.expected, count=len(self.outputs)
            )
        return _("{name} is not known, so that {expected} cannot be checked").format(
            name=_of(self.name, self.layer), expected=self.expected
        )

    def hints(self) -> tuple[str, ...]:
        if not self.outputs:
            return (
                (_("the first layer that is not known is {layer}").format(layer=self.unknown),) if self.unknown else ()
            )
        shown = ", ".join(f"{name}: […]" for name in self.outputs[:3]) + (", …" if len(self.outputs) > 3 else "")
        return (_("write `output: {{{shapes}}}`").format(shapes=shown),)

    def subject(self) -> str:
        return f"{self.budget} {self.name} {self.expected}"


class GrewSinceBaseline(Problem):
    """A total is larger than in the baseline.

    A baseline records what a project has accepted. Growth is not wrong, but it should be seen: write the baseline anew
    (`cnncalc validate --write-baseline FILE`) when it is meant.
    """

    name: str
    before: int
    after: int
    because: tuple[tuple[str, int], ...] = ()

    def message(self) -> str:
        return _("{name} {before:,} → {after:,} ({percent})").format(
            name=self.name, before=self.before, after=self.after, percent=_percent(self.before, self.after)
        )

    def hints(self) -> tuple[str, ...]:
        if not self.because:
            return ()
        layers = _(", ").join(f"{layer} {difference:+,}".replace("-", "−") for layer, difference in self.because)
        return (_("because of {layers}").format(layers=layers),)


def _percent(before: int, after: int) -> str:
    """The change in percent of what it was, to a tenth."""
    if not before:
        return _("there was none")
    tenths = abs(after - before) * 1000 // before
    return f"{'+' if after >= before else '−'}{tenths // 10:,}.{tenths % 10} %"


class UnusedIgnore(Problem):
    """A comment ignores a code that is not found on its line.

    `# cnncalc: ignore[CODE]` silences a code on its line, or, alone on a line, on the next one. When the reason is gone
    the comment should go too: it would hide the next mistake.
    """

    severity: ClassVar[Severity] = "warning"
    ignored: str
    near: tuple[str, ...] = ()
    known: bool = True

    def message(self) -> str:
        if self.known:
            return _("nothing here needs ignore[{code}]").format(code=self.ignored)
        return _("ignore[{code}]: there is no such code").format(code=self.ignored)

    def hints(self) -> tuple[str, ...]:
        if self.near:
            return did_you_mean(self.near)
        return (_("take the comment out"),) if self.known else (_("`cnncalc rules` lists the codes"),)


class CannotIgnore(Problem):
    """A comment, or a setting, wants to silence what cannot be silenced.

    Design rules, warnings and notes can be. An error of reading or of shapes makes numbers wrong or unknown, and a
    contract that its own file may silence is none: mend it, or take the line out of `expect`.
    """

    severity: ClassVar[Severity] = "warning"
    ignored: str

    def message(self) -> str:
        return _("ignore[{code}]: an error that is no design rule cannot be silenced").format(code=self.ignored)

    def hints(self) -> tuple[str, ...]:
        return (_("mend it, and take the comment out"),)


class CannotWrite(Problem):
    """`--fix` could not write a file."""

    reason: str

    def message(self) -> str:
        return _("the changes cannot be written: {reason}").format(reason=self.reason)


class UnclearIgnore(Problem):
    """A comment that begins like one for cnncalc says nothing that it understands.

    Write `# cnncalc: ignore[CODE]`, or several codes with commas. A comment without codes would hide everything.
    """

    severity: ClassVar[Severity] = "warning"
    written: str

    def message(self) -> str:
        return _("`{written}` is not understood").format(written=self.written)

    def hints(self) -> tuple[str, ...]:
        return (_("write `# cnncalc: ignore[CODE]`"),)


class WrongSetting(Problem):
    """A setting in `cnncalc.toml`, or under `[tool.cnncalc]` in `pyproject.toml`, has a value that it cannot have."""

    setting: str
    reason: str
    near: tuple[str, ...] = ()

    def message(self) -> str:
        return _("{name}: {reason}").format(name=self.setting, reason=self.reason)

    def hints(self) -> tuple[str, ...]:
        return did_you_mean(self.near)


class UnknownSetting(Problem):
    """There is no setting of that name."""

    setting: str
    near: tuple[str, ...] = ()
    known: tuple[str, ...] = ()

    def message(self) -> str:
        return _("there is no setting {name}").format(name=self.setting)

    def hints(self) -> tuple[str, ...]:
        if self.near:
            return did_you_mean(self.near)
        return (_("settings: {names}").format(names=", ".join(self.known)),) if self.known else ()


class BudgetWithoutFile(Problem):
    """The pattern of a budget means no file, so that nothing is held to the budget.

    Patterns are relative to the folder of the configuration; `*` stands for anything but a slash, `**` for that too.
    """

    severity = "warning"

    pattern: str

    def message(self) -> str:
        return _("no file is meant by `{pattern}`").format(pattern=self.pattern)

    def hints(self) -> tuple[str, ...]:
        return (_("patterns count from the folder of the configuration: `specs/*.yaml`, `**/*.yaml`"),)


class NotToml(Problem):
    """The configuration, `cnncalc.toml` or `pyproject.toml`, is no TOML, or is no text in UTF-8."""

    reason: str

    def message(self) -> str:
        return _("this is no TOML: {reason}").format(reason=self.reason)
