"""How soon does the command line answer a person who asks for help?"""

import statistics
import subprocess
import sys
import time

from benchmarks.results import Result, at_most


def run(full: bool) -> list[Result]:
    """The median time of `communitas --help` in a new process."""
    seconds = []
    for _ in range(15 if full else 5):
        started = time.perf_counter()
        subprocess.run([sys.executable, "-m", "communitas.cli", "--help"], check=True, stdout=subprocess.DEVNULL)
        seconds.append(time.perf_counter() - started)
    return [at_most("communitas --help", statistics.median(seconds), "s", 0.5, f"median of {len(seconds)}")]
