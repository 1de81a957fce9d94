"""What can be wrong with a spec whose text is readable."""

from __future__ import annotations

from typing import ClassVar

from cnncalc import shape as shapes
from cnncalc.language import _, plural
from cnncalc.problem import Problem, Severity
from cnncalc.shape import Shape
from cnncalc.suggest import did_you_mean


def shortened(cycle: tuple[str, ...], most: int = 10) -> str:
    """The names of a cycle with arrows between them, at most ten; what is left out in the middle is dots."""
    half = most // 2
    shown = cycle if len(cycle) <= most else (*cycle[:half], "…", *cycle[-half:])
    return " → ".join(shown)


class NotASpec(Problem):
    """A spec is a mapping with `input` and `layers`.

    The smallest one:

        input: [3, 32, 32]
        layers:
        - conv2d: {out_channels: 8, kernel_size: 3}
    """

    found: str

    def message(self) -> str:
        return _("a spec is a mapping with `input` and `layers`, but this is {found}").format(found=self.found)

    def hints(self) -> tuple[str, ...]:
        return (_("`cnncalc specs show lenet5` prints one to start from"),)


class MissingKey(Problem):
    """A spec needs `input` (the shape that arrives, channels first) and `layers` (the list of layers)."""

    key: str

    def message(self) -> str:
        return _("`{key}` is missing").format(key=self.key)

    def hints(self) -> tuple[str, ...]:
        if self.key == "input":
            return (_("add the shape that arrives, channels first: `input: [3, 224, 224]`"),)
        return (_("add the list of layers: `layers:` and below it one `- kind: {field: value}` for each"),)


class UnknownKey(Problem):
    """The top level of a spec has no such key.

    It knows `name`, `input`, `layers`, `outputs`, `about`, `expect`, `vars`, `variants`, `blocks`, `semantics` and
    `trainable`. A spec does not include other files.
    """

    key: str
    near: tuple[str, ...] = ()
    layer: bool = False
    """Whether it is a kind of layer."""

    def message(self) -> str:
        return _("a spec has no key `{key}`").format(key=self.key)

    def hints(self) -> tuple[str, ...]:
        if self.key in ("include", "extends", "import"):
            return (_("a spec is one file; `blocks` and `repeat` save repetition in it, `variants` hold a family"),)
        if self.layer:
            return (_("a layer stands below `layers`, with a dash: `- {kind}`").format(kind=self.key),)
        return did_you_mean(self.near)


class WrongValue(Problem):
    """A value is not of the kind that its field takes.

    Types are strict: `true` is no number, `3.0` and `"3"` are no whole numbers, `1e3` is a decimal number. A field for
    sides takes one number for all axes, or a list with one per axis.
    """

    field: str
    written: str
    wanted: str
    hint: str = ""
    inside: tuple[str | int, ...] = ()

    def message(self) -> str:
        return _("{field} must be {wanted}, not {written}").format(
            field=self.field, wanted=self.wanted, written=self.written
        )

    def hints(self) -> tuple[str, ...]:
        return (self.hint,) if self.hint else ()

    def about(self) -> str | tuple[str, int]:
        if self.inside and isinstance(self.inside[0], int):
            return (self.field, self.inside[0])
        return self.field


class MissingField(Problem):
    """The layer cannot be calculated without this field."""

    kind: str
    field: str
    description: str
    assigned: bool = False
    """Whether fields are written as on the command line, `k=3`."""

    together: tuple[str, ...] | None = None
    """All the fields that are missing; none where another one's problem names them."""

    def message(self) -> str:
        return _("{kind} needs {field} ({description})").format(
            kind=self.kind, field=self.field, description=_(self.description)
        )

    def hints(self) -> tuple[str, ...]:
        if self.assigned:
            return (_("write `{field}=…`").format(field=self.field),)
        fields = (self.field,) if self.together is None else self.together
        written = ", ".join(f"{field}: …" for field in fields)
        return (_("write `- {kind}: {{{fields}}}`").format(kind=self.kind, fields=written),) if fields else ()


