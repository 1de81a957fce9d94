"""`cnncalc explain NET [LAYER]`: where do these numbers come from?"""

from __future__ import annotations

from typing import Annotated

import typer

from cnncalc.cli import completing, options
from cnncalc.cli.options import Color, Detail, Format
from cnncalc.language import _


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command(rich_help_panel=_("Learn"))(explain)


def explain(
    net: Annotated[
        str, typer.Argument(metavar="NET", autocompletion=completing.nets, help=_("A file, `-`, or a shipped name."))
    ],
    layer: Annotated[
        str | None, typer.Argument(metavar="LAYER", help=_("A layer by its name; without it, all of them."))
    ] = None,
    detail: Annotated[Detail, typer.Option(help=_("A line each, every step, or with the reason."))] = Detail.STEPS,
    receptive_field: Annotated[
        bool, typer.Option("--receptive-field", help=_("Only how the receptive field grows, as a table."))
    ] = False,
    blank: Annotated[
        bool, typer.Option("--blank", help=_("A worksheet: gaps for the results, the answers at the end."))
    ] = False,
    key: Annotated[
        str | None, typer.Option("--key", metavar="FILE", help=_("Write the answers of the worksheet to this file."))
    ] = None,
    input: options.Inputs = None,
    set: options.Settings = None,
    format: options.FormatOption = Format.TERMINAL,
    output_file: options.OutputFile = None,
    color: options.ColorOption = Color.AUTO,
    ascii: options.Ascii = False,
    lang: options.Lang = None,
) -> None:
    """Where does each number of a network come from: formula, values, steps, result?

    ```
    cnncalc explain lenet5                         the whole network
    cnncalc explain tinyvgg conv2d_1 --detail why  one layer, with reasons
    cnncalc explain alexnet --receptive-field      how far a value sees
    cnncalc explain lenet5 --blank --key key.txt   a worksheet, the key apart
    ```

    Exit codes: 0 explained, 1 a problem in the spec, 2 usage (an unknown layer too), 4 cannot read or write.
    """
    from cnncalc.cli.nets import load, settings, shapes
    from cnncalc.cli.output import Output
    from cnncalc.cli.questions import check_key
    from cnncalc.document import Document
    from cnncalc.engine.walk import analyze
    from cnncalc.teach import explanation
    from cnncalc.teach.sight import through
    from cnncalc.views import explain as view
    from cnncalc.views.gaps import Gaps
    from cnncalc.views.gaps import key as answers
    from cnncalc.views.problems import problems

    check_key(key, blank, output_file)
    if format is Format.CSV:
        raise typer.BadParameter(_("a derivation is no table; csv is for summary and compare"), param_hint="--format")
    out = Output(format, output_file, color, ascii)
    network = load(net, settings(set))
    try:
        result = analyze(network, inputs=shapes(input))
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--input") from None
    names = [one.name for one in result.layers]
    if layer is not None and layer not in names and names:
        raise _unknown(layer, names)
    apart = Output(format, key, color, ascii)
    found = [one for one in explanation.explained(network, result) if layer in (None, one.layer.name)]
    seen = [one for one in through(network, result) if layer in (None, one.layer.name)]
    if format is Format.JSON:
        if receptive_field:
            whole = explanation.sight_to_dict(result, seen, blank)
            gaps_in_json = explanation.sight_to_dict(result, seen)["layers"] if blank else []
        else:
            whole = explanation.to_dict(result, found, blank)
            gaps_in_json = explanation.answers(found) if blank else []
        if blank and key is None:
            whole["answers"] = gaps_in_json
        out.json(whole)
        if key is not None:
            apart.json({"schema_version": 1, "answers": gaps_in_json})
    elif found:
        gaps = Gaps() if blank else None
        if receptive_field:
            document = view.receptive_field(result, seen, gaps)
        elif layer is None:
            document = view.explain(result, found, detail.value, gaps)
        else:
            document = view.explain_layer(found[0], detail.value, gaps)
        if gaps is not None and key is None:
            document = Document((*document.blocks, *answers(gaps).blocks))
        out.show(document)
        if gaps is not None and key is not None:
            apart.show(answers(gaps))
    if format is not Format.JSON:
        out.complain(problems(result.problems, partial=bool(found)))
    if any(finding.severity == "error" for finding in result.problems):
        raise typer.Exit(1)


def _unknown(layer: str, names: list[str]) -> typer.BadParameter:
    """The usage error for a layer that is not there."""
    from cnncalc.harmless import harmless
    from cnncalc.suggest import did_you_mean, nearest

    near = [harmless(name, 60) for name in nearest(layer, names)]
    if near:
        line = _("the network has no layer {layer}").format(layer=harmless(layer, 60))
        said = _("{line}; {more}").format(line=line, more="".join(did_you_mean(near)))
    else:
        listed = ", ".join(harmless(name, 60) for name in names[:12]) + (" …" if len(names) > 12 else "")
        said = _("the network has no layer {layer}; it has {names}").format(layer=harmless(layer, 60), names=listed)
    return typer.BadParameter(said, param_hint="LAYER")
