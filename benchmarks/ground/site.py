"""An installation of its own in a temporary folder, with the settings that serve people, asked through WSGI."""

import os
import secrets
import statistics
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import urlencode, urlsplit

HOST = "communitas.example"
Application = Callable[[dict[str, Any], Callable[..., Any]], Any]


@contextmanager
def installation() -> Iterator[Path]:
    """Production settings on SQLite, migrated and empty. One in each process: settings are read once."""
    with TemporaryDirectory() as folder:
        os.environ |= {
            "DJANGO_SETTINGS_MODULE": "communitas.config.settings.prod",
            "SECRET_KEY": secrets.token_urlsafe(64),
            "ALLOWED_HOSTS": HOST,
            "SITE_ADDRESS": f"https://{HOST}",
            "DATA_FOLDER": folder,
            "DATABASE_URL": "",
            "DEFAULT_FROM_EMAIL": f"office@{HOST}",
            "REQUIRE_SECOND_FACTOR": "off",
            "BEHIND_PROXY": "on",
        }
        import django

        django.setup()
        call_command = import_module("django.core.management").call_command
        call_command("migrate", verbosity=0)
        call_command("collectstatic", verbosity=0, interactive=False)
        yield Path(folder)
        import_module("django.db").connections.close_all()


def application() -> Application:
    """The WSGI application with the middleware of the settings as they are now, in a process that is ready to serve."""
    import_module("communitas.config.wsgi")
    found: Application = import_module("django.core.handlers.wsgi").WSGIHandler()
    return found


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: the status, its body, and how long it took in milliseconds."""

    status: int
    body: bytes
    took: float
    headers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody with a session and a token against forged requests, before one application."""

    serve: Application
    cookies: str
    token: str
    host: str = HOST

    def get(self, path: str) -> Answer:
        """Open a page, filters included in the path."""
        return self._ask("GET", path, b"", {})

    def post(self, path: str, fields: Mapping[str, str], headers: Mapping[str, str] | None = None) -> Answer:
        """Send a form; headers are named as they are written, such as HX-Request."""
        more = {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in (headers or {}).items()}
        more["HTTP_X_CSRFTOKEN"] = self.token
        return self._ask("POST", path, urlencode(fields).encode(), more)

    def _ask(self, method: str, path: str, body: bytes, more: Mapping[str, str]) -> Answer:
        parts = urlsplit(path)
        environ = {
            "REQUEST_METHOD": method,
            "PATH_INFO": parts.path,
            "SCRIPT_NAME": "",
            "QUERY_STRING": parts.query,
            "SERVER_NAME": self.host,
            "SERVER_PORT": "443",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": "127.0.0.1",
            "HTTP_HOST": self.host,
            "HTTP_X_FORWARDED_PROTO": "https",
            "HTTP_REFERER": f"https://{self.host}/",
            "HTTP_COOKIE": self.cookies,
            "CONTENT_TYPE": "application/x-www-form-urlencoded",
            "CONTENT_LENGTH": str(len(body)),
            "wsgi.input": BytesIO(body),
            "wsgi.url_scheme": "http",
            **more,
        }
        told: dict[str, Any] = {}
        started = time.perf_counter()
        response = self.serve(environ, lambda status, headers: told.update(status=status, headers=dict(headers)))
        content = b"".join(response)
        response.close()
        took = (time.perf_counter() - started) * 1000
        return Answer(int(told["status"].split()[0]), content, took, told["headers"])


def signed_in(account: Any, serve: Application, host: str = HOST) -> Visitor:
    """The account with a session of its own, kept in the database as any other."""
    settings = import_module("django.conf").settings
    auth = import_module("django.contrib.auth")
    session = import_module("django.contrib.sessions.backends.db").SessionStore()
    session[auth.SESSION_KEY] = str(account.pk)
    session[auth.BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[auth.HASH_SESSION_KEY] = account.get_session_auth_hash()
    session.save()
    token = secrets.token_hex(16)
    cookies = f"{settings.SESSION_COOKIE_NAME}={session.session_key}; {settings.CSRF_COOKIE_NAME}={token}"
    return Visitor(serve, cookies, token, host)


def p95(times: list[float]) -> float:
    """The value that one time in twenty is above."""
    return statistics.quantiles(times, n=20, method="inclusive")[-1]


def times_of(visitor: Visitor, path: str, *, count: int) -> list[float]:
    """Milliseconds of so many openings of a page after two that warm it up; RuntimeError unless it answers 200."""
    for _ in range(2):
        answer = visitor.get(path)
        if answer.status != 200:
            raise RuntimeError(f"{path} answers {answer.status}")
    return [visitor.get(path).took for _ in range(count)]


def queries_of(visitor: Visitor, path: str) -> int:
    """How many queries one opening of a page asks."""
    connection = import_module("django.db").connection
    capture = import_module("django.test.utils").CaptureQueriesContext
    with capture(connection) as captured:
        visitor.get(path)
    return len(captured)
