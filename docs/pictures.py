"""Draw the pictures of the README: what the program prints, in its colours, as SVG.

Run it as `python docs/pictures.py`. Each picture is a real run. Letters stand in a grid of cells, so that columns line
up in every font; bars and rules are
drawn as shapes. A picture brings its own background and needs no font, script or file from elsewhere.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
IMAGES = ROOT / "docs" / "images"

COLUMNS = 80
CELL, LINE, SIZE, MARGIN = 8.4, 19, 14, 18
BACKGROUND, BORDER, INK, PROMPT = "#15181e", "#4a525f", "#d6dae0", "#8b93a0"

COLOURS = {"31": "#ff7b72", "32": "#7ee787", "33": "#e3b341", "34": "#79b8ff", "36": "#56b6c2"}
BOLD, DIM = "1", "2"
BARS = "▏▎▍▌▋▊▉█"

_ESCAPE = re.compile(r"\x1b\[([0-9;]*)m")


class Picture(NamedTuple):
    """A command and the folder it runs in."""

    words: tuple[str, ...]
    folder: Path


PICTURES = {"summary.svg": Picture(("summary", "specs/tinyvgg.yaml"), ROOT)}


def printed(picture: Picture) -> str:
    """What the command prints, table and problems, with its colours."""
    environ = {**os.environ, "PYTHONPATH": str(ROOT), "COLUMNS": str(COLUMNS), "PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, "-m", "cnncalc", *picture.words, "--color", "always"]
    run = subprocess.run(command, cwd=picture.folder, env=environ, capture_output=True, text=True, encoding="utf-8")  # noqa: S603  # our own program, with words from this file
    return run.stdout + ("\n" + run.stderr if run.stderr else "")


def styled(line: str) -> Iterator[tuple[int, str, frozenset[str]]]:
    """The words of a line: the column where each begins, its text, the codes in force."""
    codes: frozenset[str] = frozenset()
    column = 0
    for index, part in enumerate(_ESCAPE.split(line)):
        if index % 2:
            given = frozenset(part.split(";")) - {""}
            codes = frozenset() if not given or "0" in given else codes | given
            continue
        for word in re.finditer(r"\S+", part):
            yield column + word.start(), word.group(), codes
        column += len(part)


def shapes(column: int, row: int, text: str, codes: frozenset[str]) -> Iterator[str]:
    """The SVG elements of one word."""
    colour = next((COLOURS[code] for code in sorted(codes) if code in COLOURS), PROMPT if DIM in codes else INK)
    top = MARGIN + row * LINE
    for run in re.finditer(f"[{BARS}]+|─+|[^{BARS}─]+", text):
        x = MARGIN + (column + run.start()) * CELL
        letters = run.group()
        width = len(letters) * CELL
        if letters[0] == "─":
            yield f'<rect x="{x:g}" y="{top + LINE / 2:g}" width="{width:g}" height="1" fill="{colour}"/>'
        elif letters[0] in BARS:
            eighths = sum(BARS.index(letter) + 1 for letter in letters)
            yield f'<rect x="{x:g}" y="{top + 3}" width="{eighths * CELL / 8:g}" height="{LINE - 6}" fill="{colour}"/>'
        else:
            weight = ' font-weight="bold"' if BOLD in codes else ""
            yield (
                f'<text x="{x:g}" y="{top + SIZE}" textLength="{width:g}" lengthAdjust="spacingAndGlyphs" '
                f'fill="{colour}"{weight}>{escape(letters)}</text>'
            )


def draw(picture: Picture) -> str:
    """The picture as SVG text."""
    command = "cnncalc " + " ".join(picture.words)
    lines = [f"\x1b[{DIM}m$\x1b[0m \x1b[{BOLD}m{command}\x1b[0m", "", *printed(picture).splitlines()]
    width, height = MARGIN * 2 + COLUMNS * CELL, MARGIN * 2 + len(lines) * LINE
    head = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" width="{width:g}" '
        f'height="{height:g}" role="img" font-family="ui-monospace, Menlo, Consolas, \'DejaVu Sans Mono\', monospace" '
        f'font-size="{SIZE}">',
        f"<title>{escape(command)}</title>",
        f'<rect x="0.5" y="0.5" width="{width - 1:g}" height="{height - 1:g}" rx="8" fill="{BACKGROUND}" '
        f'stroke="{BORDER}"/>',
    ]
    body = [
        element
        for row, line in enumerate(lines)
        for column, text, codes in styled(line)
        for element in shapes(column, row, text, codes)
    ]
    return "\n".join([*head, *body, "</svg>"]) + "\n"


def main() -> None:
    """Write every picture."""
    IMAGES.mkdir(exist_ok=True)
    for name, picture in PICTURES.items():
        (IMAGES / name).write_text(draw(picture), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
