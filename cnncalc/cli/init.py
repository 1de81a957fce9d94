"""`cnncalc init [NAME]`: a spec to start from."""

from __future__ import annotations

import os
from typing import Annotated

import typer

from cnncalc.cli import options
from cnncalc.language import _

SCHEMA = "cnncalc.schema.json"
"""What the schema's file is called; it stands beside the spec."""

SCHEMA_LINE = f"# yaml-language-server: $schema={SCHEMA}\n"

STARTER = """\
# A small network to start from. What it comes to:      cnncalc summary FILE
# Whether it keeps what it promises, in CI for example: cnncalc validate FILE

name: NAME
input: [3, 32, 32]    # channels first, the batch left out: a colour picture

layers:
- conv2d: {out_channels: 16, kernel_size: 3, padding: 1}    # padding 1 keeps 32×32 under a 3×3 kernel
- max_pool2d: {kernel_size: 2}                              # 32×32 to 16×16: the stride is the kernel size
- relu                                                      # behind the pooling it has a quarter of the work
- conv2d: {out_channels: 32, kernel_size: 3, padding: 1}
- max_pool2d: {kernel_size: 2}                              # 16×16 to 8×8
- relu
- conv2d: {out_channels: 64, kernel_size: 3, padding: 1}
- relu
- global_avg_pool                                           # one number for each of the 64 maps
- linear: {out_features: 10}                                # one score for each of ten classes

expect:               # what `cnncalc validate` holds the network to
  output: [10]
  params: {max: 30k}
"""


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command(rich_help_panel=_("Specs"))(init)


def init(
    name: Annotated[
        str, typer.Argument(metavar="NAME", help=_("What the file is called, without its ending."))
    ] = "net",
    schema: Annotated[
        bool,
        typer.Option("--schema/--no-schema", help=_("Also the schema that editors complete by, and the line for it.")),
    ] = True,
    force: Annotated[bool, typer.Option("--force", help=_("Write over a file that is there."))] = False,
    lang: options.Lang = None,
) -> None:
    """Write a spec to start from: a small CNN with comments.

    ```
    cnncalc init tiny                tiny.yaml, and the schema beside it
    cnncalc init tiny --force        start again
    cnncalc init other --no-schema   the spec alone
    ```

    The first line tells editors where the schema is. `cnncalc specs` lists larger networks to start from.
    """
    from cnncalc.cli.nets import fail
    from cnncalc.cli.output import Output, replace
    from cnncalc.harmless import harmless
    from cnncalc.render import json
    from cnncalc.views.footer import listed

    ending = ".yml" if name.endswith(".yml") else ".yaml"
    folder, stem = os.path.split(name.removesuffix(ending))
    # Behind an @ stands a variant of a family.
    if not stem or not stem.isprintable() or stem.startswith("-") or "@" in stem or len(stem) > 100:
        raise typer.BadParameter(_("{name} is no name for a file").format(name=harmless(repr(name), 60)))
    file = os.path.join(folder, f"{stem}{ending}")
    if os.path.lexists(file) and not force:
        raise fail(_("{file} is there already; --force writes over it").format(file=harmless(file)))
    beside = os.path.join(folder, SCHEMA)
    made = []
    if schema and (force or not os.path.lexists(beside)):
        from cnncalc.spec.schema import schema as schema_of_specs

        replace(beside, json.render(schema_of_specs()))
        made.append(beside)
    text = STARTER.replace("FILE", f"{stem}{ending}").replace("NAME", json.render([stem]).strip()[1:-1])
    replace(file, (SCHEMA_LINE if schema else "") + text)
    Output().put(_("wrote {files}").format(files=listed([*map(harmless, made), harmless(file)])) + "\n")
