"""Settings for a developer's own machine: SQLite in var/, mail to the console."""

from communitas.config.settings.base import *  # noqa: F403  # a settings file adds to the one below it
from communitas.config.settings.base import PACKAGE, env

VAR = PACKAGE.parents[1] / "var"
VAR.mkdir(exist_ok=True)
DEBUG = env.flag("DEBUG", default=True)
SECRET_KEY = "for development on this machine only, never for people's data"  # noqa: S105  # it guards nothing
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
SITE_ADDRESS = env.text("SITE_ADDRESS", "http://localhost:8000")
DATABASES = {"default": env.database("DATABASE_URL", VAR / "dev.sqlite3")}
MEDIA_ROOT = VAR / "files"
STATIC_ROOT = VAR / "static"
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
DEFAULT_FROM_EMAIL = "office@hearth.example"
REQUIRE_SECOND_FACTOR = env.flag("REQUIRE_SECOND_FACTOR", default=True)
env.refuse_nonsense()