class UnknownField(Problem):
    """The layer kind has no such field.

    Fields carry PyTorch's names; what other frameworks call them (`filters`, `strides`, `units`) is named in the hint.
    `cnncalc layer KIND` prints the manual of the kind with all of its fields.
    """

    kind: str
    field: str
    near: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    how: str = ""
    """What to do with a field that other frameworks have."""

    def message(self) -> str:
        return _("{kind} has no field {field}").format(kind=self.kind, field=self.field)

    def hints(self) -> tuple[str, ...]:
        if self.how:
            return (self.how,)
        if self.near:
            return did_you_mean(self.near)
        if not self.fields:
            return (_("{kind} has no fields").format(kind=self.kind),)
        return (_("{kind} has {fields}").format(kind=self.kind, fields=_(", ").join(self.fields)),)


class UnknownKind(Problem):
    """There is no layer kind of this name.

    Kinds carry the names of torch.nn's classes in snake case: `conv2d`, `max_pool2d`, `batch_norm2d`, `linear`.
    """

    kind: str
    near: tuple[str, ...] = ()
    described: str = ""
    how: str = ""
    """How it is built of other kinds, if it is."""

    def message(self) -> str:
        return _("there is no layer kind `{kind}`").format(kind=self.kind)

    def hints(self) -> tuple[str, ...]:
        if self.how:
            return (self.how,)
        if not self.described:
            return did_you_mean(self.near)
        hint = _("a layer that is no kind here can be described by its shape and counts: `- {kind}: {{shape: […]}}`")
        return (*did_you_mean(self.near), hint.format(kind=self.described))


class NotALayer(Problem):
    """A layer is a bare name, or one key with its fields: `- relu`, `- conv2d: {out_channels: 8, kernel_size: 3}`.

    Fields stand indented below the kind, or in braces behind it. Two keys side by side usually mean that the
    indentation of the fields is missing.
    """

    found: str
    hint: str = ""

    def message(self) -> str:
        return _("a layer is a name or one key with its fields, but this is {found}").format(found=self.found)

    def hints(self) -> tuple[str, ...]:
        return (self.hint,) if self.hint else ()


class NoLayers(Problem):
    """The list of layers is empty."""

    def message(self) -> str:
        return _("there are no layers")


class TooManyLayers(Problem):
    """A spec may have 100,000 layers."""

    limit: int

    def message(self) -> str:
        return _("more than {limit:,} layers").format(limit=self.limit)


class NotAShape(Problem):
    """A shape is one whole number from 1 up per axis, channels first, without the batch.

    `[3, 64, 64]`, `3x64x64` and `{channels: 3, height: 64, width: 64}` are the same shape.
    """

    what: str
    written: str

    def message(self) -> str:
        return _("{what} must be a shape such as [3, 64, 64], not {written}").format(
            what=self.what, written=self.written
        )

    def hints(self) -> tuple[str, ...]:
        return (_("one whole number from 1 up per axis, channels first, without the batch"),)


class UnknownAxis(Problem):
    """An axis of a shape is one of `channels`, `features`, `depth`, `height`, `width` and `length`.

    Example: `input: {channels: 3, height: 32, width: 32}`, which is the same as `[3, 32, 32]`.
    """

    names: tuple[str, ...]
    meant: tuple[tuple[str, int], ...]

    def message(self) -> str:
        return _("no axis is called {names}").format(names=_(" or ").join(self.names))

    def hints(self) -> tuple[str, ...]:
        return (_("write {shape}").format(shape=f"{{{', '.join(f'{axis}: {side}' for axis, side in self.meant)}}}"),)


class ChannelsLast(Problem):
    """The shape looks as if its channels stood last.

    Shapes are channels first here, as in PyTorch. Keras, TensorFlow and many papers write height × width × channels.
    This is a note only: a map of 64 channels is legal too.
    """

    severity: ClassVar[Severity] = "note"

    shape: Shape

    def message(self) -> str:
        return _("read as {channels} channels of {rest}; meant {other}?").format(
            channels=self.shape[0],
            rest=shapes.text(self.shape[1:]),
            other="x".join(map(str, (self.shape[-1], *self.shape[:-1]))),
        )


