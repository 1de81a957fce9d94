"""A network of which nothing learns."""

from collections.abc import Iterator

from cnncalc.language import plural
from cnncalc.rules._contract import Breach, Rule
from cnncalc.rules._design import Design


class EverythingFrozen(Rule):
    """Every parameter of the network is frozen, so that training changes nothing.

    `trainable: false` keeps the weights of a layer as they are. Whoever trains a finished network on new pictures
    freezes most of it, and lets the last layer learn the new classes; if that one is frozen too, the loss stays where
    it is. Usually a pattern matches one layer too many, or the line stands at the top level instead of a layer.
    """

    severity = "warning"
    bad = """
        input: 128
        layers:
        - linear: {out_features: 64}
        - relu
        - linear: {out_features: 10, name: classes}
        trainable: false
        """
    good = """
        input: 128
        layers:
        - linear: {out_features: 64}
        - relu
        - linear: {out_features: 10, name: classes}
        trainable: {"*": false, classes: true}
        """

    parameters: int
    last: str
    own: int

    @classmethod
    def find(cls, design: Design) -> Iterator[Breach]:
        holders = [node for node in design.nodes if node.result.parameters]
        known = all(node.kind is not None for node in design.nodes)
        if not design.whole or not known or not holders or any(node.layer.trainable for node in holders):
            return
        last, place = holders[-1], design.network.trainable_place
        total = sum(node.result.parameters or 0 for node in holders)
        problem = cls(total, last.name, last.result.parameters or 0)
        yield Breach(problem, None if place is not None else holders[0], place=place)

    def message(self) -> str:
        sentence = plural(
            "the one parameter of the network is frozen: nothing learns",
            "all {parameters:,} parameters of the network are frozen: nothing learns",
            self.parameters,
        )
        return sentence.format(parameters=self.parameters)

    def amount(self) -> int:
        return self.parameters

    def about(self) -> str:
        return "trainable"

    def hints(self) -> tuple[str, ...]:
        sentence = plural(
            "let the last layer learn its {own:,} parameter: under `trainable`, `{last}: true` behind all else",
            "let the last layer learn its {own:,} parameters: under `trainable`, `{last}: true` behind all else",
            self.own,
        )
        return (sentence.format(own=self.own, last=self.last),)
