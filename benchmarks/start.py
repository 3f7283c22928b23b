"""How soon is the demo ready when its network was made before?"""

import signal
import socket
import statistics
import subprocess
import time

from benchmarks.ground import demo
from benchmarks.results import Result, at_most


def run(full: bool) -> list[Result]:
    """From the command to the line that says 'Ready', with server and task worker in processes of their own."""
    demo.make()
    seconds = [_start() for _ in range(5 if full else 3)]
    return [at_most("demo, second start", statistics.median(seconds), "s", 10, f"median of {len(seconds)}")]


def _start() -> float:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    started = time.perf_counter()
    command = [*demo.COMMAND, "--port", str(port)]
    with subprocess.Popen(command, env=demo.environment(), stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            for line in process.stdout:
                if line.startswith("Ready"):
                    return time.perf_counter() - started
            raise RuntimeError("The demo ended without being ready")
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(timeout=20)
