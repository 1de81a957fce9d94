"""Layers of torch.nn, as entries of a spec."""

import re
from collections.abc import Mapping
from typing import Any

WRITTEN_OTHERWISE = {"ReLU": "relu"}


def kind_of(torch_class: str) -> str:
    """The kind's name: the class in snake case (`ConvTranspose2d` is `conv_transpose2d`)."""
    return WRITTEN_OTHERWISE.get(torch_class) or re.sub(r"(?<=[a-z])(?=[A-Z])", "_", torch_class).lower()


def entry(torch_class: str, args: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """The layer as it stands in a spec: fields have the names of the constructor's keywords."""
    return {kind_of(torch_class): dict(args)}
