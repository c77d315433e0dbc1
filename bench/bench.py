"""Measure speed and memory, each number beside what it is compared with, in one run on one machine.

    python bench/bench.py [NOTICE] [--copies 1,10,100,1000] [--rounds 9]

Default notice: the bundled example. Timings alternate, so that a busy moment hits both sides, and
the median counts. These are aims, not tests: nothing fails here.
"""
from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parent.parent
EXAMPLE = ROOT / "examples" / "court_high.txt"
IMPORTS = "import rdflib, networkx, pyvis.network, click"
sys.path.insert(0, str(ROOT))


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure speed and memory, side by side.")
    parser.add_argument("notice", nargs="?", type=Path, default=EXAMPLE)
    parser.add_argument("--copies", default="1,10,100,1000", help="sizes of the corpora, default 1,10,100,1000")
    parser.add_argument("--rounds", type=int, default=9, help="timings of each side, default 9")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        print(f"notice: {options.notice.name}, {len(read_text(options.notice)):,} characters\n")
        bench_build(options.notice, Path(folder), options.rounds)
        bench_reading(options.notice, options.rounds)
        bench_corpus(options.notice, Path(folder), [int(n) for n in options.copies.split(",")])


def bench_build(notice: Path, folder: Path, rounds: int) -> None:
    """A whole `rectify build`, start of Python and all files, beside importing its libraries."""
    build = [sys.executable, str(ROOT / "build_graph.py"), str(notice), "--out", str(folder / "one")]
    ours, theirs = alternate(lambda: run(build), lambda: run([sys.executable, "-c", IMPORTS]), rounds)
    print("rectify build, whole process")
    print(f"  {ours * 1e3:8.0f} ms   python -c '{IMPORTS}': {theirs * 1e3:.0f} ms")
    print(f"  {ours / theirs:8.2f} x    aim: at most 1.5 x\n")


def bench_reading(notice: Path, rounds: int) -> None:
    """Reading and extraction without a graph, warm, beside cutting the same text into words."""
    import kg
    text = read_text(notice)
    cut = words_cutter()
    ours, theirs = alternate(lambda: kg.read(notice), lambda: cut(text), rounds)
    print("reading and extraction, warm, one core")
    print(f"  {len(text) / ours:8,.0f} characters/s   aim: at least 1,000,000")
    print(f"  {ours / theirs:8.2f} x jieba.cut ({len(text) / theirs:,.0f} characters/s)   aim: at most 0.25 x\n")


def bench_corpus(notice: Path, folder: Path, sizes: list[int]) -> None:
    """Time and peak memory of one process that builds a folder of n notices."""
    print("a folder of n notices, whole process")
    print(f"  {'n':>6} {'s':>8} {'ms a notice':>12} {'x time':>8} {'MB peak':>8}     aim: 10 x the notices, at most 11 x the time, memory flat")
    before = 0.0
    for size in sizes:
        corpus = folder / f"corpus-{size}"
        copies(notice, corpus, size)
        seconds, peak = run([sys.executable, str(ROOT / "build_graph.py"), str(corpus), "--out", str(folder / f"out-{size}")])
        built = sum(1 for _ in (folder / f"out-{size}").iterdir())
        assert built == size, f"{built} notices built of {size}"
        growth = f"{seconds / before:8.1f}" if before else f"{'':8}"
        print(f"  {size:6} {seconds:8.2f} {seconds / size * 1e3:12.0f} {growth} {peak / 1e6:8.0f}", flush=True)
        before = seconds


def alternate(one: Callable[[], object], other: Callable[[], object], rounds: int) -> tuple[float, float]:
    """Median seconds of each, run in turn, after one run of each that does not count."""
    one(), other()
    times = [(clock(one), clock(other)) for _ in range(rounds)]
    return median(a for a, _ in times), median(b for _, b in times)


def clock(task: Callable[[], object]) -> float:
    start = time.perf_counter()
    task()
    return time.perf_counter() - start


def run(command: list[str]) -> tuple[float, int]:
    """Run a command to its end and return its seconds and peak memory in bytes."""
    start = time.perf_counter()
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    assert child.returncode == 0, f"{command} ended with {child.returncode}"
    return time.perf_counter() - start, usage.ru_maxrss * 1024


def words_cutter() -> Callable[[str], object]:
    import warnings
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of the cutter's own making
        import jieba
    jieba.setLogLevel(60)
    jieba.initialize()
    return lambda text: list(jieba.cut(text))


def copies(notice: Path, folder: Path, size: int) -> None:
    """Write `size` notices that differ in their publisher alone, so that each has an id of its own."""
    import kg
    publisher = kg.read(notice).header.publisher
    assert publisher, "the notice names no publisher"
    folder.mkdir()
    text = read_text(notice)
    for n in range(size):
        (folder / f"{n:06}.txt").write_text(text.replace(publisher, renamed(publisher, n)), encoding="utf-8", newline="")


def renamed(publisher: str, n: int) -> str:
    """A body of another place: its name with three more characters of a syllabary of ten."""
    syllables = "东南西北山河湖海云川"
    name = "".join(syllables[int(digit)] for digit in f"{n:03}")
    return publisher.replace("中共", f"中共{name}省", 1) if publisher.startswith("中共") else f"{name}省{publisher}"


def read_text(notice: Path) -> str:
    import kg
    return kg.read(notice).text


if __name__ == "__main__":
    main()
