"""A device as a test holds it: it makes events as the app does, posts them, and reads the reply."""

import json
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from django.test import Client

from communitas.kit.addresses import path_of
from communitas.people.models import Account
from communitas.workbooks.models import Workbook
from tests.cast import NOW, World


@dataclass
class Tablet:
    """One person's copy on one device."""

    client: Client
    workbook: Workbook
    slug: str = "hearth"
    device: str = field(default_factory=lambda: str(uuid4()))
    seq: int = 0

    def event(self, key: str | None = "c1-1", score: Any = 2, **changes: Any) -> dict[str, Any]:
        """The payload of a self-score, with the changes asked for; the device counts it."""
        self.seq += 1
        made: dict[str, Any] = {
            "event_id": str(uuid4()),
            "workbook": str(self.workbook.pk),
            "edition_hash": self.workbook.edition_hash,
            "criterion_key": key,
            "register": "self",
            "kind": "score",
            "value": {"score": score},
            "supersedes": [],
            "device_id": self.device,
            "device_seq": self.seq,
            "made_at": NOW.isoformat(),
            "origin": "offline",
            "reason": "",
            "transcribed_from": "",
        }
        return made | changes

    def send(self, *events: Any, named: Any = None, unsent: int = 0) -> Any:
        """The response to a batch."""
        body = {"device": self.device, "unsent": unsent, "events": list(events)}
        return self.post("events", body, named=named)

    def post(self, what: str, body: Any, *, named: Any = None, **headers: str) -> Any:
        """The response to any body."""
        path = path_of(self.slug, f"workbooks:sync_{what}", named or self.workbook.pk)
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        return self.client.post(path, content, content_type="application/json", headers=headers)

    def results(self, *events: Any, named: Any = None) -> list[dict[str, Any]]:
        """What became of each event of a batch."""
        response = self.send(*events, named=named)
        assert response.status_code == 200, response.content
        found: list[dict[str, Any]] = response.json()["results"]
        return found

    def pull(self, after: int = 0, **asked: Any) -> dict[str, Any]:
        """A page of events as this person may read them."""
        response = self.client.get(
            path_of(self.slug, "workbooks:sync_events", self.workbook.pk), {"after": after} | asked
        )
        assert response.status_code == 200, response.content
        found: dict[str, Any] = response.json()
        return found


def tablet(world: World, account: Account, workbook: Workbook, **given: Any) -> Tablet:
    """A device on which this person signed in."""
    return Tablet(world.sign_in(Client(), account), workbook, **given)
