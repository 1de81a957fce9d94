"""The reasons behind the numbers of a layer, in words, and its windows drawn."""

from __future__ import annotations

from collections.abc import Iterator

from cnncalc.document import Entry, Prose
from cnncalc.formula import rules
from cnncalc.formula.expression import evaluate, traced
from cnncalc.formula.letters import N, P, S
from cnncalc.formula.write import lines, number
from cnncalc.kinds._contract import Role
from cnncalc.language import _, in_a_row, mark
from cnncalc.record import changed
from cnncalc.teach.derived import Derived, extent, slides, spreads
from cnncalc.teach.given import Given
from cnncalc.views.windows import drawn

WIDEST, WIDEST_WITH_NOTE = 50, 24
"""A side that takes more cells than the first is told, not drawn; below one wider than the second the note stands
alone."""

REASONS = {
    "separate_kernels": mark("Each pair of an input and an output channel has a kernel of its own."),
    "weights_per_neuron": mark("An output value meets a window of every input channel it sees, each with its weight."),
    "weights": mark("All values of an output map share their weights, so the size of the map plays no part."),
    "biases": mark("One for each output, added to every value of its map."),
    "rows_behind": mark("Another window would need more rows than are left."),
    "rows_between": mark("The stride is larger than the window, so each step leaves rows out."),
    "share_dropped": mark("Of the values that arrive only as many leave as there are windows."),
    "multiplications": mark("Each output value multiplies every value it sees by its weight, once."),
    "additions": mark("A sum of so many products takes one addition fewer; a bias is one more."),
    "fully_connected_weights": mark("Every output value would have a weight for every input value."),
    "locally_connected_weights": mark("Every output value would have a kernel of its own, shared with no other."),
    "receptive_field": mark("The window takes k values, which look jump places apart; the first one sees r places."),
    "jump": mark("One step of the window moves on by s values, jump places each."),
}
"""Why a quantity is what it is."""

OF_SPREADING = {
    "multiplications": mark("Each input value is multiplied by every weight that spreads it, once."),
    "additions": mark("Every product is added into an output that starts at zero; a bias is one more."),
    "locally_connected_weights": mark("Every input value would spread by a kernel of its own, shared with no other."),
}
"""The same for a transposed window."""

OF_FEATURES = {
    "weights_per_neuron": mark("An output value sees every value that arrives, each with its weight."),
}
"""The same without a window."""

OF_WEIGHTS = ("weights", "biases", "multiplications", "additions")
"""Reasons that speak of shared weights or windows; they hold for convolutions alone."""


def why(given: Given, one: Derived) -> Iterator[Entry]:
    """The reason for a quantity, below its calculation."""
    if one.name == "output_size":
        yield from _windows(given, one.axis or 0, int(one.value))
    elif one.name in REASONS and one.value and (one.name not in OF_WEIGHTS or Role.CONVOLUTION in given.kind.roles):
        others = OF_SPREADING if spreads(given) else {} if slides(given) else OF_FEATURES
        reasons = REASONS | others
        yield Entry("", (Prose(_(reasons[one.name])),))


def _windows(given: Given, axis: int, m: int) -> Iterator[Entry]:
    """The size in words, and the windows drawn."""
    geometry = slides(given)
    if geometry is None:
        return
    n, (before, after) = given.inputs[0][1:][axis], geometry.padding[axis]
    s, d = geometry.stride[axis], geometry.dilation[axis]
    padded = n + before + after
    covered = int(evaluate(extent(geometry.kernel[axis], d)))
    places = str(n)
    if before == after and before:
        places = f"{lines(traced(N, n) + rules.symmetric_padding(traced(P, before)))[1]} = {padded}"
    elif before or after:
        places = f"{n} + {before} + {after} = {padded}"
    sentences = [_("The side has {places} places.").format(places=places)]
    if before or after:
        sentences = [_("The padded side has {places} places.").format(places=places)]
    sentences.append(
        _("The first window takes {extent} and leaves {rest}.").format(extent=covered, rest=padded - covered)
    )
    if m > 1:
        fit = f"{padded - covered}/{s} = {number(evaluate(traced(N, padded - covered) / traced(S, s)))}"
        said = _("Each further one moves on by {stride}, and {fit}: {more} of them fit.")
        if (padded - covered) % s == 0:
            said = _("Each further one moves on by {stride}, and {fit} of them fit.")
        elif rules.last_window_start(m, s) > padded - covered:
            said = _("Each further one moves on by {stride}: {fit}, and ceil_mode keeps the last one, partly filled.")
        sentences.append(said.format(stride=s, fit=fit, more=m - 1))
    picture = drawn(n, (before, after), covered, s, m) if padded * (len(str(n)) + 1) <= WIDEST and d == 1 else None
    reason = Prose(in_a_row(sentences))
    label = _("why {m}").format(m=m)
    if picture is None:
        yield Entry(label, (reason,))
    elif padded * (len(str(n)) + 1) <= WIDEST_WITH_NOTE:
        yield Entry(label, (reason, picture))
    else:
        yield Entry(label, (reason, changed(picture, note=""), Prose(_("{words}.").format(words=picture.note))))
