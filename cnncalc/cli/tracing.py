"""What `trace` is asked for on the command line: the network, what goes in, the weights; and what is wrong with it."""

from __future__ import annotations

import os
import sys
from fractions import Fraction
from typing import Any, NamedTuple

import typer

from cnncalc.cli import nets
from cnncalc.cli.options import Format
from cnncalc.cli.output import Output
from cnncalc.cli.questions import refused
from cnncalc.engine.walk import analyze
from cnncalc.harmless import harmless
from cnncalc.kinds import BY_HAND
from cnncalc.language import _
from cnncalc.problem import Finding, Refused
from cnncalc.result import Result
from cnncalc.shape import Shape
from cnncalc.source import Source
from cnncalc.spec.load import parse
from cnncalc.spec.network import Network
from cnncalc.spec.read import decode, read_bytes
from cnncalc.suggest import did_you_mean, nearest
from cnncalc.teach import matrix as matrices
from cnncalc.teach import picture as pictures
from cnncalc.teach.kernels import EXAMPLES, KERNELS, LECTURE
from cnncalc.teach.learned import Chosen
from cnncalc.teach.trace import Trace, fitted, random_input, trace
from cnncalc.teach.trace_size import check_size, leading_to
from cnncalc.tensor import Index, Tensor
from cnncalc.views.problems import problems

SLOW = 2
"""From so many seconds on it is said beforehand how long it takes."""

SOLE = ""
"""What stands for the name of an input that was not named."""


class Wishes(NamedTuple):
    """The options that say what is calculated."""

    net: str | None
    example: bool
    matrix: list[str] | None
    image: list[str] | None
    random: int | None
    input: list[str] | None
    padding: int | None
    stride: int | None
    padding_value: Any
    kernel: list[str] | None
    bias: str | None
    layer: str | None
    at: str | None
    alone: bool
    """One layer is asked for, though not by name: then it is the one that `Trace.layer` chooses."""
    set: list[str] | None = None


def traced(wishes: Wishes, out: Output) -> tuple[Trace, Index | None]:
    """The network's numbers, up to the layer that is asked for, and the place in it.

    Raises:
        typer.Exit, typer.BadParameter: something is wrong; it was said, or is said by the parser.
    """
    chosen = _chosen(wishes, out)
    given = _matrices(wishes, out)
    if wishes.net is None or wishes.example:
        network, matrix, chosen = _by_hand(wishes, given.get(SOLE), chosen)
        given = {SOLE: matrix}
    else:
        if wishes.padding is not None or wishes.stride is not None:
            raise typer.BadParameter(_("a spec says its padding and stride itself"), param_hint="--padding")
        network = nets.load(wishes.net, nets.settings(wishes.set))
    try:
        result = analyze(network, 1, nets.shapes(wishes.input))
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--input") from None
    upto = _upto(network, result, wishes)
    needed = leading_to(network, upto)
    in_the_way = [
        finding
        for finding in result.problems
        if finding.severity == "error" and (finding.layer is None or finding.layer in needed)
    ]
    if in_the_way or not result.layers:
        raise reported(in_the_way or list(result.problems), out)
    place = None if wishes.at is None else _place(wishes.at, result, upto)
    try:
        size = check_size(network, result, upto, _fractional(network, chosen, given, wishes.padding_value))
        inputs = _inputs(wishes, result, given)
        if size.seconds > SLOW:
            _warn(size.seconds)
        return trace(network, inputs, chosen, upto, wishes.padding_value), place
    except Refused as refusal:
        raise refused(refusal.problem, network.name or "", out) from None


def _upto(network: Network, result: Result, wishes: Wishes) -> str | None:
    layer = wishes.layer
    names = [one.name for one in network.layers]
    if layer is not None and layer not in names:
        near = nearest(layer, names)
        line = _("there is no layer {name}").format(name=harmless(layer, 60))
        if near:
            line = _("{line}; {more}").format(line=line, more="".join(did_you_mean(near)))
        else:
            line = _("{line}; {more}").format(
                line=line, more=_("the layers are {names}").format(names=", ".join(names[:12]))
            )
        raise typer.BadParameter(line, param_hint="--layer")
    if layer is None and wishes.alone:
        # As `Trace.layer` chooses, so that nothing behind it is calculated.
        return next((one.name for one in reversed(result.layers) if one.geometry is not None), names[-1])
    return layer


