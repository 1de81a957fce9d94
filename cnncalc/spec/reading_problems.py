"""What can be wrong with a text before anybody knows that it is about a network, in YAML and JSON alike."""

from __future__ import annotations

from typing import ClassVar

from cnncalc.harmless import harmless
from cnncalc.language import _
from cnncalc.problem import Problem, Severity


class TooLarge(Problem):
    """A file is longer than 8 MiB; reading stops there.

    A spec of ten thousand layers has less than 1 MiB, so such a file is hardly a spec. Weights, datasets and saved
    models are no specs; a spec only describes the layers. What repeats can be shortened.
    """

    limit: int

    def message(self) -> str:
        return _("the file is longer than {limit} bytes, the most that is read").format(limit=f"{self.limit:,}")

    def hints(self) -> tuple[str, ...]:
        return (_("a spec describes layers and holds no weights; is this the right file?"),)


class UnreadableFile(Problem):
    """A file does not exist, or the system does not let it be read.

    NET is a path, `-` for standard input, or the name of a shipped network, which `cnncalc specs` lists.
    """

    said: str

    def message(self) -> str:
        return self.said


class OtherFormat(Problem):
    """A file is a model or a program of another kind, not a spec; it is not opened.

    Saved models of some frameworks can run code when they are opened. Write the network as a spec: `cnncalc specs show
    lenet5` prints one to start from.
    """

    said: str

    def message(self) -> str:
        return self.said


class NotUtf8(Problem):
    """A file's bytes are not UTF-8, the one encoding in which specs are read.

    Old editors on Windows save Chinese text as GBK and some programs write UTF-16. The bytes are never guessed at,
    because a wrong guess would change names silently.

    What to do: open the file in the editor that wrote it and save it again with the encoding UTF-8.
    """

    encoding: str
    offset: int
    byte: int

    def message(self) -> str:
        if self.encoding:
            return _("the text is not UTF-8: byte 0x{byte} at offset {offset} looks like {encoding}").format(
                byte=f"{self.byte:02x}", offset=self.offset, encoding=self.encoding
            )
        return _("the text is not UTF-8: byte 0x{byte} at offset {offset}").format(
            byte=f"{self.byte:02x}", offset=self.offset
        )

    def hints(self) -> tuple[str, ...]:
        if self.encoding:
            return (_("save the file again as UTF-8 (it seems to be {encoding})").format(encoding=self.encoding),)
        return (_("save the file again as UTF-8"),)


class ControlCharacter(Problem):
    r"""A character that no text needs: a control character, or one of the rare line ends (U+0085, U+2028, U+2029).

    Such characters come from binary files and from copying out of terminals. They can change what a terminal shows,
    and the rare line ends make line numbers differ from those of an editor.

    What to do: delete the character. In double quotes it can be written as an escape, such as "\x1b".
    """

    character: str

    def message(self) -> str:
        return _("the character U+{code} can't stand in a spec").format(code=f"{ord(self.character):04X}")

    def hints(self) -> tuple[str, ...]:
        return (_("delete it; most editors can show invisible characters"),)


class LoneSurrogate(Problem):
    r"""Half a character: one of U+D800 to U+DFFF, which mean something only as a pair in UTF-16.

    Written as an escape, as in "\ud83d", it names no character and can't be printed.

    What to do: write the character itself, or in YAML its full escape, such as "\U0001f600".
    """

    character: str

    def message(self) -> str:
        return _("U+{code} is half a character and can't stand alone").format(code=f"{ord(self.character):04X}")

    def hints(self) -> tuple[str, ...]:
        return (_("write the character itself instead"),)


class InvisibleCharacter(Problem):
    """A character that can't be seen or that turns the direction of writing, such as U+200B or U+202E.

    Two names that differ only in such a character look equal and are not. Some belong to a script's spelling or to an
    emoji, so this is a warning.

    What to do: delete it, or write it as an escape in double quotes, where it can be seen.
    """

    severity: ClassVar[Severity] = "warning"
    character: str

    def message(self) -> str:
        return _("there is an invisible character here: U+{code}").format(code=f"{ord(self.character):04X}")


