"""An installation that would serve people unsafely does not start, and says everything that is wrong at once."""

import os
import subprocess
import sys

import pytest

GOOD = {
    "SECRET_KEY": "kS8f2Lq0vN7xT4bR9wZ1cY6mH3jD5gPa!eUoIiEoAuQwXyVbNm",
    "ALLOWED_HOSTS": "hearth.example",
    "SITE_ADDRESS": "https://hearth.example",
    "DEFAULT_FROM_EMAIL": "office@hearth.example",
}


def start(**changes: str | None) -> str:
    """What Python says when it imports the production settings with these variables."""
    words = {**GOOD, **changes}
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": "src", **{k: v for k, v in words.items() if v is not None}}
    run = subprocess.run(
        [sys.executable, "-c", "import communitas.config.settings.prod"],
        env=environment,
        capture_output=True,
        text=True,
    )
    return run.stderr.strip().splitlines()[-1] if run.returncode else "started"


def test_good_settings_start() -> None:
    assert start() == "started"


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"SECRET_KEY": None}, "SECRET_KEY must be set"),
        ({"SECRET_KEY": "a" * 60}, "SECRET_KEY must have at least 50 characters"),
        ({"ALLOWED_HOSTS": "*"}, "ALLOWED_HOSTS must name the hosts"),
        ({"ALLOWED_HOSTS": None}, "ALLOWED_HOSTS must name the hosts"),
        ({"SITE_ADDRESS": "http://hearth.example"}, "SITE_ADDRESS must begin with https://"),
        ({"DEBUG": "true"}, "DEBUG must not be on"),
        ({"DEBUG": "perhaps"}, "DEBUG must be true or false, not 'perhaps'"),
        ({"DATABASE_URL": "mysql://x/y"}, "DATABASE_URL must be postgres://"),
        ({"EMAIL_PORT": "99999"}, "EMAIL_PORT must be a whole number from 1 to 65535"),
    ],
)
def test_nonsense_is_refused_with_the_variables_name(changes: dict[str, str | None], sentence: str) -> None:
    assert sentence in start(**changes)


def test_everything_wrong_is_said_at_once() -> None:
    said = start(SECRET_KEY=None, ALLOWED_HOSTS="*", EMAIL_PORT="x")

    assert all(name in said for name in ("SECRET_KEY", "ALLOWED_HOSTS", "EMAIL_PORT"))


def test_cookies_are_bound_to_the_host_and_sent_over_https_only() -> None:
    script = (
        "from communitas.config.settings import prod as s;"
        "assert s.SESSION_COOKIE_NAME == '__Host-session' and s.SESSION_COOKIE_SECURE and s.CSRF_COOKIE_SECURE;"
        "assert s.SECURE_HSTS_SECONDS >= 31_536_000 and s.SECURE_SSL_REDIRECT;"
        "assert not s.DEBUG and s.REQUIRE_SECOND_FACTOR"
    )
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": "src", **GOOD}

    assert subprocess.run([sys.executable, "-c", script], env=environment).returncode == 0
