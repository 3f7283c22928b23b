"""How quickly, and in how much memory, does the command line make a network's reports from three files?"""

import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks.ground.memory import memory_of
from benchmarks.results import Result, at_least, at_most
from communitas.kit.tabular import Cell, Table, write_xlsx

COMMUNITIES = 100
SECTIONS = 10
CRITERIA = 120
TYPES = ("Adult", "Prison", "Addiction", "Children")
COMMENTS = (
    "We talk about this every week in the community meeting, and new members hear about it in their first days.",
    "This works on most days. At weekends there are fewer of us, and then it is sometimes forgotten.",
    "We changed how we do this in spring; the notes of the working group say why.",
    "",
)


def run(full: bool) -> list[Result]:
    """The whole command in a process of its own, PDFs included; a full run repeats it and keeps the slowest."""
    rates, peaks = [], []
    for _ in range(3 if full else 1):
        with tempfile.TemporaryDirectory() as folder:
            seconds, peak = _build(Path(folder))
        rates.append(COMMUNITIES / seconds)
        peaks.append(peak / 1_000_000)
    size = f"{COMMUNITIES} communities, {CRITERIA} criteria, with PDFs"
    return [
        at_least("build-reports", min(rates), "reports/s", 2, f"{size}; local reports by the whole command's time"),
        at_most("build-reports, memory", max(peaks), "MB", 1000, "peak of all its processes together"),
    ]


def _build(folder: Path) -> tuple[float, int]:
    write_inputs(folder, seed=2)
    command = [sys.executable, "-m", "communitas.cli", "build-reports", "--date", "2027-07-31", "--network", "Hearth"]
    for name in ("edition", "communities", "scores"):
        command += [f"--{name}", str(folder / f"{name}.xlsx")]
    with (folder / "said.txt").open("wb") as said:
        started = time.perf_counter()
        process = subprocess.Popen([*command, "--out", str(folder / "out")], stderr=said)
        peak = 0
        while process.poll() is None:
            peak = max(peak, memory_of(process.pid))
            time.sleep(0.1)
        seconds = time.perf_counter() - started
    if process.returncode:
        raise RuntimeError((folder / "said.txt").read_text(encoding="utf-8"))
    assert len(list((folder / "out" / "local").glob("*.pdf"))) == COMMUNITIES
    return seconds, peak


def write_inputs(folder: Path, *, seed: int) -> None:
    """The three workbooks of a network; the same seed gives the same scores."""
    chance = random.Random(seed)  # repeatable figures, not secrets
    codes = [f"{1 + number % SECTIONS}.{1 + number // SECTIONS}" for number in range(CRITERIA)]
    codes.sort(key=lambda code: [int(part) for part in code.split(".")])
    edition: list[Sequence[Cell]] = [
        (f"Section {code.split('.')[0]}", code, f"Everyone in the community can say how matter {code} is decided.", n)
        for code, n in zip(codes, _levels(chance), strict=True)
    ]
    communities: list[Sequence[Cell]] = [
        (f"TC{number:03}", f"House {number}", TYPES[number % len(TYPES)], ("North", "South", "West")[number % 3])
        for number in range(1, COMMUNITIES + 1)
    ]
    scores: list[Sequence[Cell]] = [
        (str(community[0]), code, *_scores(chance), chance.choice(COMMENTS), chance.choice(COMMENTS))
        for community in communities
        for code in codes
    ]
    _write(folder / "edition.xlsx", ("Section", "Code", "Criterion", "Level"), edition)
    _write(folder / "communities.xlsx", ("Code", "Name", "Type", "Region"), communities)
    header = ("Community", "Criterion", "Self", "Agreed", "Self comment", "Agreed comment")
    _write(folder / "scores.xlsx", header, scores)


def _levels(chance: random.Random) -> list[int]:
    return chance.choices((1, 2, 3), weights=(3, 5, 2), k=CRITERIA)


def _scores(chance: random.Random) -> tuple[Cell, Cell]:
    if chance.random() < 0.04:
        return "N/A", "N/A"
    own = chance.choices((2, 1, 0), weights=(80, 14, 6))[0]
    return own, max(0, own - 1) if chance.random() < 0.08 else own


def _write(path: Path, header: tuple[str, ...], rows: list[Sequence[Cell]]) -> None:
    path.write_bytes(write_xlsx([Table(path.stem.capitalize(), header, rows)]))
