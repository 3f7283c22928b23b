"""Settings of an installation that serves people. Every value comes from the environment; nonsense is refused."""

from pathlib import Path

from communitas.config.settings.base import *  # noqa: F403  # a settings file adds to the one below it
from communitas.config.settings.base import env

DEBUG = False
SECRET_KEY = env.text("SECRET_KEY")
if len(SECRET_KEY) < 50 or len(set(SECRET_KEY)) < 10:
    env.problems.append("SECRET_KEY must have at least 50 characters, drawn at random")
SECRET_KEY_FALLBACKS = env.names("SECRET_KEY_FALLBACKS")
if env.flag("DEBUG", default=False):
    env.problems.append("DEBUG must not be on where people's data is")
ALLOWED_HOSTS = env.names("ALLOWED_HOSTS")
if not ALLOWED_HOSTS or "*" in ALLOWED_HOSTS:
    env.problems.append("ALLOWED_HOSTS must name the hosts of this installation, without *")
SITE_ADDRESS = env.text("SITE_ADDRESS")
if SITE_ADDRESS and not SITE_ADDRESS.startswith("https://"):
    env.problems.append("SITE_ADDRESS must begin with https://")
DATA_FOLDER = Path(env.text("DATA_FOLDER", "/var/lib/communitas"))
DATABASES = {"default": env.database("DATABASE_URL", DATA_FOLDER / "communitas.sqlite3")}
MEDIA_ROOT = DATA_FOLDER / "files"
STATIC_ROOT = DATA_FOLDER / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "communitas.config.static_files.HashedStaticFiles"},
}
EMAIL_BACKEND = env.text("EMAIL_BACKEND", "django.core.mail.backends.smtp.EmailBackend")
EMAIL_HOST = env.text("EMAIL_HOST", "localhost")
EMAIL_PORT = env.number("EMAIL_PORT", 25, low=1, high=65535)
EMAIL_HOST_USER = env.text("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = env.text("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = env.flag("EMAIL_USE_TLS", default=False)
DEFAULT_FROM_EMAIL = env.text("DEFAULT_FROM_EMAIL")
REQUIRE_SECOND_FACTOR = env.flag("REQUIRE_SECOND_FACTOR", default=True)

SECURE_SSL_REDIRECT = env.flag("SECURE_SSL_REDIRECT", default=True)
SECURE_HSTS_SECONDS = env.number("SECURE_HSTS_SECONDS", 31_536_000, low=0, high=63_072_000)
SESSION_COOKIE_NAME = "__Host-session"
CSRF_COOKIE_NAME = "__Host-csrf"
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
if env.flag("BEHIND_PROXY", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
env.refuse_nonsense()
