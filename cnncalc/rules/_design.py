"""A network as a reviewer looks at it: layers with what feeds them, who uses them, and what was calculated."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cached_property

from cnncalc.harmless import harmless
from cnncalc.kinds._contract import CONNECTING, Kind, Role, Sight, Window
from cnncalc.result import LayerResult, Result
from cnncalc.rules._settings import Settings
from cnncalc.shape import Shape, elements
from cnncalc.spec.edit import Written
from cnncalc.spec.network import Layer, Network

WEIGHING = CONNECTING | {Role.ATTENTION, Role.RECURRENT}
"""The roles of layers that weigh what arrives by what they have learned, whatever they connect."""

FURTHEST = 50
"""So many layers that change nothing are looked through: many layers may hang on one long chain of them."""

POOLS = frozenset({Role.POOLING})


class Node:
    """One layer in its surroundings.

    `above` are its sources (None: an input of the network, or nothing that exists), `users` the layers that take its
    output, `leaves` says whether it is an output of the network.
    """

    __slots__ = ("above", "index", "kind", "layer", "leaves", "result", "users")

    def __init__(self, index: int, layer: Layer, result: LayerResult, above: tuple[Node | None, ...]) -> None:
        self.index, self.layer, self.result, self.above = index, layer, result, above
        # Rules have nothing to say about a layer that could not be calculated, or of which only the counts are known.
        known = layer.kind is not None and not layer.kind.opaque and result.status == "complete"
        self.kind: Kind | None = layer.kind if known else None
        self.users: list[Node] = []
        self.leaves = False

    @property
    def name(self) -> str:
        """Its name, harmless, for a message."""
        return harmless(self.layer.name, 60)

    @property
    def arriving(self) -> Shape:
        """The shape of its first input; of a layer that was calculated only."""
        return self.result.input_shapes[0] or ()

    @property
    def shape(self) -> Shape:
        """The shape of its output; of a layer that was calculated only."""
        return self.result.output_shape or ()

    @property
    def sole_source(self) -> Node | None:
        """The one layer that feeds it and feeds nothing else; None when there are several of either."""
        if len(self.above) != 1 or self.above[0] is None:
            return None
        source = self.above[0]
        return source if len(source.users) == 1 and not source.leaves else None

    @property
    def source(self) -> Node | None:
        """The one layer that feeds it, whoever else it feeds."""
        return self.above[0] if len(self.above) == 1 else None

    def has(self, role: Role) -> bool:
        """Whether it was calculated and has this role."""
        return self.kind is not None and role in self.kind.roles

    @property
    def connects(self) -> bool:
        """Whether its weights connect maps."""
        return self.kind is not None and bool(self.kind.roles & CONNECTING)

    @property
    def weighs(self) -> bool:
        """Whether it weighs what arrives by what it has learned."""
        return self.kind is not None and bool(self.kind.roles & WEIGHING)

    @property
    def passes(self) -> bool:
        """Whether it changes no value at inference, or only its place: dropout, flatten, a bare name."""
        kind = self.kind
        if kind is None or kind.roles - {Role.REGULARISATION, Role.SHAPE}:
            return False
        return Role.SHAPE not in kind.roles or kind.picks

    @property
    def keeps_axes(self) -> bool:
        """Whether each axis of its output is that axis of its input, longer or shorter."""
        if self.kind is None or len(self.shape) != len(self.arriving):
            return False
        if self.kind.roles & {Role.LINEAR, Role.ATTENTION, Role.RECURRENT, Role.EMBEDDING}:
            return False
        window = self.window
        return Role.SHAPE not in self.kind.roles or isinstance(window, tuple) or window is Sight.SAME

    @property
    def window(self) -> Window | None:
        """What its outputs see of its inputs; None for a layer that could not be calculated."""
        arriving = self.result.input_shapes
        if self.kind is None or None in arriving:
            return None
        return self.kind.window(arriving)  # type: ignore[arg-type]

    @property
    def shares(self) -> bool:
        """Whether its outputs are shares of a whole, or the logarithms of such."""
        return self.kind is not None and self.kind.probabilities in ("together", "logarithms")

    @property
    def centres_channels(self) -> bool:
        """Whether it takes each channel's own mean off."""
        return self.kind is not None and self.kind.centres_channels((self.arriving,))

    @property
    def keeps_signs(self) -> bool:
        """Whether it keeps what is not negative as it is, or drops it."""
        return self.passes or (self.kind is not None and self.kind.picks)

    @property
    def acts_on_each(self) -> bool:
        """Whether it is an activation of single values."""
        return self.has(Role.NONLINEARITY) and self.kind is not None and self.kind.elementwise

    @property
    def lets_collapse(self) -> bool:
        """Whether it is no reason why two layers around it could not be one: affine, and connects or pools nothing."""
        kind = self.kind
        return kind is not None and kind.weighted_sum and kind.arity == (1, 1) and not kind.roles & (CONNECTING | POOLS)

    @property
    def operations(self) -> int:
        """All its operations, of whatever sort."""
        one = self.result
        counts = (one.multiplications, one.additions, one.comparisons, one.divisions, one.transcendentals)
        return sum(count or 0 for count in counts)

    @property
    def keeps_grid(self) -> bool:
        """Whether each of its outputs stands where its input stood, and sees no other place."""
        kind = self.kind
        if kind is None or self.weighs or kind.roles & {Role.POOLING, Role.MERGE, Role.SHAPE}:
            return False
        return self.shape == self.arriving and self.result.geometry is None

    @property
    def pointwise(self) -> bool:
        """Whether it is a convolution of one place that mixes all channels."""
        geometry = self.result.geometry
        return self.has(Role.CONVOLUTION) and geometry is not None and {*geometry.kernel, geometry.groups} == {1}

    @property
    def spatial_kernel(self) -> bool:
        """Whether it is a window of more than one place."""
        geometry = self.result.geometry
        return self.kind is not None and geometry is not None and any(k > 1 for k in geometry.kernel)


