"""Addresses of questionnaires."""

from datetime import date

from communitas.cycles.models import Cycle, Enrolment
from communitas.members.models import Network
from communitas.questionnaires import actions, policy
from communitas.questionnaires.models import Comment, Opening, Participation, Questionnaire, Reply
from communitas.questionnaires.rules import sheet
from tests.cast import NOW, Part, World
from tests.permissions.cases import ANYBODY, SIGNED_IN, Case, Target

ITEMS = (
    sheet.Item("safe", "agree", "I feel safe here.", criteria=("c1-1",)),
    sheet.Item("change", "text", "What would you change?"),
)


def _published(world: World, part: Part, audience: str) -> Questionnaire:
    words = sheet.Sheet(f"{part.network.name} {audience}", audience, "Words", (sheet.Part("All", ITEMS),))
    made = actions.begin_from(edition=part.edition, sheet=words, by=world.cora, at=NOW)
    actions.publish(questionnaire=made, by=world.cora, at=NOW)
    return made


def _opening(world: World, part: Part, audience: str = "client_member", **given: object) -> Opening:
    """Open from the start of time to its end, as the pages ask the real clock."""
    made = actions.open_for(
        questionnaire=_published(world, part, audience),
        enrolment=part.enrolment,
        opens_on=date(2020, 1, 1),
        closes_on=date(2099, 12, 31),
        by=world.cora,
        at=NOW,
    )
    Opening.objects.filter(pk=made.pk).update(**given)
    return made


def _of(opening: Opening, part: Part, *more: object, true: str = "W") -> Target:
    return Target(opening.pk, *more, community=part.lark, scope=part.enrolment.pk, true=true)


def opening(world: World, part: Part) -> Target:
    return _of(_opening(world, part), part)


def for_staff(world: World, part: Part) -> Target:
    return _of(_opening(world, part, "staff"), part)


def for_auditors(world: World, part: Part) -> Target:
    return _of(_opening(world, part, "case_note"), part)


def not_mine(world: World, part: Part) -> Target:
    """The same opening asked of the other audience: its window is not open to them."""
    return _of(_opening(world, part, "family"), part, true="")


def _released(world: World, part: Part) -> Opening:
    made = _opening(world, part)
    for place in range(5):
        Reply.objects.create(
            opening=made,
            month=date(2027, 1, 1),
            way="paper",
            answers={"safe": str(place + 1), "change": f"{part.network.name} words"},
        )
    actions.close(opening=made, by=world.cora, at=NOW)
    return actions.release(opening=made, by=world.cora, at=NOW)


def released(world: World, part: Part) -> Target:
    return _of(_released(world, part), part, true="F G")


def about(world: World, part: Part) -> Target:
    _released(world, part)
    return Target(part.enrolment.pk, "c1-1", community=part.lark, scope=part.enrolment.pk, true="F G")


def too_few(world: World, part: Part) -> Target:
    made = _opening(world, part, "family")
    actions.close(opening=made, by=world.cora, at=NOW)
    return _of(actions.release(opening=made, by=world.cora, at=NOW), part, true="F")


def comment(world: World, part: Part) -> Target:
    made = _released(world, part)
    return _of(made, part, Comment.objects.filter(opening=made)[0].pk, true="F G")


def link(world: World, part: Part) -> Target:
    made = _opening(world, part)
    return Target(made.link_token, community=part.lark, scope=part.enrolment.pk, true="L W")


def device(world: World, part: Part) -> Target:
    made = _opening(world, part)
    return Target(made.kiosk_token, community=part.lark, scope=part.enrolment.pk, true="L W")


def participation(world: World, part: Part) -> Target:
    """Mina has answered; in the twin network somebody else."""
    account = world.mina if part.network == world.network else world.theo
    made = Participation.objects.create(opening=_opening(world, part), account=account, month=date(2027, 1, 1))
    return Target(made.pk, community=part.lark, subject=account, true="W")


def enrolment(world: World, part: Part) -> Target:
    return Target(part.enrolment.pk, community=part.lark, scope=part.enrolment.pk)


def cycle(world: World, part: Part) -> Target:
    return Target(part.cycle.pk)


def draft(world: World, part: Part) -> Target:
    return Target(_draft(world, part).pk)


def draft_part(world: World, part: Part) -> Target:
    made = _draft(world, part)
    return Target(made.pk, made.parts.all()[0].pk)


def draft_item(world: World, part: Part) -> Target:
    made = _draft(world, part)
    return Target(made.pk, made.items.all()[0].pk)


def draft_language(world: World, part: Part) -> Target:
    return Target(_draft(world, part).pk, "cy")


def _draft(world: World, part: Part) -> Questionnaire:
    words = sheet.Sheet(f"{part.network.name} draft", "staff", "", (sheet.Part("All", ITEMS),))
    return actions.begin_from(edition=part.edition, sheet=words, by=world.cora, at=NOW)


