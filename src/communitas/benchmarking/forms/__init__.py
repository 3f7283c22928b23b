"""Input about benchmarking."""

from communitas.benchmarking.forms.imports import ColumnsForm, UploadForm
from communitas.benchmarking.forms.lattice import CellsForm

__all__ = ["CellsForm", "ColumnsForm", "UploadForm"]
