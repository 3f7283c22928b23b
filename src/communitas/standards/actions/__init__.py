"""What is done with standards, one function a verb."""

from communitas.standards.actions.arranging import move_criterion, move_section, move_value
from communitas.standards.actions.beginning import (
    add_set,
    begin_edition,
    create_edition_from,
    delete_draft,
    edit_facts,
    edit_scale,
)
from communitas.standards.actions.content import (
    remove_criterion,
    remove_section,
    rename_standard,
    save_criterion,
    save_section,
)
from communitas.standards.actions.importing import decide_import, finish_import, leave_import, start_import, undo_import
from communitas.standards.actions.lineage import (
    confirm_link,
    confirm_unchanged,
    correct_link,
    propose_lineage,
    record_lineage,
    start_matching,
)
from communitas.standards.actions.parts import remove_layer, remove_value, save_layer, save_value
from communitas.standards.actions.publishing import (
    confirm_publication,
    propose_publication,
    publish,
    return_to_draft,
    withdraw,
)
from communitas.standards.actions.undoing import undo

__all__ = [
    "add_set",
    "begin_edition",
    "confirm_link",
    "confirm_publication",
    "confirm_unchanged",
    "correct_link",
    "create_edition_from",
    "decide_import",
    "delete_draft",
    "edit_facts",
    "edit_scale",
    "finish_import",
    "leave_import",
    "move_criterion",
    "move_section",
    "move_value",
    "propose_lineage",
    "propose_publication",
    "publish",
    "record_lineage",
    "remove_criterion",
    "remove_layer",
    "remove_section",
    "remove_value",
    "rename_standard",
    "return_to_draft",
    "save_criterion",
    "save_layer",
    "save_section",
    "save_value",
    "start_import",
    "start_matching",
    "undo",
    "undo_import",
    "withdraw",
]
