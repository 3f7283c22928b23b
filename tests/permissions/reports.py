from typing import Any

from communitas.cycles.models import Enrolment
from communitas.kit import files
from communitas.members.models import Network
from communitas.people.models import Account
from communitas.reports import policy
from communitas.reports.models import Action, ActionEvidence, FactPoint, LocalReport, Practice
from communitas.workbooks.models import Review
from tests.cast import NOW, Part, World
from tests.permissions.cases import SIGNED_IN, Case, Target

FINAL = {"document": None, "document_hash": "0" * 64, "signed_at": NOW}


def _report(world: World, part: Part, state: str, **fields: Any) -> LocalReport:
    return LocalReport.objects.create(enrolment=part.enrolment, state=state, begun_at=NOW, **fields)


def drafting(world: World, part: Part) -> Target:
    """A draft that was not delivered; Dee wrote its summary."""
    report = _report(world, part, "drafting", author=world.dee)
    report.edits.create(after="A warm house.", by=world.dee, at=NOW)
    return _target(report, part, true="W", author=world.dee)


def with_host(world: World, part: Part) -> Target:
    """A draft that the host checks."""
    return _target(_report(world, part, "with_host", delivered_at=NOW), part, true="F W")


def deciding(world: World, part: Part) -> Target:
    """A report whose points are decided; Dee wrote its summary."""
    report = _report(world, part, "deciding", delivered_at=NOW)
    report.edits.create(after="A warm house.", by=world.dee, at=NOW)
    return _target(report, part, true="F W", author=world.dee)


def waiting(world: World, part: Part) -> Target:
    """A report that one person signed."""
    return _target(_report(world, part, "waiting", delivered_at=NOW, first_signed_by=world.cora), part, true="F")


def final(world: World, part: Part) -> Target:
    """A signed report with its PDF."""
    by = {"first_signed_by": world.cora, "signed_by": world.cyrus}
    tenant = part.network.tenant
    pdf = files.put(tenant=tenant, content=b"%PDF-", name="report.pdf", media_type="application/pdf", at=NOW)
    return _target(_report(world, part, "final", delivered_at=NOW, pdf=pdf, **by, **FINAL), part, true="F")


def point(world: World, part: Part) -> Target:
    """A point of the host that waits for its decision."""
    found = deciding(world, part)
    made = _point(found.args[0], "host", world)
    return Target(*found.args, made.pk, **_words(part), true="F W", author=world.dee)


def own_point(world: World, part: Part) -> Target:
    """A point that the host may take back."""
    found = with_host(world, part)
    return Target(*found.args, _point(found.args[0], "host", world).pk, **_words(part), true="F W")


def own_comment(world: World, part: Part) -> Target:
    """A comment that the team may take back."""
    found = with_host(world, part)
    return Target(*found.args, _point(found.args[0], "team", world).pk, **_words(part), true="F W")


def enrolment(world: World, part: Part) -> Target:
    """An enrolment, for its plan."""
    return Target(part.enrolment.pk, **_words(part))


def drafted(world: World, part: Part) -> Target:
    """An enrolment whose draft can begin."""
    Enrolment.objects.filter(pk=part.enrolment.pk).update(stage="drafting")
    Review.objects.filter(pk=part.peer_workbook.review_id).update(state="closed")
    return Target(part.enrolment.pk, **_words(part), true="W")


def action(world: World, part: Part) -> Target:
    """An action of a plan."""
    return Target(_action(part).pk, **_words(part))


def carried(world: World, part: Part) -> Target:
    """An action to be carried into a plan."""
    return Target(part.enrolment.pk, _action(part).pk, **_words(part))


def proof(world: World, part: Part) -> Target:
    """A file that shows how an action went."""
    kept = files.put(tenant=part.network.tenant, content=b"hello", name="a.txt", media_type="text/plain", at=NOW)
    found = _action(part)
    shows = ActionEvidence.objects.create(action=found, name="a.txt", file=kept, size=5, by=world.lena, at=NOW)
    return Target(found.pk, shows.pk, **_words(part))


def achieved(world: World, part: Part) -> Target:
    """An achievement that can be offered to the library."""
    return Target(part.enrolment.pk, 1, **_words(part))


def offered(world: World, part: Part) -> Target:
    """A good practice that its community lead has offered."""
    return _practice(world, part, "offered")


def offered_by_office(world: World, part: Part) -> Target:
    """A good practice that somebody of the office had offered while leading the community."""
    return _practice(world, part, "offered", by=world.dee)


def shared(world: World, part: Part) -> Target:
    """A good practice in the library."""
    return _practice(world, part, "shared", decided_by=world.cyrus, decided_at=NOW)


def _practice(world: World, part: Part, state: str, by: Account | None = None, **fields: Any) -> Target:
    offerer = by or world.lena
    made = Practice.objects.create(
        network=part.network, enrolment=part.enrolment, achievement="We sing.", text="Singing together each day.",
        state=state, offered_by=offerer, offered_at=NOW, **fields,
    )  # fmt: skip
    return Target(made.pk, author=offerer, true="F" if state == "shared" else "", **_words(part))


def _action(part: Part) -> Action:
    return Action.objects.create(enrolment=part.enrolment, text="Keep the rota", owner_name="Stefan", made_at=NOW)


def _point(report: int, side: str, world: World) -> FactPoint:
    return FactPoint.objects.create(report_id=report, side=side, text="No", made_by=world.otto, made_at=NOW)


def _words(part: Part) -> dict[str, Any]:
    return {"community": part.lark, "scope": part.enrolment.pk}


def _target(report: LocalReport, part: Part, *, true: str = "", **fields: Any) -> Target:
    return Target(report.pk, **_words(part), true=true, **fields)


