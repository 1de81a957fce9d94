"""What can be wrong with the parts of a spec that are worked out: variables, variants, repetition, blocks."""

from __future__ import annotations

from cnncalc.harmless import harmless
from cnncalc.language import _
from cnncalc.problem import Problem
from cnncalc.spec.problems import shortened
from cnncalc.suggest import did_you_mean

MOST_NAMED = 12
"""So many of the variables that there are stand in a hint."""


class UnknownVariable(Problem):
    """`$name` or `$(…)` uses a name that stands for nothing here.

    Variables are those of `vars`, each known to the values below it. In a block its arguments are known too, in a
    repeated layer the running index `$i`. `--set name=value` changes a variable of the file and makes no new one.
    """

    name: str
    near: tuple[str, ...] = ()
    known: tuple[str, ...] = ()
    setting: str = ""
    """What was set from outside, when that is where the name comes from: `width=3`."""

    def message(self) -> str:
        line = _("there is no variable {name}").format(name=self.name)
        return _("{line}: {more}").format(line=f"`--set {self.setting}`", more=line) if self.setting else line

    def hints(self) -> tuple[str, ...]:
        if self.near:
            return did_you_mean(self.near)
        if not self.known and self.setting:
            return (_("this spec has no variables; what stands in it cannot be set"),)
        if not self.known:
            return (_("name it above: `vars: {{{name}: …}}`").format(name=self.name),)
        listed = _(", ").join(self.known[:MOST_NAMED]) + (" …" if len(self.known) > MOST_NAMED else "")
        return (_("known here: {names}").format(names=listed),)


class VariableBelow(Problem):
    """A variable uses one that gets its value further down, or that needs the first one itself.

    Variables get their values from top to bottom. Example: `vars: {a: $(2 * b), b: 3}`. What to do: write `b` above
    `a`. Of variables that need each other, one needs a value of its own.
    """

    name: str
    user: str
    circle: bool

    def message(self) -> str:
        if self.name == self.user:
            return _("variable {name} needs its own value").format(name=self.name)
        if self.circle:
            return _("variables {user} and {name} need each other's values").format(user=self.user, name=self.name)
        return _("variable {name} gets its value further down").format(name=self.name)

    def hints(self) -> tuple[str, ...]:
        if self.circle:
            return (_("give it a value that needs no other: a number"),)
        return (_("write {name} above {user}").format(name=self.name, user=self.user),)


class BracedVariable(Problem):
    """A variable is written with braces, as in a shell: `${width}`.

    Here it is `$width`, and an expression `$(width * 2)`. Braces belong to YAML's mappings.
    """

    name: str

    def message(self) -> str:
        return _("`${…}` is no variable; a variable is written `$name`, an expression `$(…)`")

    def hints(self) -> tuple[str, ...]:
        name = harmless(self.name, 60)
        if not name:
            return ()
        written = f"${name}" if name.isidentifier() else f"$({name})"
        return (_("write `{written}`").format(written=written),)


class UnclosedExpression(Problem):
    """An expression `$(…)` ends before its parentheses are closed.

    Most often quotes are missing: between the brackets and braces of YAML a comma or a bracket ends a value. Then the
    whole expression belongs in quotes: `{out_channels: "$(min(width, 64))"}`.
    """

    written: str

    def message(self) -> str:
        return _("the expression `{written}` is not closed").format(written=self.written)

    def hints(self) -> tuple[str, ...]:
        return (_('between brackets and braces an expression with a comma is put in quotes: "$(…)"'),)


class NotAVariable(Problem):
    """The name of a variable or an argument is made of letters, digits and `_`, and begins with no digit.

    `if` and `else` are words of the expressions, and the functions' names (`min`, `round` …) are taken as well.
    """

    name: str

    def message(self) -> str:
        return _("{name} cannot be the name of a variable").format(name=self.name)


class UnknownVariant(Problem):
    """The file has no variant of this name.

    A variant is chosen with `@`: `resnet.yaml@resnet50`. A shipped one is found by its bare name.
    """

    name: str
    near: tuple[str, ...]
    variants: tuple[str, ...]

    def message(self) -> str:
        return _("there is no variant {name}").format(name=self.name)

    def hints(self) -> tuple[str, ...]:
        if self.near:
            return did_you_mean(self.near)
        if not self.variants:
            return (_("this spec has no variants"),)
        listed = _(", ").join(self.variants[:12]) + (" …" if len(self.variants) > 12 else "")
        return (_("the variants are {names}").format(names=listed),)


