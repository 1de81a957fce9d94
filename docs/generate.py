"""Write what is made from the program itself: `kinds.md` from the kinds, `rules.md` from the catalogue, and the notes
of the shipped networks from which `cnncalc specs` makes its list.

Run it as `python docs/generate.py`.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

DOCS = Path(__file__).resolve().parent
sys.path.insert(0, str(DOCS.parent))

from cnncalc import catalogue, shape  # noqa: E402  # the path has to be set before
from cnncalc.analysis import listing  # noqa: E402
from cnncalc.kinds import every  # noqa: E402
from cnncalc.kinds._contract import Example, Kind, Role, Wanted  # noqa: E402

MADE = "<!-- Made by docs/generate.py. Do not edit: change the program's own texts and run the script again. -->"

GROUPS = (
    (Role.CONVOLUTION, "Convolutions"),
    (Role.LINEAR, "Fully connected"),
    (Role.POOLING, "Pooling"),
    (Role.NORMALISATION, "Normalisation"),
    (Role.NONLINEARITY, "Activations"),
    (Role.ATTENTION, "Attention"),
    (Role.RECURRENT, "Recurrent"),
    (Role.EMBEDDING, "Embeddings, tokens and positions"),
    (Role.MERGE, "Merging several inputs"),
    (Role.REGULARISATION, "Regularisation"),
    (Role.SHAPE, "Shape only, or nothing at all"),
)


def kinds_page() -> str:
    """All layer kinds: manual, fields, worked cases."""
    families: dict[str, list[type[Kind]]] = {}
    for kind in every():
        families.setdefault(kind.__module__, []).append(kind)
    blocks = [
        "# Layer kinds",
        MADE,
        "Every kind has the name of PyTorch's class in snake case, and PyTorch's field names and defaults. "
        "Any layer may also have `name` (what it is called) and `from` (what feeds it). "
        "A field of sides takes one whole number for all axes, or a list with one per axis.",
        "The worked cases are tests of the program too.",
    ]
    for role, title in GROUPS:
        blocks.append(f"## {title}")
        for family in families.values():
            if _role(family[0]) is role:
                blocks += _family(family)
    return "\n\n".join(blocks) + "\n"


def _role(kind: type[Kind]) -> Role:
    """The group a kind is listed in: the first of its roles, in the page's order; the last one without a role."""
    return next((role for role, _title in GROUPS if role in kind.roles), Role.SHAPE)


def _family(family: list[type[Kind]]) -> Iterator[str]:
    kind = family[0]
    yield "### " + ", ".join(f"`{one.name}`" for one in family)
    yield _fenced(kind.manual())
    fields = [
        (f"`{name}`", _takes(field.metadata, field.annotation), _default(field), field.description or "")
        for name, field in kind.model_fields.items()
    ]
    if fields:
        yield _table(("field", "takes", "default", "meaning"), fields)
    foreign = [f"`{word}` → `{ours}`" for word, ours in kind.foreign_fields.items()]
    if kind.foreign or foreign:
        words = ", ".join(f"`{word}`" for word in kind.foreign)
        yield f"Elsewhere: {words or '—'}" + (f"; fields: {', '.join(foreign)}" if foreign else "") + "."
    yield _table(("layer", "input", "output", "what comes out"), map(_example, kind.examples))


def _fenced(text: str) -> str:
    """A text with its indented lines as YAML blocks."""
    return re.sub(
        r"(?m)(?:^ {4}.*\n?)+", lambda block: "```yaml\n" + re.sub(r"(?m)^ {4}", "", block[0]).rstrip() + "\n```", text
    )


def _takes(metadata: Sequence[Any], annotation: Any) -> str:
    wanted = next((str(item) for item in metadata if isinstance(item, Wanted)), "")
    if not wanted:  # an optional field keeps the words inside its union
        inner = [item for part in getattr(annotation, "__args__", ()) for item in getattr(part, "__metadata__", ())]
        wanted = next((str(item) for item in inner if isinstance(item, Wanted)), "")
    return wanted


def _default(field: Any) -> str:
    if field.is_required():
        return "(needed)"
    value = field.default
    if value is None:
        return "—"
    return f"`{str(value).lower() if isinstance(value, bool) else value}`"


def _example(example: Example) -> tuple[str, ...]:
    fields = ", ".join(f"{name}: {_written(value)}" for name, value in example.fields.items())
    layer = f"`{example.kind}: {{{fields}}}`" if fields else f"`{example.kind}`"
    counts = [
        f"{name} {'unknown' if value is None else f'{value:,}'}"
        for name, value in example.expected.items()
        if name != "output"
    ]
    output = example.expected.get("output")
    return (
        layer,
        ", ".join(map(shape.text, example.inputs)),
        "—" if output is None else shape.text(output),
        ", ".join(counts) or "—",
    )


def _written(value: Any) -> str:
    if isinstance(value, list):
        return f"[{', '.join(map(_written, value))}]"
    return "null" if value is None else str(value).lower() if isinstance(value, bool) else str(value)


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)


def rules_page() -> str:
    """Every code that the program can say."""
    problems = catalogue.problems().values()
    blocks = [
        "# Problems, design rules and slips",
        MADE,
        "What stands in square brackets behind `error`, `warning`, `advice` or `note`. `cnncalc rules CODE` prints one "
        "entry. An error makes the command exit with 1; warnings and notes do not.",
        "## Problems",
    ]
    for manual in problems:
        blocks += [f"### {manual.code}", f"*{manual.severity}*", _fenced(manual.text)]
    blocks += [
        "## Design rules",
        "What can be calculated and is still no good design. An error is surely a mistake, a warning very likely one; "
        "advice is what a reviewer would ask about. Every example is a test of the program.",
    ]
    for rule in catalogue.design().values():
        blocks += [f"### {rule.code}", _judged(rule), _fenced(rule.text)]
        blocks += ["Broken:", f"```yaml\n{rule.bad}```", "Kept:", f"```yaml\n{rule.good}```"]
    blocks += [
        "## Slips",
        "What `cnncalc check` names when an answer is wrong. The commonest stand first; where several lead to the same "
        "number, all are said in this order.",
        _table(
            ("code", "in short", "what was done"),
            [(f"`{slip.code}`", *slip.text.split("\n\n")) for slip in catalogue.slips().values()],
        ),
    ]
    return "\n\n".join(blocks) + "\n"


def _judged(rule: catalogue.Manual) -> str:
    words = [f"*{rule.severity}*"]
    if rule.fixable:
        words.append("`--fix` mends it where that is safe")
    if not rule.on:
        words.append(f"asked on demand: `--select {rule.code}`")
    return "; ".join(words)


PAGES = {"kinds.md": kinds_page, "rules.md": rules_page}


def main() -> None:
    """Write every page and the notes."""
    for name, page in PAGES.items():
        (DOCS / name).write_text(page(), encoding="utf-8", newline="\n")
    listing.NOTES.write_text(listing.notes(), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
