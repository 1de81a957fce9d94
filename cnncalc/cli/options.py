"""Options that mean the same in every command."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from cnncalc.language import _


class Color(StrEnum):
    """When to write colours."""

    AUTO = "auto"
    ALWAYS = "always"
    NEVER = "never"


class Units(StrEnum):
    """How to write numbers."""

    EXACT = "exact"
    SI = "si"
    ZH = "zh"


class Language(StrEnum):
    """What to say it in."""

    EN = "en"
    ZH = "zh"


class Semantics(StrEnum):
    """Whose rules hold where frameworks differ."""

    TORCH = "torch"
    KERAS = "keras"
    ONNX = "onnx"
    CAFFE = "caffe"


class Format(StrEnum):
    """What to write."""

    TERMINAL = "terminal"
    JSON = "json"
    CSV = "csv"
    MARKDOWN = "markdown"
    LATEX = "latex"
    HTML = "html"


class CheckFormat(StrEnum):
    """What `check` writes: also what build servers read."""

    TERMINAL = "terminal"
    JSON = "json"
    CSV = "csv"
    MARKDOWN = "markdown"
    LATEX = "latex"
    JUNIT = "junit"


class Detail(StrEnum):
    """How much explanation."""

    SHORT = "short"
    STEPS = "steps"
    WHY = "why"


OUTPUT = _("Output")
FormatOption = Annotated[
    Format,
    typer.Option(
        "--format",
        "-f",
        metavar="FORMAT",
        help=_("terminal, json, csv, markdown, latex or html."),
        rich_help_panel=OUTPUT,
    ),
]
OutputFile = Annotated[
    str | None,
    typer.Option(
        "--output-file",
        "-o",
        metavar="FILE",
        help=_("Write to this file instead, replacing it at once."),
        rich_help_panel=OUTPUT,
    ),
]
ColorOption = Annotated[
    Color,
    typer.Option(help=_("When to use colours; NO_COLOR and FORCE_COLOR count too."), rich_help_panel=OUTPUT),
]
Ascii = Annotated[
    bool, typer.Option("--ascii", help=_("Only ASCII signs, for weak terminals."), rich_help_panel=OUTPUT)
]


def _speak(wanted: Language | None) -> Language | None:
    """Speak it from now on; from the command line this has happened before, so that help is in it too."""
    if wanted is not None:
        from cnncalc.translation import speak

        speak(wanted.value)
    return wanted


Lang = Annotated[
    Language | None,
    typer.Option(
        "--lang",
        callback=_speak,
        is_eager=True,
        case_sensitive=False,
        help=_("Language; from CNNCALC_LANG or the system's when left out."),
        rich_help_panel=OUTPUT,
    ),
]
Watch = Annotated[bool, typer.Option("--watch", help=_("Run again whenever a file is saved."))]
UnitsOption = Annotated[
    Units,
    typer.Option(help=_("Exact numbers, or shortened: si is k M G, zh is 万 亿."), rich_help_panel=OUTPUT),
]
Batch = Annotated[
    int, typer.Option("--batch", "-b", metavar="N", min=1, max=10**9, help=_("Images in one forward pass."))
]
Settings = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="NAME=VALUE", help=_("Another value for a variable: width=0.5, depths=[3,4,6,3].")),
]
SemanticsOption = Annotated[
    Semantics | None,
    typer.Option(metavar="NAME", help=_("Whose rules hold where frameworks differ: torch, keras, onnx or caffe.")),
]
Inputs = Annotated[
    list[str] | None,
    typer.Option(
        "--input", "-i", metavar="SHAPE", help=_("Other input: 3x128x128, or name=3x128x128 for one of several.")
    ),
]
