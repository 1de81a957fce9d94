"""The commands in the READMEs, and what they print: run them, and write it below them.

Run it as `python docs/outputs.py` when an output has changed, and look at the difference. A block that is marked
`console` holds commands behind `$ `, each with what it prints; `$ echo $?` asks for the exit code. A block that is
marked `yaml` or `toml` and begins with a comment `# NAME` is the file of that name; commands run in a folder that holds
these files and `specs/`.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
READMES = {"README.md": "en", "README.zh-CN.md": "zh"}
"""The pages, each with the language in which its commands answer."""

_BLOCK = re.compile(r"(?ms)^```(\w*)\n(.*?)^```$")
EXIT_CODE = "echo $?"


class Ran(NamedTuple):
    """What a command printed (problems behind the table) and its exit code."""

    text: str
    code: int


def blocks(page: str, language: str) -> list[str]:
    """The page's blocks in one language."""
    return [text for marked, text in _BLOCK.findall(page) if marked == language]


def files(page: str) -> dict[str, str]:
    """The files that the page tells its reader to write."""
    texts = [text for language in ("yaml", "toml") for text in blocks(page, language)]
    named = ((re.match(r"# (\S+\.(?:yaml|toml))\n", text), text) for text in texts)
    return {match[1]: text for match, text in named if match}


def steps(block: str) -> Iterator[tuple[str, str]]:
    """The commands of a console block, each with the text below it."""
    for part in re.split(r"(?m)^\$ ", block)[1:]:
        command, _end, below = part.partition("\n")
        yield command, below.rstrip("\n")


def commands(page: str) -> list[str]:
    """Every command of the page, each once."""
    found = (command for block in blocks(page, "console") for command, _text in steps(block))
    return list(dict.fromkeys(command for command in found if command != EXIT_CODE))


def run(wanted: Iterable[str], written: dict[str, str], language: str = "en") -> dict[str, Ran]:
    """Run commands in a folder with these files and the shipped specs."""
    with TemporaryDirectory() as folder:
        place = Path(folder)
        (place / "specs").symlink_to(ROOT / "specs", target_is_directory=True)
        for name, text in written.items():
            (place / name).write_text(text, encoding="utf-8")
        known = list(wanted)
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            return dict(zip(known, pool.map(lambda command: _run(command, place, language), known), strict=True))


def _run(command: str, folder: Path, language: str) -> Ran:
    program, *words = shlex.split(command)
    if program != "cnncalc":
        raise ValueError(f"only cnncalc is run, not {program}")
    environ = {name: value for name, value in os.environ.items() if name not in ("FORCE_COLOR", "CLICOLOR_FORCE")}
    environ |= {"PYTHONPATH": str(ROOT), "COLUMNS": "80", "NO_COLOR": "1", "PYTHONIOENCODING": "utf-8"}
    environ["CNNCALC_LANG"] = language
    done = subprocess.run(  # noqa: S603  # our own program, with words from our own pages
        [sys.executable, "-m", "cnncalc", *words],
        cwd=folder,
        env=environ,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    return Ran((done.stdout + done.stderr).rstrip("\n"), done.returncode)


def fresh(page: str, ran: dict[str, Ran]) -> str:
    """The page with what the commands print today."""

    def again(match: re.Match[str]) -> str:
        if match[1] != "console":
            return match[0]
        lines, code = [], 0
        for command, _text in steps(match[2]):
            if command == EXIT_CODE:
                text = str(code)
            else:
                text, code = ran[command]
            lines += [f"$ {command}", *([text] if text else [])]
        return "```console\n" + "\n".join(lines) + "\n```"

    return _BLOCK.sub(again, page)


def main() -> None:
    """Write every page again."""
    for name, language in READMES.items():
        page = (ROOT / name).read_text(encoding="utf-8")
        (ROOT / name).write_text(
            fresh(page, run(commands(page), files(page), language)), encoding="utf-8", newline="\n"
        )


if __name__ == "__main__":
    main()
