"""Dropout in front of a batch normalisation."""

from collections.abc import Iterator

from cnncalc.kinds._contract import Role
from cnncalc.language import _
from cnncalc.rules._contract import Breach, Rule, second_place
from cnncalc.rules._design import Design, through


class DropoutBeforeNorm(Rule):
    """Dropout stands in front of a batch normalisation.

    While training, dropout makes the values vary more: with a share p dropped and the rest scaled up, their mean square
    grows to 1/(1 − p) of what it was. The normalisation learns that variance, and at inference, without dropout,
    divides by a wrong one. Put dropout behind the last normalisation, or leave it out: batch normalisation regularises
    too.
    """

    severity = "warning"
    bad = """
        input: 128
        layers:
        - linear: {out_features: 64, bias: false}
        - dropout: {p: 0.5}
        - batch_norm1d
        - relu
        - linear: {out_features: 10}
        """
    good = """
        input: 128
        layers:
        - linear: {out_features: 64, bias: false}
        - batch_norm1d
        - relu
        - dropout: {p: 0.5}
        - linear: {out_features: 10}
        """

    norm: str
    share: float

    @classmethod
    def find(cls, design: Design) -> Iterator[Breach]:
        for norm in design.of(Role.NORMALISATION):
            # A mean that each example has of its own is the right one with and without dropout.
            if norm.kind is None or not norm.kind.weighted_sum or not norm.centres_channels:
                continue
            node = through(norm.source, "acts_on_each", shared=True)
            share = None if node is None or node.kind is None or node.kind.keeps_spread else node.kind.drops()
            if share and share < 1:
                yield Breach(cls(norm.name, share), node, second_place(norm, _("learns the variance of what is left")))

    def message(self) -> str:
        return _("while training, {norm} sees mean squares {times:.2f} times those at inference").format(
            norm=self.norm, times=1 / (1 - self.share)
        )

    def hints(self) -> tuple[str, ...]:
        return (_("put it behind {norm} and its activation").format(norm=self.norm),)
