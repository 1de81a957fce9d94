"""Foreign text made harmless: nothing in it can steer a terminal, fake a line or flood a page."""

from __future__ import annotations


def harmless(text: str, limit: int = 500) -> str:
    """The text with control, bidirectional and zero-width characters escaped, shortened in the middle to `limit`."""
    if not text.isprintable():
        text = "".join(
            character if character.isprintable() else character.encode("unicode_escape", "surrogatepass").decode()
            for character in text
        )
    if len(text) <= limit:
        return text
    head = limit // 2
    return f"{text[:head]}…{text[len(text) - (limit - head - 1) :]}"
