"""The demo network in a folder of its own, made once for each version of the code that makes it."""

import os
import subprocess
import sys
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[2] / "var" / "benchmarks" / "demo"
COMMAND = [sys.executable, "-m", "communitas.cli", "demo"]


def environment() -> dict[str, str]:
    """The environment in which the demo's commands and settings use the folder."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    return os.environ | {"DEMO_FOLDER": str(FOLDER), "DJANGO_SETTINGS_MODULE": "communitas.config.settings.demo"}


def make() -> None:
    """Make the network unless it is there. The first time takes minutes and is not measured."""
    subprocess.run([*COMMAND, "--build-only"], env=environment(), check=True, stdout=subprocess.DEVNULL)