class NoSpec(Problem):
    """A text in which nothing is written: empty, only comments, or only `---`.

    What to do: start from a shipped spec: `cnncalc specs show lenet5` prints one that can be saved and changed.
    """

    def message(self) -> str:
        return _("there is no spec in it")

    def hints(self) -> tuple[str, ...]:
        return (_("start from a shipped one: cnncalc specs show lenet5"),)


class DuplicateKey(Problem):
    """A key stands twice in one mapping, so it isn't clear which value is meant.

    Example: `conv2d: {kernel_size: 3, kernel_size: 5}`. Quotes make no difference: `"a"` and `a` are one key.

    What to do: keep one of the two.
    """

    key: str

    @staticmethod
    def first() -> str:
        """The words below the first of the two keys."""
        return _("the first one")

    def message(self) -> str:
        return _("the key {key} stands twice").format(key=harmless(self.key))

    def caret(self) -> str:
        return _("the second one")

    def hints(self) -> tuple[str, ...]:
        return (_("keep one of the two"),)


class LookAlikeKeys(Problem):
    """Two keys of one mapping look equal but are written with different characters.

    An accented letter can be one character, or a letter and an accent behind it. They look alike and differ as keys.

    What to do: rename one of the two, or write both the same way.
    """

    severity: ClassVar[Severity] = "warning"
    key: str

    @staticmethod
    def first() -> str:
        """The words below the first of the two keys."""
        return _("looks the same")

    def message(self) -> str:
        return _("the key {key} looks like another one and differs from it").format(key=harmless(self.key))


class KeyTooLong(Problem):
    """A key is longer than 256 characters. Keys are names, and names are read by people.

    A forgotten quote or bracket can also make one long key out of much text.
    """

    length: int
    limit: int

    def message(self) -> str:
        return _("the key has {length} characters; at most {limit} are allowed").format(
            length=f"{self.length:,}", limit=self.limit
        )

    def hints(self) -> tuple[str, ...]:
        return (_("is a quote or a bracket missing?"),)


class TooDeep(Problem):
    """Lists and mappings stand inside each other more than 64 times.

    No network needs that; it is a damaged file or one made to stop a program.
    """

    limit: int

    def message(self) -> str:
        return _("lists and mappings are nested more than {limit} deep").format(limit=self.limit)


class TooManyValues(Problem):
    """A text holds more than a million values. Ten thousand layers need less than a hundred thousand.

    What to do: check whether it is a spec at all; data and weights don't belong into one.
    """

    limit: int

    def message(self) -> str:
        return _("there are more than {limit} values").format(limit=f"{self.limit:,}")


class NumberTooLarge(Problem):
    """A whole number is larger than 1,000,000,000,000,000 (10 to the 15th), or a number has far too many digits.

    No layer has such a size. A missing blank or comma between two numbers can be the reason.
    """

    written: str

    def message(self) -> str:
        return _("the number {written} is too large: at most 1,000,000,000,000,000").format(
            written=harmless(self.written, 40)
        )


class NotANumber(Problem):
    """An infinite number, `.nan`, or one too large to be a number, such as `1e400`. Nothing can be computed with it.

    What to do: write an ordinary number. If a text is meant, put it in quotes: `".inf"`.
    """

    written: str

    def message(self) -> str:
        return _("{written} is no number that can be computed with").format(written=harmless(self.written, 40))


class LeadingZero(Problem):
    """A number begins with a zero. It is read as decimal: `010` is 10. Older YAML programs read it as octal: 8.

    What to do: leave the zero out. An octal number is written `0o10`; a text such as a postcode goes in quotes.
    """

    severity: ClassVar[Severity] = "warning"
    written: str
    value: int

    def message(self) -> str:
        return _("{written} is read as {value}").format(written=self.written, value=self.value)

    def hints(self) -> tuple[str, ...]:
        return (_("write {value} for the number, 0o… for an octal one").format(value=self.value),)


