"""Measure the figures that `docs/design.md` gives as reasons.

Run it as `python docs/figures.py`. Times depend on the machine; what counts is how far the two of a pair are apart.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import make_dataclass
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from cnncalc import analyze, parse
from cnncalc.record import Record, changed
from cnncalc.render import terminal
from cnncalc.render.signs import speaker
from cnncalc.views.summary import summary

LAYERS = 10_000


def seconds(work: Callable[[], Any], times: int = 5) -> float:
    """The median time of a piece of work."""
    taken = []
    for _ in range(times):
        start = perf_counter()
        work()
        taken.append(perf_counter() - start)
    return median(taken)


def record_class() -> None:
    """Make one class as the program makes its records."""
    type("Made", (Record,), {"__annotations__": {"a": "int", "b": "str", "c": "float", "d": "tuple"}})


def data_class() -> None:
    """Make one frozen dataclass with the same fields."""
    make_dataclass("Made", ("a", "b", "c", "d"), frozen=True)


def subclasses(kind: type) -> int:
    """How many classes stand below one."""
    return sum(1 + subclasses(below) for below in kind.__subclasses__())


def main() -> None:
    """Print every figure."""
    from cnncalc.catalogue import problems

    problems()
    conv = {"conv2d": {"out_channels": 16, "kernel_size": 3, "padding": 1}}
    network = parse({"input": [16, 64, 64], "layers": [conv, "relu"] * (LAYERS // 2)})
    apart = changed(network, layers=tuple(one._replace(kind=one.kind.model_copy()) for one in network.layers))
    lines = terminal.lay_out(summary(analyze(network), all_rows=True), 80, speaker(None, False))
    say = sys.stdout.write
    say(f"records in the program           {subclasses(Record)}\n")
    say(f"making a frozen dataclass        {seconds(data_class, 50) * 1e6:,.0f} µs\n")
    say(f"making a record                  {seconds(record_class, 50) * 1e6:,.0f} µs\n")
    say(f"analysing a layer, kinds shared  {seconds(lambda: analyze(network)) / LAYERS * 1e6:.1f} µs\n")
    say(f"analysing a layer, kinds apart   {seconds(lambda: analyze(apart)) / LAYERS * 1e6:.1f} µs\n")
    say(f"{len(lines):,} coloured lines by rich     {seconds(lambda: terminal.by_rich(lines), 3):.3f} s\n")
    say(f"{len(lines):,} coloured lines by hand     {seconds(lambda: terminal.by_hand(lines, True), 3):.3f} s\n")


if __name__ == "__main__":
    main()
