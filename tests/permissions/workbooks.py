from communitas.workbooks import actions, policy
from communitas.workbooks.models import Review, Workbook
from tests.cast import NOW, Part, World
from tests.permissions.cases import ANYBODY, SIGNED_IN, Build, Case, Target


def open_self(world: World, part: Part) -> Target:
    """A self-review that is being answered: the team does not see it yet."""
    return _target(part, part.workbook, "open", true="W")


def sent_self(world: World, part: Part) -> Target:
    """A self-review that was sent: locked, and read by the team."""
    return _target(part, part.workbook, "sent", true="F")


def scoring(world: World, part: Part) -> Target:
    """A peer-review in which the reviewers score alone."""
    return _target(part, part.peer_workbook, "scoring", true="W")


def agreeing(world: World, part: Part) -> Target:
    """A peer-review whose discussion is open."""
    return _target(part, part.peer_workbook, "agreeing", true="W F")


def closed(world: World, part: Part) -> Target:
    """A peer-review that was closed."""
    return _target(part, part.peer_workbook, "closed", true="F")


def with_a_key(world: World, part: Part) -> Target:
    """The network, once the installation has its key pair, which takes a moment to make."""
    actions.server_key(at=NOW)
    return Target(is_network=True)


def _target(part: Part, workbook: Workbook, state: str, *, true: str) -> Target:
    Review.objects.filter(pk=workbook.review_id).update(state=state)
    return Target(workbook.pk, community=part.lark, scope=part.enrolment.pk, true=true)


def _at(build: Build, place: object) -> Build:
    """The same workbook at one section or criterion."""

    def at_place(world: World, part: Part) -> Target:
        target = build(world, part)
        true = " ".join(sorted(target.true))
        return Target(*target.args, place, community=target.community, scope=target.scope, true=true)

    return at_place


SELF, PEER = [open_self, sent_self], [scoring, agreeing, closed]
SELF_1, PEER_1 = [_at(build, 1) for build in SELF], [_at(build, 1) for build in PEER]
SELF_KEY, PEER_KEY = [_at(build, "c1-1") for build in SELF], [_at(build, "c1-1") for build in PEER]
READ_SELF, READ_PEER = "selfreview.read", "workbook.read"
BOTH, POST = ("GET", "POST"), ("POST",)
ACT = "7f9c24e8-3b12-4fef-91e0-56a2d5a7a1b3"

