"""What `analyze` is given beside the network: the batch and other input shapes, checked strictly."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from cnncalc.kinds._contract import LARGEST
from cnncalc.language import _
from cnncalc.shape import Shape, parse
from cnncalc.spec.network import Network

Written = Shape | Sequence[int] | str
"""A shape as people give it: `(3, 64, 64)`, `[3, 64, 64]` or `"3x64x64"`."""


def checked_batch(batch: Any) -> int:
    """The batch, a whole number from 1 up.

    Raises:
        ValueError: it is anything else; `True` and `2.0` are no whole numbers.
    """
    if not _whole(batch):
        raise ValueError(_("the batch must be a whole number, not {kind}").format(kind=type(batch).__name__))
    if batch < 1:
        raise ValueError(_("the batch must be at least 1"))
    if batch > LARGEST:
        raise ValueError(_("the batch must be at most {largest:,}").format(largest=LARGEST))
    return int(batch)


def with_inputs(network: Network, inputs: Mapping[str, Written] | Written | None) -> dict[str, Shape | None]:
    """The input shapes, with those of `inputs` in place of the network's own.

    Raises:
        ValueError: an input of that name does not exist, a single shape was given for several inputs, or what was given
            is no shape.
    """
    given = dict(network.inputs)
    if inputs is None:
        return given
    if not isinstance(inputs, Mapping):
        inputs = {_only(given): inputs}
    for name, written in inputs.items():
        if not isinstance(name, str):
            raise ValueError(_("the name of an input is a text, not {kind}").format(kind=type(name).__name__))
        if name not in given:
            raise ValueError(
                _("the network has no input {name}; it has {names}").format(name=name, names=", ".join(given))
            )
        given[name] = _shape(written)
    return given


def _only(given: Mapping[str, Any]) -> str:
    """The name of the one input."""
    if len(given) != 1:
        raise ValueError(
            _("the network has the inputs {names}; say which one: {first}=…").format(
                names=", ".join(given), first=next(iter(given), "input")
            )
        )
    return next(iter(given))


def _shape(written: Any) -> Shape:
    if isinstance(written, str):
        shape = parse(written)
    elif isinstance(written, list | tuple) and all(map(_whole, written)):
        shape = tuple(map(int, written))
    else:
        shape = None
    if shape is None:
        raise ValueError(_('an input is a shape such as (3, 64, 64) or "3x64x64", or a mapping from names to shapes'))
    if not shape or any(side < 1 for side in shape):
        raise ValueError(_("a shape has whole numbers from 1 up"))
    return shape


def _whole(number: Any) -> bool:
    """Whether it is a whole number; Python takes `True` for one, too."""
    return isinstance(number, int) and not isinstance(number, bool)
