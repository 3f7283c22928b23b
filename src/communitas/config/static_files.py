"""How static files are named where people's data is."""

from typing import Final

from django.contrib.staticfiles.storage import HashedFilesMixin
from whitenoise.storage import CompressedManifestStaticFilesStorage

# Our own folders whose modules import each other; other people's scripts are left as they are.
FOLDERS: Final = ("workbooks/offline/*.js",)
IMPORTS: Final = (
    (
        r"""(?P<matched>import\s(?P<names>[^;"']*?)\sfrom\s"(?P<url>\./[^"]+)";)""",
        'import %(names)s from "%(url)s";',
    ),
    (
        r"""(?P<matched>export\s(?P<names>\{[^;"']*?\})\sfrom\s"(?P<url>\./[^"]+)";)""",
        'export %(names)s from "%(url)s";',
    ),
    (r"""(?P<matched>import\("(?P<url>\./[^"]+)"\))""", 'import("%(url)s")'),
)


class HashedStaticFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # published without types
    """Every file has a name with its hash, and a module of ours imports others by these names.

    So a browser, and the worker of the offline workbook, never mix the files of two versions.
    """

    patterns = (*HashedFilesMixin.patterns, *[(folder, IMPORTS) for folder in FOLDERS])
    max_post_process_passes = 25  # names settle from the innermost module outwards, a level of imports a pass
