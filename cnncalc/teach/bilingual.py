"""Texts of a question file in one or more languages: a plain text, or `{en: …, zh: …}`."""

from __future__ import annotations

from typing import Any

from cnncalc.language import _


def in_words(text: Any) -> str:
    """The text in the reader's language where the file has it, else its first one."""
    if not isinstance(text, dict):
        return "" if text is None else str(text)
    # A catalogue translates this word into the code of its own language.
    wanted = _("en")
    return str(text.get(wanted) or next(iter(text.values()), ""))
