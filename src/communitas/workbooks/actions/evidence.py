"""Evidence: files kept whole or piece by piece, tied to a criterion, withdrawn from view."""

import hashlib
from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from communitas.kit import audit, files
from communitas.kit.exceptions import NotAllowed
from communitas.kit.inspection import Inspection, inspect_guarded
from communitas.kit.inspection.scanning import refuse_infected
from communitas.kit.rulebook import sentence
from communitas.people.models import Account
from communitas.workbooks.actions.batch import Outcome
from communitas.workbooks.actions.pen import Pen
from communitas.workbooks.actions.recording import record_events
from communitas.workbooks.models import Chunk, Event, Evidence, Upload, Workbook
from communitas.workbooks.queries.evidence import taken
from communitas.workbooks.queries.reading import hold, state_of
from communitas.workbooks.rules import evidence as rules
from communitas.workbooks.rules.registers import Register, parse

CHANGED = "The file that arrived is not the one that was announced: it changed on its way. Please send it again."


@transaction.atomic
def begin_upload(*, workbook: Workbook, sha256: str, size: int, name: str, by: Account, at: datetime) -> Upload:
    """Make room for a file that comes in pieces, or give the one that was begun. NotAllowed when it cannot be taken."""
    hold(workbook)
    known = Upload.objects.filter(workbook=workbook, by=by, sha256=sha256).first()
    if known:
        if known.size != size:
            raise NotAllowed(_(CHANGED))
        return known
    if not rules.is_sha256(sha256):
        raise NotAllowed(_("This does not name a file."))
    own = Upload.objects.filter(workbook=workbook, by=by)
    for old in own.filter(begun_at__lt=at - timedelta(days=rules.UPLOAD_DAYS)):
        give_up_upload(upload=old, by=by, at=at)
    _refuse_upload(workbook=workbook, size=size, others=own.count())
    return Upload.objects.create(
        workbook=workbook, by=by, sha256=sha256, name=rules.clean_name(name), size=size, begun_at=at
    )


def keep_chunk(*, upload: Upload, number: int, content: bytes, by: Account, at: datetime) -> Chunk:
    """Keep one piece; the same piece again changes nothing. NotAllowed for another piece in its place."""
    if not rules.piece_fits(upload.size, number, len(content)):
        raise NotAllowed(sentence(rules.piece_fits))
    digest = hashlib.sha256(content).hexdigest()
    known = Chunk.objects.filter(upload=upload, number=number).first()
    if known is None:
        place = _place(upload, number, digest)
        if not default_storage.exists(place):
            default_storage.save(place, ContentFile(content))
        with suppress(IntegrityError), transaction.atomic():  # another tab may have sent it at the same moment
            return Chunk.objects.create(upload=upload, number=number, sha256=digest, size=len(content))
        known = Chunk.objects.get(upload=upload, number=number)
    if not rules.piece_is_the_same(known.sha256, digest):
        raise NotAllowed(sentence(rules.piece_is_the_same))
    return known


def finish_upload(*, upload: Upload, by: Account, at: datetime) -> Evidence | None:
    """Put the pieces together, look into the file and keep it; None while pieces are missing.

    NotAllowed when it is refused; then its pieces are gone and it can be sent anew.
    """
    with TemporaryDirectory(prefix="evidence-") as folder:
        path = Path(folder) / "file"
        digest = _assemble(upload, path)
        if digest is None:
            return None
        try:
            if digest != upload.sha256:
                raise NotAllowed(_(CHANGED))
            return _keep(upload.workbook, path, digest, upload.name, by, at)
        finally:
            give_up_upload(upload=upload, by=by, at=at)


def keep_file(*, workbook: Workbook, pieces: Iterable[bytes], name: str, by: Account, at: datetime) -> Evidence:
    """Keep a file that came whole, as a form without JavaScript sends it. NotAllowed when it is refused."""
    with TemporaryDirectory(prefix="evidence-") as folder:
        path, digest, size = Path(folder) / "file", hashlib.sha256(), 0
        with path.open("wb") as handle:
            for piece in pieces:
                size += len(piece)
                if size > rules.FILE_BYTES:
                    raise NotAllowed(sentence(rules.size_is_bearable))
                digest.update(piece)
                handle.write(piece)
        _refuse_upload(workbook=workbook, size=size, others=0)
        return _keep(workbook, path, digest.hexdigest(), name, by, at)


@transaction.atomic
def give_up_upload(*, upload: Upload, by: Account, at: datetime) -> None:
    """Let go of a file on its way and of its pieces."""
    places = [_place(upload, chunk.number, chunk.sha256) for chunk in upload.chunks.all()]
    Upload.objects.filter(pk=upload.pk).delete()
    for place in places:
        transaction.on_commit(partial(default_storage.delete, place))