class DuplicateName(Problem):
    """Two layers, or a layer and an input, have the same name, so that `from` could mean either."""

    name: str
    again: bool = False
    """Whether it is the same line, which comes again in each round of a repetition."""

    def message(self) -> str:
        return _("the name {name} is taken").format(name=self.name)

    def hints(self) -> tuple[str, ...]:
        if not self.again:
            return ()
        return (
            _("the line comes again in each round: name it with the round's number, as in `name: {name}$i`").format(
                name=self.name
            ),
        )


class NotAName(Problem):
    """A name is a text of up to 256 characters without a colon (`name:1` means the second output of a layer)."""

    written: str

    def message(self) -> str:
        return _("{written} cannot be a name").format(written=self.written)

    def hints(self) -> tuple[str, ...]:
        return (_('a name is a text of 1 to 256 characters without a colon; a number needs quotes: "3"'),)

    def about(self) -> str:
        return "name"


class UnknownSource(Problem):
    """`from` (or `outputs`) names a layer that does not exist.

    Layers without a `name:` are called by their kind and number: the first `conv2d` is `conv2d_1`. The input is
    `input`.
    """

    name: str
    near: tuple[str, ...] = ()

    def message(self) -> str:
        return _("there is no layer or input called {name}").format(name=self.name)

    def about(self) -> str:
        return "from"

    def hints(self) -> tuple[str, ...]:
        return did_you_mean(self.near)


class LaterSource(Problem):
    """`from` names the layer itself or one below it.

    A layer takes its inputs from layers above it. If the layer below depends on this one in turn, that is a cycle,
    which a feed-forward network cannot have; otherwise move the layer down.
    """

    name: str
    cycle: tuple[str, ...] = ()

    def message(self) -> str:
        if self.cycle:
            return _("{name} depends on this very layer: {cycle}").format(name=self.name, cycle=shortened(self.cycle))
        return _("{name} stands below; a layer takes its input from layers above it").format(name=self.name)

    def about(self) -> str:
        return "from"

    def hints(self) -> tuple[str, ...]:
        if self.cycle:
            return (_("take one of these connections out: a network runs from its inputs to its outputs"),)
        return (_("move {name} above this layer").format(name=self.name),)


class NoSuchOutput(Problem):
    """The layer has fewer outputs than `name:i` asks for; they are counted from 0."""

    other_sizes = False

    name: str
    output: int
    outputs: int = 1

    def message(self) -> str:
        return _("{name} has no output {output}").format(name=self.name, output=self.output)

    def about(self) -> str:
        return "from"

    def hints(self) -> tuple[str, ...]:
        if self.outputs > 1:
            return (_("its outputs are `{name}:0` to `{name}:{last}`").format(name=self.name, last=self.outputs - 1),)
        return (_("`{name}` alone is its output").format(name=self.name),)


class NoOutputs(Problem):
    """`outputs` names no layer.

    A network has at least one output. Without `outputs:` every layer that nobody uses is one.
    """

    def message(self) -> str:
        return _("`outputs` names no layer")

    def hints(self) -> tuple[str, ...]:
        return (_("name the layers whose outputs leave the network, or leave `outputs` out"),)


class RepeatedOutput(Problem):
    """`outputs` names the same layer twice; `name` and `name:0` are the same output."""

    name: str

    def message(self) -> str:
        return _("`outputs` names {name} twice").format(name=self.name)

    def hints(self) -> tuple[str, ...]:
        return (_("name each layer once"),)


class AmbiguousInput(Problem):
    """With several inputs, the first layer must say which one it takes."""

    names: tuple[str, ...]

    def message(self) -> str:
        return _("the spec has {count} inputs; which one comes here?").format(count=len(self.names))

    def hints(self) -> tuple[str, ...]:
        return (_("add `from: {name}` to the layer").format(name=self.names[0]),)


