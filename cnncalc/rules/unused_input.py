"""An input of the network that no layer takes."""

from collections.abc import Iterator

from cnncalc.harmless import harmless
from cnncalc.language import _
from cnncalc.rules._contract import Breach, Rule
from cnncalc.rules._design import Design


class UnusedInput(Rule):
    """An input of the network is taken by no layer.

    Whoever runs the network has to provide it, and it changes nothing. Usually a `from` names another input.
    """

    severity = "warning"
    bad = """
        input:
          left: [1, 16, 16]
          right: [1, 16, 16]
        layers:
        - conv2d: {from: left, out_channels: 4, kernel_size: 3, name: a}
        - conv2d: {from: left, out_channels: 4, kernel_size: 3, name: b}
        - concat: {from: [a, b]}
        - relu
        """
    good = """
        input:
          left: [1, 16, 16]
          right: [1, 16, 16]
        layers:
        - conv2d: {from: left, out_channels: 4, kernel_size: 3, name: a}
        - conv2d: {from: right, out_channels: 4, kernel_size: 3, name: b}
        - concat: {from: [a, b]}
        - relu
        """

    input: str

    @classmethod
    def find(cls, design: Design) -> Iterator[Breach]:
        if not design.whole:
            return
        for name, _shape in design.network.inputs:
            if name not in design.used_inputs:
                yield Breach(cls(harmless(name, 60)), None, place=design.network.input_places.get(name))

    def message(self) -> str:
        return _("no layer takes the input {input}").format(input=self.input)

    def caret(self) -> str:
        return _("leads nowhere")

    def hints(self) -> tuple[str, ...]:
        return (_("take it with `from: {input}`, or leave it out").format(input=self.input),)
