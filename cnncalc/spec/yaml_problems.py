"""What can be wrong with a text as YAML: its layout, and the parts of YAML that specs leave out."""

from __future__ import annotations

from cnncalc.harmless import harmless
from cnncalc.language import _
from cnncalc.problem import Problem


class TabIndentation(Problem):
    """A line is indented with a tab. In YAML only blanks indent, because a tab has no fixed width.

    What to do: replace the tab by two blanks; most editors can do so for the whole file.
    """

    def message(self) -> str:
        return _("a tab can't indent a line")

    def hints(self) -> tuple[str, ...]:
        return (_("use two blanks instead of the tab"),)


class BadIndentation(Problem):
    """A line is indented so that it belongs to no line above it.

    Example: `kernel_size` indented by four blanks, and `stride` below it by three. A block begins in one column.

    What to do: let the line begin in the same column as its neighbours.
    """

    column: int
    above: int
    block: int

    @staticmethod
    def begins() -> str:
        """The words below the beginning of the block."""
        return _("the block begins here")

    def message(self) -> str:
        return _("the line begins in column {column}, where no block begins").format(column=self.column)

    def hints(self) -> tuple[str, ...]:
        if self.above == self.block:
            return (_("begin it in column {column}").format(column=self.block),)
        return (
            _("begin it in column {above} like the line above, or in column {block} like the block around it").format(
                above=self.above, block=self.block
            ),
        )


class JoinedLines(Problem):
    """A list item is indented deeper than the item above, so YAML takes it as more text of that item.

    Example: ` - relu` and below it `   - flatten` are one text, `relu - flatten`.

    What to do: let all items of a list begin in the same column.
    """

    def message(self) -> str:
        return _("the item is indented deeper than the one above and becomes part of its text")

    def hints(self) -> tuple[str, ...]:
        return (_("let all items of a list begin in the same column"),)


class MixedBlock(Problem):
    """List items (`- …`) and keys (`key: …`) stand in one block. A block is either a list or a mapping.

    Example: `name: LeNet`, and directly below it `- relu`. What to do: put the items below a key of their own, such as
    `layers:`.
    """

    def message(self) -> str:
        return _("list items and keys are mixed in one block")

    def hints(self) -> tuple[str, ...]:
        return (_("put the list items below a key, such as layers:"),)


class TwoColons(Problem):
    """A line has two `key:` in a row, as in `a: b: c`.

    What to do: put the inner pair in braces, `a: {b: c}`, or on an indented line of its own. A text with a colon
    goes in quotes: `name: "ResNet: small"`.
    """

    @staticmethod
    def first() -> str:
        """The words below the first of the two colons."""
        return _("the first one")

    def message(self) -> str:
        return _("there are two colons in one line")

    def hints(self) -> tuple[str, ...]:
        return (_("write a: {b: c}, or put a text that has a colon in quotes"),)


class MissingSpace(Problem):
    """There is no blank behind the `-` of a list item or the `:` of a key, so YAML reads them as part of a word.

    Examples: `-relu`, `conv2d:{kernel_size: 3}`, `{bias:false}`. What to do: write `- relu`,
    `conv2d: {kernel_size: 3}` and `{bias: false}`.
    """

    sign: str

    def message(self) -> str:
        return _("a blank is missing behind '{sign}'").format(sign=self.sign)

    def hints(self) -> tuple[str, ...]:
        return (_("put a blank behind '{sign}'").format(sign=self.sign),)


class EqualsSign(Problem):
    """A field gets its value by `=`, as in Python. In a spec a colon and a blank stand there.

    Example: `{out_channels=16}`. What to do: write `{out_channels: 16}`.
    """

    key: str
    value: str

    def message(self) -> str:
        return _("'=' stands where ':' belongs")

    def hints(self) -> tuple[str, ...]:
        written = f"{harmless(self.key, 60)}: {harmless(self.value, 60)}"
        return (_("write `{written}`").format(written=written),)


