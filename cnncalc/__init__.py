"""cnncalc: shapes, parameters and multiplications of any CNN, layer by layer.

>>> import cnncalc
>>> network = cnncalc.loads('''
... input: [1, 28, 28]
... layers:
... - conv2d: {out_channels: 6, kernel_size: 5, padding: 2}
... ''')
>>> cnncalc.analyze(network).totals["parameters"].value
156
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cnncalc.version import __version__

if TYPE_CHECKING:
    from cnncalc.api import (
        Layer,
        LayerResult,
        Network,
        Quantity,
        Result,
        SpecError,
        analyze,
        load,
        loads,
        parse,
    )

__all__ = [
    "Layer",
    "LayerResult",
    "Network",
    "Quantity",
    "Result",
    "SpecError",
    "__version__",
    "analyze",
    "load",
    "loads",
    "parse",
]


def __getattr__(name: str) -> Any:
    """Resolve a public name on its first use, so that importing the package costs nothing."""
    if name not in __all__:
        raise AttributeError(f"module 'cnncalc' has no attribute {name!r}")
    from cnncalc import api

    return getattr(api, name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
