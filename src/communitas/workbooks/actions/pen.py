"""Events as our own pages and imports write them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4

from communitas.kit.exceptions import NotAllowed
from communitas.workbooks.actions.batch import Outcome
from communitas.workbooks.models import Workbook
from communitas.workbooks.rules.events import Event
from communitas.workbooks.rules.registers import Register


@dataclass(frozen=True, slots=True)
class Pen:
    """Writes events of one workbook at one moment, by one way: no device, a new number, the server's clock."""

    workbook: Workbook
    at: datetime
    origin: str = "web"

    def event(
        self,
        criterion_key: str | None,
        register: Register,
        kind: str,
        value: Mapping[str, Any],
        seen: Collection[str] = (),
        *,
        reason: str = "",
    ) -> Event:
        """One event that supersedes what was seen."""
        return Event(
            event_id=str(uuid4()),
            workbook=str(self.workbook.pk),
            edition_hash=self.workbook.edition_hash,
            criterion_key=criterion_key,
            register=str(register),
            kind=kind,
            value=value,
            author="",
            device_id="",
            device_seq=0,
            made_at=self.at.isoformat(),
            supersedes=tuple(sorted(set(seen))),
            origin=self.origin,
            reason=reason,
        )

    @staticmethod
    def stored(outcomes: Sequence[Outcome]) -> list[Outcome]:
        """The outcomes, when all was stored; NotAllowed with the sentence of the first check that refused."""
        for outcome in outcomes:
            if outcome.problem:
                raise NotAllowed(outcome.problem.sentence)
        return list(outcomes)
