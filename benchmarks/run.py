"""Speed and memory, each figure as a ratio measured in one run, side by side.

    python benchmarks/run.py            all of it
    python benchmarks/run.py startup    one part: startup, version, memory, scaling, layers, answers, many, families,
                                        scale

Run it in an environment into which cnncalc was installed as users install it (`pip install .`), on an otherwise idle
machine. Whole processes are timed from outside, in turn, A B A B …; the median of the ratios is printed.
"""

from __future__ import annotations

import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

FLOOR = "import typer, rich.table, rich.console, yaml; from pydantic import create_model; create_model('M', x=(int, 1))"
SPECS = Path(__file__).resolve().parent.parent / "specs"
RUNS = 15


def cnncalc(*words: str) -> list[str]:
    """The installed command."""
    return [str(Path(sys.executable).with_name("cnncalc")), *words]


def wall(command: list[str]) -> float:
    """Seconds of one whole process."""
    start = time.perf_counter()
    done = subprocess.run(command, stdout=subprocess.DEVNULL, check=False)
    if done.returncode not in (0, 1):  # 1: answers are wrong, which some of them are to be
        raise subprocess.CalledProcessError(done.returncode, command)
    return time.perf_counter() - start


def paired(command: list[str], against: list[str], runs: int = RUNS) -> tuple[float, float, float]:
    """Median seconds of both commands, and the median of their ratios."""
    wall(command), wall(against)
    pairs = [(wall(command), wall(against)) for _ in range(runs)]
    return (
        statistics.median(a for a, _ in pairs),
        statistics.median(b for _, b in pairs),
        statistics.median(a / b for a, b in pairs),
    )


def peak(command: list[str]) -> float:
    """Peak memory of a process in MiB, as the operating system counts it."""
    code = (
        "import resource, subprocess, sys; subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, check=True); "
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    )
    out = subprocess.run([sys.executable, "-c", code, *command], capture_output=True, text=True, check=True).stdout
    return int(out) / 1024


def line(what: str, figure: str, bound: str, met: bool) -> None:
    """One row of the report."""
    print(f"{what:<44} {figure:<34} {bound:<16} {'met' if met else 'MISSED'}")


def startup() -> None:
    """The whole of `summary vgg16` against importing what it is built on."""
    ours, floor, ratio = paired(cnncalc("summary", "vgg16"), [sys.executable, "-c", FLOOR])
    line("summary vgg16 : imports", f"{ours:.3f} s : {floor:.3f} s = {ratio:.2f}", "at most 1.4", ratio <= 1.4)


def version() -> None:
    """`--version` against an empty interpreter."""
    ours, bare, ratio = paired(cnncalc("--version"), [sys.executable, "-c", "pass"])
    line("--version : python -c pass", f"{ours:.3f} s : {bare:.3f} s = {ratio:.2f}", "at most 3", ratio <= 3)


def memory() -> None:
    """Peak memory of every shipped spec."""
    listed = subprocess.run(cnncalc("specs", "--format", "csv"), capture_output=True, text=True, check=True).stdout
    peaks = {name: peak(cnncalc("summary", name)) for name in (line.split(",")[0] for line in listed.splitlines()[1:])}
    name = max(peaks, key=peaks.__getitem__)
    line("peak memory, largest shipped spec", f"{peaks[name]:.1f} MiB ({name})", "at most 50 MB", peaks[name] <= 47.6)


