"""What changed between two networks: in total, and layer by layer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal, NamedTuple

from cnncalc.analysis.match import Pair, match, settings
from cnncalc.engine.measures import of_network
from cnncalc.problem import Finding
from cnncalc.record import Record
from cnncalc.result import COUNTS, HEADLINE, LayerResult, Quantity, Result
from cnncalc.shape import Shape
from cnncalc.spec.network import Layer, Network

Change = Literal["added", "removed", "moved", "changed", "adapted", "unchanged"]
"""`adapted`: the layer is written as before, but other shapes arrive."""

TOTALS = ("parameters", "multiplications", "macs", "activations")


class Setting(NamedTuple):
    """One field with its old and its new value."""

    name: str
    old: Any
    new: Any


class LayerDiff(NamedTuple):
    """One layer, before and after; None where there is no such layer."""

    change: Change
    old: LayerResult | None
    new: LayerResult | None
    settings: tuple[Setting, ...] = ()
    renamed: bool = False
    """A name that somebody gave is another one now; a number that has shifted is no new name."""
    renumbered: bool = False

    @property
    def layer(self) -> LayerResult:
        """The layer as it is now, or as it was when it is gone."""
        return self.new or self.old  # type: ignore[return-value]  # one of them there is

    def difference(self, count: str) -> int | None:
        """How much more of a count there is now; None when one of the two is unknown."""
        before = 0 if self.old is None else getattr(self.old, count)
        after = 0 if self.new is None else getattr(self.new, count)
        return None if before is None or after is None else after - before

    def to_dict(self) -> dict[str, Any]:
        """The layer as it stands in the JSON document."""
        sides = (self.old, self.new)
        return {
            "change": self.change,
            "name": _both(*(None if one is None else one.name for one in sides)),
            "kind": _both(*(None if one is None else one.kind for one in sides)),
            "renamed": self.renamed,
            "settings": {name: _both(_plain(old), _plain(new)) for name, old, new in self.settings},
            "output_shape": _both(*(None if one is None else _listed(one.output_shape) for one in sides)),
            **{
                count: {
                    **_both(*(None if one is None else getattr(one, count) for one in sides)),
                    "difference": self.difference(count),
                }
                for count in COUNTS
            },
        }


class VariantDiff(NamedTuple):
    """One variant of a family, before and after; None where there is none of this name."""

    name: str
    old: Result | None
    new: Result | None
    differs: bool

    def to_dict(self) -> dict[str, Any]:
        """The variant as it stands in the JSON document."""
        unknown = Quantity(None, "unknown")
        return {
            "name": self.name,
            "change": "added" if self.old is None else "removed" if self.new is None else _word(self.differs),
            **{
                count: _quantities(*(unknown if one is None else one.totals[count] for one in (self.old, self.new)))
                for count in HEADLINE
            },
        }


def _word(differs: bool) -> Change:
    return "changed" if differs else "unchanged"


class Diff(Record):
    """Two networks, with the layers of both in one list."""

    old: Result
    new: Result
    layers: tuple[LayerDiff, ...]
    retitled: bool = False
    """Whether the files call the networks differently."""
    variants: tuple[VariantDiff, ...] = ()
    """The variants of the files, where none was chosen."""

    @property
    def differs(self) -> bool:
        """Whether there is any difference, in the networks themselves or in a variant of theirs."""
        return self.changed or any(one.differs for one in self.variants)

    @property
    def changed(self) -> bool:
        """Whether the networks themselves differ."""
        return (
            self.retitled
            or any(one.change != "unchanged" or one.renamed for one in self.layers)
            or any(getattr(self.old, name) != getattr(self.new, name) for name in ("inputs", "outputs", "totals"))
        )

    def total(self, count: str) -> tuple[Quantity, Quantity]:
        """A total, before and after."""
        if count == "activations":
            return Quantity(*of_network(count, self.old)), Quantity(*of_network(count, self.new))
        return self.old.totals[count], self.new.totals[count]

    @property
    def problems(self) -> tuple[Finding, ...]:
        """The problems of both."""
        return (*self.old.problems, *self.new.problems)

    def to_dict(self) -> dict[str, Any]:
        """The JSON document of `cnncalc diff --format json`."""
        sides = (self.old, self.new)
        return {
            "schema_version": 1,
            "differs": self.differs,
            "name": _both(self.old.name, self.new.name),
            "file": _both(*(None if one.source is None else one.source.name for one in sides)),
            "status": _both(self.old.status, self.new.status),
            "inputs": _both(*([_listed(shape) for _name, shape in one.inputs] for one in sides)),
            "outputs": _both(*([_listed(shape) for _name, shape in one.outputs] for one in sides)),
            "totals": {count: _quantities(*self.total(count)) for count in (*COUNTS, "activations")},
            "receptive_field": _both(*(_listed(one.receptive_field) for one in sides)),
            "depth": _both(self.old.depth, self.new.depth),
            "layers": [one.to_dict() for one in self.layers],
            "variants": [one.to_dict() for one in self.variants],
            "problems": _both(*([finding.to_dict() for finding in one.problems] for one in sides)),
        }


def families(
    old: Mapping[str, tuple[Network, Result]], new: Mapping[str, tuple[Network, Result]]
) -> tuple[VariantDiff, ...]:
    """What became of each variant of two families, by name."""
    found = []
    for name in dict.fromkeys((*old, *new)):
        before, after = old.get(name), new.get(name)
        differs = before is None or after is None or diff(before, after).changed
        found.append(VariantDiff(name, before and before[1], after and after[1], differs))
    return tuple(found)


def diff(old: tuple[Network, Result], new: tuple[Network, Result], variants: tuple[VariantDiff, ...] = ()) -> Diff:
    """The difference of two networks, each with what was calculated, and with what became of the files' `variants`."""
    pairs = match(old[0].layers, new[0].layers)
    names = {
        old[0].layers[pair.old].name: new[0].layers[pair.new].name
        for pair in pairs
        if pair.old is not None and pair.new is not None
    }
    layers = tuple(_layer(pair, old, new, names) for pair in pairs)
    return Diff(old[1], new[1], layers, old[0].title != new[0].title, variants)


