from collections.abc import Callable
from uuid import uuid4

from communitas.kit import files
from communitas.people.models import Account
from communitas.workbooks import actions, policy, queries
from communitas.workbooks.models import Event, Evidence, Review, Workbook
from communitas.workbooks.rules import registers
from tests.cast import NOW, Part, World
from tests.permissions.cases import Build, Case, Target

SHA = "0" * 64


def _target(part: Part, workbook: Workbook, state: str, *args: object, true: str, subject: Account | None) -> Target:
    Review.objects.filter(pk=workbook.review_id).update(state=state)
    # The community reads the team's workbook in the report, never here: no community is its own.
    community = part.lark if workbook == part.workbook else None
    return Target(*args, community=community, scope=part.enrolment.pk, subject=subject, true=true)


def _book(state: str, true: str, *, peer: bool = False, at: tuple[object, ...] = ()) -> Build:
    def build(world: World, part: Part) -> Target:
        workbook = part.peer_workbook if peer else part.workbook
        return _target(part, workbook, state, workbook.pk, *at, true=true, subject=None)

    return build


def _file(state: str, true: str, *, peer: bool = False) -> Build:
    """A file beside a criterion, added while the review was open."""

    def build(world: World, part: Part) -> Target:
        workbook = part.peer_workbook if peer else part.workbook
        here = part is world
        by = (world.ludo if peer else world.stefan) if here else world.theo
        Review.objects.filter(pk=workbook.review_id).update(state="agreeing" if peer else "open")
        event = _attached(workbook, by, "lead_reviewer" if peer else "community_lead")
        return _target(part, workbook, state, event.event_id, true=true, subject=by)

    return build


def _attached(workbook: Workbook, by: Account, role: str) -> Event:
    content, loaded = uuid4().bytes.hex().encode(), queries.workbooks().get(pk=workbook.pk)
    tenant = loaded.review.enrolment.cycle.network.tenant
    kept = files.put(tenant=tenant, content=content, name="minutes.txt", media_type="text/plain", at=NOW)
    Evidence.objects.create(
        workbook=loaded, sha256=kept.sha256, file=kept, kind="text", size=kept.size, by=by, kept_at=NOW
    )
    side = "agreed" if loaded.review.kind == "peer" else "self"
    [outcome] = actions.attach(
        workbook=loaded, criterion_key="c1-1", register=registers.comment(side), sha256=kept.sha256, name="Minutes",
        role=role, by=by, at=NOW,
    )  # fmt: skip
    return Event.objects.get(event_id=outcome.event_id)


def _both(build: Callable[..., Build], **given: object) -> tuple[list[Build], list[Build]]:
    own = [build("open", "W", **given), build("sent", "F", **given)]
    team = [build("scoring", "W", peer=True, **given), build("closed", "F", peer=True, **given)]
    return own, team


SELF, PEER = _both(_book)
SELF_KEY, PEER_KEY = _both(_book, at=("c1-1",))
SELF_SHA, PEER_SHA = _both(_book, at=(SHA,))
SELF_PIECE, PEER_PIECE = _both(_book, at=(SHA, 0))
FILES = [_file("sent", "F"), _file("agreeing", "W", peer=True), _file("closed", "F", peer=True)]
WITHDRAWN = [_file("open", "W"), _file("agreeing", "W", peer=True), _file("closed", "F", peer=True)]
GET, BOTH, POST = ("GET",), ("GET", "POST"), ("POST",)
NOT_THE_TEAM = dict.fromkeys(("rafi", "ludo", "nadia"), (False, "the team adds evidence to its own workbook"))
LIST, UPLOAD = "evidence.download", "evidence.upload"

CASES = [
    Case("workbooks:evidence", row=LIST, of=[*SELF, *PEER]),
    Case("workbooks:evidence_zip", row=LIST, of=[*SELF, *PEER]),
    *(
        Case(f"workbooks:{name}", row=UPLOAD, sees=sees, of=of, methods=methods, data=data, also=also)
        for name, methods, own, team, data in (
            ("evidence_add", BOTH, SELF_KEY, PEER_KEY, {"link": "https://example.org/a"}),
            ("evidence_upload", BOTH, SELF_SHA, PEER_SHA, {"size": "5", "name": "a.txt"}),
            ("evidence_piece", POST, SELF_PIECE, PEER_PIECE, {}),
        )
        for sees, of, also in (("selfreview.read", own, NOT_THE_TEAM), ("workbook.read", team, {}))
    ),
    Case("workbooks:evidence_file", row=LIST, of=FILES),
    Case("workbooks:evidence_withdraw", row="evidence.withdraw", sees=LIST, of=WITHDRAWN[1:], methods=BOTH),
]
PERMISSIONS = [
    (policy.read_either, Workbook),
    (policy.upload_evidence, Workbook),
    (policy.list_evidence, Workbook),
    (policy.download_evidence, Event),
    (policy.withdraw_evidence, Event),
]
