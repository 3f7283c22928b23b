"""A throw-away PostgreSQL server for the tests, from the programs Debian installs.

    python -m tests.postgres -- COMMAND ...

runs COMMAND with DATABASE_URL naming a fresh server on the loopback interface, and removes it afterwards.
It keeps nothing safe (no fsync) and listens for one user with a password drawn at random.
"""

import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType

_INSTALLED = Path("/usr/lib/postgresql")
_USER = "communitas"
_SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "60",
    "shared_buffers": "128MB",
    "autovacuum": "off",
}


def programs() -> Path | None:
    """The folder with initdb and pg_ctl of the newest version installed; None when there is no server."""
    versions = sorted(
        (path for path in _INSTALLED.glob("*/bin") if (path / "initdb").exists() and (path / "pg_ctl").exists()),
        key=lambda path: float(path.parent.name),
    )
    if versions:
        return versions[-1]
    found = shutil.which("initdb")
    return Path(found).resolve().parent if found else None


@contextmanager
def server(folder_of_programs: Path, changed: Mapping[str, str] = MappingProxyType({})) -> Iterator[str]:
    """Start a server in a temporary folder, yield its address as a DATABASE_URL, stop and remove it.

    `changed` are settings of the server that differ from those for tests.
    """
    with tempfile.TemporaryDirectory(prefix="communitas-postgres-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        password = secrets.token_urlsafe(16)
        secret = folder / "password"
        secret.write_text(password, encoding="ascii")
        if os.geteuid() == 0:  # PostgreSQL refuses to run as root
            shutil.chown(folder, "postgres")
            shutil.chown(secret, "postgres")
        data, port = folder / "data", _free_port()
        who = ["--username", _USER, "--pwfile", secret, "--auth", "scram-sha-256"]
        form = ["--encoding", "UTF8", "--locale", "C.UTF-8", "--no-sync"]
        _run([folder_of_programs / "initdb", "--pgdata", data, *who, *form])
        settings = {**_SETTINGS, **changed, "port": str(port), "unix_socket_directories": f"'{folder}'"}
        options = " ".join(f"-c {key}={value}" for key, value in settings.items())
        control = [folder_of_programs / "pg_ctl", "--pgdata", data, "--wait", "--silent"]
        _run([*control, "--log", folder / "log", "--options", options, "start"])
        try:
            yield f"postgres://{_USER}:{password}@127.0.0.1:{port}/postgres"
        finally:
            _run([*control, "--mode", "immediate", "stop"])


def run_with_server(command: Sequence[str], folder_of_programs: Path) -> int:
    """Run the command against a fresh server; its exit status."""
    with server(folder_of_programs) as address:
        return subprocess.run(command, env={**os.environ, "DATABASE_URL": address}, check=False).returncode


def _run(command: Sequence[object]) -> None:
    words = [str(word) for word in command]
    if os.geteuid() == 0:
        words = ["runuser", "-u", "postgres", "--", *words]
    # Its output goes to a file: a pipe would stay open for as long as the server that pg_ctl leaves running.
    with tempfile.TemporaryFile() as said:
        status = subprocess.run(words, stdin=subprocess.DEVNULL, stdout=said, stderr=said, cwd="/", check=False)
        if status.returncode:
            said.seek(0)
            raise SystemExit(f"{' '.join(words)}\n{said.read().decode(errors='replace')}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def main() -> int:
    """The command line."""
    command = sys.argv[2:] if sys.argv[1:2] == ["--"] else sys.argv[1:]
    folder = programs()
    if folder is None:
        print("PostgreSQL's server is not installed (Debian: apt-get install postgresql)", file=sys.stderr)
        return 3
    if not command:
        print(__doc__, file=sys.stderr)
        return 2
    # Being told to stop must still remove the server.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    return run_with_server(command, folder)


if __name__ == "__main__":
    sys.exit(main())