def deep(layers: int, distinct: bool) -> str:
    """A chain of convolutions, batch norms and relus; all alike, or each convolution another one."""
    block = "- conv2d: {{out_channels: {channels}, kernel_size: 3, padding: 1}}\n- batch_norm2d\n- relu\n"
    body = "".join(block.format(channels=i % 997 + 1 if distinct else 64) for i in range(layers // 3 + 1))
    return "input: [3, 64, 64]\nlayers:\n" + "\n".join(body.splitlines()[:layers]) + "\n"


def best(work: Callable[[], object], times: int) -> float:
    """The shortest of several runs, in seconds."""
    found = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        found.append(time.perf_counter() - start)
    return min(found)


def scaling() -> None:
    """The whole command on 10,000 layers against 1,000."""
    folder = Path(os.environ.get("TMPDIR", "/tmp"))
    files = {}
    for count in (1_000, 10_000):
        files[count] = folder / f"cnncalc-{count}-layers.yaml"
        files[count].write_text(deep(count, distinct=True), encoding="utf-8")
    large, small, ratio = paired(cnncalc("summary", str(files[10_000])), cnncalc("summary", str(files[1_000])), 5)
    line("10,000 layers : 1,000 layers", f"{large:.2f} s : {small:.2f} s = {ratio:.1f}", "at most 12", ratio <= 12)
    for file in files.values():
        file.unlink()


def layers() -> None:
    """Analysis alone of specs that are loaded already."""
    import cnncalc as library
    from cnncalc.spec import shipped

    for name in ("vgg16", "resnet18"):
        network = library.load(shipped.find(name) or name)
        each = best(lambda network=network: library.analyze(network), 200) / len(network.layers) * 1e6
        line(f"analysis of {name}, a layer", f"{each:.1f} µs", "at most 25 µs", each <= 25)
    for distinct, what in ((False, "alike"), (True, "all different")):
        network = library.loads(deep(9_999, distinct))
        each = best(lambda network=network: library.analyze(network), 5) / len(network.layers) * 1e6
        line(f"analysis of 9,999 layers {what}, a layer", f"{each:.1f} µs", "at most 25 µs", each <= 25)


def questions(count: int, wrong: bool) -> str:
    """A file of questions about convolutions that all differ, with right answers or wrong ones."""
    rows = []
    for i in range(count):
        n, k, p, s = 40 + i % 61, 2 + i % 7, i % 4, 1 + i % 3
        channels, kernels = 1 + i % 13, 4 + i % 29
        m = (n + 2 * p - k) // s + 1
        answers = (("output_size", m), ("weights", channels * kernels * k * k))
        answers = (*answers, ("multiplications", kernels * m * m * channels * k * k))
        ask, answer = answers[i % 3]
        answer = answer + 7 + i if wrong else answer
        given = f"input: {channels}x{n}x{n}, c_out: {kernels}, k: {k}, p: {p}, s: {s}, bias: false"
        rows.append(f"- {{id: q{i}, kind: conv2d, given: {{{given}}}, ask: {ask}, answer: {answer}}}\n")
    return "questions:\n" + "".join(rows)


def answers() -> None:
    """The whole of `check` on 1,000 answers to different questions against one; right ones, and wrong ones."""
    folder = Path(os.environ.get("TMPDIR", "/tmp"))
    one = folder / "cnncalc-1-answer.yaml"
    one.write_text(questions(1, wrong=False), encoding="utf-8")
    for wrong, what in ((False, "right"), (True, "wrong")):
        many = folder / "cnncalc-1000-answers.yaml"
        many.write_text(questions(1_000, wrong), encoding="utf-8")
        all_, single, ratio = paired(cnncalc("check", str(many)), cnncalc("check", str(one)), 7)
        figure = f"{all_:.2f} s : {single:.2f} s = {ratio:.2f}"
        line(f"1,000 {what} answers : 1 answer", figure, "at most 3", ratio <= 3)
        many.unlink()
    one.unlink()


def many() -> None:
    """`validate` of 1,000 specs in one run against 1,000 runs of one, and the memory of 5,000 against 1,000."""
    with tempfile.TemporaryDirectory() as folder:
        small = "input: [3, 32, 32]\nlayers:\n- conv2d: {out_channels: 8, kernel_size: 3}\n- relu\n- flatten\n"
        for count in (1_000, 5_000):
            (Path(folder) / str(count)).mkdir()
            for i in range(count):
                text = f"{small}- linear: {{out_features: {i % 97 + 2}}}\n"
                (Path(folder) / str(count) / f"{i}.yaml").write_text(text, encoding="utf-8")
        thousand, five = (str(Path(folder) / count) for count in ("1000", "5000"))
        one = cnncalc("validate", str(Path(thousand) / "0.yaml"))
        all_, single, ratio = paired(cnncalc("validate", thousand), one, 5)
        figure = f"{all_:.2f} s : {single * 1000:.0f} s = 1/{1000 / ratio:.0f}"
        line("validate 1,000 specs : 1,000 runs", figure, "at most 1/10", ratio <= 100)
        less, more = (peak(cnncalc("validate", path)) for path in (thousand, five))
        figure = f"{more:.1f} MiB : {less:.1f} MiB = {more / less:.2f}"
        line("memory of 5,000 specs : 1,000 specs", figure, "at most 1.3", more <= 1.3 * less)


def families() -> None:
    """A family's file with a variant chosen against its flat form; and the deepest one against the imports."""
    folder = Path(os.environ.get("TMPDIR", "/tmp"))
    for name in ("resnet18", "resnet152", "vgg16", "densenet121"):
        flat = folder / f"cnncalc-{name}-flat.yaml"
        subprocess.run(cnncalc("expand", name, "-o", str(flat)), check=True)
        family, written_out, ratio = paired(cnncalc("summary", name), cnncalc("summary", str(flat)))
        figure = f"{family:.3f} s : {written_out:.3f} s = {ratio:.2f}"
        line(f"{name} in its family : written out", figure, "at most 1.25", ratio <= 1.25)
        flat.unlink()
    ours, floor, ratio = paired(cnncalc("summary", "resnet152"), [sys.executable, "-c", FLOOR])
    line("summary resnet152 : imports", f"{ours:.3f} s : {floor:.3f} s = {ratio:.2f}", "at most 1.8", ratio <= 1.8)


def tangled(layers: int) -> str:
    """A graph at random: convolutions, activations and sums, each fed by any layers above it."""
    dice = random.Random(layers)
    rows = ["- relu: {name: n0}"]
    for i in range(1, layers):
        near, far = f"n{dice.randrange(max(i - 200, 0), i)}", f"n{dice.randrange(i)}"
        kind = dice.choice(("conv2d", "relu", "add"))
        fields = {
            "conv2d": f"from: {far}, out_channels: 8, kernel_size: {dice.choice((1, 3))}, padding: same",
            "relu": f"from: {near}",
            "add": f"from: [{near}, {far}]",
        }
        rows.append(f"- {kind}: {{name: n{i}, {fields[kind]}}}")
    return "input: [8, 16, 16]\nlayers:\n" + "\n".join(rows) + "\n"


def joined(layers: int) -> str:
    """Sums with 1,000 inputs each."""
    sources = [f"- conv2d: {{name: b{i}, from: input, out_channels: 8, kernel_size: 1}}" for i in range(1000)]
    names = ", ".join(f"b{i}" for i in range(1000))
    return "input: [8, 16, 16]\nlayers:\n" + "\n".join([*sources, *[f"- add: {{from: [{names}]}}"] * layers]) + "\n"


LOAD = "import cnncalc, sys; from cnncalc.cli import app; cnncalc.load(sys.argv[1])"


def used(command: list[str]) -> tuple[float, float]:
    """Seconds of processor time and MiB at the peak of one process; what it waited on a busy machine is left out."""
    code = (
        "import resource, subprocess, sys; subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, check=True); "
        "used = resource.getrusage(resource.RUSAGE_CHILDREN); print(used.ru_utime + used.ru_stime, used.ru_maxrss)"
    )
    out = subprocess.run([sys.executable, "-c", code, *command], capture_output=True, text=True, check=True).stdout
    seconds, kibibytes = out.split()
    return float(seconds), int(kibibytes) / 1024


def scale() -> None:
    """Very large networks: each doubling of the layers against the one before, and writing against loading."""
    chain = partial(deep, distinct=True)
    shapes = {"chain": (chain, 25_000), "graph": (tangled, 25_000), "sums of 1,000": (joined, 100)}
    with tempfile.TemporaryDirectory() as folder:
        for what, (made, least) in shapes.items():
            before = None
            for count in (least, 2 * least, 4 * least):
                file = Path(folder) / f"{count}.yaml"
                file.write_text(made(count), encoding="utf-8")
                # The lesser of two: the speed of a shared machine goes up and down.
                seconds, memory_ = min(used(cnncalc("summary", str(file))) for _again in range(2))
                figure = f"{seconds:.1f} s, {memory_:.0f} MiB"
                if before is None:
                    line(f"{what}, {count:,} layers", figure, "", True)
                else:
                    longer, more = seconds / before[0], memory_ / before[1]
                    figure += f" = {longer:.2f} ×, {more:.2f} ×"
                    line(f"{what}, {count:,} layers", figure, "at most 2.5", max(longer, more) <= 2.5)
                before = seconds, memory_
            _, loaded = used([sys.executable, "-c", LOAD, str(file)])
            for format_ in ("json", "csv"):
                _, written = used(cnncalc("summary", str(file), "--format", format_))
                figure = f"{written:.0f} MiB : {loaded:.0f} MiB = {written / loaded:.2f}"
                line(f"{what}, as {format_} : loaded", figure, "at most 3", written <= 3 * loaded)


PARTS = {
    "startup": startup,
    "version": version,
    "memory": memory,
    "scaling": scaling,
    "layers": layers,
    "answers": answers,
    "many": many,
    "families": families,
    "scale": scale,
}

if __name__ == "__main__":
    print(f"python {sys.version.split()[0]}, {os.cpu_count()} cores, {RUNS} pairs, medians")
    for part in sys.argv[1:] or PARTS:
        PARTS[part]()