POST = ("POST",)
BOTH = ("GET", "POST")
READ_DRAFT, READ_FINAL, DECIDE = "report.read_draft", "report.read_final", "report.decide_point"
READ_PLAN, WRITE_PLAN = "actionplan.read", "actionplan.write"
OFFER, READ_PRACTICE = "practice.offer", "practice.read"
CASES = [
    Case("reports:locals", row=SIGNED_IN),
    Case("reports:locals", row=SIGNED_IN, query="?format=csv"),
    *(Case("reports:local", row=READ_DRAFT, of=[state]) for state in (drafting, with_host, deciding)),
    Case("reports:local", row=READ_FINAL, of=[final]),
    Case("reports:local_pdf", row=READ_FINAL, of=[final]),
    Case("reports:begin", row="report.edit_draft", of=[drafted], methods=POST),
    Case("reports:summary", row="report.edit_draft", sees=READ_DRAFT, of=[drafting], methods=BOTH),
    Case("reports:deliver", row="report.edit_draft", sees=READ_DRAFT, of=[drafting], methods=POST),
    *(Case("reports:make_pdf", row=READ_DRAFT, of=[state], methods=POST) for state in (drafting, with_host)),
    Case("reports:check", row="report.check_facts", sees=READ_DRAFT, of=[with_host], methods=BOTH),
    Case("reports:send_check", row="report.check_facts", sees=READ_DRAFT, of=[with_host], methods=POST),
    Case("reports:withdraw_point", row="report.check_facts", sees=READ_DRAFT, of=[own_point], methods=POST),
    Case("reports:comments", row="report.comment_team", sees=READ_DRAFT, of=[with_host], methods=BOTH),
    Case("reports:withdraw_comment", row="report.comment_team", sees=READ_DRAFT, of=[own_comment], methods=POST),
    *(Case("reports:points", row=DECIDE, sees=READ_DRAFT, of=[state]) for state in (drafting, deciding)),
    Case("reports:decide", row=DECIDE, sees=READ_DRAFT, of=[point], methods=BOTH),
    Case("reports:decide_again", row=DECIDE, sees=READ_DRAFT, of=[point], methods=POST),
    Case("reports:go_on", row=DECIDE, sees=READ_DRAFT, of=[with_host], methods=POST),
    Case("reports:sign", row="report.sign", sees=READ_DRAFT, of=[deciding], methods=POST),
    Case("reports:return", row=DECIDE, sees=READ_DRAFT, of=[waiting], methods=POST),
    Case("reports:correct", row=DECIDE, sees=READ_FINAL, of=[final], methods=BOTH),
    Case("reports:actions", row=SIGNED_IN),
    Case("reports:plan", row=READ_PLAN, of=[enrolment]),
    Case("reports:add_action", row=WRITE_PLAN, sees=READ_PLAN, of=[enrolment], methods=BOTH),
    Case("reports:send_plan", row="actionplan.send", sees=READ_PLAN, of=[enrolment], methods=POST),
    Case("reports:carry_action", row=WRITE_PLAN, sees=READ_PLAN, of=[carried], methods=POST),
    Case("reports:action", row=READ_PLAN, of=[action]),
    Case("reports:change_action", row=WRITE_PLAN, sees=READ_PLAN, of=[action], methods=BOTH),
    Case("reports:move_action", row=WRITE_PLAN, sees=READ_PLAN, of=[action], methods=POST),
    Case("reports:board", row=READ_PLAN, of=[enrolment]),
    Case("reports:overview", row=READ_PLAN),
    Case("reports:overview", row=READ_PLAN, query="?format=csv"),
    Case("reports:undo_move", row=WRITE_PLAN, sees=READ_PLAN, of=[action], methods=POST),
    Case("reports:add_action_evidence", row=WRITE_PLAN, sees=READ_PLAN, of=[action], methods=BOTH),
    Case("reports:action_evidence", row=READ_PLAN, of=[proof]),
    Case("reports:withdraw_action_evidence", row=WRITE_PLAN, sees=READ_PLAN, of=[proof], methods=POST),
    Case("reports:achievements", row=OFFER, sees=READ_PLAN, of=[enrolment]),
    Case("reports:offer_practice", row=OFFER, sees=READ_PLAN, of=[achieved], methods=POST),
    Case("reports:practices", row=SIGNED_IN),
    Case("reports:practices", row=SIGNED_IN, query="?format=csv"),
    Case("reports:practice", row=READ_PRACTICE, of=[offered, shared]),
    Case("reports:offer_again", row=OFFER, sees=READ_PRACTICE, of=[offered, shared], methods=BOTH),
    *(
        Case(f"reports:{verb}_practice", row="practice.decide", sees=READ_PRACTICE, of=[made], methods=POST)
        for verb in ("accept", "return")
        for made in (offered, offered_by_office, shared)
    ),
    Case("reports:withdraw_practice", row="practice.withdraw", sees=READ_PRACTICE, of=[offered, shared], methods=POST),
    Case("reports:note_action", row=WRITE_PLAN, sees=READ_PLAN, of=[action], methods=POST),
]
PERMISSIONS = [
    *((each, LocalReport) for each in (policy.read_draft, policy.read_final, policy.read, policy.edit)),
    *((each, LocalReport) for each in (policy.check_facts, policy.comment, policy.decide, policy.sign)),
    *((each, Enrolment) for each in (policy.begin, policy.read_plan, policy.write_plan, policy.send_plan)),
    *((each, Action) for each in (policy.read_action, policy.write_action)),
    *((each, Network) for each in (policy.oversee, policy.oversee_plans, policy.oversee_practices)),
    (policy.offer_achievements, Enrolment),
    *((each, Practice) for each in (policy.read_practice, policy.offer_practice, policy.decide_practice)),
    (policy.withdraw_practice, Practice),
]
