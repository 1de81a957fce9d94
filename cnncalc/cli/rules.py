"""`cnncalc rules [CODE]`: what the words in square brackets mean."""

from __future__ import annotations

from typing import Annotated

import typer

from cnncalc.cli import completing, options
from cnncalc.cli.options import Color, Format
from cnncalc.language import _


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command(rich_help_panel=_("Design"))(rules)


def rules(
    code: Annotated[
        str | None,
        typer.Argument(
            metavar="CODE", autocompletion=completing.codes, help=_("A code; or `design` or `slips` for all of these.")
        ),
    ] = None,
    format: options.FormatOption = Format.TERMINAL,
    output_file: options.OutputFile = None,
    color: options.ColorOption = Color.AUTO,
    ascii: options.Ascii = False,
    lang: options.Lang = None,
) -> None:
    """What the code of a problem or a design rule means, and what to do about it.

    ```
    cnncalc rules                          every problem and design rule
    cnncalc rules in-features-mismatch     one, with its manual
    cnncalc rules gridding                 a design rule, with examples
    cnncalc rules design                   the design rules alone
    cnncalc rules slips                    the slips that `check` names
    ```
    """
    from cnncalc.catalogue import design, problems, slips
    from cnncalc.cli.nets import fail
    from cnncalc.cli.output import Output
    from cnncalc.harmless import harmless
    from cnncalc.suggest import did_you_mean, nearest
    from cnncalc.views import rules as view

    out = Output(format, output_file, color, ascii)
    groups = {"problems": problems, "design": design, "slips": slips}
    if code is None:
        manuals = {**problems(), **design()}
    elif code in groups:
        manuals = groups[code]()
    else:
        known = {**design(), **slips()}
        known = known if code in known else {**known, **problems()}
        if code not in known:
            near = nearest(code, known)
            line = _("there is no rule {code}").format(code=harmless(code, 60))
            if near:
                line = _("{line}; {more}").format(line=line, more="".join(did_you_mean(near)))
            else:
                line = _("{line}; {more}").format(line=line, more=_("`cnncalc rules` lists them"))
            raise fail(line, 2)
        manuals = {code: known[code]}
    if format is Format.JSON:
        out.json({"schema_version": 1, "rules": [manual._asdict() for manual in manuals.values()]})
    elif format is Format.CSV:
        from cnncalc.render import csv

        out.put(csv.table([manual._asdict() for manual in manuals.values()]))
    elif code is None or code in groups:
        out.show(view.listing(list(manuals.values())))
    else:
        out.show(view.manual(manuals[code]))
