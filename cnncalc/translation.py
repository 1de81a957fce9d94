"""Which language the reader wants, and the catalogue of its sentences. English needs none."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from cnncalc import language

LANGUAGES = ("en", "zh")
_spoken = "en"
FOLDER = Path(__file__).parent / "translations"


def speak(wanted: str) -> None:
    """Say everything in this language from now on: "en" or "zh".

    Raises:
        ValueError: there is no such language.
    """
    if wanted not in LANGUAGES:
        raise ValueError(f"{wanted!r} is none of {', '.join(LANGUAGES)}")
    global _spoken
    _spoken = wanted
    if wanted == "en":
        language.use(None)
        return
    from gettext import GNUTranslations

    with (FOLDER / wanted / "LC_MESSAGES" / "cnncalc.mo").open("rb") as file:
        language.use(GNUTranslations(file))


def spoken() -> str:
    """The language that is spoken now."""
    return _spoken


def asked(arguments: Sequence[str]) -> str | None:
    """The language that `--lang` names on a command line; the last one counts, a wrong one does not."""
    found = None
    for number, argument in enumerate(arguments):
        if argument == "--":
            break
        if argument == "--lang":
            argument = f"--lang={''.join(arguments[number + 1 : number + 2])}"
        if argument.startswith("--lang=") and (named := argument[7:].lower()) in LANGUAGES:
            found = named
    return found


def usual(environment: Mapping[str, str], encoding: str | None) -> str:
    """The language of the surroundings: CNNCALC_LANG, then the variables that gettext reads, then Windows' own.

    A stream that cannot carry Chinese gets English.
    """
    if (own := environment.get("CNNCALC_LANG", "").lower()) in LANGUAGES:
        return own
    found = next(filter(None, map(_language, _preferences(environment))), "en")
    return found if found == "en" or _carries(encoding, "卷积核") else "en"


def _preferences(environment: Mapping[str, str]) -> list[str]:
    """Names of locales, the most wanted first. As in gettext, LANGUAGE does not count in the C locale."""
    variables = (environment.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    locale = next(filter(None, variables), "") or _of_windows()
    if locale.split(".")[0] in ("C", "POSIX"):
        return [locale]
    return environment["LANGUAGE"].split(":") if environment.get("LANGUAGE") else [locale]


def _language(locale: str) -> str | None:
    """`zh_CN.UTF-8`, `zh-Hans` → `zh`; None for a language that we do not speak."""
    word = locale.replace("-", "_").split("_")[0].split(".")[0].split("@")[0].lower()
    return word if word in LANGUAGES else None


def _of_windows() -> str:
    """The language of Windows' own menus, or "" elsewhere."""
    if sys.platform != "win32":
        return ""
    import ctypes
    import locale

    return locale.windows_locale.get(ctypes.windll.kernel32.GetUserDefaultUILanguage(), "")


def _carries(encoding: str | None, text: str) -> bool:
    try:
        text.encode(encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def settle(arguments: Sequence[str]) -> None:
    """Speak the language that the command line or the surroundings ask for; the parser of the arguments as well."""
    wanted = asked(arguments) or usual(os.environ, getattr(sys.stdout, "encoding", None))
    speak(wanted)
    if wanted != "en":
        import gettext

        # Typer asks the global catalogue, which finds its language in this variable.
        os.environ["LANGUAGE"] = wanted
        gettext.bindtextdomain("typer", FOLDER)
        gettext.textdomain("typer")
