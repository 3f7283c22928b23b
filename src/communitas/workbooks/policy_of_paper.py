"""Who prints a workbook, keys paper in and checks it. Asked of the workbook, of a print, or of one sheet."""

from dataclasses import replace
from typing import Any, cast

from django.db.models import Q

from communitas.kit.permissions import Condition, Permission, every, some, where
from communitas.members.policy import allow
from communitas.workbooks.policy import PEER_IS_OPEN, SELF_IS_OPEN, read_either

TO_WORKBOOK = {"workbook": "", "printing": "workbook__", "sheet": "printing__workbook__"}
WHY_PRINT = "A workbook is printed by the people who answer, its visit team while it is open, and the office."
WHY_TRANSCRIBE = (
    "Paper is keyed in by the people who may answer, while the review is open; the office keys in visit forms."
)
WHY_CHECK = "A page is checked by somebody who may answer and did not key it in."


def _below(path: str, asked: Q) -> Q:
    children: list[Any] = []
    for child in asked.children:
        if isinstance(child, Q):
            children.append(_below(path, child))
        else:
            name, value = cast(tuple[str, Any], child)
            children.append((f"{path}{name}", value))
    return Q(*children, _connector=asked.connector, _negated=asked.negated)


def _at(path: str, condition: Condition) -> Condition:
    """A condition on a workbook, asked of something of it."""
    return (lambda actor, role: _below(path, condition(actor, role))) if path else condition


def _row(action: str, why: str, path: str, window: Condition) -> Permission:
    return allow(
        action,
        why=why,
        network=f"{path}review__enrolment__cycle__network",
        community=f"{path}review__enrolment__community",
        scope=f"{path}review__enrolment",
        atoms={"W": _at(path, window), "not-author": lambda actor, role: ~Q(keyed_by=actor.account_id)},
    )


def _of_both(of_self: str, of_peer: str, why: str, path: str, sees: Permission | None) -> Permission:
    """One permission about both kinds of workbook, each by the row of its own."""
    kinds = (("self", _row(of_self, why, path, SELF_IS_OPEN)), ("peer", _row(of_peer, why, path, PEER_IS_OPEN)))
    roles = {role for _kind, permission in kinds for role in permission.cells}
    cells = {
        role: some(
            *(
                every(where(**{f"{path}review__kind": kind}), permission.cells[role])
                for kind, permission in kinds
                if role in permission.cells
            )
        )
        for role in roles
    }
    return Permission(of_self, why, cells, sees)


def _seen(path: str) -> Permission:
    """Whoever may read the workbook knows that there is paper of it."""
    return replace(read_either, cells={role: _at(path, cell) for role, cell in read_either.cells.items()})


_SELF_PRINT, _PEER_PRINT = "selfreview.print", "workbook.transcribe"
print_workbook = _of_both(_SELF_PRINT, _PEER_PRINT, WHY_PRINT, "", read_either)
see_printing, see_sheet = _seen(TO_WORKBOOK["printing"]), _seen(TO_WORKBOOK["sheet"])
open_printing = _of_both(_SELF_PRINT, _PEER_PRINT, WHY_PRINT, TO_WORKBOOK["printing"], see_printing)
transcribe_any = _of_both("selfreview.answer", "workbook.transcribe", WHY_TRANSCRIBE, "", read_either)
transcribe = _of_both("selfreview.answer", "workbook.transcribe", WHY_TRANSCRIBE, TO_WORKBOOK["sheet"], see_sheet)
check = _of_both(
    "selfreview.check_transcription", "workbook.check_transcription", WHY_CHECK, TO_WORKBOOK["sheet"], see_sheet
)
