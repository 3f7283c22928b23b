"""The office's server as it runs for people, in a process that can be killed, and devices that speak to it."""

import http.client
import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import uuid4

from benchmarks.ground.site import HOST

READY = 10.0  # seconds after which a server that was killed must be up again
PER_DEVICE = 40  # posts after which a device is changed: one may send 120 a minute
AWAY = (OSError, http.client.HTTPException)


def free_port() -> int:
    """A port of the loopback interface that nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Office:
    """One installation. `start` gives the seconds until it answered; `kill` ends it without a word."""

    folder: Path
    url: str
    settings: str = "communitas.config.settings.prod"
    threads: int = 8
    port: int = field(default_factory=free_port)
    wrapper: Sequence[str] = ()
    secret: str = field(default_factory=lambda: secrets.token_urlsafe(64))
    process: "subprocess.Popen[bytes] | None" = None

    @property
    def environment(self) -> dict[str, str]:
        """The environment of the server and of everything that works on its database."""
        return os.environ | {
            "DJANGO_SETTINGS_MODULE": self.settings,
            "SECRET_KEY": self.secret,
            "ALLOWED_HOSTS": HOST,
            "SITE_ADDRESS": f"https://{HOST}",
            "DATA_FOLDER": str(self.folder),
            "DATABASE_URL": self.url,
            "DEFAULT_FROM_EMAIL": f"office@{HOST}",
            "REQUIRE_SECOND_FACTOR": "off",
            "BEHIND_PROXY": "on",
        }

    def found(self, *, writers: int, communities: int = 8) -> dict[str, Any]:
        """Make the network; who writes in it, and where."""
        return self._ask_founding(str(writers), str(communities))

    def sign_in_again(self, told: dict[str, Any]) -> None:
        """Give everybody who was told of a new session, in place."""
        for person, again in zip(told["people"], self._ask_founding()["people"], strict=True):
            person.update(again)

    def _ask_founding(self, *sizes: str) -> dict[str, Any]:
        ticket = self.folder / "ticket.json"
        command = [sys.executable, "-m", "benchmarks.faults.founding", str(ticket), *sizes]
        subprocess.run(command, env=self.environment, check=True)
        told: dict[str, Any] = json.loads(ticket.read_text(encoding="utf-8"))
        return told

    def start(self) -> float:
        """Start the server and wait until it answers; RuntimeError when it does not within three times READY."""
        server = f"--interface wsgi --host 127.0.0.1 --port {self.port} --workers 1 --blocking-threads {self.threads}"
        command = [*self.wrapper, sys.executable, "-m", "granian", *server.split(), "--log-level", "critical"]
        command.append("communitas.config.wsgi:application")
        started = time.monotonic()
        self.process = subprocess.Popen(
            command,
            env=self.environment,
            start_new_session=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        while time.monotonic() - started < 3 * READY:
            with suppress(*AWAY):
                ask(self.port, "GET", "/meadow/", {})
                return time.monotonic() - started
            time.sleep(0.02)
        raise RuntimeError("the server did not start")

    def kill(self, how: int = signal.SIGKILL) -> None:
        """End every process of the server."""
        if self.process:
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, how)
            self.process.wait()
            self.process = None

    def stop(self) -> None:
        """End the server in order."""
        self.kill(signal.SIGTERM)


def ask(
    port: int, method: str, path: str, headers: Mapping[str, str], body: bytes = b"", timeout: float = 30
) -> tuple[int, bytes]:
    """One request on a connection of its own: status and body."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=timeout)
    try:
        connection.request(method, path, body, {"Host": HOST, "X-Forwarded-Proto": "https", **headers})
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()


@dataclass
class Device:
    """A device of one person: it numbers what it writes, sends, and believes only a reply that names id and hash."""

    person: Mapping[str, Any]
    edition_hash: str
    keys: Sequence[str]
    device_id: str = field(default_factory=lambda: str(uuid4()))
    seq: int = 0
    posts: int = 0

    def event(self, number: int) -> dict[str, Any]:
        """A new score or comment; every id is used once."""
        self.seq += 1
        score = number % 3
        is_score = number % 4 != 0
        return {
            "event_id": str(uuid4()),
            "workbook": str(self.person["workbook"]),
            "edition_hash": self.edition_hash,
            "criterion_key": self.keys[number % len(self.keys)],
            "register": "self" if is_score else "comment:self",
            "kind": "score" if is_score else "comment",
            "value": {"score": score, "reason": ""} if is_score else {"text": f"What shows it, number {number}."},
            "supersedes": [],
            "device_id": self.device_id,
            "device_seq": self.seq,
            "made_at": "2026-10-06T09:00:00+00:00",
            "origin": "offline",
        }

    def body(self, events: Sequence[Mapping[str, Any]]) -> bytes:
        """The batch as it is sent."""
        return json.dumps({"device": self.device_id, "unsent": 0, "events": list(events)}).encode()

    @property
    def path(self) -> str:
        """Where it sends."""
        return f"/meadow/sync/v1/{self.person['workbook']}/events"

    @property
    def headers(self) -> dict[str, str]:
        """With whose session."""
        return {
            "Cookie": self.person["cookies"],
            "X-CSRFToken": self.person["token"],
            "X-Protocol": "1",
            "Content-Type": "application/json",
            "Referer": f"https://{HOST}/",
        }

    def send(self, port: int, events: Sequence[Mapping[str, Any]], timeout: float = 30) -> tuple[int, set[str]]:
        """Post a batch: the status (0 when nothing came back), and the ids of what was acknowledged."""
        self.posts += 1
        if self.posts % PER_DEVICE == 0:  # what is under way keeps its number; only the sender's name changes
            self.device_id, self.seq = str(uuid4()), 0
        try:
            status, body = ask(port, "POST", self.path, self.headers, self.body(events), timeout)
        except AWAY:
            return 0, set()
        return status, acknowledged(status, body)


def acknowledged(status: int, body: bytes) -> set[str]:
    """What a device may believe of a reply: results that name an id and a hash of 64 signs with a known status."""
    if status != 200:
        return set()
    try:
        results = json.loads(body)["results"]
        return {
            result["event_id"]
            for result in results
            if len(result["hash"]) == 64 and result["status"] in {"stored", "duplicate", "redacted", "quarantined"}
        }
    except (ValueError, KeyError, TypeError):
        return set()