class CutAtComma(Problem):
    """Within braces a value ends at a comma, so that the rest of it becomes a key without a value.

    Examples: `{kernel_size: (3, 3)}`, `{kernel_size: 3, 3}`, `{out_channels: 1,000}`, `{momentum: 0,1}`.

    What to do: put the numbers of a list in square brackets: `{kernel_size: [3, 3]}`. A number has no comma: `1000`,
    `0.1`.
    """

    written: str
    readings: tuple[str, ...]

    def message(self) -> str:
        return _("within braces the value `{written}` is cut at the comma").format(written=harmless(self.written, 60))

    def hints(self) -> tuple[str, ...]:
        meant = _(" or ").join(harmless(reading, 60) for reading in self.readings)
        return (_("write {value}").format(value=meant),) if meant else ()


class MisplacedDash(Problem):
    """A list begins on the line of its key, as in `layers: - relu`.

    What to do: begin the list on the next line, or write it in brackets: `layers: [relu]`.
    """

    def message(self) -> str:
        return _("a list item can't begin here")

    def hints(self) -> tuple[str, ...]:
        return (_("begin the list on the next line"),)


class NotADash(Problem):
    """An item of a list begins with a bullet, a number or a long dash, as word processors and Markdown write them.

    What to do: begin each item with an ordinary `-` and a blank: `- relu`.
    """

    found: str

    def message(self) -> str:
        return _("a list item begins with -, not with {found}").format(found=harmless(self.found))


class MissingDash(Problem):
    """A word stands alone below the items of a list, without the dash that makes it one of them.

    Example: `- relu`, and below it `flatten`. What to do: write `- flatten`, in the column of the items above.
    """

    word: str

    def message(self) -> str:
        return _("the dash in front of a list item is missing")

    def hints(self) -> tuple[str, ...]:
        return (_("write `{line}`").format(line=f"- {harmless(self.word, 60)}"),)


class CodeFence(Problem):
    """The text stands between lines of three backquotes, as it was copied from a page or a chat in Markdown."""

    def message(self) -> str:
        return _("``` belongs to Markdown and not to the spec")

    def hints(self) -> tuple[str, ...]:
        return (_("delete the lines that begin with ```"),)


class ReservedCharacter(Problem):
    """A value begins with a character that YAML keeps for itself: `@`, `%` or a backquote.

    What to do: put the value in quotes: `"@x"`.
    """

    character: str

    def message(self) -> str:
        return _("a value can't begin with {character}").format(character=harmless(self.character))

    def hints(self) -> tuple[str, ...]:
        return (_("put the value in quotes"),)


class FullWidthPunctuation(Problem):
    """A full-width sign of a Chinese or Japanese keyboard stands where the half-width one is needed.

    Examples: `kernel_size：3`, `[3，64，64]`, `３`. They look like `:`, `,` and `3`; to YAML they are letters.

    What to do: switch the keyboard to half-width signs and type it again. In texts of your own put them in quotes.
    """

    found: str
    wanted: str

    def message(self) -> str:
        return _("there is a full-width '{found}' here").format(found=harmless(self.found))

    def hints(self) -> tuple[str, ...]:
        if self.wanted == ":":
            return (_("use half-width ':' and a blank behind it"),)
        return (_("use half-width '{wanted}'").format(wanted=self.wanted),)


class OddSpace(Problem):
    """A space that isn't the ordinary one, such as a non-breaking or a full-width space, stands at the edge of a word.

    It looks like indentation, but YAML takes it as a letter. It comes from web pages, word processors and keyboards in
    full-width mode.

    What to do: replace it by an ordinary blank.
    """

    character: str

    def message(self) -> str:
        if self.character == "\u00a0":
            return _("there is a non-breaking space (U+00A0) instead of a blank")
        return _("there is a space U+{code} instead of a blank").format(code=f"{ord(self.character):04X}")

    def hints(self) -> tuple[str, ...]:
        return (_("replace it by an ordinary blank"),)