class UnclosedQuote(Problem):
    """A text in quotes has no closing quote, so everything behind it was taken as part of the text.

    Example: `name: "LeNet` without the second quote. An apostrophe at the beginning of a value opens a quote, too.

    What to do: close the quote on the line where it was opened. Inside single quotes an
    apostrophe is written twice.
    """

    quote: str

    @staticmethod
    def opened() -> str:
        """The words below the opening quote."""
        return _("opened here")

    def message(self) -> str:
        return _("the quote {quote} is never closed").format(quote=self.quote)

    def hints(self) -> tuple[str, ...]:
        return (_("put a closing {quote} behind the text").format(quote=self.quote),)


class UnclosedBracket(Problem):
    """A list in `[ ]` or a mapping in `{ }` is not closed, or closed with the wrong bracket.

    Example: `input: [3, 64, 64` without `]`. The error is noticed only later; the opening bracket is shown with it.

    What to do: close it with the bracket of its own kind.
    """

    bracket: str

    @staticmethod
    def opened() -> str:
        """The words below the opening bracket."""
        return _("opened here")

    def message(self) -> str:
        return _("the bracket {bracket} is not closed").format(bracket=self.bracket)

    def hints(self) -> tuple[str, ...]:
        return (_("a {closing} is missing").format(closing="]" if self.bracket == "[" else "}"),)


class StrayBracket(Problem):
    """A closing bracket has no opening one.

    Example: `input: 3, 64, 64]`. What to do: delete it, or put in the opening bracket.
    """

    bracket: str

    def message(self) -> str:
        return _("the bracket {bracket} closes nothing").format(bracket=self.bracket)


class MissingComma(Problem):
    """Two entries inside brackets have no comma between them.

    Example: `{kernel_size: 3 stride: 2}`. What to do: put a comma between the entries: `{kernel_size: 3, stride: 2}`.
    """

    bracket: str

    @staticmethod
    def opened() -> str:
        """The words below the opening bracket."""
        return _("opened here")

    def message(self) -> str:
        return _("a comma or a closing {closing} is missing here").format(closing="]" if self.bracket == "[" else "}")


class ExtraComma(Problem):
    """A comma inside brackets has no entry before it, or in JSON none behind it.

    Examples: `[3,, 64]`, `[, 3]`; in JSON also `[3, 64,]`. What to do: delete the comma, or write the missing entry.
    """

    def message(self) -> str:
        return _("there is a comma too many")


class BadEscape(Problem):
    r"""A backslash in double quotes is followed by something that is no escape.

    Example: `"C:\models"`, where `\m` means nothing. What to do: write `\\` for a backslash, or in YAML use
    single quotes, where a backslash is an ordinary character.
    """

    written: str

    def message(self) -> str:
        return _("{written} is no escape").format(written=harmless(self.written))

    def hints(self) -> tuple[str, ...]:
        return (_("a backslash itself is written \\\\ in double quotes"),)


class TextAfterValue(Problem):
    """A value is complete, and more text follows that doesn't belong to it.

    Examples: `name: "Le" Net`, `input: [3, 64, 64] pixels`, or a second value behind a JSON document.

    What to do: put the whole text in one pair of quotes, or begin a comment with ` #`.
    """

    def message(self) -> str:
        return _("there is more text behind a complete value")

    def hints(self) -> tuple[str, ...]:
        return (_("put the whole value in quotes, or delete the rest"),)


class MissingColon(Problem):
    """A line or an entry in a mapping has no `:` and so no value.

    Examples: `input [3, 64, 64]` among other keys, `- conv2d {kernel_size: 3}`. What to do: write `key: value`, with a
    blank behind the colon.
    """

    word: str = ""
    """The key, where fields in braces stand behind it."""

    def message(self) -> str:
        if self.word:
            return _("a colon is missing behind {word}").format(word=harmless(self.word, 60))
        return _("a key needs a colon and a value behind it")

    def hints(self) -> tuple[str, ...]:
        if self.word:
            return (_("write `{written}`").format(written=f"{harmless(self.word, 60)}: {{"),)
        return (_("write it as key: value"),)


class SyntaxProblem(Problem):
    """The text can't be read as YAML or JSON here, and no simpler reason was recognised.

    What to do: look at the line and the one above it: quotes, brackets, commas, colons and the indentation.
    """

    def message(self) -> str:
        return _("the text can't be understood here")

    def hints(self) -> tuple[str, ...]:
        return (_("check quotes, brackets, colons and the indentation of this line and the one above"),)