def _layer(pair: Pair, old: tuple[Network, Result], new: tuple[Network, Result], names: Mapping[str, str]) -> LayerDiff:
    if pair.old is None or pair.new is None:
        return LayerDiff(
            "added" if pair.old is None else "removed",
            None if pair.old is None else old[1].layers[pair.old],
            None if pair.new is None else new[1].layers[pair.new],
        )
    before, after = old[1].layers[pair.old], new[1].layers[pair.new]
    written = old[0].layers[pair.old], new[0].layers[pair.new]
    changes = tuple(_settings(*written, names))
    named = any("name" in one.fields for one in written)
    renamed = named and before.name != after.name
    renumbered = not named and before.name != after.name
    adapted = before.output_shapes != after.output_shapes or any(
        getattr(before, count) != getattr(after, count) for count in COUNTS
    )
    change: Change = (
        "moved" if pair.moved else "changed" if changes or renamed else "adapted" if adapted else "unchanged"
    )
    return LayerDiff(change, before, after, changes, renamed, renumbered)


def _settings(old: Layer, new: Layer, names: Mapping[str, str]) -> list[Setting]:
    """What the layer is set to differently: its kind, its fields, and what feeds it where that is written."""
    found = []
    if old.kind_name != new.kind_name:
        found.append(Setting("kind", old.kind_name, new.kind_name))
    if old.kind is not new.kind or old.kernels != new.kernels or old.kind is None:
        before, after = settings(old), settings(new)
        keys = dict.fromkeys((*before, *after)) if old.kind_name == new.kind_name else {}
        found += [Setting(key, before.get(key), after.get(key)) for key in keys if before.get(key) != after.get(key)]
    if "from" in old.fields or "from" in new.fields:
        came = ["?" if one is None else names.get(one.name, one.name) for one in old.sources]
        comes = ["?" if one is None else one.name for one in new.sources]
        if came != comes:
            found.append(Setting("from", tuple(map(str, old.sources)), tuple(map(str, new.sources))))
    return found


def rows(found: Diff) -> list[dict[str, Any]]:
    """The layers as plain rows, the totals last."""
    layers = [_row(one.to_dict()) for one in found.layers]
    counts = {count: _quantities(*found.total(count)) for count in HEADLINE}
    total = {"change": _word(found.changed), "name": _both("total", "total")}
    blank = {key: _both(None, None) for key in ("kind", "output_shape")}
    return [*layers, {**total, **blank, **counts}]


def _row(layer: Mapping[str, Any]) -> dict[str, Any]:
    kept = ("change", "name", "kind", "output_shape", "parameters", "multiplications", "macs")
    return {key: layer[key] for key in kept}


def _both(old: Any, new: Any) -> dict[str, Any]:
    return {"old": old, "new": new}


def _quantities(old: Quantity, new: Quantity) -> dict[str, Any]:
    return {**_both(old.value, new.value), "difference": difference(old, new)}


def difference(old: Quantity, new: Quantity) -> int | None:
    """How much more there is now; None when it cannot be told."""
    if old.status != "complete" or new.status != "complete" or old.value is None or new.value is None:
        return None
    return new.value - old.value


def _listed(shape: Shape | None) -> list[int] | None:
    return None if shape is None else list(shape)


def _plain(value: Any) -> Any:
    """A setting as JSON has it."""
    if isinstance(value, Mapping):
        return {str(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [_plain(one) for one in value]
    return value if value is None or isinstance(value, bool | int | float | str) else str(value)