class KeyNotText(Problem):
    """A key is a number, `true`, `false`, `null`, empty, an alias, a list or a mapping. Keys of a spec are names.

    Example: `1: relu`. What to do: if a name is meant, put it in quotes: `"1": relu`. The numbers of a list stand in
    square brackets: `[3, 3]`, not `{3, 3}`.
    """

    written: str
    alone: bool = False
    """Whether no colon stands behind it, as in `{3, 3}`."""

    def message(self) -> str:
        if not self.written:
            return _("something else than a text stands where a key belongs")
        return _("the key {written} is not a text").format(written=harmless(self.written, 80))

    def hints(self) -> tuple[str, ...]:
        if not self.written:
            return ()
        if self.alone:
            return (_("put the numbers of a list in square brackets, as in [3, 3]"),)
        return (_('put it in quotes: "{written}"').format(written=harmless(self.written, 80)),)


class TagNotAllowed(Problem):
    """A tag (`!name`, `!!int`, or a single `!`) stands before a value. Tags can make programs run code.

    What to do: delete the tag. A number that is meant as text goes in quotes.
    """

    tag: str

    def message(self) -> str:
        return _("tags such as {tag} are not allowed").format(tag=harmless(self.tag, 80))

    def hints(self) -> tuple[str, ...]:
        return (_("delete the tag; put a text in quotes"),)


class MergeKey(Problem):
    """The key `<<`, which some programs take as "copy the keys of another mapping". It is not part of YAML 1.2.

    What to do: write the fields out, or give the same value again by an alias: `&one` before
    it, `*one` where it recurs.
    """

    def message(self) -> str:
        return _("merge keys (<<) are not allowed")

    def hints(self) -> tuple[str, ...]:
        return (_("write the fields out, or reuse the whole value by an alias"),)


class BadAnchor(Problem):
    """The name of an anchor (`&name`) or an alias (`*name`) has other characters than letters, digits, `-` and `_`.

    A value that begins with `&` or `*` must stand in quotes: `"*"`.
    """

    def message(self) -> str:
        return _("the name of an anchor or alias has only the letters a to z, digits, - and _")

    def hints(self) -> tuple[str, ...]:
        return (_("if a text is meant, put it in quotes"),)


class UndefinedAlias(Problem):
    """An alias `*name` stands for nothing, because no anchor `&name` comes before it.

    What to do: set the anchor at the value that is meant, or put the text in quotes: `"*name"`.
    """

    name: str

    def message(self) -> str:
        return _("the alias *{name} has no anchor &{name} above it").format(name=harmless(self.name, 80))


class RecursiveAlias(Problem):
    """An alias stands inside the very value that it names, so the value would contain itself.

    Example: `a: &x [*x]`. What to do: write the inner value out.
    """

    name: str

    def message(self) -> str:
        return _("the alias *{name} stands inside the value that it names").format(name=harmless(self.name, 80))


class AliasBomb(Problem):
    """Aliases of aliases of aliases stand for more than a million values.

    Such a text is short and huge at once. It is not expanded.
    """

    limit: int

    def message(self) -> str:
        return _("with its aliases written out the text has more than {limit} values").format(limit=f"{self.limit:,}")


class SeveralDocuments(Problem):
    """A file holds more than one YAML document: a line `---` begins a second one. One file is one network.

    What to do: put each network into a file of its own, or delete the line.
    """

    def message(self) -> str:
        return _("a second document begins here; one file holds one network")

    def hints(self) -> tuple[str, ...]:
        return (_("put each network into a file of its own"),)


class DirectiveNotAllowed(Problem):
    """A line begins with `%`, as YAML's directives do (`%YAML`, `%TAG`). Specs have none.

    What to do: delete the line. In a text of several lines, indent it or put the text in quotes on one line.
    """

    def message(self) -> str:
        return _("a line can't begin with %")

    def hints(self) -> tuple[str, ...]:
        return (_("delete the line"),)


class UnquotedExpression(Problem):
    """An expression with a comma or a bracket in it stands without quotes between brackets or braces.

    There `,`, `[`, `]`, `{` and `}` belong to YAML, which ends the value at them. Between quotes they are part of the
    expression: `{out_channels: "$(widths[0])"}`. On a line of its own a value needs no quotes.
    """

    written: str

    def message(self) -> str:
        return _("the expression `{written}` needs quotes here").format(written=harmless(self.written, 60))

    def hints(self) -> tuple[str, ...]:
        return (_('write "{written}"').format(written=harmless(self.written, 60)),)
