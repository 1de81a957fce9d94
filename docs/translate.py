"""Keep the catalogues in `cnncalc/translations` in step with the program: gather its sentences, merge them, compile.

Run it as `python docs/translate.py` after changing a sentence, translate what it lists in `cnncalc.po`, run it again.
"""

from __future__ import annotations

import inspect
import io
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

DOCS = Path(__file__).resolve().parent
PACKAGE = DOCS.parent / "cnncalc"
sys.path.insert(0, str(DOCS.parent))

from cnncalc import catalogue, translation  # noqa: E402  # the path has to be set before
from cnncalc.cli import app  # noqa: E402
from cnncalc.kinds import every  # noqa: E402

KEYWORDS = {"_": None, "mark": None, "plural": (1, 2), "_as": ((1, "c"), 2), "Wanted": None}
"""The calls whose texts are sentences: `plural` has two forms, a `Wanted` says what a field takes."""


def sentences() -> Catalog:
    """Every sentence that the program can say, in English, with the files that say it."""
    found = Catalog(project="cnncalc")
    for name, line, message, _comments, context in extract_from_dir(PACKAGE, keywords=KEYWORDS):
        if message:
            found.add(message, locations=[(f"cnncalc/{name}", line)], context=context)
    for file, text in _manuals():
        found.add(text, locations=[(file, 1)])
    return found


def _manuals() -> Iterator[tuple[str, str]]:
    """The texts at the head of kinds, problems and commands, which the program shows as they stand."""
    for kind in every():
        yield _file(kind.__module__), kind.manual()
    for manual in (*catalogue.problems().values(), *catalogue.design().values()):
        yield "cnncalc/catalogue.py", manual.text
    yield "cnncalc/cli/app.py", inspect.getdoc(app._cnncalc) or ""
    for command in app.COMMANDS:
        module = import_module(f"cnncalc.cli.{command}")
        yield _file(module.__name__), inspect.getdoc(getattr(module, command)) or ""


def _file(module: str) -> str:
    return module.replace(".", "/") + ".py"


def merged(path: Path) -> Catalog:
    """The catalogue in the file, with the program's sentences of today; those without a translation are empty."""
    with path.open("rb") as file:
        known = read_po(file)
    today = sentences()
    today.creation_date = known.creation_date
    known.update(today, no_fuzzy_matching=True)
    known.obsolete.clear()
    return known


def compiled(catalog: Catalog) -> bytes:
    """The catalogue as the program reads it."""
    binary = io.BytesIO()
    write_mo(binary, catalog)
    return binary.getvalue()


def written(catalog: Catalog) -> bytes:
    """The catalogue as people read it. Line numbers are left out: they would change with every edit of the program."""
    text = io.BytesIO()
    write_po(text, catalog, width=120, include_lineno=False, sort_by_file=True)
    return text.getvalue()


def missing(catalog: Catalog) -> list[str]:
    """The sentences without a translation."""
    return [str(message.id) for message in catalog if message.id and not any(_forms(message.string))]


def _forms(string: object) -> tuple[str, ...]:
    return (string,) if isinstance(string, str) else tuple(string or ())  # type: ignore[arg-type]


def main() -> None:
    """Bring all catalogues up to date and say what is left to translate."""
    for path in sorted(translation.FOLDER.glob("*/LC_MESSAGES/cnncalc.po")):
        catalog = merged(path)
        path.write_bytes(written(catalog))
        path.with_suffix(".mo").write_bytes(compiled(catalog))
        left = missing(catalog)
        print(f"{path.relative_to(DOCS.parent)}: {len(catalog)} sentences, {len(left)} not translated")
        for sentence in left:
            print(f"  {' '.join(sentence.split())[:100]}")
    for path in sorted(translation.FOLDER.glob("*/LC_MESSAGES/typer.po")):
        with path.open("rb") as file:
            path.with_suffix(".mo").write_bytes(compiled(read_po(file)))


if __name__ == "__main__":
    main()