CASES = [
    Case("workbooks:ours", row=SIGNED_IN),
    Case("workbooks:self_review", row=READ_SELF, of=SELF),
    Case("workbooks:section", row=READ_SELF, of=SELF_1),
    Case("workbooks:answer", row="selfreview.answer", sees=READ_SELF, of=SELF_KEY, methods=POST, data={"score": "2"}),
    Case("workbooks:history", row="selfreview.read_history", of=SELF_KEY),
    Case("workbooks:differ", row="selfreview.resolve", sees=READ_SELF, of=SELF_KEY, methods=BOTH),
    Case("workbooks:deciding", row="selfreview.resolve", sees=READ_SELF, of=SELF),
    Case("workbooks:side", row="selfreview.answer", sees=READ_SELF, of=SELF_KEY, methods=POST),
    Case("workbooks:who", row="selfreview.read_delegation", sees=READ_SELF, of=SELF),
    Case("workbooks:given_list", row="selfreview.read_delegation", sees=READ_SELF, of=SELF),
    Case("workbooks:give", row="selfreview.delegate", sees=READ_SELF, of=SELF, methods=POST),
    Case("workbooks:take_back", row="selfreview.delegate", sees=READ_SELF, of=SELF, methods=POST),
    Case("workbooks:undo", row="selfreview.delegate", sees=READ_SELF, of=SELF, methods=POST, data={"act": ACT}),
    Case("workbooks:remind", row="selfreview.delegate", sees=READ_SELF, of=SELF, methods=POST, data={"account": "1"}),
    Case("workbooks:given_to_me", row=SIGNED_IN),
    Case("workbooks:pulse", row=READ_SELF, of=SELF_1, methods=POST),
    Case("workbooks:send", row="selfreview.send", sees=READ_SELF, of=SELF, methods=BOTH),
    Case("workbooks:reopen", row="selfreview.reopen", sees=READ_SELF, of=SELF, methods=BOTH),
    Case("workbooks:contributors", row="selfreview.delegate", sees=READ_SELF, of=SELF, methods=BOTH),
    Case("workbooks:peer_review", row=READ_PEER, of=PEER),
    Case("workbooks:begin", row="workbook.answer", sees=READ_PEER, of=PEER, methods=POST),
    Case("workbooks:peer_section", row=READ_PEER, of=PEER_1),
    Case("workbooks:peer_answer", row="workbook.answer", sees=READ_PEER, of=PEER_KEY, methods=POST),
    Case("workbooks:finish", row="workbook.answer", sees=READ_PEER, of=PEER, methods=POST),
    Case("workbooks:open_discussion", row="workbook.agree", sees=READ_PEER, of=PEER, methods=POST),
    Case("workbooks:discussion", row="workbook.read_other_reviewer", sees=READ_PEER, of=PEER_1),
    Case("workbooks:agree", row="workbook.agree", sees=READ_PEER, of=PEER_KEY, methods=POST),
    Case("workbooks:agree_equal", row="workbook.agree", sees=READ_PEER, of=PEER, methods=POST),
    Case("workbooks:peer_history", row="workbook.read_history", of=PEER_KEY),
    Case("workbooks:peer_differ", row="workbook.resolve", sees=READ_PEER, of=PEER_KEY, methods=BOTH),
    Case("workbooks:peer_deciding", row="workbook.resolve", sees=READ_PEER, of=PEER),
    Case("workbooks:peer_pulse", row="workbook.read_other_reviewer", sees=READ_PEER, of=PEER_1, methods=POST),
    Case("workbooks:findings", row="workbook.answer", sees=READ_PEER, of=PEER, methods=BOTH),
    Case("workbooks:notes", row="workbook.keep_note", sees=READ_PEER, of=PEER, methods=BOTH),
    Case("workbooks:speaking", row="workbook.prepare_feedback", sees=READ_PEER, of=PEER, methods=BOTH),
    Case("workbooks:close", row="workbook.close", sees=READ_PEER, of=PEER, methods=BOTH),
    Case("workbooks:reopen_peer", row="workbook.reopen", sees=READ_PEER, of=PEER, methods=BOTH),
    Case("workbooks:offline", row=ANYBODY),
    Case("workbooks:offline_worker", row=ANYBODY),
    Case("workbooks:offline_manifest", row=ANYBODY),
    Case("workbooks:offline_signed_in", row=ANYBODY),
    Case("workbooks:offline_kept", row=SIGNED_IN, methods=POST),
    Case("workbooks:sync_token", row=SIGNED_IN, of=[with_a_key]),
    Case("workbooks:sync_book", row=READ_SELF, of=SELF),
    Case("workbooks:sync_book", row=READ_PEER, of=PEER),
    Case("workbooks:sync_events", row=READ_SELF, of=SELF),
    Case("workbooks:sync_events", row=READ_PEER, of=PEER),
    Case("workbooks:sync_events", row=SIGNED_IN, of=[*SELF, *PEER], methods=POST),
    Case("workbooks:sync_heartbeat", row=SIGNED_IN, of=[*SELF, *PEER], methods=POST),
]
PERMISSIONS = [
    (permission, Workbook)
    for permission in (
        policy.read_self,
        policy.answer_self,
        policy.send_self,
        policy.reopen_self,
        policy.read_self_history,
        policy.delegate,
        policy.resolve_self,
        policy.read_delegation,
        policy.resolve_peer,
        policy.read_peer,
        policy.read_others,
        policy.answer_peer,
        policy.agree,
        policy.read_peer_history,
        policy.keep_note,
        policy.prepare_feedback,
        policy.close_peer,
        policy.reopen_peer,
    )
]
