"""The command line as a whole: its commands, and what becomes of faults: one line, and the exit code that says whose
they are.

0 ok · 1 an error in the input · 2 usage · 3 a bug of ours · 4 cannot read or write · 130, 141, 143 signals.
"""

from __future__ import annotations

import os
import sys
from importlib import import_module
from typing import Any

import typer
from typer.core import TyperGroup

from cnncalc.language import _

BUG, CANNOT_READ_OR_WRITE, BROKEN_PIPE, TERMINATED = 3, 4, 141, 143


class Guarded(TyperGroup):
    """A group of commands in which no fault becomes a traceback."""

    def invoke(self, ctx: Any) -> Any:
        """Run the command; turn what it could not handle into one line and an exit code."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            # Whoever read our output has seen enough. Nothing may be written while the interpreter shuts down.
            _silence()
            raise typer.Exit(BROKEN_PIPE) from None
        except OSError as error:
            _say(_reason(error))
            _silence()
            raise typer.Exit(CANNOT_READ_OR_WRITE) from None
        except MemoryError:
            _say(_("out of memory"))
            raise typer.Exit(CANNOT_READ_OR_WRITE) from None
        except Exception as error:
            if hasattr(error, "exit_code"):  # a usage error, which the parser of the command line reports
                raise
            if os.environ.get("CNNCALC_DEBUG"):
                raise
            _say(_bug(error))
            raise typer.Exit(BUG) from None


app = typer.Typer(
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
) -> None:
    """Shapes, parameters and multiplications of any CNN, layer by layer: no deep-learning framework needed.

    ```
    cnncalc summary vgg16                                   the table of a network
    cnncalc summary net.yaml --input 3x128x128 --batch 8    your own spec, other sizes
    cnncalc compare lenet5                                  against fully connected layers
    cnncalc layer conv2d 3x7x7 out_channels=10 k=3 p=1 s=2  one layer, with the derivation
    cnncalc explain tinyvgg conv2d_1                        where a number is from
    cnncalc solve conv2d n=224 m=112 k=7                    which stride, padding?
    cnncalc check conv2d n=7 k=3 p=1 s=2 --answer 4         is my answer right?
    ```
    """


COMMANDS = ("summary", "compare", "layer", "explain", "solve", "check", "rules", "specs")
"""In the order of the help page. Each stands in a file of its name."""


def run() -> None:
    """Parse the arguments, run the command, exit. Only the command that is asked for is loaded; for help, all are."""
    import signal

    asked = sys.argv[1] if len(sys.argv) > 1 else ""
    for command in [asked] if asked in COMMANDS else COMMANDS:
        import_module(f"cnncalc.cli.{command}").add_to(app)

    signal.signal(signal.SIGTERM, lambda *_event: sys.exit(TERMINATED))
    if sys.stdout is None:
        sys.exit(CANNOT_READ_OR_WRITE)
    app(prog_name="cnncalc")


def _say(line: str) -> None:
    if sys.stderr is None:
        return
    try:
        sys.stderr.write(f"cnncalc: {line}\n")
        sys.stderr.flush()
    except (OSError, ValueError):
        return


def _reason(error: OSError) -> str:
    from cnncalc.harmless import harmless

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