def _fractional(network: Network, chosen: Chosen, given: dict[str, Tensor], padding_value: Any) -> bool:
    """Whether fractions go in, with which everything takes longer: a kernel's ninths, decimals that were given."""
    own = (tensor for layer in network.layers for _name, tensor in layer.kernels)
    numbers = (value for tensor in (*own, *chosen.kernels, *given.values()) for value in tensor.values)
    return any(isinstance(value, Fraction) for value in (*chosen.biases, padding_value)) or any(
        isinstance(value, Fraction) for value in numbers
    )


def _warn(seconds: int) -> None:
    if sys.stderr is not None:
        from cnncalc.render import stream

        sentence = _("plain loops: up to {seconds} s").format(seconds=seconds)
        stream.put(f"cnncalc: {sentence}\n", sys.stderr)


def _by_hand(wishes: Wishes, matrix: Tensor | None, chosen: Chosen) -> tuple[Network, Tensor, Chosen]:
    """A single convolution over a matrix: the lectures' example, or a matrix and a kernel of one's own."""
    if not wishes.example and matrix is None:
        raise typer.BadParameter(_("name a network, or say --example or --matrix"), param_hint="NET")
    name = ""
    if matrix is None:
        name = wishes.net or ("5x5" if (wishes.stride or 1) > 1 else "4x4")
        if name not in EXAMPLES:
            raise typer.BadParameter(_("the examples are {names}").format(names=", ".join(EXAMPLES)), param_hint="NET")
        rows = EXAMPLES[name]
        matrix = Tensor((1, len(rows), len(rows[0])), [value for row in rows for value in row])
    if len(matrix.shape) == 2:
        matrix = Tensor((1, *matrix.shape), matrix.values)
    if not chosen.kernels:
        lecture = Tensor((3, 3), [value for row in LECTURE for value in row])
        chosen = Chosen((lecture,), chosen.biases, chosen.seed, (_("the lectures' kernel"),))
    fields = {
        "out_channels": len(chosen.kernels),
        "kernel_size": list(chosen.kernels[0].shape[-2:]),
        "padding": wishes.padding or 0,
        "stride": wishes.stride or 1,
        "bias": bool(chosen.biases),
    }
    title = _("example {name}").format(name=name) if name else ""
    return parse({"name": title, "input": list(matrix.shape), "layers": [{BY_HAND: fields}]}), matrix, chosen


def _inputs(wishes: Wishes, result: Result, matrices_: dict[str, Tensor]) -> dict[str, Tensor]:
    """What goes into each input: a matrix, a picture, or random digits."""
    shapes = dict(result.inputs)
    given: dict[str, Tensor] = {}
    pictures_ = [_named(one) for one in wishes.image or []]
    named = [*(("--matrix", name) for name in matrices_), *(("--image", name) for name, _file in pictures_)]
    for option, written in named:
        name = _input(written, shapes, option)
        if name in given:
            raise typer.BadParameter(_("two things go into {name}").format(name=harmless(name)), param_hint=option)
        if option == "--matrix":
            given[name] = fitted(matrices_[written], shapes[name])
        else:
            given[name] = _picture(dict(pictures_)[written], shapes[name])
    missing = [name for name in shapes if name not in given]
    if missing and wishes.random is None:
        if not given:
            raise typer.BadParameter(_("say what goes in: --matrix, --image or --random SEED"), param_hint="NET")
        raise typer.BadParameter(
            _("nothing goes into {names}; write name=…, or --random SEED for the rest").format(
                names=", ".join(map(harmless, missing))
            ),
            param_hint="NET",
        )
    seed = wishes.random or 0
    return {
        name: given[name] if name in given else random_input(shape, seed + i)
        for i, (name, shape) in enumerate(shapes.items())
    }


def _input(name: str, shapes: dict[str, Shape], option: str) -> str:
    """The input that is meant; without a name the only one."""
    if name in shapes:
        return name
    if name == SOLE and len(shapes) == 1:
        return next(iter(shapes))
    names = ", ".join(map(harmless, shapes))
    if name == SOLE:
        line = _("say which input, as name=…; the network has {names}").format(names=names)
    else:
        line = _("there is no input {name}; the network has {names}").format(name=harmless(name, 60), names=names)
    raise typer.BadParameter(line, param_hint=option)


def _named(written: str) -> tuple[str, str]:
    """The name of an input before an equals sign, and what goes into it; a file whose name has one comes first."""
    name, equals, rest = written.partition("=")
    return (name, rest) if equals and not os.path.lexists(written) else (SOLE, written)


