"""A virus scanner of the owner's choice: a command that is given the file's path and says 0 clean, 1 infected."""

import subprocess
from pathlib import Path
from typing import Final

from django.conf import settings

INFECTED: Final = "The virus scanner found something harmful in this file. It was not kept."
UNSURE: Final = "The virus scanner did not answer. The file was not kept; please try again later."
SECONDS: Final = 60


def refuse_infected(path: Path) -> str:
    """Why the file is not taken, or ''. Without the setting FILE_SCAN_COMMAND nothing is asked."""
    command: list[str] = list(getattr(settings, "FILE_SCAN_COMMAND", []))
    if not command:
        return ""
    try:
        done = subprocess.run([*command, str(path)], capture_output=True, timeout=SECONDS, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return UNSURE
    return {0: "", 1: INFECTED}.get(done.returncode, UNSURE)
