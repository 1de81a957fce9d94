"""The shipped networks, each in a few numbers."""

from __future__ import annotations

import os
from signal import SIG_IGN, SIGINT, signal

from cnncalc.engine.walk import analyze
from cnncalc.record import Record
from cnncalc.result import Quantity
from cnncalc.shape import Shape
from cnncalc.spec import shipped
from cnncalc.spec.load import load

FEW = 24
"""For fewer networks no second process is started: that takes longer than they do."""

MOST_JOBS = 4


class Listed(Record):
    """A shipped network: what it is, and its totals."""

    name: str
    about: tuple[tuple[str, str], ...]
    inputs: tuple[tuple[str, Shape], ...]
    parameters: Quantity
    macs: Quantity
    receptive_field: tuple[int, ...] | None


def listed(names: list[str]) -> list[Listed]:
    """The networks of these names, in their order; many of them are shared among processes."""
    jobs = min(os.cpu_count() or 1, MOST_JOBS)
    if len(names) < FEW or jobs == 1:
        return list(map(_one, names))
    from concurrent.futures import ProcessPoolExecutor

    try:
        # Ctrl-C ends this process, and with it the others, which need not each say so.
        pool = ProcessPoolExecutor(jobs, initializer=signal, initargs=(SIGINT, SIG_IGN))
    except (ImportError, NotImplementedError, OSError):  # a system without the locks that processes share
        return list(map(_one, names))
    with pool:
        return list(pool.map(_one, names, chunksize=4))


def _one(name: str) -> Listed:
    result = analyze(load(shipped.find(name) or name))
    totals = result.totals
    return Listed(name, result.about, result.inputs, totals["parameters"], totals["macs"], result.receptive_field)
