"""The pages of standards."""

from communitas.standards.views.beginning import edition_add, set_add, sets
from communitas.standards.views.content import criterion_edit, move, remove, section, standard
from communitas.standards.views.drafts import draft, facts, layer, parts, scale, undo, value
from communitas.standards.views.imports import import_check, import_finish, import_leave, import_start, import_undo
from communitas.standards.views.lineage import (
    lineage,
    lineage_confirm,
    lineage_correct,
    lineage_match,
    lineage_unchanged,
)
from communitas.standards.views.publishing import propose, publication, return_to_draft, withdraw
from communitas.standards.views.reading import compare, criterion, download, edition

__all__ = [
    "compare",
    "criterion",
    "criterion_edit",
    "download",
    "draft",
    "edition",
    "edition_add",
    "facts",
    "import_check",
    "import_finish",
    "import_leave",
    "import_start",
    "import_undo",
    "layer",
    "lineage",
    "lineage_confirm",
    "lineage_correct",
    "lineage_match",
    "lineage_unchanged",
    "move",
    "parts",
    "propose",
    "publication",
    "remove",
    "return_to_draft",
    "scale",
    "section",
    "set_add",
    "sets",
    "standard",
    "undo",
    "value",
    "withdraw",
]
