"""Settings that every installation shares."""

import importlib.util
from pathlib import Path

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from communitas.config.env import Environment

PACKAGE = Path(__file__).resolve().parents[2]
env = Environment()

INSTALLED_APPS = [
    "communitas.kit",
    "communitas.people",
    "communitas.members",
    "communitas.standards",
    "communitas.recognition",
    "communitas.cycles",
    "communitas.visits",
    "communitas.workbooks",
    "communitas.questionnaires",
    "communitas.allocation",
    "communitas.benchmarking",
    "communitas.reports",
    "communitas.web",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "template_partials",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "communitas.kit.middleware.NoNulMiddleware",
    "communitas.members.middleware.NetworkMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "communitas.kit.middleware.PrivatePagesMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "communitas.members.middleware.ActorMiddleware",
]

ROOT_URLCONF = "communitas.config.urls"
WSGI_APPLICATION = "communitas.config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "people.Account"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "communitas.web.context.everywhere",
            ],
            "builtins": ["communitas.kit.templatetags.ui", "template_partials.templatetags.partials"],
        },
    }
]

# The library's tag loader wraps whatever loaders are set, so it goes last and knows 'template.html#part'.

LANGUAGE_CODE = "en-gb"
LANGUAGES = [("en-gb", _("English"))]
TIME_ZONE = "Europe/London"
USE_I18N = True
USE_TZ = True

_fonts = importlib.util.find_spec("fontpkg_atkinson_hyperlegible")
if _fonts is None or not _fonts.submodule_search_locations:
    raise ImproperlyConfigured("The font package fontpkg-atkinson-hyperlegible is not installed")
FONT_FOLDER = Path(_fonts.submodule_search_locations[0]) / "files"

STATIC_URL = "/static/"
STATICFILES_DIRS = [("fonts", FONT_FOLDER)]
MEDIA_URL = "/media-is-never-served/"

AUTHENTICATION_BACKENDS = ["communitas.people.backends.AccountBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "web:home"
ACCOUNT_LOGOUT_REDIRECT_URL = "web:front"
ACCOUNT_ADAPTER = "communitas.people.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email", "username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email", "password1*"]
ACCOUNT_UNIQUE_EMAIL = True
ACCOUNT_EMAIL_VERIFICATION = "none"  # addresses are verified by the invitation that was sent to them
ACCOUNT_FORMS = {"login": "communitas.people.forms.SignInForm"}
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 3
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 600
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 900
ACCOUNT_USER_DISPLAY = "communitas.people.adapter.display_name"
ACCOUNT_SESSION_REMEMBER = None  # the person decides: devices are shared
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_LOGIN_ON_PASSWORD_RESET = False
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "5/5m/key",
    "reset_password": "20/m/ip,5/h/key",
    "request_login_code": "20/m/ip,5/10m/key",
    "use_code": "20/m/ip",
    "accept_invitation": "20/m/ip",
    "answer_questionnaire": "120/m/ip",  # sixty people of one prison or ward share an address
    "sync": "120/m/key",
}
SYNC_READS_A_MINUTE = 600  # of a person, who may hold five devices; people behind one address do not meet
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Communitas"

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 14 * 24 * 3600
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "font-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "connect-src": [SELF],
        "img-src": [SELF, "data:"],
        "form-action": [SELF],
        "base-uri": [NONE],
        "object-src": [NONE],
        "frame-ancestors": [NONE],
    }
}

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
DATA_UPLOAD_MAX_NUMBER_FIELDS = 4000
FILE_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 26 * 1024 * 1024

FILE_SCAN_COMMAND = env.names("FILE_SCAN_COMMAND")  # such as clamdscan,--fdpass,--no-summary: it gets the file's path

# Where figures over facts are counted: docs/operate/scale.md.
ANALYTICS_ENGINE = env.choice("ANALYTICS_ENGINE", "duckdb", among=("duckdb", "spark"))
ANALYTICS_MEMORY = env.number("ANALYTICS_MEMORY", 1024, low=128, high=1_048_576)  # MB
ANALYTICS_THREADS = env.number("ANALYTICS_THREADS", 2, low=1, high=256)
ANALYTICS_FOLDER = Path(_folder) if (_folder := env.text("ANALYTICS_FOLDER", "")) else None
SPARK_MASTER = env.text("SPARK_MASTER", "local[2]")
if ANALYTICS_ENGINE == "spark" and importlib.util.find_spec("pyspark") is None:
    env.problems.append("ANALYTICS_ENGINE is spark, but PySpark is not installed: see requirements/spark.txt")
if ANALYTICS_FOLDER and not ANALYTICS_FOLDER.is_dir():
    env.problems.append(f"ANALYTICS_FOLDER must be a folder that exists, not {str(ANALYTICS_FOLDER)!r}")

REQUIRE_SECOND_FACTOR = True
SHOW_SENT_MAIL = False
RESERVED_SLUGS = frozenset(
    {
        "static",
        "accounts",
        "admin",
        "verify",
        "demo",
        "styleguide",
        "api",
        "sync",
        "sw.js",
        "healthz",
        "profile",
        "networks",
    }
)
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
