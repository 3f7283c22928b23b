"""Serve the demo: the web server, the task worker and the clock as processes that end together."""

import os
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Callable
from time import monotonic, sleep

from communitas.demo.cast import PASSWORD, sign_in_lines

Say = Callable[[str], None]


def serve(*, port: int, say: Say) -> int:
    """Run until interrupted or until one of the processes ends; the exit status is the server's."""
    server = f"--interface wsgi --host 127.0.0.1 --port {port} --workers 1 --blocking-threads 4 --log-level warning"
    commands = [
        [sys.executable, "-m", "granian", *server.split(), "communitas.config.wsgi:application"],
        [sys.executable, "-m", "django", "db_worker", "--queue-name", "*", "--interval", "0.5", "-v", "0"],
        [sys.executable, "-m", "communitas.cli", "tick", "--every", "60"],
    ]
    processes = [subprocess.Popen(command, env=os.environ) for command in commands]
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(0))
    try:
        if not _answers(port, processes[0]):
            say(f"The server did not start on port {port}. Is the port taken? Try: make demo PORT={port + 1}")
            return 1
        say(f"Ready: http://localhost:{port}")
        for line in sign_in_lines(port):
            say(line)
        say(f"Every password is: {PASSWORD}")
        say(f"Sent mail is at http://localhost:{port}/demo/mail/ - stop with Ctrl-C")
        while all(process.poll() is None for process in processes):
            sleep(0.5)
        return processes[0].poll() or 0
    except KeyboardInterrupt:
        return 0
    finally:
        for process in processes:
            process.terminate()
        for process in processes:
            process.wait(timeout=10)


def _answers(port: int, server: "subprocess.Popen[bytes]") -> bool:
    until = monotonic() + 30
    while monotonic() < until and server.poll() is None:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=2):
                return True
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            sleep(0.1)
    return False
