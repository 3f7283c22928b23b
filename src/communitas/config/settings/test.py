"""Settings of the tests: SQLite unless DATABASE_URL names PostgreSQL, tasks run at once, mail stays in memory."""

import tempfile
from pathlib import Path

from communitas.config.settings.base import *  # noqa: F403  # a settings file adds to the one below it
from communitas.config.settings.base import INSTALLED_APPS, MIDDLEWARE, env

VAR = Path(tempfile.gettempdir()) / "communitas-tests"
VAR.mkdir(exist_ok=True)
INSTALLED_APPS = [*INSTALLED_APPS, "communitas.demo"]
MIDDLEWARE = [name for name in MIDDLEWARE if "whitenoise" not in name]
DEBUG = False
SECRET_KEY = "for tests only"  # noqa: S105  # it guards nothing
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
SITE_ADDRESS = "http://testserver"
DATABASES = {"default": env.database("DATABASE_URL", VAR / "test.sqlite3")}
DATABASES["default"]["CONN_MAX_AGE"] = None  # a browser's line keeps its connection; both end with the page
DATABASES["default"].pop("CONN_HEALTH_CHECKS", None)
MEDIA_ROOT = VAR / "files"
STATIC_ROOT = VAR / "static"
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
DEFAULT_FROM_EMAIL = "office@hearth.example"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # quick, for tests that sign in by the hundred
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
REQUIRE_SECOND_FACTOR = False
SHOW_SENT_MAIL = True
ROOT_URLCONF = "communitas.config.urls_demo"
env.refuse_nonsense()
