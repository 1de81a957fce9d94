"""What `validate` itself can find: broken contracts, growth, comments and settings that say nothing."""

from __future__ import annotations

from typing import ClassVar

from cnncalc.language import _
from cnncalc.problem import Problem, Severity


class ExpectationMissed(Problem):
    """A line of `expect`, or a budget of the configuration, does not hold.

    `expect` is the contract of a spec: its output, its counts, its receptive field. The numbers are those of batch 1
    and of the file's own input. Either the network has changed by mistake, or the contract is to be changed with it.
    """

    name: str
    expected: str
    actual: str
    off_by: str
    heaviest: tuple[tuple[str, str], ...] = ()
    budget: str = ""
    """The pattern in the configuration that sets the bound, when it is not the spec itself."""
    layer: str = ""

    def message(self) -> str:
        off = f": {self.off_by}" if self.off_by else ""
        whose = f"{self.layer}: " if self.layer else ""
        if self.budget:
            said = _("{name} is {actual}, but the budget for {pattern} is {expected}").format(
                name=self.name, actual=self.actual, pattern=self.budget, expected=self.expected
            )
        else:
            said = _("{name} is {actual}, but {expected} is expected").format(
                name=self.name, actual=self.actual, expected=self.expected
            )
        return f"{whose}{said}{off}"

    def hints(self) -> tuple[str, ...]:
        if not self.heaviest:
            return ()
        layers = ", ".join(f"{layer} {share}" for layer, share in self.heaviest)
        return (_("most of it: {layers}").format(layers=layers),)


class ExpectationUnknown(Problem):
    """A line of `expect`, or a budget, could be held against nothing, because the number is not known.

    That is no pass: mend what makes the number unknown, or take the line out.
    """

    name: str
    expected: str

    def message(self) -> str:
        return _("{name} is not known, so that {expected} cannot be checked").format(
            name=self.name, expected=self.expected
        )


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
        layers = ", ".join(f"{layer} {difference:+,}".replace("-", "−") for layer, difference in self.because)
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
            return (_("did you mean {words}?").format(words=_(" or ").join(self.near)),)
        return (_("take the comment out"),) if self.known else (_("`cnncalc rules` lists the codes"),)


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

    def message(self) -> str:
        return f"{self.setting}: {self.reason}"


class UnknownSetting(Problem):
    """There is no setting of that name."""

    setting: str
    near: tuple[str, ...] = ()
    known: tuple[str, ...] = ()

    def message(self) -> str:
        return _("there is no setting {name}").format(name=self.setting)

    def hints(self) -> tuple[str, ...]:
        if self.near:
            return (_("did you mean {words}?").format(words=_(" or ").join(self.near)),)
        return (_("settings: {names}").format(names=", ".join(self.known)),) if self.known else ()


class NotToml(Problem):
    """The configuration is no TOML."""

    reason: str

    def message(self) -> str:
        return _("this is no TOML: {reason}").format(reason=self.reason)
