"""Everything that happens to questionnaires: built, opened, answered, released, read before it is shown."""

from communitas.questionnaires.actions.building import (
    add_item,
    add_part,
    begin,
    change_item,
    change_part,
    change_sheet,
    move_item,
    remove_item,
    remove_part,
)
from communitas.questionnaires.actions.opening import (
    change_expected,
    change_window,
    close,
    make_slips,
    open_for,
    open_for_all,
    renew_device,
)
from communitas.questionnaires.actions.publishing import begin_from, copy, discard, publish, translate
from communitas.questionnaires.actions.releasing import erase_old, keep_out, release, show_comment
from communitas.questionnaires.actions.replying import (
    UNKNOWN_CODE,
    Kept,
    answer_by_link,
    answer_on_device,
    answer_signed_in,
    audit_case_note,
    enter_paper,
    withdraw,
    withdraw_own,
)
from communitas.questionnaires.actions.settings import change_settings

__all__ = [
    "UNKNOWN_CODE",
    "Kept",
    "add_item",
    "add_part",
    "answer_by_link",
    "answer_on_device",
    "answer_signed_in",
    "audit_case_note",
    "begin",
    "begin_from",
    "change_expected",
    "change_item",
    "change_part",
    "change_settings",
    "change_sheet",
    "change_window",
    "close",
    "copy",
    "discard",
    "enter_paper",
    "erase_old",
    "keep_out",
    "make_slips",
    "move_item",
    "open_for",
    "open_for_all",
    "publish",
    "release",
    "remove_item",
    "remove_part",
    "renew_device",
    "show_comment",
    "translate",
    "withdraw",
    "withdraw_own",
]
