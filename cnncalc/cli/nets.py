"""What NET means on the command line: a path, `-`, or a shipped name; and what to say when it is none of them."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from typing import Any, TypeVar

import typer

from cnncalc.harmless import harmless
from cnncalc.language import _
from cnncalc.problem import Finding
from cnncalc.shape import LARGEST, Shape
from cnncalc.shape import parse as parse_shape
from cnncalc.source import Source
from cnncalc.spec.network import Network, SpecError
from cnncalc.spec.reading_problems import OtherFormat, UnreadableFile
from cnncalc.spec.shipped import ENDINGS

_T = TypeVar("_T")

CANNOT_READ = 4


def fail(line: str, code: int = CANNOT_READ) -> typer.Exit:
    """Say one line on standard error; the exception to raise."""
    say(line)
    return typer.Exit(code)


def say(line: str) -> None:
    """Say one line on standard error; in a terminal it is broken between words."""
    if sys.stderr is not None:
        from cnncalc.render import stream

        lines = [f"cnncalc: {line}"]
        if sys.stderr.isatty():
            from cnncalc.render.cells import wrapped

            lines = wrapped(lines[0], stream.width_of(sys.stderr, os.environ))
        stream.put("".join(f"{one}\n" for one in lines), sys.stderr)


class Unreadable(typer.Exit):
    """There is no spec where NET points; the reason was said on standard error. The network has it as its problem."""

    def __init__(self, net: str, line: str, kind: type[UnreadableFile | OtherFormat] = UnreadableFile) -> None:
        finding = Finding(kind(line), Source(net, ""))
        self.network = Network("", (), (), (), source=finding.source, problems=(finding,))
        super().__init__(fail(line, code([finding])).exit_code)


def code(findings: Iterable[Finding]) -> int:
    """The exit code that these findings make."""
    errors = [finding for finding in findings if finding.severity == "error"]
    if any(isinstance(finding.problem, UnreadableFile) for finding in errors):
        return CANNOT_READ
    return 1 if errors else 0


EVERY = "@*"
"""Behind a file: all of its variants."""


def load_all(
    nets: list[str],
    output_file: str | None = None,
    *,
    with_gaps: bool = False,
    variables: Mapping[str, Any] | None = None,
    semantics: str | None = None,
) -> list[Network]:
    """Every network that the arguments name; a directory stands for the specs in it. None may be written over.

    `with_gaps` puts an empty network in place of what cannot be read: a JSON document says so in its problems.

    Raises:
        Unreadable: something cannot be read, without `with_gaps`.
    """
    from cnncalc.spec.load import apart

    if nets.count("-") > 1:
        raise typer.BadParameter(_("standard input can be read only once; write `-` once"), param_hint="NET")

    def read(file: str) -> Network:
        return load(file, variables, semantics)

    networks: list[Network] = []
    files = [_or_gap(_files, net, with_gaps) for net in nets]
    for file in [file for found in files if isinstance(found, list) for file in found]:
        keep(apart(file)[0], output_file)
    for found in files:
        if isinstance(found, Network):
            networks.append(found)
        else:
            networks += [_or_gap(read, file, with_gaps) for file in found]
    return networks


def _or_gap(read: Callable[[str], _T], net: str, with_gaps: bool) -> _T | Network:
    """What is read there, or the empty network that says why nothing is."""
    try:
        return read(net)
    except Unreadable as gap:
        if not with_gaps:
            raise
        return gap.network


def keep(file: str, output_file: str | None) -> None:
    """Refuse to write over a file that is read."""
    if output_file is None or not (os.path.isfile(output_file) and os.path.exists(file)):
        return
    if os.path.samefile(file, output_file):
        raise typer.BadParameter(
            _("{file} is the spec itself; write to another file").format(file=harmless(output_file)),
            param_hint="--output-file",
        )


def _files(net: str) -> list[str]:
    if net.endswith(EVERY) and not os.path.lexists(net) and os.path.isfile(file := net.removesuffix(EVERY)):
        from cnncalc.spec.load import variants

        return [f"{file}@{name}" for name in variants(load(file))] or [file]
    if net == "-" or not os.path.isdir(net):
        return [net]
    try:
        there = sorted(os.path.join(net, name) for name in os.listdir(net) if name.endswith(ENDINGS))
    except OSError as error:
        raise Unreadable(net, f"{harmless(net)}: {error.strerror}") from None
    from cnncalc.spec.something_else import is_no_spec, may_hold_a_spec

    # Schemas and baselines lie beside specs as JSON, with `layers` further in; they have to be read to tell.
    found = [
        file
        for file in there
        if may_hold_a_spec(file) and not (file.endswith(".json") and is_no_spec(load(file).problems))
    ]
    if not found:
        raise Unreadable(
            net,
            _("{folder}: no specs in this directory ({endings})").format(
                folder=harmless(net), endings=" ".join(f"*{ending}" for ending in ENDINGS)
            ),
        )
    return found


def load(net: str, variables: Mapping[str, Any] | None = None, semantics: str | None = None) -> Network:
    """The network, readable or not: its problems are in it. `variables` are those that were set on the command line.

    Raises:
        Unreadable: there is no such file or it cannot be read; the reason was said on standard error.
    """
    from cnncalc.spec import foreign, shipped
    from cnncalc.spec.load import apart
    from cnncalc.spec.load import load as load_spec

    file = net
    if net != "-" and not os.path.lexists(apart(net)[0]):
        own = shipped.find(net)
        if own is None:
            raise Unreadable(net, _missing(net))
        file = own
    elif reason := foreign.reason(net):
        raise Unreadable(net, f"{harmless(net)}: {reason}", OtherFormat)
    try:
        return load_spec(file, name=net, variables=variables, semantics=semantics)
    except SpecError as error:
        return error.network
    except OSError as error:
        raise Unreadable(net, f"{harmless(net)}: {error.strerror or error}") from None
    except ValueError as error:  # a path that no file can have
        raise Unreadable(net, f"{harmless(net)}: {harmless(str(error))}") from None


def _missing(net: str) -> str:
    from cnncalc.spec import shipped
    from cnncalc.suggest import did_you_mean, nearest

    try:
        os.lstat(net)
    except OSError as error:
        if error.errno != errno.ENOENT:
            return f"{harmless(net)}: {error.strerror}"
    except ValueError:  # a path that no file can have
        return f"{harmless(net)}: {os.strerror(errno.EINVAL)}"
    folder, name = os.path.split(net)
    siblings: list[str] = []
    with suppress(OSError):
        siblings = [entry for entry in os.listdir(folder or ".") if entry.endswith(ENDINGS)]
    near = [os.path.join(folder, one) for one in nearest(name, siblings, 2)]
    if not folder:
        near += nearest(name, shipped.names(), 2)
    line = _("{net}: no such file, and no shipped spec of that name").format(net=harmless(net))
    if near:
        return _("{line}; {more}").format(line=line, more="".join(did_you_mean([harmless(one) for one in near])))
    return _("{line}; {more}").format(line=line, more=_("`cnncalc specs` lists the shipped ones"))


def settings(written: list[str] | None) -> dict[str, Any]:
    """The values of `--set`, by name: numbers, texts, true, false and lists, as they stand in a spec."""
    found: dict[str, Any] = {}
    for one in written or ():
        name, equals, text = one.partition("=")
        if not equals or not name.strip() or not text.strip():
            raise typer.BadParameter(
                _("{text} sets nothing; write name=value, as in width=0.5").format(text=harmless(one, 60)),
                param_hint="--set",
            )
        from cnncalc.spec.read import parse_text

        value, findings = parse_text(Source("--set", text))
        wrong = [finding for finding in findings if finding.severity == "error"]
        if wrong:
            raise typer.BadParameter(f"{harmless(one, 60)}: {wrong[0].problem.message()}", param_hint="--set")
        found[name.strip()] = value
    return found


def shapes(written: list[str] | None) -> dict[str, Shape] | Shape | None:
    """The value of `--input`: one shape, or shapes by the names of inputs."""
    if not written:
        return None
    named: dict[str, Shape] = {}
    for one in written:
        name, equals, text = one.rpartition("=")
        shape = parse_shape(text)
        if shape is None or not all(0 < side <= LARGEST for side in shape):
            raise typer.BadParameter(
                _("{text} is no shape; write 3x128x128 (channels first)").format(text=harmless(text)),
                param_hint="--input",
            )
        if not equals:
            if len(written) > 1:
                raise typer.BadParameter(_("say which input: name=3x128x128"), param_hint="--input")
            return shape
        named[name] = shape
    return named