def _picture(file: str, shape: Shape) -> Tensor:
    if file == "-":
        data = sys.stdin.buffer.read(pictures.MOST_BYTES + 1) if sys.stdin is not None else b""
    else:
        try:
            with open(file, "rb") as opened:
                data = opened.read(pictures.MOST_BYTES + 1)
        except ValueError as error:  # a path that no file can have
            raise nets.fail(f"{harmless(file)}: {harmless(str(error))}") from None
    try:
        return pictures.as_input(pictures.read(data), shape)
    except pictures.PillowMissing:
        raise nets.fail(
            _("{file}: only PGM and PPM are read without Pillow; it comes with: {command}").format(
                file=harmless(file), command='pip install "cnncalc[trace]"'
            ),
            2,
        ) from None


def _matrices(wishes: Wishes, out: Output) -> dict[str, Tensor]:
    """The matrices that were given, by the names of the inputs they go into."""
    found: dict[str, Tensor] = {}
    for one in wishes.matrix or []:
        name, written = _named(one)
        if name in found:
            raise typer.BadParameter(
                _("say which input each goes into: name=…") if name == SOLE else _("two things go into one input"),
                param_hint="--matrix",
            )
        found[name] = _matrix(written, out)
    return found


def _matrix(written: str, out: Output) -> Tensor:
    """The matrix itself, or the one that a file holds."""
    if written == "-" or os.path.lexists(written) or not _is_written(written):
        data, findings = read_bytes(written)
        source = None
        if data is not None:
            source, findings = decode(data, "<stdin>" if written == "-" else written)
        if source is None:
            raise reported(findings, out)
    else:
        source = Source("--matrix", written)
    return _read(source, out)


def _is_written(text: str) -> bool:
    """Whether this looks like the matrix itself and not like the name of a file."""
    return text.lstrip()[:1] in ("[", "-", "−") or (text.lstrip()[:1].isdigit() and not text.strip().isalnum())


def _read(source: Source, out: Output) -> Tensor:
    try:
        return matrices.read(source)
    except matrices.NotAMatrix as error:
        raise reported(error.findings, out) from None


def _chosen(wishes: Wishes, out: Output) -> Chosen:
    """The kernels and biases that were given, and the seed."""
    kernels, names = [], []
    for written in wishes.kernel or []:
        known = KERNELS.get(written)
        if known is not None:
            kernels.append(Tensor((len(known), len(known[0])), [value for row in known for value in row]))
            names.append(written)
        elif written.replace("_", "").isalpha():
            near = nearest(written, KERNELS) or list(KERNELS)
            raise typer.BadParameter(
                _("{line}; {more}").format(
                    line=_("there is no kernel {name}").format(name=harmless(written, 60)),
                    more="".join(did_you_mean(near)),
                ),
                param_hint="--kernel",
            )
        else:
            kernels.append(_read(Source("--kernel", written), out))
            names.append(harmless(written, 40))
    biases = () if wishes.bias is None else tuple(_read(Source("--bias", wishes.bias), out).values)
    return Chosen(tuple(kernels), biases, wishes.random or 0, tuple(names))


def number(written: str) -> Any:
    """The number of an option, exactly.

    Raises:
        typer.BadParameter: it is none.
    """
    try:
        values = matrices.read(Source("", written)).values
    except matrices.NotAMatrix:
        values = []
    if len(values) != 1:
        raise typer.BadParameter(
            _("{text} is no number").format(text=harmless(written, 40)), param_hint="--padding-value"
        )
    return values[0]


def _place(written: str, result: Result, name: str | None) -> Index:
    """The place that `--at` names in the layer's output.

    Raises:
        typer.BadParameter: it is none, or lies outside.
    """
    words = written.replace("，", ",").strip("()[] ").split(",")
    if not all(word.strip().isascii() and word.strip().isdigit() and len(word.strip()) < 10 for word in words):
        raise typer.BadParameter(
            _("{text} is no place; write channel,row,column, counted from 0: 0,1,1").format(text=harmless(written, 40)),
            param_hint="--at",
        )
    at = tuple(map(int, words))
    shape = next(one.output_shape for one in result.layers if one.name == name) or ()
    if len(at) != len(shape) or any(place >= side for place, side in zip(at, shape, strict=True)):
        raise typer.BadParameter(
            _("{name} has {shape} values, so the places go from {first} to {last}").format(
                name=name,
                shape="×".join(map(str, shape)),
                first=",".join("0" for _side in shape),
                last=",".join(str(side - 1) for side in shape),
            ),
            param_hint="--at",
        )
    return at


def reported(findings: list[Finding], out: Output) -> typer.Exit:
    """Say what is wrong, as JSON where that was asked for; the exception to raise."""
    if out.format is Format.JSON:
        out.json({"schema_version": 1, "problems": [finding.to_dict() for finding in findings]})
    else:
        out.complain(problems(findings))
    return typer.Exit(1)
