"""The pages of benchmarking."""

from communitas.benchmarking.views.gallery import chart, chart_file, charts
from communitas.benchmarking.views.imports import (
    import_check,
    import_finish,
    import_leave,
    import_start,
    import_undo,
    imports,
)

__all__ = [
    "chart",
    "chart_file",
    "charts",
    "import_check",
    "import_finish",
    "import_leave",
    "import_start",
    "import_undo",
    "imports",
]