BUILD, COUNT, RELEASE, HAND_OUT = (
    "questionnaire.build",
    "questionnaire.read_counters",
    "questionnaire.release",
    "questionnaire.hand_out",
)
MEMBER = "questionnaire.answer_client_member"
BOTH = ("GET", "POST")
SAFE = {"item-safe": "4", "send": "1"}
CASES = [
    Case("questionnaires:by_link", row="questionnaire.answer_by_link", of=[link], methods=BOTH, public=True),
    Case("questionnaires:device", row="questionnaire.answer_by_link", of=[device], public=True),
    Case(
        "questionnaires:on_device",
        row="questionnaire.answer_by_link",
        of=[device],
        methods=BOTH,
        data=SAFE,
        public=True,
    ),
    Case("questionnaires:withdraw", row=ANYBODY, public=True, methods=BOTH, data={"code": "NOBODYS"}),
    Case("questionnaires:as_staff", row="questionnaire.answer_staff", of=[for_staff], methods=BOTH, data=SAFE),
    Case("questionnaires:as_staff", row="questionnaire.answer_staff", of=[not_mine], methods=BOTH, data=SAFE),
    Case(
        "questionnaires:as_client_member",
        row="questionnaire.answer_client_member",
        of=[opening],
        methods=BOTH,
        data=SAFE,
    ),
    Case("questionnaires:as_client_member", row="questionnaire.answer_client_member", of=[not_mine]),
    Case("questionnaires:mine", row=SIGNED_IN),
    Case("questionnaires:participation", row="questionnaire.read_own", of=[participation], methods=BOTH),
    Case("questionnaires:withdraw_own", row="questionnaire.withdraw_own", of=[participation], methods=("POST",)),
    Case("questionnaires:list", row=BUILD),
    Case("questionnaires:list", row=BUILD, query="?format=csv"),
    Case("questionnaires:begin", row=BUILD, methods=BOTH),
    Case("questionnaires:import", row=BUILD, methods=BOTH),
    Case("questionnaires:settings", row="network.configure", methods=BOTH),
    Case("questionnaires:questionnaire", row=BUILD, of=[draft]),
    Case("questionnaires:preview", row=BUILD, of=[draft]),
    Case("questionnaires:publish", row=BUILD, of=[draft], methods=("POST",)),
    Case("questionnaires:copy", row=BUILD, of=[draft], methods=BOTH),
    Case("questionnaires:discard", row=BUILD, of=[draft], methods=BOTH),
    Case("questionnaires:export", row=BUILD, of=[draft]),
    Case("questionnaires:words", row=BUILD, of=[draft], methods=BOTH),
    Case("questionnaires:languages", row=BUILD, of=[draft], methods=BOTH),
    Case("questionnaires:language", row=BUILD, of=[draft_language], methods=BOTH),
    Case("questionnaires:add_part", row=BUILD, of=[draft], methods=BOTH),
    Case("questionnaires:part", row=BUILD, of=[draft_part], methods=BOTH),
    Case("questionnaires:remove_part", row=BUILD, of=[draft_part], methods=("POST",)),
    Case("questionnaires:add_item", row=BUILD, of=[draft], methods=BOTH),
    Case("questionnaires:item", row=BUILD, of=[draft_item], methods=BOTH),
    Case("questionnaires:remove_item", row=BUILD, of=[draft_item], methods=("POST",)),
    Case("questionnaires:move_item", row=BUILD, of=[draft_item], methods=("POST",)),
    Case("questionnaires:rates", row=BUILD, of=[cycle]),
    Case("questionnaires:rates", row=BUILD, of=[cycle], query="?format=csv"),
    Case("questionnaires:open_all", row=BUILD, of=[cycle], methods=BOTH),
    Case("questionnaires:release_many", row=BUILD, of=[cycle], methods=("POST",)),
    Case("questionnaires:counters", row=COUNT, of=[enrolment]),
    Case("questionnaires:about", row="questionnaire.read_aggregate", of=[about]),
    Case("questionnaires:opening", row=COUNT, of=[opening]),
    Case("questionnaires:poster", row=HAND_OUT, sees=COUNT, of=[opening]),
    Case("questionnaires:slips", row=HAND_OUT, sees=COUNT, of=[opening], methods=("POST",), data={"wanted": "2"}),
    Case("questionnaires:paper", row=HAND_OUT, sees=COUNT, of=[opening]),
    Case("questionnaires:expected", row=HAND_OUT, sees=COUNT, of=[opening], methods=("POST",), data={"expected": "9"}),
    Case("questionnaires:close", row=HAND_OUT, sees=COUNT, of=[opening], methods=BOTH),
    Case("questionnaires:renew_device", row=HAND_OUT, sees=COUNT, of=[opening], methods=("POST",)),
    Case("questionnaires:window", row=RELEASE, sees=COUNT, of=[opening], methods=BOTH),
    Case("questionnaires:enter", row="questionnaire.enter_paper", sees=COUNT, of=[opening], methods=BOTH, data=SAFE),
    Case("questionnaires:audit", row="questionnaire.audit_case_notes", sees=COUNT, of=[for_auditors]),
    Case("questionnaires:release", row=RELEASE, sees=COUNT, of=[opening], methods=BOTH),
    Case("questionnaires:results", row="questionnaire.read_aggregate", of=[released, too_few]),
    Case("questionnaires:comments", row="questionnaire.read_raw"),
    Case("questionnaires:opening_comments", row="questionnaire.read_raw", of=[released]),
    Case(
        "questionnaires:decide",
        row="questionnaire.read_raw",
        of=[comment],
        methods=("POST",),
        data={"text": "", "show": "1"},
    ),
]
PERMISSIONS = [
    (policy.read_counters, Opening),
    (policy.counters_of_enrolment, Enrolment),
    (policy.answer_staff, Opening),
    (policy.answer_client_member, Opening),
    (policy.enter_paper, Opening),
    (policy.audit_case_notes, Opening),
    (policy.hand_out, Opening),
    (policy.change_window, Opening),
    (policy.release, Opening),
    (policy.read_aggregate, Opening),
    (policy.read_raw, Opening),
    (policy.moderate, Network),
    (policy.build, Network),
    (policy.configure, Network),
    (policy.edit, Questionnaire),
    (policy.open_in_cycle, Cycle),
    (policy.open_for_enrolment, Enrolment),
    (policy.read_own, Participation),
    (policy.withdraw_own, Participation),
]