class ChooseVariant(Problem):
    """The spec is a family that cannot stand alone: some variables have values in its variants only.

    Choose one with `@`, as in `resnet.yaml@resnet50`, or give the variables values in `vars`.
    """

    variants: tuple[str, ...]

    def message(self) -> str:
        return _("this is a family of networks; choose one of its variants")

    def hints(self) -> tuple[str, ...]:
        listed = _(", ").join(self.variants[:12]) + (" …" if len(self.variants) > 12 else "")
        first = self.variants[0]
        return (
            _("the variants are {names}").format(names=listed),
            _("write @ and the name behind the file, as in `…@{name}`").format(name=first),
        )


class BlockHasKindsName(Problem):
    """A block has the name of a layer kind, so that a layer could mean either."""

    name: str

    def message(self) -> str:
        return _("a block cannot be called {name}: there is a layer kind of that name").format(name=self.name)


class RecursiveBlock(Problem):
    """A block uses itself, directly or through other blocks, and so would never end."""

    cycle: tuple[str, ...]

    def message(self) -> str:
        return _("the block uses itself: {cycle}").format(cycle=shortened(self.cycle))

    def hints(self) -> tuple[str, ...]:
        return (_("`repeat: n` writes a block several times in a row"),)


class UnknownArgument(Problem):
    """A block is given something that it does not take.

    A block takes what stands in its `args`, and what every layer takes: name, from, repeat, when, trainable, semantics.
    """

    block: str
    argument: str
    near: tuple[str, ...]
    known: tuple[str, ...]

    def message(self) -> str:
        return _("the block {block} has no argument {argument}").format(block=self.block, argument=self.argument)

    def hints(self) -> tuple[str, ...]:
        if self.near:
            return did_you_mean(self.near)
        if not self.known:
            return (_("{block} takes no arguments").format(block=self.block),)
        return (_("{block} takes {names}").format(block=self.block, names=_(", ").join(self.known)),)


class MissingArgument(Problem):
    """A block is used without an argument that has no default."""

    block: str
    argument: str

    def message(self) -> str:
        return _("the block {block} needs {argument}").format(block=self.block, argument=self.argument)

    def hints(self) -> tuple[str, ...]:
        return (_("write `- {block}: {{{argument}: …}}`").format(block=self.block, argument=self.argument),)


class ValueTooLarge(Problem):
    """A text or a list grows too large when variables are put into it.

    Each variable may use the one above it several times, so a few lines could stand for more than fits into memory.
    """

    characters: int
    values: int

    def message(self) -> str:
        return _(
            "with its variables put in, this is too large: at most {characters:,} characters, {values:,} values"
        ).format(characters=self.characters, values=self.values)


class TooManyVariables(Problem):
    """A spec names more variables than any network needs. All of them are known in every block and every repetition."""

    limit: int

    def message(self) -> str:
        return _("there are more than {limit:,} variables").format(limit=self.limit)


class TooManySteps(Problem):
    """Repetition and blocks lead through more than 400,000 entries, whether layers come of them or not.

    Entering a block or a list of layers counts as five more. What stands in lists that are repeated counts as well,
    and so does every name that a `parallel` without merging passes on.
    """

    limit: int

    def message(self) -> str:
        return _("repetition leads through more than {limit:,} entries").format(limit=self.limit)


class BlocksTooDeep(Problem):
    """Blocks, repetitions and paths stand in each other more than 32 deep."""

    limit: int

    def message(self) -> str:
        return _("more than {limit} blocks, repetitions and paths in each other").format(limit=self.limit)


class PatternMatchesNothing(Problem):
    """A pattern of `trainable` matches the name of no layer.

    In a pattern `*` stands for any text and `?` for one sign: `layer1.*`, `*batch_norm2d*`. The last line that matches
    a layer decides.
    """

    pattern: str

    def message(self) -> str:
        return _("no layer is called {pattern}").format(pattern=self.pattern)
