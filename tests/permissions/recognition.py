"""Addresses of certificates."""

from communitas.kit import files
from communitas.kit.models import StoredFile
from communitas.members.models import Network
from communitas.recognition import actions, policy
from communitas.recognition.models import Certificate
from tests.cast import NOW, Part, World
from tests.permissions.cases import ANYBODY, SIGNED_IN, Case, Target


def _pdf(part: Part) -> StoredFile:
    return files.put(
        tenant=part.network.tenant, content=b"%PDF", name="certificate.pdf", media_type="application/pdf", at=NOW
    )


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
        state="issued", issued_on=NOW.date(), issued_by=world.cora, confirmed_by=world.cyrus, file=_pdf(part)
    )
    return Target(found.pk, community=part.lark)


def code(world: World, part: Part) -> Target:
    found = Certificate.objects.get(pk=certificate(world, part).args[0])
    return Target(found.code, community=part.lark)


REASON = {"reason": "It was issued by mistake."}
CASES = [
    Case("recognition:verify_form", row=ANYBODY, public=True, slug=False),
    Case("recognition:list", row="certificate.list"),
    Case("recognition:propose_all", row="certificate.list", methods=("POST",)),
    Case("recognition:own", row=SIGNED_IN),
    Case("recognition:certificate", row="certificate.issue", of=[certificate]),
    Case("recognition:propose_issue", row="certificate.issue", of=[certificate], methods=("POST",)),
    Case("recognition:download", row="certificate.read_own", of=[certificate]),
    Case("recognition:verify", row=ANYBODY, of=[code], public=True, slug=False),
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
