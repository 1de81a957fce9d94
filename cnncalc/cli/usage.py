"""What the parser of the command line says about a call that it does not understand, in the reader's language.

In English its own words stay, but for those of the library that reads numbers. For Chinese each class of its errors has
a sentence here, made from what the error knows.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

from cnncalc.harmless import harmless
from cnncalc.language import _
from cnncalc.translation import spoken

_EXTRA = re.compile(r"Got unexpected extra argument\S* \((.*)\)", re.S)
_SHOWN = 60


def reword(error: Any) -> None:
    """Let an error of the parser speak the reader's language, and bring no escapes of a terminal back."""
    judged = _judged(error)
    if judged.get("type") == "value_error":
        error.message = str(judged["ctx"]["error"])  # without the words of the library that passed it on
    elif judged:
        error.message = _what_is_wrong(error)
    if isinstance(message := getattr(error, "message", None), str):
        error.message = "\n".join(map(harmless, message.split("\n")))
    said = _SAID.get(type(error).__name__)
    if said is not None and spoken() != "en":
        words = said(error)
        error.format_message = lambda: words


def name_unknown_command(error: Any, name: str, commands: Iterable[str]) -> None:
    """The same for a command that is not there, and those that may be meant."""
    if type(error).__name__ != "UsageError" or spoken() == "en":
        return
    from cnncalc.suggest import did_you_mean, nearest

    error.message = _("there is no command {name}").format(name=harmless(repr(name), _SHOWN))
    if near := nearest(name, commands):
        error.message = _("{line}; {more}").format(line=error.message, more="".join(did_you_mean(near)))


def _missing(error: Any) -> str:
    return _("{name} is missing").format(name=_name(error))


def _no_such_option(error: Any) -> str:
    said = _("there is no option {name}").format(name=harmless(error.option_name, _SHOWN))
    if not error.possibilities:
        return said
    from cnncalc.suggest import did_you_mean

    return _("{line}; {more}").format(line=said, more="".join(did_you_mean(sorted(error.possibilities))))


def _wrong_option(error: Any) -> str:
    """The parser says by its words alone what is wrong with an option: it lacks its values, or has one too many."""
    wanted = re.search(r"requires (an|\d+) argument", error.message)
    if wanted is None:
        return _("{name} takes no value").format(name=error.option_name)
    if wanted[1] == "an":
        return _("{name} needs a value").format(name=error.option_name)
    return _("{name} needs {count} values").format(name=error.option_name, count=wanted[1])


def _wrong_value(error: Any) -> str:
    name = _name(error)
    what = _what_is_wrong(error)
    return _("{name}: {problem}").format(name=name, problem=what) if name else what


def _what_is_wrong(error: Any) -> str:
    judged = _judged(error)
    kind, limits = judged.get("type", ""), judged.get("ctx", {})
    value = harmless(repr(judged.get("input")), _SHOWN)
    if kind == "value_error" and (choices := _choices(error.param)):
        return _("{value} is none of {choices}").format(value=value, choices=", ".join(choices))
    if kind.startswith("int_"):
        return _("{value} is no whole number").format(value=value)
    if kind == "greater_than_equal":
        return _("{value} is less than {least}, the least that is allowed").format(value=value, least=limits["ge"])
    if kind == "less_than_equal":
        return _("{value} is more than {most}, the most that is allowed").format(value=value, most=limits["le"])
    return str(error.message)


def _too_many(error: Any) -> str:
    extra = _EXTRA.fullmatch(error.message)
    return _("too many arguments: {words}").format(words=extra[1]) if extra else str(error.message)


_SAID: dict[str, Callable[[Any], str]] = {
    "MissingParameter": _missing,
    "NoSuchOption": _no_such_option,
    "BadOptionUsage": _wrong_option,
    "BadParameter": _wrong_value,
    "UsageError": _too_many,
}
"""What is said, by the class of the error."""


def _judged(error: Any) -> dict[str, Any]:
    """What the library that reads the values of options found, with the value; nothing when the error is ours."""
    cause = error.__cause__
    return dict(cause.errors()[0]) if hasattr(cause, "errors") else {}


def _choices(param: Any) -> list[str]:
    return [choice.value for choice in param.type_descriptor.choices or ()]


def _name(error: Any) -> str:
    """The option or argument that the error is about, as it is written; empty when it is about none."""
    if error.param_hint is not None:
        return str(error.param_hint)
    if error.param is None:
        return ""
    if error.param.param_type_name == "option":
        return " / ".join(error.param.opts)
    return str(error.param.metavar or error.param.name.upper())
