"""`cnncalc validate PATH …`: specs as contracts, for the terminal and for build servers."""

from __future__ import annotations

import os
from collections.abc import Iterator
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from cnncalc.cli import completing, options
from cnncalc.cli.options import Color
from cnncalc.cli.reporting import FORMATS
from cnncalc.language import _

if TYPE_CHECKING:
    from cnncalc.cli.output import Output
    from cnncalc.problem import Severity
    from cnncalc.validate.paths import Candidate
    from cnncalc.validate.run import Checked
    from cnncalc.validate.settings import Settings

JUDGE, RECORD = _("What counts"), _("Baseline and fixes")


class FailOn(StrEnum):
    """From which severity on a run fails."""

    ERROR = "error"
    WARNING = "warning"
    NEVER = "never"


FAILING: dict[str, tuple[Severity, ...]] = {
    FailOn.ERROR: ("error",),
    FailOn.WARNING: ("error", "warning"),
    FailOn.NEVER: (),
}
"""The severities from one on."""


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command(rich_help_panel=_("Design"))(validate)


def validate(
    paths: Annotated[
        list[str],
        typer.Argument(
            metavar="PATH",
            autocompletion=completing.nets,
            help=_("Files, directories, patterns, `-`, or shipped names."),
        ),
    ],
    select: Annotated[
        str | None,
        typer.Option(
            metavar="CODES",
            autocompletion=completing.some_rules,
            help=_("Design rules to ask, with commas; or all."),
            rich_help_panel=JUDGE,
        ),
    ] = None,
    ignore: Annotated[
        str | None,
        typer.Option(
            metavar="CODES",
            autocompletion=completing.some_rules,
            help=_("Design rules not to ask."),
            rich_help_panel=JUDGE,
        ),
    ] = None,
    fail_on: Annotated[
        FailOn | None, typer.Option(help=_("From which severity on the exit code is 1."), rich_help_panel=JUDGE)
    ] = None,
    config: Annotated[
        str | None,
        typer.Option(metavar="FILE", help=_("Configuration; else the nearest one upwards."), rich_help_panel=JUDGE),
    ] = None,
    baseline: Annotated[
        str | None,
        typer.Option(metavar="FILE", help=_("Report only what is new or worse than this."), rich_help_panel=RECORD),
    ] = None,
    write_baseline: Annotated[
        str | None, typer.Option(metavar="FILE", help=_("Accept what is there now."), rich_help_panel=RECORD)
    ] = None,
    fix: Annotated[
        bool, typer.Option("--fix", help=_("Make the safe changes in the files."), rich_help_panel=RECORD)
    ] = False,
    set: options.Settings = None,
    jobs: Annotated[
        int, typer.Option("--jobs", "-j", min=1, max=256, help=_("Processes to share many files among."))
    ] = 1,
    watch: options.Watch = False,
    format: Annotated[
        list[str] | None,
        typer.Option(
            "--format",
            "-f",
            metavar="FORMAT[=FILE]",
            autocompletion=completing.reports,
            help=_("One of {formats}; several times, each to a place of its own.").format(formats=", ".join(FORMATS)),
            rich_help_panel=options.OUTPUT,
        ),
    ] = None,
    output_file: options.OutputFile = None,
    color: options.ColorOption = Color.AUTO,
    ascii: options.Ascii = False,
    lang: options.Lang = None,
) -> None:
    """Hold specs to their contracts and to good design: for CI.

    ```
    cnncalc validate specs/                          all below a directory
    cnncalc validate net.yaml --select all           every design rule
    cnncalc validate specs/ --fail-on warning -j 4
    cnncalc validate specs/ --fix                    make the safe changes
    cnncalc validate specs/ --write-baseline old.json
    cnncalc validate specs/ --baseline old.json      what is new or worse
    cnncalc validate specs/ -f terminal -f sarif=out.sarif
    cnncalc validate mobilenet_v2 --set width=0.5
    ```

    Each spec is read and calculated; its `expect` must hold; the design rules are asked (`cnncalc rules` lists them).
    `cnncalc.toml`, or `[tool.cnncalc]` in `pyproject.toml`, sets rules, severities, budgets and what to ignore where;
    `# cnncalc: ignore[CODE]` silences a line. A file in a directory without `layers` and `input` is passed over.

    Exit codes: 0 clean, 1 findings, 2 usage or configuration, 4 cannot read or write.
    """
    if watch:
        asked = locals() | {"watch": False}
        from cnncalc.cli.watching import again
        from cnncalc.validate.settings import places

        own = [one.partition("=")[2] or None for one in format or []]
        held_to = [] if baseline is None else [baseline]
        settings_at = places if config is None else lambda: [config]
        return again(
            paths,
            lambda: validate(**asked),
            [*own, output_file, write_baseline],
            lambda: [*settings_at(), *held_to],
        )

    from cnncalc.cli import reporting
    from cnncalc.cli.nets import settings as variables
    from cnncalc.cli.output import replace
    from cnncalc.cli.progress import progress
    from cnncalc.findings import Findings
    from cnncalc.harmless import harmless
    from cnncalc.record import changed
    from cnncalc.validate import baseline as baselines

    wanted = reporting.wanted(format, output_file, color, ascii)
    settings = changed(_settings(config, select, ignore, fail_on, wanted.out), variables=variables(set))
    candidates = _candidates(paths)
    try:
        accepted = None if baseline is None else baselines.load(baseline)
    except baselines.Unusable as error:
        raise typer.BadParameter(str(error), param_hint="--baseline") from None
    keep = accepted is not None or write_baseline is not None
    files, skipped, entries, made = [], [], {}, 0
    with progress(len(candidates), ascii) as seen:
        for candidate, checked, changes in _checks(candidates, settings, jobs, fix, keep):
            seen()
            made += changes
            if checked.findings is None:
                skipped.append(candidate.name)
                continue
            if write_baseline is not None:
                entries[candidate.file] = checked.entries
            found = checked.findings
            files.append(found if accepted is None else accepted.left(candidate.file, found, checked.entries))
    failing = FAILING[settings.fail_on if write_baseline is None else FailOn.NEVER]
    about_settings = settings.without_files([candidate.file for candidate in candidates])
    report = Findings((*files, *about_settings), tuple(skipped), failing)
    if not files:
        from cnncalc.cli.nets import fail

        raise fail(_("{paths}: no specs").format(paths=" ".join(harmless(path, 60) for path in paths[:5])))
    if write_baseline is not None:
        from cnncalc.cli.nets import say

        folder = os.path.dirname(os.path.abspath(write_baseline))
        replace(write_baseline, baselines.written(entries, folder))
        say(_("{file}: from now on this is accepted").format(file=harmless(write_baseline)))
    reporting.write(report, wanted, made)
    if code := reporting.code(report):
        raise typer.Exit(code)