class WrongNumberOfInputs(Problem):
    """The kind takes another number of inputs than `from` names.

    Most layers take one. Merging layers (`add`, `concat`), `matmul` and attention take several, given as a list;
    `cnncalc layer KIND` says what a kind takes.
    """

    kind: str
    given: int
    least: int
    most: int | None

    def message(self) -> str:
        if self.least == self.most:
            wanted = plural("{n} input", "{n} inputs", self.least).format(n=self.least)
        elif self.most is None or self.given < self.least:
            wanted = plural("at least {n} input", "at least {n} inputs", self.least).format(n=self.least)
        else:
            wanted = plural("at most {n} input", "at most {n} inputs", self.most).format(n=self.most)
        return _("{kind} takes {wanted}, not {given}").format(kind=self.kind, wanted=wanted, given=self.given)

    def hints(self) -> tuple[str, ...]:
        if self.given < self.least:
            return (_("name them: `{kind}: {{from: [layer, layer]}}`").format(kind=self.kind),)
        return (_("join them first, with `concat` or `add`"),) if self.most == 1 else ()


class EmptyBounds(Problem):
    """`expect` gives bounds that no number keeps: `min` is above `max`.

    Both bounds are kept by the numbers that are equal to them: `{min: 5, max: 5}` is met by 5.
    """

    name: str
    least: str
    most: str

    def message(self) -> str:
        return _("{name} cannot be at least {least} and at most {most}").format(
            name=self.name, least=self.least, most=self.most
        )

    def hints(self) -> tuple[str, ...]:
        return (_("`min` is the lower bound, `max` the upper one"),)


class UnknownExpectation(Problem):
    """`expect` knows `output`, every count by its name in the JSON document, `receptive_field`, `depth`, `activations`,
    `downsampling` and `weights_memory`; and under `layers` the same for layers, by name or pattern."""

    name: str
    near: tuple[str, ...] = ()

    def message(self) -> str:
        return _("`expect` knows no {name}").format(name=self.name)

    def hints(self) -> tuple[str, ...]:
        return did_you_mean(self.near)


class UnknownBound(Problem):
    """What is expected of a number is `{min: …, max: …}` or `{value: …, tolerance: 2%}`, of a size also its `dtype`."""

    field: str
    name: str
    near: tuple[str, ...] = ()
    known: tuple[str, ...] = ()

    def message(self) -> str:
        return _("{field} has no bound {name}").format(field=self.field, name=self.name)

    def hints(self) -> tuple[str, ...]:
        return did_you_mean(self.near) or (_("known are {names}").format(names=", ".join(self.known)),)


class UnmatchedPattern(Problem):
    """Under `expect: layers:` stands a name or a pattern that is no layer's.

    Layers without a `name:` are called by their kind and number: the first `conv2d` is `conv2d_1`. In a pattern `*`
    stands for any characters, `?` for one, `[ab]` for one of these.
    """

    written: str
    near: tuple[str, ...] = ()

    def message(self) -> str:
        return _("no layer is called {name}").format(name=self.written)

    def hints(self) -> tuple[str, ...]:
        return did_you_mean(self.near)


class UnknownOutput(Problem):
    """Under `expect: output:` stands a name that is no output's.

    The outputs of a network are the layers that `outputs` names; without it, those that nobody uses.
    """

    name: str
    near: tuple[str, ...] = ()

    def message(self) -> str:
        return _("the network has no output called {name}").format(name=self.name)

    def hints(self) -> tuple[str, ...]:
        return did_you_mean(self.near)


class TooManyPatterns(Problem):
    """`expect: layers:` or `trainable` has so many patterns that comparing them with every layer takes long.

    Each further `*` in a pattern counts as one more.
    """

    lines: int
    layers: int
    limit: int

    def message(self) -> str:
        return _("{lines:,} lines with patterns for {layers:,} layers are more than {limit:,} comparisons").format(
            lines=self.lines, layers=self.layers, limit=self.limit
        )
