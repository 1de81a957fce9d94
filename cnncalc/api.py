"""What `import cnncalc` offers: load, loads, parse, analyze, and what they return and raise."""

from cnncalc.engine.walk import analyze
from cnncalc.result import LayerResult, Quantity, Result
from cnncalc.spec.load import load, loads, parse
from cnncalc.spec.network import Layer, Network, SpecError

__all__ = [
    "Layer",
    "LayerResult",
    "Network",
    "Quantity",
    "Result",
    "SpecError",
    "analyze",
    "load",
    "loads",
    "parse",
]
