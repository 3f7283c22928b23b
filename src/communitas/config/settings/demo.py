"""Settings of `make demo`: a fictional network on SQLite, sent mail readable at /demo/mail/."""

from pathlib import Path

from communitas.config.env import sqlite
from communitas.config.settings.base import *  # noqa: F403  # a settings file adds to the one below it
from communitas.config.settings.base import INSTALLED_APPS, PACKAGE, env

VAR = Path(env.text("DEMO_FOLDER", str(PACKAGE.parents[1] / "var" / "demo")))
VAR.mkdir(parents=True, exist_ok=True)
PORT = env.number("PORT", 8000, low=1, high=65535)
INSTALLED_APPS = [*INSTALLED_APPS, "communitas.demo"]
DEBUG = False
SECRET_KEY = "the demo network holds no real person"  # noqa: S105  # it guards nothing
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
SITE_ADDRESS = f"http://localhost:{PORT}"
DATABASES = {"default": sqlite(VAR / "demo.sqlite3")}
MEDIA_ROOT = VAR / "files"
STATIC_ROOT = VAR / "static"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # quick, for two hundred invented people
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
DEFAULT_FROM_EMAIL = "office@hearth.example"
REQUIRE_SECOND_FACTOR = env.flag("REQUIRE_SECOND_FACTOR", default=False)
SHOW_SENT_MAIL = True
ROOT_URLCONF = "communitas.config.urls_demo"
env.refuse_nonsense()
