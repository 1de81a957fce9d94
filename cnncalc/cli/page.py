"""The help of a command, in the reader's language: its sentences, its first line, and where its lines may be broken."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, redirect_stdout
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

from cnncalc.cli.usage import name_unknown_command
from cnncalc.language import _, mark
from cnncalc.render.cells import breakable, joined

_OF_THE_PARSER = (
    mark("Install completion for the current shell."),
    mark("Show completion for the current shell, to copy it or customize the installation."),
)
"""Options that every program has from the parser, with its words."""


class Page(TyperCommand):
    """A command whose help is in the reader's language."""

    def get_help_option(self, ctx: Any) -> Any:
        """The option `--help`, with what it does."""
        return _said(super().get_help_option(ctx))

    def format_usage(self, ctx: Any, formatter: Any) -> None:
        """Write the first line."""
        _write_usage(self, ctx, formatter)

    def get_help(self, ctx: Any) -> str:
        """Print the page; what is left to print comes back."""
        with _broken_anywhere([self]):
            return joined(super().get_help(ctx))


class Contents(TyperGroup):
    """A group of commands whose pages are in the reader's language, as its own is, which lists them."""

    def __init__(self, **named: Any) -> None:
        super().__init__(**named)
        self.subcommand_metavar = _("COMMAND [ARGS]...")
        for page in (self, *self.commands.values()):
            page.options_metavar = _("[OPTIONS]")
            page.help = page.help and _(page.help)

    def get_help_option(self, ctx: Any) -> Any:
        """The option `--help` of the list."""
        return _said(super().get_help_option(ctx))

    def format_usage(self, ctx: Any, formatter: Any) -> None:
        """Write the first line."""
        _write_usage(self, ctx, formatter)

    def get_help(self, ctx: Any) -> str:
        """Print the list; what is left to print comes back."""
        with _broken_anywhere([self, *self.commands.values()]):
            return joined(super().get_help(ctx))

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """The command that the arguments begin with, and the rest of them."""
        name = args[0]
        try:
            return super().resolve_command(ctx, args)
        except Exception as error:
            name_unknown_command(error, name, self.commands)
            raise


class Program(typer.Typer):
    """A program whose commands are pages."""

    def command(self, name: str | None = None, **named: Any) -> Any:
        """Take a function as a command."""
        return super().command(name, cls=Page, **named)


def _said(option: Any) -> Any:
    if option is not None:
        option.help = _("Show this page.")
    return option


def _write_usage(command: Any, ctx: Any, formatter: Any) -> None:
    formatter.write_usage(ctx.command_path, " ".join(command.collect_usage_pieces(ctx)), _("Usage: "))


@contextmanager
def _broken_anywhere(commands: Iterable[Any]) -> Iterator[None]:
    """Let the printer of the help, which breaks lines at blanks only, break them inside Chinese sentences as well."""
    named = [thing for command in commands for thing in (command, *command.params) if getattr(thing, "help", None)]
    texts = [thing.help for thing in named]
    try:
        for thing in named:
            thing.help = breakable(_(thing.help) if thing.help in _OF_THE_PARSER else thing.help)
        with redirect_stdout(_Joined(sys.stdout)):
            yield
    finally:
        for thing, text in zip(named, texts, strict=True):
            thing.help = text


class _Joined:
    """A stream that writes what was made breakable as it was."""

    def __init__(self, stream: Any) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        """Write the text."""
        self._stream.write(joined(text))
        return len(text)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)
