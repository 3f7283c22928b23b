"""Static files have hashed names, and our modules import each other by these names."""

import re
from pathlib import Path

from django.contrib.staticfiles import finders
from django.core.files.storage import FileSystemStorage

from communitas.config.static_files import HashedStaticFiles


def test_modules_import_each_other_by_hashed_names(tmp_path: Path) -> None:
    storage = HashedStaticFiles(location=str(tmp_path), base_url="/static/")
    paths = {
        name: (found, name)
        for finder in finders.get_finders()
        for name, found in finder.list([])
        if name.startswith("workbooks/offline/")
    }
    for found, name in paths.values():
        with found.open(name) as file:
            FileSystemStorage(location=str(tmp_path)).save(name, file)

    steps = list(storage.post_process(paths))

    assert [done for _name, _hashed, done in steps if isinstance(done, Exception)] == []
    processed = {hashed for _name, hashed, _done in steps if hashed}
    modules = [tmp_path / hashed for hashed in processed if hashed.endswith(".js")]
    imported = {
        (module.parent / name).name
        for module in modules
        for name in re.findall(r"""(?:from|import\() ?"(\./[^"]+)\"""", module.read_text("utf-8"))
    }
    assert len(imported) > 10
    assert {name for name in imported if not re.search(r"\.[0-9a-f]{12}\.js$", name)} == set()
    assert imported <= {Path(hashed).name for hashed in processed}
