"""Every code that a comment or the configuration may name, and which of them can be silenced."""

from __future__ import annotations

from functools import cache

from cnncalc import catalogue
from cnncalc.rules import every


@cache
def codes() -> dict[str, bool]:
    """Every code there is, and whether it can be silenced: design rules can, and what is no error."""
    return {
        **{code: one.severity != "error" for code, one in catalogue.problems().items()},
        **dict.fromkeys(every(), True),
    }


def can_be_silenced(code: str) -> bool:
    """Whether a comment or the configuration may silence it."""
    return code in every() or codes().get(code, False)
