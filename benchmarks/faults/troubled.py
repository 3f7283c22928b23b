"""Settings of a server whose database is full or read-only: TROUBLE says which."""

import os
import sqlite3
from contextlib import closing

from communitas.config.settings.prod import *  # noqa: F403  # a settings file adds to the one below it
from communitas.config.settings.prod import DATABASES

_DATABASE, _TROUBLE = DATABASES["default"], os.environ["TROUBLE"]
if "sqlite" in _DATABASE["ENGINE"]:
    with closing(sqlite3.connect(_DATABASE["NAME"])) as _connection:
        [_pages] = _connection.execute("PRAGMA page_count").fetchone()
    _word = "PRAGMA query_only=ON" if _TROUBLE == "read-only" else f"PRAGMA max_page_count={_pages}"
    _DATABASE["OPTIONS"]["init_command"] += f"; {_word}"
else:
    _DATABASE.setdefault("OPTIONS", {})["options"] = "-c default_transaction_read_only=on"
