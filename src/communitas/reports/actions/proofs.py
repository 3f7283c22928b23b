"""Evidence of an action: files that are looked into before they are kept, links, and taking them from view."""

import hashlib
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from django.db import transaction
from django.utils.translation import gettext as _

from communitas.kit import files
from communitas.kit.exceptions import NotAllowed
from communitas.kit.inspection import Inspection, inspect_guarded
from communitas.kit.inspection.scanning import refuse_infected
from communitas.kit.models import StoredFile
from communitas.kit.rulebook import sentence
from communitas.people.models import Account
from communitas.reports import queries
from communitas.reports.actions.recording import record_action
from communitas.reports.models import Action, ActionEvidence
from communitas.workbooks.rules import evidence as rules


def add_file(*, action: Action, pieces: Iterable[bytes], name: str, by: Account, at: datetime) -> ActionEvidence:
    """Look into a file, outside of any transaction because it takes its time; then keep it. NotAllowed when refused."""
    with TemporaryDirectory(prefix="evidence-") as folder:
        path = Path(folder) / "file"
        digest, size = _written(path, pieces)
        enrolment = action.enrolment
        rules.refuse_upload(
            size=size,
            used=queries.room_taken(enrolment.community_id),
            room_megabytes=enrolment.cycle.network.evidence_megabytes,
            others=0,
        )
        why = refuse_infected(path)
        found = Inspection(refusal=why) if why else inspect_guarded(path, accept=rules.ACCEPTED)
        if found.kind is None:
            raise NotAllowed(_(found.refusal))
        return _keep(action, path, digest, size, name, found, by, at)


@transaction.atomic
def add_link(*, action: Action, link: str, name: str = "", by: Account, at: datetime) -> ActionEvidence:
    """Add a web address that shows how the action went."""
    queries.hold_action(action)
    found = ActionEvidence.objects.create(action=action, link=link, name=name.strip()[:200] or link[:200], by=by, at=at)
    record_action(action=action, verb="add_evidence", by=by, at=at, detail={"evidence": found.pk})
    return found


@transaction.atomic
def withdraw_proof(*, proof: ActionEvidence, reason: str = "", by: Account, at: datetime) -> None:
    """Take a file or link from view. It stays in the history, and nobody can open it any more."""
    queries.hold_action(proof.action)
    gone = {"withdrawn_by": by, "withdrawn_at": at, "withdrawn_reason": reason.strip()}
    if not ActionEvidence.objects.filter(pk=proof.pk, withdrawn_at=None).update(**gone):
        raise NotAllowed(_("This was withdrawn already."))
    record_action(
        action=proof.action, verb="withdraw_evidence", by=by, at=at, reason=reason, detail={"evidence": proof.pk}
    )


@transaction.atomic
def _keep(
    action: Action, path: Path, digest: str, size: int, name: str, found: Inspection, by: Account, at: datetime
) -> ActionEvidence:
    queries.hold_action(action)
    if found.kind is None:
        raise NotAllowed(_(found.refusal))
    tenant = action.enrolment.cycle.network.tenant
    called = rules.name_as(name, found.kind.ending)
    kept = files.put_file(tenant=tenant, path=path, sha256=digest, name=called, media_type=found.kind.media_type, at=at)
    shown: StoredFile | None = None
    if found.shown_kind:
        copy, kind = rules.name_as(Path(called).stem, found.shown_kind.ending), found.shown_kind.media_type
        shown = files.put(tenant=tenant, content=found.shown, name=copy, media_type=kind, at=at)
    proof = ActionEvidence.objects.create(action=action, name=called, file=kept, shown=shown, size=size, by=by, at=at)
    record_action(action=action, verb="add_evidence", by=by, at=at, detail={"evidence": proof.pk})
    return proof


def _written(path: Path, pieces: Iterable[bytes]) -> tuple[str, int]:
    """Write the pieces to the path; the hash of the whole and its size. NotAllowed as soon as it is too large."""
    digest, size = hashlib.sha256(), 0
    with path.open("wb") as handle:
        for piece in pieces:
            size += len(piece)
            if size > rules.FILE_BYTES:
                raise NotAllowed(sentence(rules.size_is_bearable))
            digest.update(piece)
            handle.write(piece)
    return digest.hexdigest(), size
