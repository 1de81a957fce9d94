"""`cnncalc schema`: the JSON Schema of specs."""

from __future__ import annotations

import typer

from cnncalc.cli import options
from cnncalc.language import _


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command(rich_help_panel=_("Specs"))(schema)


def schema(output_file: options.OutputFile = None, lang: options.Lang = None) -> None:
    """The JSON Schema of specs, with which editors complete and check them.

    ```
    cnncalc schema
    cnncalc schema -o cnncalc.schema.json
    ```

    It is made of the models that read specs (draft 2020-12). Editors with a YAML language server are told by a spec's
    first line where it is; `cnncalc init` writes that line.
    """
    from cnncalc.cli.output import Output
    from cnncalc.spec.schema import schema as made

    Output(file=output_file).json(made())
