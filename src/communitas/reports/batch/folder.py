"""A folder that appears whole or not at all: built beside its place, then renamed."""

import os
import shutil
import tempfile
from pathlib import Path
from types import TracebackType

from communitas.kit.tabular import Problem


def refuse_folder(out: Path) -> Problem | None:
    """The place of the results is absent or an empty folder, so that nothing is overwritten."""
    if out.is_symlink() or (out.exists() and not out.is_dir()):
        return Problem(str(out), "This is not a folder. Name one that is absent or empty.")
    if out.is_dir() and any(out.iterdir()):
        return Problem(str(out), "The folder is not empty. Name one that is absent or empty.")
    return None


class NewFolder:
    """`with NewFolder(out) as place:` gives a place beside `out`, which takes its name when all went well."""

    def __init__(self, out: Path) -> None:
        self.out = out.absolute()
        self.place = self.out

    def __enter__(self) -> Path:
        self.out.parent.mkdir(parents=True, exist_ok=True)
        self.place = Path(tempfile.mkdtemp(prefix=f".{self.out.name}.", dir=self.out.parent))
        mask = os.umask(0)
        os.umask(mask)
        self.place.chmod(0o777 & ~mask)
        return self.place

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if kind is None:
                self.place.replace(self.out)  # an empty folder is replaced; one that was filled meanwhile is not
        finally:
            shutil.rmtree(self.place, ignore_errors=True)


def write_files(folder: Path, files: dict[str, bytes]) -> None:
    """Write files by name into a folder, which is made."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (folder / name).write_bytes(content)