def _checks(
    candidates: list[Candidate], settings: Settings, jobs: int, fix: bool, keep: bool
) -> Iterator[tuple[Candidate, Checked, int]]:
    """Each file with what is found in it, and how many changes were made there before."""
    from cnncalc.cli.nets import say
    from cnncalc.cli.output import replace
    from cnncalc.harmless import harmless
    from cnncalc.validate.fixing import edits
    from cnncalc.validate.fixing import fix as fixed
    from cnncalc.validate.run import check, check_all

    if not fix:
        for candidate, checked in zip(candidates, check_all(candidates, settings, jobs, keep), strict=True):
            yield candidate, checked, 0
        return
    for candidate in candidates:
        checked, made = fixed(candidate, lambda one: check(one, settings, keep), replace)
        if not candidate.own and edits(checked):
            say(_("{file}: nothing is changed; save it as a file of your own").format(file=harmless(candidate.name)))
        yield candidate, checked, made


def _candidates(paths: list[str]) -> list[Candidate]:
    """The files that are meant; a bare name that is no file may be a shipped spec."""
    from cnncalc.record import changed
    from cnncalc.spec import shipped
    from cnncalc.spec.load import apart
    from cnncalc.validate.paths import candidates

    if paths.count("-") > 1:
        raise typer.BadParameter(_("standard input can be read only once; write `-` once"), param_hint="PATH")
    found = []
    for one in candidates(paths):
        own = None if one.file == "-" or os.path.lexists(one.file) else shipped.find(one.file)
        if own is not None:
            file, variant = apart(own)
            one = changed(one, file=file, shown=one.file, variant=variant)
        found.append(one)
    return found


def _settings(
    config: str | None, select: str | None, ignore: str | None, fail_on: FailOn | None, out: Output
) -> Settings:
    """The configuration, with what the command line says on top of it."""
    from cnncalc.record import changed
    from cnncalc.validate import settings as configuration
    from cnncalc.views.problems import problems

    file = config or configuration.find()
    try:
        settings = configuration.Settings() if file is None else configuration.load(file)
        rules = changed(
            settings.rules,
            **{
                name: configuration.codes(f"--{name}", words)
                for name, words in (("select", select), ("ignore", ignore))
                if words is not None
            },
        )
    except configuration.WrongSettings as error:
        out.complain(problems(error.findings))
        raise typer.Exit(2) from None
    own = {} if fail_on is None else {"fail_on": fail_on.value}
    return changed(settings, rules=rules, **own)
