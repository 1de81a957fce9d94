"""The command line as a whole: its commands, and what becomes of faults: one line, and the exit code that says whose
they are.

0 ok · 1 an error in the input · 2 usage · 3 a bug of ours · 4 cannot read or write · 130, 141, 143 signals.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Any

import typer

from cnncalc.cli import options
from cnncalc.cli.page import Contents, Program
from cnncalc.cli.usage import reword
from cnncalc.harmless import harmless
from cnncalc.language import _
from cnncalc.render.stream import NARROWEST, USUAL

BUG, CANNOT_READ_OR_WRITE, BROKEN_PIPE, TERMINATED = 3, 4, 141, 143


class Guarded(Contents):
    """A group of commands in which no fault becomes a traceback."""

    def make_context(self, *arguments: Any, **named: Any) -> Any:
        """Parse the arguments; the help and the version are written here already."""
        with _guard():
            return super().make_context(*arguments, **named)

    def invoke(self, ctx: Any) -> Any:
        """Run the command."""
        with _guard():
            return super().invoke(ctx)


@contextmanager
def _guard() -> Iterator[None]:
    """Turn what nobody could handle into one line and an exit code."""
    try:
        yield
    except BrokenPipeError:
        # Whoever read our output has seen enough. Nothing may be written while the interpreter shuts down.
        _silence()
        raise typer.Exit(BROKEN_PIPE) from None
    except SystemExit as stop:
        # No command leaves with 1 in this way: rich does, when the pipe breaks in which the help was printed.
        raise typer.Exit(BROKEN_PIPE) if stop.code == 1 else stop from None
    except OSError as error:
        _say(_reason(error))
        _silence()
        raise typer.Exit(CANNOT_READ_OR_WRITE) from None
    except MemoryError:
        _say(_("out of memory"))
        raise typer.Exit(CANNOT_READ_OR_WRITE) from None
    except Exception as error:
        if hasattr(error, "exit_code"):  # a usage error, which the parser of the command line reports
            reword(error)
            raise
        if os.environ.get("CNNCALC_DEBUG"):
            raise
        _say(_bug(error))
        raise typer.Exit(BUG) from None


app = Program(
    cls=Guarded,
    name="cnncalc",
    no_args_is_help=True,
    rich_markup_mode="markdown",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    add_completion=True,
    epilog=_("NET is a file, `-` for standard input, or a shipped name (`cnncalc specs` lists them)."),
)


def _version(wanted: bool) -> None:
    if wanted:
        from cnncalc.version import __version__

        typer.echo(f"cnncalc {__version__}")
        raise typer.Exit


@app.callback()
def _cnncalc(
    version: bool = typer.Option(False, "--version", callback=_version, is_eager=True, help=_("Print the version.")),
    lang: options.Lang = None,
) -> None:
    """Shapes, parameters and multiplications of any CNN, layer by layer: no deep-learning framework needed.

    ```
    cnncalc summary vgg16                       the table of a network
    cnncalc summary net.yaml --input 3x64x64    your own, in another size
    cnncalc compare lenet5                      against fully connected
    cnncalc layer conv2d 3x7x7 out=10 k=3 s=2   one layer, step by step
    cnncalc explain tinyvgg conv2d_1            where a number comes from
    cnncalc solve conv2d n=224 m=112 k=7        which stride, which padding?
    cnncalc check conv2d n=7 k=3 --answer 5     is my answer right?
    cnncalc ask "7x7, k=3, s=2: output size?"   a question in words
    cnncalc quiz --topic pooling                practise, with hints
    cnncalc trace --example                     by hand, number by number
    cnncalc validate specs/                     contracts and design, for CI
    cnncalc diff old.yaml new.yaml              what changed
    ```
    """


COMMANDS = (
    "summary",
    "compare",
    "layer",
    "explain",
    "solve",
    "check",
    "ask",
    "quiz",
    "trace",
    "validate",
    "diff",
    "expand",
    "rules",
    "specs",
    "init",
    "schema",
)
"""In the order of the help page. Each stands in a file of its name."""


def run() -> None:
    """Parse the arguments, run the command, exit. Only the command that is asked for is loaded; for help, all are."""
    import signal

    from cnncalc.cli import completing

    asked = sys.argv[1] if len(sys.argv) > 1 else completing.asked()
    for command in [asked] if asked in COMMANDS else COMMANDS:
        import_module(f"cnncalc.cli.{command}").add_to(app)

    _widen()
    signal.signal(signal.SIGTERM, lambda *_event: sys.exit(TERMINATED))
    if sys.stdout is None:
        _say(_("standard output is closed"))
        sys.exit(CANNOT_READ_OR_WRITE)
    app(prog_name="cnncalc")


def _widen() -> None:
    """Let nobody print the help into less than twenty columns, where it would not be there at all."""
    columns = os.environ.get("COLUMNS", "")
    if columns.isascii() and columns.isdigit() and len(columns) < 3 and int(columns) < NARROWEST:
        os.environ["COLUMNS"] = str(NARROWEST if int(columns) else USUAL)


def _say(line: str) -> None:
    if sys.stderr is None:
        return
    try:
        sys.stderr.write(f"cnncalc: {line}\n")
        sys.stderr.flush()
    except (OSError, ValueError):
        return


def _reason(error: OSError) -> str:
    reason = error.strerror or str(error)
    return f"{harmless(str(error.filename))}: {reason}" if error.filename is not None else reason


def _bug(error: Exception) -> str:
    from cnncalc.version import __version__

    return _(
        "a bug of ours ({kind}, version {version}). Please report it with the command you ran; "
        "CNNCALC_DEBUG=1 shows where it happened."
    ).format(kind=type(error).__name__, version=__version__)


def _silence() -> None:
    """Point standard output at nothing, so that closing it cannot fail again."""
    try:
        nothing = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nothing, sys.stdout.fileno())
        os.close(nothing)
    except (OSError, ValueError, AttributeError):
        return