class Design:
    """The whole network, as rules see it."""

    def __init__(self, network: Network, result: Result, settings: Settings) -> None:
        self.network, self.result, self.settings = network, result, settings
        self.nodes: list[Node] = []
        by_name: dict[str, Node] = {}
        self.used_inputs: set[str] = set()
        for index, (layer, calculated) in enumerate(zip(network.layers, result.layers, strict=True)):
            names = [None if source is None else source.name for source in layer.sources]
            above = tuple(None if name is None else by_name.get(name) for name in names)
            node = Node(index, layer, calculated, above)
            for source in dict.fromkeys(above):
                if source is not None:
                    source.users.append(node)
            self.used_inputs.update(name for name in names if name is not None and name not in by_name)
            self.nodes.append(node)
            by_name[layer.name] = node
        for output in network.outputs:
            if output.name in by_name:
                by_name[output.name].leaves = True
            else:
                self.used_inputs.add(output.name)

    @property
    def whole(self) -> bool:
        """Whether every layer stands in its place: what nobody uses is then really used by nobody."""
        return self.network.whole and not any(finding.severity == "error" for finding in self.network.problems)

    def of(self, role: Role) -> list[Node]:
        """The calculated layers with this role, in order."""
        return self._by_role.get(role, [])

    @cached_property
    def _by_role(self) -> dict[Role, list[Node]]:
        found: dict[Role, list[Node]] = {}
        for node in self.nodes:
            if node.kind is not None:
                for role in node.kind.roles:
                    found.setdefault(role, []).append(node)
        return found

    @cached_property
    def windows(self) -> list[Node]:
        """The calculated layers that slide a window over their input."""
        return [
            node
            for node in self.nodes
            if node.kind is not None and node.result.geometry is not None and not spreads(node)
        ]

    @cached_property
    def convolutions(self) -> list[Node]:
        """The convolutions that slide over their input, in order; transposed ones left out."""
        return [node for node in self.of(Role.CONVOLUTION) if not spreads(node)]

    @cached_property
    def bends(self) -> bool:
        """Whether anything in it is non-linear, or cannot be told; probabilities at its end do not count."""
        bent = [node for node in self.nodes if node.kind is None or not node.kind.weighted_sum]
        return any(not node.shares or node.users for node in bent)

    @cached_property
    def before_weights(self) -> frozenset[int]:
        """The indices of the layers behind which, sooner or later, a layer with weights follows."""
        return self.ahead_of(lambda node: node.kind is None or node.weighs)

    @cached_property
    def before_maps(self) -> frozenset[int]:
        """The indices of the layers whose outputs are, sooner or later, merged with a map: gates, for example."""
        return self.ahead_of(lambda node: node.kind is None or (node.has(Role.MERGE) and elements(node.shape[1:]) > 1))

    @cached_property
    def before_merges(self) -> frozenset[int]:
        """The indices of the layers whose outputs are, sooner or later, merged with others."""
        return self.ahead_of(lambda node: node.kind is None or node.has(Role.MERGE))

    def ahead_of(self, wanted: Callable[[Node], bool]) -> frozenset[int]:
        """The indices of the layers behind which such a layer follows, however far."""
        found: set[int] = set()
        for node in reversed(self.nodes):
            if any(user.index in found or wanted(user) for user in node.users):
                found.add(node.index)
        return frozenset(found)

    @cached_property
    def written(self) -> Written:
        """The source's text, to be edited."""
        return Written("" if self.network.source is None else self.network.source.text)

    @property
    def picture(self) -> Shape | None:
        """The spatial sides of the one input; None when there are several inputs, or it has none."""
        inputs = self.result.inputs
        return inputs[0][1][1:] or None if len(inputs) == 1 else None

    def __iter__(self) -> Iterator[Node]:
        """The layers that could be calculated, in order."""
        return (node for node in self.nodes if node.kind is not None)


def spreads(node: Node) -> bool:
    """Whether a layer's window spreads its inputs, as a transposed convolution does."""
    if node.kind is None:
        return False
    window = node.window if len(node.above) == 1 else ()
    return isinstance(window, tuple) and any(reach.transposed for reach in window)


def takers(node: Node, more: frozenset[Role] = frozenset()) -> Iterator[Node]:
    """The layers that take its values, seen through those that change none; `more` are roles to look through too."""
    waiting, known = list(node.users), {user.index for user in node.users}
    while waiting:
        user = waiting.pop(0)
        if user.passes or (user.kind is not None and user.kind.roles & more):
            waiting += [one for one in user.users if one.index not in known]
            known.update(one.index for one in user.users)
        else:
            yield user


def through(node: Node | None, what: str = "passes", shared: bool = False) -> Node | None:
    """The first layer from here upwards that changes a value, each one feeding only the next; None where paths part.

    `shared` goes on where a layer feeds others too.
    """
    for _step in range(FURTHEST):
        if node is None or not getattr(node, what):
            return node
        node = node.source if shared else node.sole_source
    return None
