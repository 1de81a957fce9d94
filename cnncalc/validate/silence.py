"""What the configuration and the comments in a spec silence, and what nobody can."""

from __future__ import annotations

from cnncalc.problem import Finding
from cnncalc.rules import chosen, every
from cnncalc.source import Source
from cnncalc.validate import ignores
from cnncalc.validate.codes import can_be_silenced, codes
from cnncalc.validate.settings import Settings


def not_silenced(findings: list[Finding], file: str, source: Source | None, settings: Settings) -> list[Finding]:
    """What is left when the configuration and the comments in the file have had their say."""
    unwanted = {code for code in settings.ignored(file) if can_be_silenced(code)}
    said, unclear = ([], []) if source is None else ignores.read(source)
    left = [one for one in [*findings, *unclear] if one.code not in unwanted]
    if not said:
        return left
    asked = {rule.code() for rule in chosen(settings.rules)} | (codes().keys() - every().keys())
    left = ignores.silenced(left, said, source, asked - unwanted, codes(), can_be_silenced)
    return [one for one in left if one.code not in unwanted]
