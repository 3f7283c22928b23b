"""Settings of the control: SQLite is told not to wait for the disk. Nobody may serve people with these."""

from communitas.config.settings.prod import *  # noqa: F403  # a settings file adds to the one below it
from communitas.config.settings.prod import DATABASES

_OPTIONS = DATABASES["default"]["OPTIONS"]
_OPTIONS["init_command"] = _OPTIONS["init_command"].replace("synchronous=FULL", "synchronous=OFF")
