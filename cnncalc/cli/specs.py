"""`cnncalc specs [show NAME]`: the shipped networks."""

from __future__ import annotations

from typing import Annotated

import typer

from cnncalc.cli import completing, options
from cnncalc.cli.options import Color, Format, Units
from cnncalc.language import _


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command(rich_help_panel=_("Specs"))(specs)


def specs(
    words: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[show] NAME",
            autocompletion=completing.shipped,
            help=_("`show NAME` prints a spec; a part of a name filters the list."),
        ),
    ] = None,
    units: options.UnitsOption = Units.EXACT,
    format: options.FormatOption = Format.TERMINAL,
    output_file: options.OutputFile = None,
    color: options.ColorOption = Color.AUTO,
    ascii: options.Ascii = False,
    lang: options.Lang = None,
) -> None:
    """The networks that come with cnncalc: list them, or print one.

    Each is a spec to use by its name, to read, and to start from.

    ```
    cnncalc specs                      all of them
    cnncalc specs net                  those with `net` in their name
    cnncalc specs --format json        for programs
    cnncalc specs show lenet5          print one
    cnncalc specs show resnet50        the file of its family
    cnncalc specs show lenet5 -o my.yaml
    ```
    """
    from cnncalc.cli.nets import fail, keep
    from cnncalc.cli.output import Output
    from cnncalc.harmless import harmless
    from cnncalc.spec import shipped
    from cnncalc.suggest import did_you_mean, nearest

    out = Output(format, output_file, color, ascii)
    words = words or []
    if words[:1] == ["show"]:
        if len(words) != 2:
            raise typer.BadParameter(_("one name, as in `cnncalc specs show lenet5`"))
        path = shipped.file_of(words[1])
        keep("" if path is None else str(path), output_file)
        if path is None:
            near = nearest(words[1], shipped.names())
            line = _("there is no shipped spec {name}").format(name=harmless(words[1], 60))
            if near:
                line = _("{line}; {more}").format(line=line, more="".join(did_you_mean(near)))
            raise fail(line)
        out.put(path.read_text(encoding="utf-8"))
        return
    if len(words) > 1:
        raise typer.BadParameter(_("write `cnncalc specs`, `cnncalc specs PART` or `cnncalc specs show NAME`"))
    names = [name for name in shipped.names() if not words or words[0].lower() in name]
    if words and not names:
        raise fail(
            _("no shipped spec has {part} in its name; `cnncalc specs` lists them").format(part=harmless(words[0], 60))
        )
    from cnncalc.analysis.listing import listed
    from cnncalc.views import specs as view

    found = listed(names)

    if format is Format.JSON:
        out.json(view.as_list(found))
    elif format is Format.CSV:
        from cnncalc.render import csv

        out.put(csv.table(view.as_list(found)))
    else:
        out.show(view.specs(found, units.value))
