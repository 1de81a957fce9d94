"""What can be wrong with a text as JSON only."""

from __future__ import annotations

from cnncalc.language import _
from cnncalc.problem import Problem


class NotJson(Problem):
    """A file named .json doesn't begin like JSON.

    What to do: if it is YAML, give it a name that ends in .yaml.
    """

    def message(self) -> str:
        return _("this is not JSON")

    def hints(self) -> tuple[str, ...]:
        return (_("if it is YAML, let the file's name end in .yaml"),)


class CommentInJson(Problem):
    """A comment stands in a JSON file. JSON has no comments; YAML has.

    What to do: delete it, or let the file's name end in .yaml and begin the comment with `#`.
    """

    def message(self) -> str:
        return _("JSON has no comments")

    def hints(self) -> tuple[str, ...]:
        return (_("delete it, or let the file's name end in .yaml and use #"),)


class NotWrittenSo(Problem):
    """A number or a word is written as in other languages: `False`, `None`, `+3`, `03`, `.5`.

    JSON has `true`, `false` and `null`, and numbers without a plus, without a 0 in front, and with digits on both sides
    of the point.
    """

    word: str
    meant: str

    def message(self) -> str:
        return _("JSON does not write {word}").format(word=self.word)

    def hints(self) -> tuple[str, ...]:
        return (_("write {value}").format(value=self.meant),)


class NotDoubleQuoted(Problem):
    """A text or a key in a JSON file has no quotes or single quotes. JSON wants double quotes; YAML takes all three.

    What to do: write `"name"`, or let the file's name end in .yaml.
    """

    def message(self) -> str:
        return _("texts and keys of JSON stand in double quotes")

    def hints(self) -> tuple[str, ...]:
        return (_("use double quotes, or let the file's name end in .yaml"),)
