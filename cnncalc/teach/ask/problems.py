"""What keeps a question in words from being answered; each points at the words that are meant."""

from __future__ import annotations

from typing import ClassVar

from cnncalc.kinds import every
from cnncalc.kinds._contract import Role
from cnncalc.language import _
from cnncalc.problem import Finding, Problem, Severity
from cnncalc.suggest import did_you_mean


class NotRead(ValueError):
    """The question cannot be answered; carries the findings."""

    def __init__(self, *findings: Finding) -> None:
        super().__init__("; ".join(finding.problem.message() for finding in findings))
        self.findings = findings


class QuestionTooLong(Problem):
    """A question in words has at most 2,000 signs. Longer texts are no single question about a layer."""

    length: int
    most: int

    def message(self) -> str:
        return _("the question has {length} signs, more than {most}").format(length=self.length, most=self.most)


class TooManyWords(Problem):
    """A question in words has at most 400 words and signs, and sixty numbers; more is no question about a layer."""

    count: int
    most: int

    def message(self) -> str:
        return _("the question has {count} words or numbers, more than {most}").format(count=self.count, most=self.most)


class NothingAsked(Problem):
    """The words ask for nothing that is known about a layer; only what is asked is answered.

    Known are the output size and shape, parameters, weights, biases, multiplications, additions, MACs, FLOPs, the
    padding that keeps the size, the receptive field, and the weights of a fully connected layer for the same maps.
    """

    def message(self) -> str:
        return _("no question about a layer is found in these words")

    def caret(self) -> str:
        return _("what is asked?")

    def hints(self) -> tuple[str, ...]:
        return (_("ask for the output size, the parameters, the multiplications, the padding that keeps the size …"),)


class NotAnswerable(Problem):
    """The words ask for something that no formula here gives, such as memory, time or accuracy.

    How much one layer saves over another is none of them either: ask for each by itself.
    """

    words: str

    def message(self) -> str:
        return _("`{words}` is nothing that can be calculated here").format(words=self.words)

    def caret(self) -> str:
        return _("not known")


class RecurrentLayer(Problem):
    """Recurrent layers read a sequence step by step; their numbers are no question in words but a command.

    `cnncalc layer lstm 5x10 hidden_size=20` takes five steps of ten features each. How many steps there are does not
    change the number of parameters.
    """

    layer: str

    def message(self) -> str:
        return _("recurrent layers such as `{layer}` are not read from words").format(layer=self.layer)

    def hints(self) -> tuple[str, ...]:
        recurrent = [kind.name for kind in every() if Role.RECURRENT in kind.roles]
        kind = self.layer if self.layer in recurrent else recurrent[0]
        command = f"cnncalc layer {kind} 5x10 hidden_size=20"
        return (_("`{command}`: 5 steps of 10 features, 20 hidden ones").format(command=command),)


class NumberNotRead(Problem):
    """A number in the question belongs to no word that is understood, so an answer might leave out what it says.

    Write the word beside the number: `stride 2`, `10 filters`, `步长2`.
    """

    number: str

    def message(self) -> str:
        return _("what {number} means is not clear").format(number=self.number)

    def caret(self) -> str:
        return _("which quantity?")

    def hints(self) -> tuple[str, ...]:
        return (_("say what it is: `stride 2`, `padding 1`, `10 filters`, `3 channels`"),)


class SaidTwice(Problem):
    """One and the same quantity has two values in the question."""

    word: str
    first: str
    second: str

    def message(self) -> str:
        return _("{word} is {first} and {second} at once").format(word=self.word, first=self.first, second=self.second)


class ClaimOfSeveral(Problem):
    """A question brings an answer along and asks for several things: which of them it answers is not clear."""

    answer: str

    def message(self) -> str:
        return _("{answer} is said to be right, but several things are asked").format(answer=self.answer)

    def hints(self) -> tuple[str, ...]:
        return (_("ask for one thing, or give the answers with `--answer`, separated by `;`"),)