@transaction.atomic
def attach(
    *,
    workbook: Workbook,
    criterion_key: str,
    register: Register,
    sha256: str = "",
    link: str = "",
    name: str,
    role: str,
    by: Account,
    at: datetime,
) -> list[Outcome]:
    """Tie a file, by its hash, or a link to a criterion. The file itself may come later.

    What stands there already is not added again. NotAllowed with the sentence of the check that refused.
    """
    hold(workbook)
    value = {"file": sha256} if sha256 else {"link": link}
    there = state_of(workbook).attachments(criterion_key, register)
    if any(event.value.get(key) == said for event in there for key, said in value.items()):
        raise NotAllowed(_("This is beside the criterion already."))
    event = Pen(workbook, at).event(criterion_key, register, "attach", {**value, "name": name.strip()[:200]})
    return Pen.stored(record_events(workbook=workbook, events=[event], role=role, by=by, at=at))


@transaction.atomic
def withdraw(
    *, workbook: Workbook, attached: Event, reason: str = "", role: str, by: Account, at: datetime
) -> list[Outcome]:
    """Take a file or a link from view. It stays in the history, and nobody can open it any more."""
    hold(workbook)
    event = Pen(workbook, at).event(
        attached.criterion_key or None,
        parse(attached.register),
        "retract",
        {"withdraws": "file"},
        [str(attached.event_id)],
        reason=reason.strip(),
    )
    outcomes = Pen.stored(record_events(workbook=workbook, events=[event], role=role, by=by, at=at))
    tenant = workbook.review.enrolment.cycle.network.tenant
    audit.record(tenant=tenant, verb="evidence.withdraw", obj=attached, by=by, at=at, reason=reason.strip())
    return outcomes


def _refuse_upload(*, workbook: Workbook, size: int, others: int) -> None:
    """NotAllowed when a file of this size is not taken: too large, or no room left for the community."""
    enrolment = workbook.review.enrolment
    rules.refuse_upload(
        size=size, used=taken(workbook), room_megabytes=enrolment.cycle.network.evidence_megabytes, others=others
    )


def _keep(workbook: Workbook, path: Path, digest: str, name: str, by: Account, at: datetime) -> Evidence:
    """Look into the file, outside of any transaction because it takes its time; then keep it."""
    known = Evidence.objects.filter(workbook=workbook, sha256=digest).first()
    if known:
        return known
    why = refuse_infected(path)
    found = Inspection(refusal=why) if why else inspect_guarded(path, accept=rules.ACCEPTED)
    if found.kind is None:
        raise NotAllowed(_(found.refusal))
    tenant = workbook.review.enrolment.cycle.network.tenant
    with transaction.atomic():
        hold(workbook)
        known = Evidence.objects.filter(workbook=workbook, sha256=digest).first()
        if known:
            return known
        called = rules.name_as(name, found.kind.ending)
        kept = files.put_file(
            tenant=tenant, path=path, sha256=digest, name=called, media_type=found.kind.media_type, at=at
        )
        shown = None
        if found.shown_kind:
            copy, kind = rules.name_as(Path(called).stem, found.shown_kind.ending), found.shown_kind.media_type
            shown = files.put(tenant=tenant, content=found.shown, name=copy, media_type=kind, at=at)
        evidence = Evidence.objects.create(
            workbook=workbook,
            sha256=digest,
            file=kept,
            shown=shown,
            kind=found.kind.name,
            size=path.stat().st_size,
            by=by,
            kept_at=at,
        )
        audit.record(tenant=tenant, verb="evidence.keep", obj=evidence, by=by, at=at)
        return evidence


def _assemble(upload: Upload, path: Path) -> str | None:
    """Write the pieces one after the other and give their hash; None when one is missing, whose row then goes too."""
    chunks = {chunk.number: chunk for chunk in Chunk.objects.filter(upload=upload)}
    if rules.missing_pieces(upload.size, chunks):
        return None
    digest = hashlib.sha256()
    with path.open("wb") as whole:
        for number in sorted(chunks):
            place = _place(upload, number, chunks[number].sha256)
            if not default_storage.exists(place):
                chunks[number].delete()
                return None
            with default_storage.open(place) as handle:
                piece = handle.read()
            digest.update(piece)
            whole.write(piece)
    return digest.hexdigest()


def _place(upload: Upload, number: int, digest: str) -> str:
    slug = upload.workbook.review.enrolment.cycle.network.tenant.slug
    return f"{slug}/incoming/{upload.pk}/{number}-{digest[:16]}"
