"""The pages of benchmarking."""

from communitas.benchmarking.views.explorer import benchmarks, explorer, explorer_all
from communitas.benchmarking.views.gallery import chart, chart_file, charts
from communitas.benchmarking.views.imports import (
    import_check,
    import_finish,
    import_leave,
    import_start,
    import_undo,
    imports,
)
from communitas.benchmarking.views.lattice import lattice, lattice_lock, lattice_save, lattice_try

__all__ = [
    "benchmarks",
    "chart",
    "chart_file",
    "charts",
    "explorer",
    "explorer_all",
    "import_check",
    "import_finish",
    "import_leave",
    "import_start",
    "import_undo",
    "imports",
    "lattice",
    "lattice_lock",
    "lattice_save",
    "lattice_try",
]