class ClaimNotPlain(Problem):
    """A claim says more than that a number is the answer: it denies it, compares with it, or takes it roughly.

    Nor is one judged with a word that is not known. Ask without the word: `is the output 5?`, `输出是5吗`.
    """

    words: str

    def message(self) -> str:
        return _("a claim with `{words}` is not judged").format(words=self.words)

    def caret(self) -> str:
        return _("not plainly a number that is the answer")

    def hints(self) -> tuple[str, ...]:
        return (_("ask whether one number is the answer: `is the output 5?`"),)


class SeveralLayers(Problem):
    """The words name several kinds of layers, and not in which order. Write `then` between them, or ask for one."""

    kinds: tuple[str, ...]

    def message(self) -> str:
        return _("several layers are named: {kinds}").format(kinds=", ".join(self.kinds))

    def hints(self) -> tuple[str, ...]:
        return (_("ask for one of them, or say which follows: `… then …`"),)


class NoLayerNamed(Problem):
    """Neither a layer nor anything that only one kind of layer has is named: a kernel, a pooling, neurons."""

    def message(self) -> str:
        return _("no layer is named: a convolution, a pooling, a fully connected layer …")

    def caret(self) -> str:
        return _("of which layer?")


class UnreadableCall(Problem):
    """A layer written as code has arguments that are not understood, or more than the layer takes."""

    words: str

    def message(self) -> str:
        return _("the arguments of `{words}` are not understood").format(words=self.words)


class OnlySizesOfChains(Problem):
    """Of layers that follow each other the sizes are answered, what they see, and what all together learn and cost.

    For anything else ask for one layer by itself, or write the network as a spec: `cnncalc explain` shows each layer.
    """

    def message(self) -> str:
        return _("of several layers in a row sizes, receptive fields and totals are answered, nothing of one of them")

    def hints(self) -> tuple[str, ...]:
        return (_("ask for the total or for one layer by itself, or write the layers as a spec for `cnncalc summary`"),)


class UnknownNetwork(Problem):
    """A name resembles that of a shipped network, and is none. `cnncalc specs` lists them."""

    name: str
    near: tuple[str, ...]

    def message(self) -> str:
        return _("no network called {name} is shipped").format(name=self.name)

    def caret(self) -> str:
        return _("not shipped")

    def hints(self) -> tuple[str, ...]:
        return did_you_mean(self.near)


class SeveralNetworks(Problem):
    """A question names several shipped networks. Ask for one, or compare them: `cnncalc compare NET NET`."""

    names: tuple[str, ...]

    def message(self) -> str:
        return _("several networks are named: {names}").format(names=", ".join(self.names))

    def hints(self) -> tuple[str, ...]:
        return (_("ask for one of them, or `cnncalc compare {names}`").format(names=" ".join(self.names)),)


class OnlyTotalsOfNetworks(Problem):
    """Of a shipped network its totals are answered, as it is shipped, and nothing of a part or a change of it.

    Totals are parameters, weights, biases, multiplications, additions, MACs, FLOPs; and the output shape.
    """

    name: str

    def message(self) -> str:
        return _(
            "of the network {name} totals and the output shape are answered, nothing of a part or a change"
        ).format(name=self.name)

    def hints(self) -> tuple[str, ...]:
        return (
            _("`cnncalc summary {name}` lists its layers").format(name=self.name),
            _("`cnncalc explain {name} LAYER` derives the numbers of one of its layers").format(name=self.name),
        )


class NoSuchSetting(Problem):
    """No value of the quantity that is asked for gives the wanted output size."""

    letter: str

    def message(self) -> str:
        return _("no {letter} gives this output size").format(letter=self.letter)


class OutputNotAsSaid(Problem):
    """The question says an output size that its other numbers do not give."""

    said: str
    computed: str

    def message(self) -> str:
        return _("the output is said to be {said}, but its other numbers give {computed}").format(
            said=self.said, computed=self.computed
        )


class WordsNotUsed(Problem):
    """Words of the question that nothing was made of. The answer does not take them into account."""

    severity: ClassVar[Severity] = "note"
    words: str

    def message(self) -> str:
        return _("not taken into account: {words}").format(words=self.words)
