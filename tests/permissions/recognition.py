"""Addresses of certificates."""

from communitas.members.models import Network
from communitas.recognition import actions, policy
from communitas.recognition.models import Certificate
from tests.cast import NOW, Part, World
from tests.permissions.cases import ANYBODY, SIGNED_IN, Case, Target


def certificate(world: World, part: Part) -> Target:
    found = actions.prepare(
        community=part.lark,
        reference=f"enrolment:{part.enrolment.pk}",
        membership="full",
        community_name=part.lark.name,
        cycle_name="2027",
        edition_name="Standards, edition 1",
        by=world.cora,
        at=NOW,
    )
    Certificate.objects.filter(pk=found.pk).update(
        state="issued", issued_on=NOW.date(), issued_by=world.cora, confirmed_by=world.cyrus
    )
    return Target(found.pk, community=part.lark)


REASON = {"reason": "It was issued by mistake."}
CASES = [
    Case("recognition:verify_form", row=ANYBODY, public=True, slug=False),
    Case("recognition:list", row="certificate.list"),
    Case("recognition:propose_all", row="certificate.list", methods=("POST",)),
    Case("recognition:own", row=SIGNED_IN),
    Case("recognition:certificate", row="certificate.issue", of=[certificate]),
    Case("recognition:propose_issue", row="certificate.issue", of=[certificate], methods=("POST",)),
    Case(
        "recognition:revoke",
        row="certificate.revoke",
        sees="certificate.issue",
        of=[certificate],
        methods=("POST",),
        data=REASON,
    ),
]
PERMISSIONS = [
    (policy.issue, Certificate),
    (policy.read_own, Certificate),
    (policy.revoke, Certificate),
    (policy.list_certificates, Network),
]
